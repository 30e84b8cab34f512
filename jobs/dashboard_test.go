package jobs_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// A dashboard is what of Grafana's JSON the tests look at.
type dashboard struct {
	Templating struct {
		List []struct{ Name, Type, Query string }
	}
	Panels []struct {
		Title   string
		Targets []struct{ Expr, RawSQL, Format string }
	}
}

func readDashboard(t *testing.T) (d dashboard) {
	t.Helper()
	text, err := os.ReadFile("../configs/monitoring/dashboard.json")
	must(t, err)
	must(t, json.Unmarshal(text, &d))
	return d
}

// Every query of the dashboard has an answer on the views as they are, with
// its variables filled in as Grafana does, and every variable is used.
func TestDashboardQueriesHaveAnswers(t *testing.T) {
	d, w := readDashboard(t), loaded(t)
	filled := strings.NewReplacer("${app}", "'zhifubao', 'geshui', 'tielu12306'", "${list}", "'地方政务'")
	asked := 0
	all := ""
	for _, p := range d.Panels {
		for _, target := range p.Targets {
			all += target.RawSQL
			if target.RawSQL == "" {
				continue
			}
			asked++
			answer := answerOf(t, w, filled.Replace(target.RawSQL))
			if names, _, _ := strings.Cut(answer, "\n"); target.Format == "time_series" && names != "time\tmetric\tvalue" {
				t.Errorf("%s: columns %q, Grafana wants time, metric, value", p.Title, names)
			}
		}
	}
	if asked == 0 {
		t.Error("no panel asks the views")
	}
	for _, v := range d.Templating.List {
		if v.Type == "datasource" {
			continue
		}
		answerOf(t, w, v.Query)
		if !strings.Contains(all, "${"+v.Name+"}") {
			t.Errorf("nobody uses the variable %s", v.Name)
		}
	}
}
