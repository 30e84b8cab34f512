// Package manifesttest checks the Kubernetes manifests and the Dockerfile
// without a cluster: every field is known, every reference is met, and our own
// rules hold. It is a module of its own, so that the Kubernetes libraries stay
// out of panelwatch's go.mod.
package manifesttest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

const base = "../base"

// A kustomization holds the fields that ours use; another field is an error
// here until it is read here.
type kustomization struct {
	metav1.TypeMeta    `json:",inline"`
	Namespace          string   `json:"namespace"`
	Resources          []string `json:"resources"`
	ConfigMapGenerator []struct {
		Name     string   `json:"name"`
		Files    []string `json:"files"`
		Literals []string `json:"literals"`
	} `json:"configMapGenerator"`
}

func readKustomization(t *testing.T) (k kustomization) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(base, "kustomization.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalStrict(text, &k); err != nil {
		t.Fatalf("kustomization.yaml: %v", err)
	}
	return k
}

// A cluster is what the manifests would put into a namespace.
type cluster struct {
	cronJobs        []*batchv1.CronJob
	serviceAccounts []*corev1.ServiceAccount
	policies        []*networkingv1.NetworkPolicy
	configMaps      []string
	claims          []string
	secrets         []*corev1.Secret
}

// readBase reads the files as they are, and the examples of what others own.
func readBase(t *testing.T) (c cluster) {
	t.Helper()
	k := readKustomization(t)
	for _, name := range append(slices.Clone(k.Resources), "secret.example.yaml", "inbox.example.yaml", "archive.example.yaml") {
		text, err := os.ReadFile(filepath.Join(base, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.decode(text); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	for _, g := range k.ConfigMapGenerator {
		c.configMaps = append(c.configMaps, g.Name)
	}
	return c
}

// decode adds the documents of a YAML file. A field that Kubernetes does not
// know is an error, as is a kind that nobody checks here.
func (c *cluster) decode(text []byte) error {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{batchv1.AddToScheme, corev1.AddToScheme, networkingv1.AddToScheme} {
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
		object, _, err := decoder.Decode(buffer[:n], nil, nil)
		if err != nil {
			return err
		}
		if err := c.add(object); err != nil {
			return err
		}
	}
}

func (c *cluster) add(object runtime.Object) error {
	switch o := object.(type) {
	case *batchv1.CronJob:
		c.cronJobs = append(c.cronJobs, o)
	case *corev1.ServiceAccount:
		c.serviceAccounts = append(c.serviceAccounts, o)
	case *corev1.ConfigMap:
		c.configMaps = append(c.configMaps, o.Name)
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
