package manifesttest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

func TestBase(t *testing.T) {
	c := readBase(t)
	if len(c.cronJobs) == 0 || len(c.policies) == 0 {
		t.Fatalf("base has %d CronJobs, %d NetworkPolicies", len(c.cronJobs), len(c.policies))
	}
	for _, fault := range c.faults() {
		t.Error(fault)
	}
}

// TestRendered checks what kustomize makes of the base. Where kubectl is
// missing, TestBase has read the same files.
func TestRendered(t *testing.T) {
	kubectl, err := exec.LookPath("kubectl")
	if err != nil {
		t.Log("no kubectl here: the files are checked as they are, by TestBase")
		return
	}
	out, err := exec.Command(kubectl, "kustomize", base).CombinedOutput()
	if err != nil {
		t.Fatalf("kubectl kustomize: %v\n%s", err, out)
	}
	files := readBase(t)
	c := cluster{secrets: files.secrets, claims: files.claims}
	if err := c.decode(out); err != nil {
		t.Fatal(err)
	}
	if len(c.cronJobs) != len(files.cronJobs) {
		t.Errorf("rendered %d CronJobs", len(c.cronJobs))
	}
	for _, fault := range c.faults() {
		t.Error(fault)
	}
	if bytes.Contains(out, []byte("kind: Secret")) {
		t.Error("the base holds a Secret: values do not belong into git")
	}
}

// TestConfigIsShipped holds the copies for kustomize equal to the shipped
// configuration, and complete.
func TestConfigIsShipped(t *testing.T) {
	var listed []string
	for _, g := range readKustomization(t).ConfigMapGenerator {
		listed = append(listed, g.Files...)
	}
	shipped, err := filepath.Glob("../../*.yaml")
	if err != nil || len(shipped) == 0 {
		t.Fatalf("no shipped configuration: %v", err)
	}
	for _, name := range shipped {
		copied := "config/" + filepath.Base(name)
		if !slices.Contains(listed, copied) {
			t.Errorf("%s is not in configMapGenerator", copied)
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(base, copied)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs from the shipped file (%v): run scripts/kubernetes-config", copied, err)
		}
	}
	if len(listed) != len(shipped) {
		t.Errorf("configMapGenerator lists %v, shipped are %v", listed, shipped)
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
		"nine tenths": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Resources.Limits[corev1.ResourceMemory] = resource.MustParse("1Gi")
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
		"read-write": func(_ *cluster, _ *batchv1.CronJob, p *corev1.PodSpec, _ *corev1.Container) {
			p.Volumes[3].PersistentVolumeClaim.ReadOnly = false
		},
		"is not the ConfigMap": func(_ *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, c *corev1.Container) {
			c.Args[1] = "--config=/tmp"
		},
		"variables from": func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) {
			c.configMaps = c.configMaps[:1]
		},
		"no ConfigMap":      func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) { c.configMaps = nil },
		"no ServiceAccount": func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) { c.serviceAccounts = nil },
		"no NetworkPolicy":  func(c *cluster, _ *batchv1.CronJob, _ *corev1.PodSpec, _ *corev1.Container) { c.policies = nil },
	} {
		c := readBase(t)
		job := c.cronJobs[0]
		pod := &job.Spec.JobTemplate.Spec.Template.Spec
		spoil(&c, job, pod, &pod.Containers[0])
		if got := strings.Join(c.faults(), "\n"); !strings.Contains(got, want) {
			t.Errorf("want a fault with %q, got:\n%s", want, got)
		}
	}
}
