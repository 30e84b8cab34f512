package metrics_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/VictoriaMetrics/metricsql"
	"github.com/goccy/go-yaml"

	"panelwatch/jobs/metrics"
)

const monitoring = "../../configs/monitoring"

// exported are the names and labels of all metrics, as a run that did a little
// of everything leaves them.
func exported(t *testing.T) map[string]map[string]bool {
	t.Helper()
	m := metrics.New("v1")
	m.Ran(aRun(), "done", []string{"done"})
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	names := map[string]map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^(panelwatch_\w+)(?:\{(.*)\})? `).FindAllStringSubmatch(answer.Body.String(), -1) {
		names[line[1]] = map[string]bool{}
		for _, label := range regexp.MustCompile(`(\w+)="`).FindAllStringSubmatch(line[2], -1) {
			names[line[1]][label[1]] = true
		}
	}
	return names
}

// reads finds the metrics of an expression with the labels they are chosen by.
func reads(t *testing.T, text string) map[string][]string {
	t.Helper()
	e, err := metricsql.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	found := map[string][]string{}
	metricsql.VisitAll(e, func(e metricsql.Expr) {
		m, ok := e.(*metricsql.MetricExpr)
		if !ok {
			return
		}
		for _, filters := range m.LabelFilterss {
			var name string
			for _, f := range filters {
				if f.Label == "__name__" {
					name = f.Value
				} else {
					found[name] = append(found[name], f.Label)
				}
			}
			found[name] = append(found[name], "")
		}
	})
	return found
}

// Rules and dashboard can be read, and name only metrics and labels that exist.
func TestMonitoringReadsWhatIsExported(t *testing.T) {
	exprs := append(ruleExprs(t), dashboardExprs(t)...)
	if len(exprs) < 15 {
		t.Errorf("%d expressions, want 15 and more", len(exprs))
	}
	have, used := exported(t), map[string]bool{}
	for _, text := range exprs {
		for name, labels := range reads(t, text) {
			used[name] = true
			for _, label := range labels {
				if have[name] == nil || label != "" && !have[name][label] {
					t.Errorf("%s: no metric %s with label %q", text, name, label)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if !used[name] && name != "panelwatch_build_info" {
			t.Errorf("nobody looks at %s", name)
		}
	}
}

// A misspelt metric would be found.
func TestUnknownMetricsAreFound(t *testing.T) {
	for name := range reads(t, `sum(panelwatch_rows_raed{source="x"}) > 0`) {
		if exported(t)[name] != nil || name != "panelwatch_rows_raed" {
			t.Errorf("%s is exported", name)
		}
	}
	if _, err := metricsql.Parse(`sum(panelwatch_rows_read{source="x") > 0`); err == nil {
		t.Error("a missing brace is no fault")
	}
}

// A ruleFile is Prometheus' format, as far as the rules use it.
type ruleFile struct {
	Groups []struct {
		Name  string
		Rules []struct {
			Alert, Expr, For    string
			Labels, Annotations map[string]string
		}
	}
}

var duration = regexp.MustCompile(`^(\d+[smhdw])*$`)

func ruleExprs(t *testing.T) (all []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(monitoring, "panelwatch.rules.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var f ruleFile
	if err := yaml.UnmarshalWithOptions(text, &f, yaml.DisallowUnknownField()); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, group := range f.Groups {
		for _, r := range group.Rules {
			if r.Alert == "" || names[r.Alert] || !duration.MatchString(r.For) {
				t.Errorf("alert %q, for %q: no name, one twice, or no duration", r.Alert, r.For)
			}
			if !slices.Contains([]string{"info", "warning", "critical"}, r.Labels["severity"]) || r.Annotations["summary"] == "" || r.Annotations["description"] == "" {
				t.Errorf("%s: severity, summary and description belong to it", r.Alert)
			}
			names[r.Alert] = true
			all = append(all, r.Expr)
		}
	}
	return all
}

func dashboardExprs(t *testing.T) (all []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(monitoring, "dashboard.json"))
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Panels []struct {
			ID                   int
			Title                string
			GridPos              struct{ H, W, X, Y int }
			Targets              []struct{ Expr, RawSQL string }
			Description, Comment string
		}
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	ids := map[int]bool{}
	for _, p := range d.Panels {
		if ids[p.ID] || !strings.Contains(p.Title, " | ") || p.GridPos.X+p.GridPos.W > 24 || len(p.Targets) == 0 {
			t.Errorf("panel %d %q: an id twice, a title in one language, too wide, or nothing asked", p.ID, p.Title)
		}
		ids[p.ID] = true
		for _, target := range p.Targets {
			if (target.Expr == "") == (target.RawSQL == "") {
				t.Errorf("%s: want an expression or a query", p.Title)
			}
			if target.Expr != "" {
				all = append(all, target.Expr)
			}
		}
	}
	return all
}
