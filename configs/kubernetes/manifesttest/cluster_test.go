// Package manifesttest checks the Kubernetes manifests and the Dockerfile
// without a cluster: it renders every overlay, every combination of components
// and every Job, decodes strictly, holds rules of our own, and runs the
// program on what the manifests mount and set.
//
// It is a module of its own so that Kubernetes' types stay out of the
// program's dependencies.
package manifesttest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// A cluster is what the manifests would put into a namespace, and what they
// expect to find there.
type cluster struct {
	cronJobs        []*batchv1.CronJob
	jobs            []*batchv1.Job
	deployments     []*appsv1.Deployment
	services        []*corev1.Service
	namespaces      []*corev1.Namespace
	serviceAccounts []*corev1.ServiceAccount
	policies        []*networkingv1.NetworkPolicy
	configMaps      map[string]*corev1.ConfigMap
	claims          []string
	secrets         []*corev1.Secret
	external        []externalSecret
	alerts          []prometheusRule
}

// An externalSecret has the fields of External Secrets that ours use.
type externalSecret struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              struct {
		RefreshInterval metav1.Duration   `json:"refreshInterval"`
		SecretStoreRef  map[string]string `json:"secretStoreRef"`
		Target          struct {
			Name           string `json:"name"`
			CreationPolicy string `json:"creationPolicy"`
			DeletionPolicy string `json:"deletionPolicy"`
		} `json:"target"`
		Data []struct {
			SecretKey string            `json:"secretKey"`
			RemoteRef map[string]string `json:"remoteRef"`
		} `json:"data"`
	} `json:"spec"`
}

// A prometheusRule has the fields of the Prometheus operator's that ours use.
type prometheusRule struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              struct {
		Groups []struct {
			Name  string `json:"name"`
			Rules []struct {
				Alert       string            `json:"alert"`
				Expr        string            `json:"expr"`
				For         metav1.Duration   `json:"for"`
				Labels      map[string]string `json:"labels"`
				Annotations map[string]string `json:"annotations"`
			} `json:"rules"`
		} `json:"groups"`
	} `json:"spec"`
}

// read decodes what was rendered, beside the examples of what others own.
func read(t testing.TB, rendered []byte) (c cluster) {
	t.Helper()
	for _, below := range []string{"base", "components/*"} {
		examples, err := filepath.Glob(filepath.Join(root, below, "*.example.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range examples {
			if err := c.decode(file(t, name)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	if err := c.decode(rendered); err != nil {
		t.Fatal(err)
	}
	return c
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// decode adds the documents of a YAML file. A field that Kubernetes does not
// know is an error, as is a kind that nobody checks here.
func (c *cluster) decode(text []byte) error {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		appsv1.AddToScheme, batchv1.AddToScheme, corev1.AddToScheme, networkingv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	decoder := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
	documents := utilyaml.NewDocumentDecoder(io.NopCloser(bytes.NewReader(text)))
	defer documents.Close()
	for buffer := make([]byte, 1<<20); ; {
		n, err := documents.Read(buffer)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if known, err := c.addCustom(buffer[:n]); known || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		object, _, err := decoder.Decode(buffer[:n], nil, nil)
		if err != nil {
			return err
		}
		if err := c.add(object); err != nil {
			return err
		}
	}
}

// addCustom adds a document of a kind that a cluster has by an operator.
func (c *cluster) addCustom(text []byte) (known bool, err error) {
	var kind metav1.TypeMeta
	if err := yaml.Unmarshal(text, &kind); err != nil {
		return false, err
	}
	switch kind {
	case metav1.TypeMeta{APIVersion: "external-secrets.io/v1", Kind: "ExternalSecret"}:
		var o externalSecret
		err = yaml.UnmarshalStrict(text, &o)
		c.external = append(c.external, o)
	case metav1.TypeMeta{APIVersion: "monitoring.coreos.com/v1", Kind: "PrometheusRule"}:
		var o prometheusRule
		err = yaml.UnmarshalStrict(text, &o)
		c.alerts = append(c.alerts, o)
	default:
		return false, nil
	}
	return true, err
}

func (c *cluster) add(object runtime.Object) error {
	switch o := object.(type) {
	case *batchv1.CronJob:
		c.cronJobs = append(c.cronJobs, o)
	case *batchv1.Job:
		c.jobs = append(c.jobs, o)
	case *appsv1.Deployment:
		c.deployments = append(c.deployments, o)
	case *corev1.Service:
		c.services = append(c.services, o)
	case *corev1.Namespace:
		c.namespaces = append(c.namespaces, o)
	case *corev1.ServiceAccount:
		c.serviceAccounts = append(c.serviceAccounts, o)
	case *corev1.ConfigMap:
		if c.configMaps == nil {
			c.configMaps = map[string]*corev1.ConfigMap{}
		}
		c.configMaps[o.Name] = o
	case *corev1.PersistentVolumeClaim:
		c.claims = append(c.claims, o.Name)
	case *corev1.Secret:
		c.secrets = append(c.secrets, o)
	case *networkingv1.NetworkPolicy:
		c.policies = append(c.policies, o)
	default:
		return fmt.Errorf("%T: no check for this kind", o)
	}
	return nil
}

// A workload is a pod that the manifests would start.
type workload struct {
	name   string
	labels map[string]string
	pod    *corev1.PodSpec
	job    *batchv1.JobSpec // nil of a Deployment
}

func (c *cluster) workloads() (all []workload) {
	for _, j := range c.cronJobs {
		spec := &j.Spec.JobTemplate.Spec
		all = append(all, workload{j.Name, spec.Template.Labels, &spec.Template.Spec, spec})
	}
	for _, j := range c.jobs {
		all = append(all, workload{j.Name, j.Spec.Template.Labels, &j.Spec.Template.Spec, &j.Spec})
	}
	for _, d := range c.deployments {
		all = append(all, workload{d.Name, d.Spec.Template.Labels, &d.Spec.Template.Spec, nil})
	}
	return all
}
