package manifesttest

import (
	"bytes"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

func TestEverythingKeepsTheRules(t *testing.T) {
	for name, text := range everything(t) {
		c := read(t, text)
		for _, fault := range c.faults() {
			t.Errorf("%s: %s", name, fault)
		}
		if bytes.Contains(text, []byte("kind: Secret\n")) {
			t.Errorf("%s holds a Secret: values do not belong into git", name)
		}
		if strings.HasPrefix(name, "jobs/") && (len(c.jobs) != 1 || len(c.cronJobs) > 0) {
			t.Errorf("%s: %d Jobs and %d CronJobs, want the Job alone", name, len(c.jobs), len(c.cronJobs))
		}
		if !strings.HasPrefix(name, "jobs/") && len(c.cronJobs) != 2 && len(c.deployments) != 1 {
			t.Errorf("%s: %d CronJobs and %d Deployments", name, len(c.cronJobs), len(c.deployments))
		}
		for _, n := range c.namespaces {
			if n.Labels["pod-security.kubernetes.io/enforce"] != "restricted" {
				t.Errorf("%s: namespace %s is not restricted", name, n.Name)
			}
		}
	}
}

// TestExternalSecretsAreComplete: the operator makes what the examples show.
func TestExternalSecretsAreComplete(t *testing.T) {
	c := read(t, newTree(t).with(t, "base", "components/external-secrets"))
	if len(c.external) != 2 {
		t.Fatalf("%d ExternalSecrets", len(c.external))
	}
	for _, e := range c.external {
		var got []string
		for _, d := range e.Spec.Data {
			got = append(got, d.SecretKey)
		}
		want := slices.Sorted(maps.Keys(c.secret(e.Spec.Target.Name).StringData))
		if diff := cmp.Diff(want, got); diff != "" || e.Spec.RefreshInterval.Duration == 0 || len(e.Spec.SecretStoreRef) != 2 {
			t.Errorf("%s: keys of the example (-), keys that are fetched (+), store %v:\n%s", e.Name, e.Spec.SecretStoreRef, diff)
		}
	}
}

// TestConfigIsShipped holds the copies for kustomize equal to the shipped
// configuration, and complete.
func TestConfigIsShipped(t *testing.T) {
	got := map[string]string{}
	for _, m := range read(t, newTree(t).render(t, "base")).configMaps {
		if !strings.HasPrefix(m.Name, "panelwatch-env-") {
			maps.Copy(got, m.Data)
		}
	}
	want := map[string]string{}
	for _, pattern := range []string{"../../*.yaml", "../../calendar/*.csv"} {
		shipped, err := filepath.Glob(pattern)
		if err != nil || len(shipped) == 0 {
			t.Fatalf("no shipped configuration: %v", err)
		}
		for _, name := range shipped {
			want[filepath.Base(name)] = string(file(t, name))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("shipped (-) and mounted (+) differ: run scripts/kubernetes-config, and list new files in base/kustomization.yaml\n%s", diff)
	}
}

// TestStrict shows that a field which Kubernetes does not know is an error.
func TestStrict(t *testing.T) {
	for name, text := range map[string]string{
		"unknown field":  "apiVersion: batch/v1\nkind: CronJob\nspec: {timezone: Asia/Shanghai}",
		"wrong type":     "apiVersion: batch/v1\nkind: CronJob\nspec: {suspend: 7}",
		"field twice":    "apiVersion: v1\nkind: ServiceAccount\nautomountServiceAccountToken: true\nautomountServiceAccountToken: false",
		"unchecked kind": "apiVersion: v1\nkind: Pod",
		"unknown kind":   "apiVersion: v2\nkind: CronJob",
	} {
		if err := new(cluster).decode([]byte(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestSchedules(t *testing.T) {
	for schedule, want := range map[string]string{
		"0 2 * * *":                "",
		"TZ=Asia/Shanghai":         "timeZone",
		"CRON_TZ=UTC 0 2 * * *":    "timeZone",
		"0 0 31 2 *":               "never",
		"0 25 * * *":               "range",
		"every day at 2":           "5 fields",
		"TZ=Asia/Shanghai 0 2 * *": "timeZone",
	} {
		got := cronFault(schedule)
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q in it", schedule, got, want)
		}
	}
}

// TestRulesAreHeld spoils the base in one place at a time.
func TestRulesAreHeld(t *testing.T) {
	yes := true
	base := newTree(t).render(t, "base")
	for want, spoil := range map[string]func(*cluster, *batchv1.CronJob, *corev1.PodSpec, *corev1.Container){
		"longer than 52": func(_ *cluster, j *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			j.Name = strings.Repeat("x", 53)
		},
		"unknown time zone": func(_ *cluster, j *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			*j.Spec.TimeZone = "Asia/Beijing"
		},
		"loses late runs": func(_ *cluster, j *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			*j.Spec.StartingDeadlineSeconds = 60
		},
		"not Forbid": func(_ *cluster, j *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			j.Spec.ConcurrencyPolicy = ""
		},
		"ends the Job on [64 65 70 77]": func(_ *cluster, j *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			e := j.Spec.JobTemplate.Spec.PodFailurePolicy.Rules[1].OnExitCodes
			e.Values = e.Values[:4]
		},
		"ignore disruptions": func(_ *cluster, j *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			j.Spec.JobTemplate.Spec.PodFailurePolicy.Rules[0].Action = batchv1.PodFailurePolicyActionCount
		},
		"names no container": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) { c.Name = "main" },
		"token is mounted": func(_ *cluster, _ *batchv1.CronJob, p *corev1.PodSpec, _ *corev1.Container) {
			p.AutomountServiceAccountToken = &yes
		},
		"from 10000 up": func(_ *cluster, _ *batchv1.CronJob, p *corev1.PodSpec, _ *corev1.Container) {
			*p.SecurityContext.RunAsUser = 0
		},
		"seccompProfile": func(_ *cluster, _ *batchv1.CronJob, p *corev1.PodSpec, _ *corev1.Container) {
			p.SecurityContext.SeccompProfile = nil
		},
		"namespace of the host": func(_ *cluster, _ *batchv1.CronJob, p *corev1.PodSpec, _ *corev1.Container) { p.HostPID = true },
		"privileges": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.SecurityContext.Privileged = &yes
		},
		"not read-only": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.SecurityContext.ReadOnlyRootFilesystem = nil
		},
		"capabilities": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.SecurityContext.Capabilities.Add = []corev1.Capability{"NET_ADMIN"}
		},
		"no fixed tag": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Image = "registry:5000/panelwatch"
		},
		"limit of ephemeral-storage": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			delete(c.Resources.Limits, corev1.ResourceEphemeralStorage)
		},
		"request and limit differ": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Resources.Limits[corev1.ResourceMemory] = resource.MustParse("1Gi")
		},
		"GOMEMLIMIT": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Env = append(c.Env, corev1.EnvVar{Name: "GOMEMLIMIT", Value: "1GiB"})
		},
		"not both": func(_ *cluster, j *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			j.Spec.JobTemplate.Spec.BackoffLimitPerIndex = new(int32)
		},
		"FailIndex on exit codes": func(_ *cluster, j *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			j.Spec.JobTemplate.Spec.PodFailurePolicy.Rules[1].Action = batchv1.PodFailurePolicyActionFailIndex
		},
		"know their index": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Args = append(c.Args, "--index=$(JOB_COMPLETION_INDEX)")
		},
		"wait for one lease": func(_ *cluster, j *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Args = append(c.Args, "--index=$(JOB_COMPLETION_INDEX)")
			mode, two := batchv1.IndexedCompletion, int32(2)
			j.Spec.JobTemplate.Spec.CompletionMode, j.Spec.JobTemplate.Spec.Parallelism = &mode, &two
		},
		"has no key password": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Env[0].Value = "/run/secrets/panelwatch/password"
		},
		"no Secret is mounted": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Env[0].Value = "/run/dsn"
		},
		"is not writable": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.VolumeMounts = c.VolumeMounts[:4]
		},
		"mode is not 0440": func(_ *cluster, _ *batchv1.CronJob, p *corev1.PodSpec, _ *corev1.Container) {
			*p.Volumes[1].Secret.DefaultMode = 0o444
		},
		"do not allow": func(_ *cluster, _ *batchv1.CronJob, p *corev1.PodSpec, _ *corev1.Container) {
			p.Volumes[4].VolumeSource = corev1.VolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: "/"}}
		},
		"no claim": func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) { c.claims = nil },
		"is not the ConfigMap": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Args[1] = "--config=/tmp"
		},
		"variables from": func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			maps.DeleteFunc(c.configMaps, func(name string, _ *corev1.ConfigMap) bool { return strings.HasPrefix(name, "panelwatch-env") })
		},
		"more than those who collect": func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			c.policies[0].Spec.Ingress = []networkingv1.NetworkPolicyIngressRule{{}}
		},
		"no ConfigMap":      func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) { c.configMaps = nil },
		"no ServiceAccount": func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) { c.serviceAccounts = nil },
		"no NetworkPolicy":  func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) { c.policies = nil },
	} {
		c := read(t, base)
		job := c.cronJobs[0]
		pod := &job.Spec.JobTemplate.Spec.Template.Spec
		spoil(&c, job, pod, &pod.Containers[0])
		if got := strings.Join(c.faults(), "\n"); !strings.Contains(got, want) {
			t.Errorf("want a fault with %q, got:\n%s", want, got)
		}
	}
}
