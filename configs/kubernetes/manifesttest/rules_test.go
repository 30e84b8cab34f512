package manifesttest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

// permanent are the exit codes after which another try is of no use.
var permanent = []int32{64, 65, 70, 77, 78}

// faults lists what is wrong with the manifests.
func (c cluster) faults() (all []string) {
	add := func(name string, found []string) {
		for _, fault := range found {
			all = append(all, name+": "+fault)
		}
	}
	for _, job := range c.cronJobs {
		add(job.Name, scheduleFaults(job))
	}
	for _, w := range c.workloads() {
		if w.job != nil {
			add(w.name, jobFaults(*w.job))
		}
		add(w.name, podFaults(*w.pod, w.job == nil))
		add(w.name, c.referenceFaults(*w.pod))
	}
	for _, d := range c.deployments {
		add(d.Name, deploymentFaults(d))
	}
	return append(all, c.accountFaults()...)
}

// deploymentFaults: the lease keeps two programs apart, but the one that waits
// would only look broken.
func deploymentFaults(d *appsv1.Deployment) (all []string) {
	if d.Spec.Replicas == nil || *d.Spec.Replicas != 1 || d.Spec.Strategy.Type != appsv1.RecreateDeploymentStrategyType {
		all = append(all, "not one replica that is replaced only when it is gone")
	}
	if d.Spec.Selector == nil || !subset(d.Spec.Selector.MatchLabels, d.Spec.Template.Labels) {
		all = append(all, "selector and labels differ")
	}
	return all
}

func scheduleFaults(job *batchv1.CronJob) (all []string) {
	spec := job.Spec
	if len(job.Name) > 52 {
		all = append(all, "name is longer than 52 characters")
	}
	if spec.TimeZone == nil {
		all = append(all, "no timeZone")
	} else if _, err := time.LoadLocation(*spec.TimeZone); err != nil {
		all = append(all, fmt.Sprintf("timeZone: %v", err))
	}
	if fault := cronFault(spec.Schedule); fault != "" {
		all = append(all, fmt.Sprintf("schedule %q: %s", spec.Schedule, fault))
	}
	if spec.ConcurrencyPolicy != batchv1.ForbidConcurrent {
		all = append(all, "concurrencyPolicy is not Forbid")
	}
	if d := spec.StartingDeadlineSeconds; d == nil || *d < 3600 {
		all = append(all, "startingDeadlineSeconds below an hour loses late runs")
	}
	if spec.SuccessfulJobsHistoryLimit == nil || spec.FailedJobsHistoryLimit == nil || spec.Suspend == nil {
		all = append(all, "history limits or suspend not written out")
	}
	return all
}

// cronFault reads a schedule as the API server does. The parser panics on a
// zone without fields, so zones are refused first.
func cronFault(schedule string) string {
	if strings.Contains(schedule, "TZ=") {
		return "the zone belongs into timeZone"
	}
	parsed, err := cron.ParseStandard(schedule)
	if err != nil {
		return err.Error()
	}
	if parsed.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return "never fires"
	}
	return ""
}

func jobFaults(job batchv1.JobSpec) (all []string) {
	if job.BackoffLimit == nil == (job.BackoffLimitPerIndex == nil) {
		all = append(all, "want backoffLimit or backoffLimitPerIndex written out, not both")
	}
	if job.ActiveDeadlineSeconds == nil || job.TTLSecondsAfterFinished == nil {
		all = append(all, "activeDeadlineSeconds or ttlSecondsAfterFinished not written out")
	}
	if job.PodReplacementPolicy == nil || *job.PodReplacementPolicy != batchv1.Failed {
		all = append(all, "podReplacementPolicy is not Failed")
	}
	if job.PodFailurePolicy == nil {
		return append(all, "no podFailurePolicy")
	}
	return append(append(all, policyFaults(job)...), indexFaults(job)...)
}

// policyFaults is about what is made of exit codes.
func policyFaults(job batchv1.JobSpec) (all []string) {
	var codes []int32
	disruption := false
	for _, rule := range job.PodFailurePolicy.Rules {
		if e := rule.OnExitCodes; e != nil {
			codes = append(codes, e.Values...)
			if e.Operator != batchv1.PodFailurePolicyOnExitCodesOpIn || e.ContainerName == nil || !has(job.Template.Spec.Containers, *e.ContainerName) {
				all = append(all, "podFailurePolicy names no container, or its operator is not In")
			}
			if one := rule.Action == batchv1.PodFailurePolicyActionFailIndex; !one && rule.Action != batchv1.PodFailurePolicyActionFailJob || one && job.BackoffLimitPerIndex == nil {
				all = append(all, fmt.Sprintf("podFailurePolicy: %s on exit codes", rule.Action))
			}
		}
		for _, condition := range rule.OnPodConditions {
			disruption = disruption || rule.Action == batchv1.PodFailurePolicyActionIgnore &&
				condition.Type == corev1.DisruptionTarget && condition.Status == corev1.ConditionTrue
		}
	}
	if slices.Sort(codes); !slices.Equal(codes, permanent) {
		all = append(all, fmt.Sprintf("podFailurePolicy ends the Job on %v, want %v", codes, permanent))
	}
	if !disruption {
		all = append(all, "podFailurePolicy does not ignore disruptions")
	}
	return all
}

// indexFaults is about Jobs of many pods.
func indexFaults(job batchv1.JobSpec) (all []string) {
	const index = "$(JOB_COMPLETION_INDEX)"
	args := job.Template.Spec.Containers[0].Args
	indexed := job.CompletionMode != nil && *job.CompletionMode == batchv1.IndexedCompletion
	if indexed != strings.Contains(strings.Join(args, " "), index) {
		all = append(all, "an Indexed Job and pods that know their index belong together")
	}
	if indexed && (job.Completions == nil || job.Parallelism == nil) {
		all = append(all, "completions or parallelism not written out")
	}
	if indexed && job.Parallelism != nil && *job.Parallelism > 1 && args[0] != "tabulate" {
		all = append(all, "pods side by side would wait for one lease")
	}
	return all
}

func has(containers []corev1.Container, name string) bool {
	return slices.ContainsFunc(containers, func(c corev1.Container) bool { return c.Name == name })
}

// podFaults holds the restricted profile and some rules beyond it.
func podFaults(pod corev1.PodSpec, lasting bool) (all []string) {
	if lasting != (pod.RestartPolicy == corev1.RestartPolicyAlways) {
		all = append(all, "restartPolicy is not Never, or of a Deployment not Always")
	}
	if pod.AutomountServiceAccountToken == nil || *pod.AutomountServiceAccountToken {
		all = append(all, "the service account's token is mounted")
	}
	if pod.EnableServiceLinks == nil || *pod.EnableServiceLinks {
		all = append(all, "enableServiceLinks is not false")
	}
	if pod.TerminationGracePeriodSeconds == nil {
		all = append(all, "terminationGracePeriodSeconds not written out")
	}
	if pod.HostNetwork || pod.HostPID || pod.HostIPC {
		all = append(all, "the pod shares a namespace of the host")
	}
	s := pod.SecurityContext
	if s == nil || s.RunAsNonRoot == nil || !*s.RunAsNonRoot || s.RunAsUser == nil || *s.RunAsUser < 10000 || s.RunAsGroup == nil || *s.RunAsGroup < 10000 {
		all = append(all, "does not run as a user and group from 10000 up")
	}
	if s == nil || s.SeccompProfile == nil || s.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault {
		all = append(all, "seccompProfile is not RuntimeDefault")
	}
	for _, c := range append(slices.Clone(pod.InitContainers), pod.Containers...) {
		all = append(all, containerFaults(c)...)
	}
	return all
}

func containerFaults(c corev1.Container) (all []string) {
	s := c.SecurityContext
	if s == nil || s.AllowPrivilegeEscalation == nil || *s.AllowPrivilegeEscalation || s.Privileged != nil && *s.Privileged {
		all = append(all, "privileges may be gained")
	}
	if s == nil || s.ReadOnlyRootFilesystem == nil || !*s.ReadOnlyRootFilesystem {
		all = append(all, "the root file system is not read-only")
	}
	if s == nil || s.Capabilities == nil || !slices.Equal(s.Capabilities.Drop, []corev1.Capability{"ALL"}) || len(s.Capabilities.Add) > 0 {
		all = append(all, "capabilities are not all dropped")
	}
	_, tag, tagged := strings.Cut(c.Image[strings.LastIndex(c.Image, "/")+1:], ":")
	if !tagged || tag == "" || tag == "latest" {
		all = append(all, "image "+c.Image+" has no fixed tag")
	}
	if c.TerminationMessagePolicy != corev1.TerminationMessageFallbackToLogsOnError {
		all = append(all, "terminationMessagePolicy is not FallbackToLogsOnError")
	}
	for _, env := range c.Env {
		if env.ValueFrom != nil && env.ValueFrom.SecretKeyRef != nil {
			all = append(all, "secret in the variable "+env.Name+", want a file")
		}
	}
	return append(all, resourceFaults(c)...)
}

func resourceFaults(c corev1.Container) (all []string) {
	for _, name := range []corev1.ResourceName{corev1.ResourceCPU, corev1.ResourceMemory, corev1.ResourceEphemeralStorage} {
		if c.Resources.Requests.Name(name, resource.DecimalSI).IsZero() || c.Resources.Limits.Name(name, resource.DecimalSI).IsZero() {
			all = append(all, fmt.Sprintf("no request or no limit of %s", name))
		}
	}
	limit := c.Resources.Limits.Memory().Value()
	if limit != c.Resources.Requests.Memory().Value() {
		all = append(all, "memory: request and limit differ")
	}
	if slices.ContainsFunc(c.Env, func(e corev1.EnvVar) bool { return e.Name == "GOMEMLIMIT" }) {
		all = append(all, "GOMEMLIMIT: the program goes by the limit itself")
	}
	return all
}

// referenceFaults lists what the pod refers to and the manifests do not hold.
func (c cluster) referenceFaults(pod corev1.PodSpec) (all []string) {
	if !slices.ContainsFunc(c.serviceAccounts, func(a *corev1.ServiceAccount) bool { return a.Name == pod.ServiceAccountName }) {
		all = append(all, "no ServiceAccount "+pod.ServiceAccountName)
	}
	unused := map[string]bool{}
	known := map[string]bool{}
	for _, v := range pod.Volumes {
		if fault := c.volumeFault(v); fault != "" {
			all = append(all, "volume "+v.Name+": "+fault)
		}
		known[v.Name], unused[v.Name] = true, true
	}
	for _, container := range pod.Containers {
		for _, m := range container.VolumeMounts {
			if !known[m.Name] {
				all = append(all, "no volume "+m.Name)
			}
			delete(unused, m.Name)
		}
		all = append(all, c.fileFaults(pod, container)...)
	}
	for name := range unused {
		all = append(all, "volume "+name+" is not mounted")
	}
	return all
}

func (c cluster) volumeFault(v corev1.Volume) string {
	switch {
	case v.Projected != nil:
		for _, s := range v.Projected.Sources {
			if s.ConfigMap == nil || c.configMaps[s.ConfigMap.Name] == nil {
				return fmt.Sprintf("no ConfigMap for %v", s)
			}
			for _, item := range s.ConfigMap.Items {
				if _, ok := c.configMaps[s.ConfigMap.Name].Data[item.Key]; !ok {
					return "ConfigMap " + s.ConfigMap.Name + " has no " + item.Key
				}
			}
		}
	case v.Secret != nil:
		if c.secret(v.Secret.SecretName) == nil {
			return "no example of Secret " + v.Secret.SecretName
		}
		if v.Secret.DefaultMode == nil || *v.Secret.DefaultMode != 0o440 {
			return "mode is not 0440"
		}
	case v.PersistentVolumeClaim != nil:
		if !slices.Contains(c.claims, v.PersistentVolumeClaim.ClaimName) {
			return "no claim " + v.PersistentVolumeClaim.ClaimName
		}
	case v.EmptyDir != nil:
		if v.EmptyDir.SizeLimit == nil {
			return "no sizeLimit"
		}
	case v.Ephemeral != nil:
		if v.Ephemeral.VolumeClaimTemplate.Spec.Resources.Requests.Storage().IsZero() {
			return "no size"
		}
	default:
		return "of a kind that the restricted profile or we do not allow"
	}
	return ""
}

func (c cluster) secret(name string) *corev1.Secret {
	for _, s := range c.secrets {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// fileFaults follows the variables *_FILE through mount and Secret to a key,
// and TMPDIR to a writable folder.
func (c cluster) fileFaults(pod corev1.PodSpec, container corev1.Container) (all []string) {
	for _, env := range container.Env {
		switch {
		case strings.HasSuffix(env.Name, "_FILE"):
			volume, key := locate(pod, container, env.Value)
			if volume.Secret == nil || c.secret(volume.Secret.SecretName) == nil {
				all = append(all, env.Name+": no Secret is mounted for "+env.Value)
			} else if _, ok := c.secret(volume.Secret.SecretName).StringData[key]; !ok {
				all = append(all, env.Name+": Secret "+volume.Secret.SecretName+" has no key "+key)
			}
		case env.Name == "TMPDIR":
			if volume, _ := locate(pod, container, env.Value+"/x"); volume.EmptyDir == nil && volume.Ephemeral == nil {
				all = append(all, "TMPDIR "+env.Value+" is not writable")
			}
		}
	}
	for _, arg := range container.Args {
		folder, ok := strings.CutPrefix(arg, "--config=")
		if volume, _ := locate(pod, container, folder+"/x"); ok && volume.Projected == nil {
			all = append(all, arg+" is not the ConfigMap")
		}
	}
	for _, from := range container.EnvFrom {
		if from.ConfigMapRef == nil || c.configMaps[from.ConfigMapRef.Name] == nil {
			all = append(all, "variables from something that is not a ConfigMap of ours")
		}
	}
	return all
}

// locate finds the volume that holds a path, and the path within it.
func locate(pod corev1.PodSpec, container corev1.Container, path string) (corev1.Volume, string) {
	for _, m := range container.VolumeMounts {
		if rest, ok := strings.CutPrefix(path, m.MountPath+"/"); ok {
			for _, v := range pod.Volumes {
				if v.Name == m.Name {
					return v, rest
				}
			}
		}
	}
	return corev1.Volume{}, ""
}

func (c cluster) accountFaults() (all []string) {
	for _, a := range c.serviceAccounts {
		if a.AutomountServiceAccountToken == nil || *a.AutomountServiceAccountToken {
			all = append(all, "ServiceAccount "+a.Name+" mounts its token")
		}
	}
	for _, w := range c.workloads() {
		covered := false
		for _, p := range c.policies {
			covered = covered || len(p.Spec.Egress) > 0 && len(p.Spec.PolicyTypes) == 2 && subset(p.Spec.PodSelector.MatchLabels, w.labels)
		}
		if !covered {
			all = append(all, "no NetworkPolicy closes "+w.name)
		}
	}
	return append(all, c.ingressFaults()...)
}

// ingressFaults: nobody calls pods that only work; who collects metrics may
// call that which has some.
func (c cluster) ingressFaults() (all []string) {
	for _, p := range c.policies {
		for _, in := range p.Spec.Ingress {
			if len(c.deployments) == 0 || len(in.From) == 0 || len(in.Ports) != 1 {
				all = append(all, "NetworkPolicy "+p.Name+" lets in more than those who collect metrics")
			}
		}
	}
	return all
}

func subset(selector, labels map[string]string) bool {
	for k, v := range selector {
		if labels[k] != v {
			return false
		}
	}
	return len(selector) > 0
}
