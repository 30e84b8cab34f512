package manifesttest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// duties lists what is missing, beside the rules that one field breaks: labels
// that others look for, files that may be written, calls that must get out.
func (c cluster) duties() (all []string) {
	for _, j := range c.cronJobs {
		if j.Spec.Suspend != nil && *j.Spec.Suspend {
			all = append(all, j.Name+": suspend is the operator's, not ours")
		}
	}
	for name := range c.configMaps {
		if !regexp.MustCompile(`-[a-z0-9]{10}$`).MatchString(name) {
			all = append(all, name+": no hash in its name: a Job that runs would change its configuration")
		}
	}
	for _, w := range c.workloads() {
		for _, fault := range slices.Concat(labelFaults(w.labels), groupFaults(*w.pod), mountFaults(*w.pod), c.accountOfDatabase(*w.pod)) {
			all = append(all, w.name+": "+fault)
		}
		if w.job != nil {
			all = append(all, retryFaults(*w.job)...)
		}
	}
	for _, p := range c.policies {
		all = append(all, egressFaults(p)...)
	}
	return all
}

func labelFaults(labels map[string]string) (all []string) {
	for _, name := range []string{"app.kubernetes.io/name", "app.kubernetes.io/component", "app.kubernetes.io/part-of"} {
		if labels[name] == "" {
			all = append(all, "no label "+name)
		}
	}
	if labels["sidecar.istio.io/inject"] != "false" {
		all = append(all, "a mesh may add a sidecar, which keeps the Job alive for ever")
	}
	return all
}

// groupFaults: mounted secrets are read by their group.
func groupFaults(pod corev1.PodSpec) (all []string) {
	s := pod.SecurityContext
	if s == nil || s.FSGroup == nil || s.RunAsGroup == nil || *s.FSGroup != *s.RunAsGroup {
		all = append(all, "fsGroup is not the group that it runs as")
	}
	if s == nil || s.FSGroupChangePolicy == nil || *s.FSGroupChangePolicy != corev1.FSGroupChangeOnRootMismatch {
		all = append(all, "fsGroupChangePolicy is not OnRootMismatch: every start would walk the whole archive")
	}
	return all
}

// mountFaults: what the pod is given it may only read, and it has one temporary
// folder, whose limit is reached before that of the container.
func mountFaults(pod corev1.PodSpec) (all []string) {
	given := map[string]bool{}
	room := pod.Containers[0].Resources.Limits.StorageEphemeral()
	for _, v := range pod.Volumes {
		given[v.Name] = v.Secret != nil || v.Projected != nil
		if v.EmptyDir != nil && v.EmptyDir.SizeLimit != nil && v.EmptyDir.SizeLimit.Cmp(*room) >= 0 {
			all = append(all, "volume "+v.Name+" may grow past the limit of ephemeral-storage, which logs share")
		}
	}
	for _, m := range pod.Containers[0].VolumeMounts {
		if given[m.Name] && !m.ReadOnly {
			all = append(all, "mount "+m.MountPath+" is not read-only")
		}
	}
	if !slices.ContainsFunc(pod.Containers[0].Env, func(e corev1.EnvVar) bool { return e.Name == "TMPDIR" }) {
		all = append(all, "no TMPDIR: there is no other place to write to")
	}
	return all
}

// accountOfDatabase: only the pod that migrates may change the schema.
func (c cluster) accountOfDatabase(pod corev1.PodSpec) (all []string) {
	migrates := pod.Containers[0].Args[0] == "migrate"
	for _, v := range pod.Volumes {
		if v.Secret == nil {
			continue
		}
		if _, ok := c.secret(v.Secret.SecretName).StringData["dsn"]; ok && migrates != (v.Secret.SecretName == "panelwatch-migrator") {
			all = append(all, "Secret "+v.Secret.SecretName+" is not that of its account")
		}
	}
	return all
}

// retryFaults is about what passes by itself, and about bad months in a
// back-fill, which tells nobody.
func retryFaults(job batchv1.JobSpec) (all []string) {
	rules := podFailureRules(job)
	if len(rules) == 0 || len(rules[0].OnPodConditions) == 0 {
		all = append(all, "the first rule of podFailurePolicy is not the one on disruptions")
	}
	if job.BackoffLimit != nil && *job.BackoffLimit < 1 {
		all = append(all, "backoffLimit: what passes by itself is not tried again")
	}
	if job.BackoffLimitPerIndex == nil {
		return all
	}
	if job.MaxFailedIndexes == nil {
		all = append(all, "maxFailedIndexes is not set")
	}
	for _, r := range rules {
		if r.OnExitCodes != nil && slices.Contains(r.OnExitCodes.Values, 65) != (r.Action == batchv1.PodFailurePolicyActionFailIndex) {
			all = append(all, fmt.Sprintf("%s on %v: 65 alone is about one index", r.Action, r.OnExitCodes.Values))
		}
	}
	if args := job.Template.Spec.Containers[0].Args; args[0] == "run" && !slices.Contains(args, "--silent") {
		all = append(all, "a back-fill tells its months")
	}
	return all
}

func podFailureRules(job batchv1.JobSpec) []batchv1.PodFailurePolicyRule {
	if job.PodFailurePolicy == nil {
		return nil
	}
	return job.PodFailurePolicy.Rules
}

// egressFaults: names, the warehouse and Slack can be reached, and no port is
// open that nobody named.
func egressFaults(p *networkingv1.NetworkPolicy) (all []string) {
	out := map[string]bool{}
	for _, rule := range p.Spec.Egress {
		if len(rule.Ports) == 0 {
			all = append(all, "NetworkPolicy "+p.Name+" lets out to every port")
		}
		for _, port := range rule.Ports {
			name := fmt.Sprintf("%s %s", *port.Protocol, port.Port.String())
			if out[name] = true; port.Port.IntValue() == 53 && len(rule.To) == 0 {
				all = append(all, name+" is open to everywhere")
			}
		}
	}
	for _, name := range []string{"UDP 53", "TCP 53", "TCP 443"} {
		if !out[name] {
			all = append(all, "NetworkPolicy "+p.Name+" keeps "+name+" in")
		}
	}
	if out["TCP 3306"] == out["TCP 4000"] {
		all = append(all, "NetworkPolicy "+p.Name+": no port of a warehouse, or two")
	}
	return all
}

func TestEverythingDoesItsDuty(t *testing.T) {
	all := everything(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, fault := range read(t, all[name]).duties() {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

// TestDutiesAreHeld neglects one at a time, in the back-fill of production.
func TestDutiesAreHeld(t *testing.T) {
	backfill := everything(t)["jobs/backfill-indexed of overlays/production"]
	for want, spoil := range map[string]func(*cluster, *batchv1.JobSpec, *corev1.PodSpec, *corev1.Container){
		"no hash": func(c *cluster, _ *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			c.configMaps["panelwatch-env"] = &corev1.ConfigMap{}
		},
		"no label app.kubernetes.io/part-of": func(_ *cluster, j *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			delete(j.Template.Labels, "app.kubernetes.io/part-of")
		},
		"a mesh": func(_ *cluster, j *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			delete(j.Template.Labels, "sidecar.istio.io/inject")
		},
		"fsGroup is not": func(_ *cluster, _ *batchv1.JobSpec, p *corev1.PodSpec, _ *corev1.Container) {
			p.SecurityContext.FSGroup = nil
		},
		"OnRootMismatch": func(_ *cluster, _ *batchv1.JobSpec, p *corev1.PodSpec, _ *corev1.Container) {
			p.SecurityContext.FSGroupChangePolicy = nil
		},
		"is not read-only": func(_ *cluster, _ *batchv1.JobSpec, _ *corev1.PodSpec, c *corev1.Container) {
			c.VolumeMounts[0].ReadOnly = false
		},
		"no TMPDIR": func(_ *cluster, _ *batchv1.JobSpec, _ *corev1.PodSpec, c *corev1.Container) { c.Env = nil },
		"which logs share": func(_ *cluster, _ *batchv1.JobSpec, p *corev1.PodSpec, c *corev1.Container) {
			p.Volumes[4].Ephemeral, p.Volumes[4].EmptyDir = nil, &corev1.EmptyDirVolumeSource{SizeLimit: c.Resources.Limits.StorageEphemeral()}
		},
		"not that of its account": func(_ *cluster, _ *batchv1.JobSpec, _ *corev1.PodSpec, c *corev1.Container) {
			c.Args = []string{"migrate", "up"}
		},
		"not the one on disruptions": func(_ *cluster, j *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			slices.Reverse(j.PodFailurePolicy.Rules)
		},
		"is not tried again": func(_ *cluster, j *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			j.BackoffLimit = new(int32)
		},
		"maxFailedIndexes": func(_ *cluster, j *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			j.MaxFailedIndexes = nil
		},
		"65 alone": func(_ *cluster, j *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			j.PodFailurePolicy.Rules[1].Action = batchv1.PodFailurePolicyActionFailJob
		},
		"tells its months": func(_ *cluster, _ *batchv1.JobSpec, _ *corev1.PodSpec, c *corev1.Container) {
			c.Args = slices.DeleteFunc(c.Args, func(a string) bool { return a == "--silent" })
		},
		"to every port": func(c *cluster, _ *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			c.policies[0].Spec.Egress[1].Ports = nil
		},
		"open to everywhere": func(c *cluster, _ *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			c.policies[0].Spec.Egress[0].To = nil
		},
		"keeps TCP 443 in": func(c *cluster, _ *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			c.policies[0].Spec.Egress = c.policies[0].Spec.Egress[:2]
		},
		"no port of a warehouse": func(c *cluster, _ *batchv1.JobSpec, _ *corev1.PodSpec, _ *corev1.Container) {
			c.policies[0].Spec.Egress = slices.Delete(c.policies[0].Spec.Egress, 1, 2)
		},
	} {
		c := read(t, backfill)
		job := &c.jobs[0].Spec
		pod := &job.Template.Spec
		spoil(&c, job, pod, &pod.Containers[0])
		if got := strings.Join(c.duties(), "\n"); !strings.Contains(got, want) {
			t.Errorf("want a fault with %q, got:\n%s", want, got)
		}
	}
	c := read(t, everything(t)["base"])
	if *c.cronJobs[0].Spec.Suspend = true; !strings.Contains(strings.Join(c.duties(), "\n"), "suspend") {
		t.Error("a suspended CronJob is shipped")
	}
}
