package manifesttest

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/VictoriaMetrics/metricsql"
)

var matcher = regexp.MustCompile(`\b(cronjob|job_name)=~"([^"]*)"`)

// TestAlertsAreAboutTheseJobs: the expressions can be read, and the names that
// they look for are those of the manifests.
func TestAlertsAreAboutTheseJobs(t *testing.T) {
	f := newTree(t)
	c := read(t, f.with(t, "base", "components/monitoring"))
	var scheduled, started []string
	for _, job := range c.cronJobs {
		scheduled = append(scheduled, job.Name)
		started = append(started, job.Name+"-29923320")
	}
	var names []string
	for _, group := range c.alerts[0].Spec.Groups {
		for _, rule := range group.Rules {
			names = append(names, rule.Alert)
			if _, err := metricsql.Parse(rule.Expr); err != nil {
				t.Errorf("%s: %v", rule.Alert, err)
			}
			if rule.Labels["severity"] == "" || rule.Annotations["summary"] == "" || rule.Annotations["description"] == "" {
				t.Errorf("%s: no severity, summary or description", rule.Alert)
			}
			if strings.Contains(rule.Expr, "kube_cronjob_") && !strings.Contains(rule.Expr, "kube_cronjob_spec_suspend == 0") && rule.Alert != "PanelwatchJobFailed" {
				t.Errorf("%s tells of a CronJob that somebody suspended", rule.Alert)
			}
			found := matcher.FindAllStringSubmatch(rule.Expr, -1)
			if len(found) == 0 {
				t.Errorf("%s is about any Job", rule.Alert)
			}
			for _, m := range found {
				wanted := scheduled
				if m[1] == "job_name" {
					wanted = started
				}
				whole := regexp.MustCompile("^(?:" + m[2] + ")$")
				if !slices.ContainsFunc(wanted, whole.MatchString) {
					t.Errorf("%s: %s matches none of %v", rule.Alert, m[0], wanted)
				}
			}
		}
	}
	if len(names) < 4 || len(slices.Compact(slices.Sorted(slices.Values(names)))) != len(names) {
		t.Errorf("alerts %s: too few, or one twice", strings.Join(names, ", "))
	}
}

// TestAlertsThatCannotBeRead shows that the reader is one.
func TestAlertsThatCannotBeRead(t *testing.T) {
	for _, text := range []string{"time( > 3", `kube_job_failed{a="b" > 0`, "a unless on b"} {
		if _, err := metricsql.Parse(text); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}
