package metrics_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
	"panelwatch/jobs/metrics"
)

// aRun did a little of everything.
func aRun() jobs.Summary {
	newest := panel.MustMonth("2023-11")
	began := time.Date(2024, 1, 12, 2, 0, 0, 0, time.UTC)
	rows := extract.Ledger{Read: 10, Loaded: 8, Rejected: 1, Ignored: 1}
	return jobs.Summary{
		Job: "run", RunID: "r", StartedAt: began, FinishedAt: began.Add(90 * time.Second),
		Steps: []jobs.Step{
			{Source: "vendor", Month: newest, Revision: 2, Action: jobs.Published, Rows: rows},
			{Source: "vendor", Month: newest + 1, Revision: 1, Action: jobs.Published, Rows: rows},
			{Source: "vendor", Month: newest - 1, Revision: 1, Action: jobs.Recomputed},
			{Source: "panel", Month: newest, Revision: 1, Action: jobs.Refused, Rows: rows},
		},
		Judged: []jobs.JudgedMonth{{Month: newest}},
		Rules: []jobs.RuleCount{
			{Rule: "cagr_fall", Severity: alerts.Warn, Verdict: alerts.NotEvaluable, Findings: 7},
			{Rule: "record_high", Severity: alerts.High, Verdict: alerts.Fired, Findings: 2},
			{Rule: "record_high", Severity: alerts.High, Verdict: alerts.Suppressed, Findings: 1},
			{Rule: "holiday_peak", Severity: alerts.Info, Verdict: alerts.Expected, Findings: 3},
			{Rule: "rank_change", Severity: alerts.Info, Verdict: alerts.Noise, Findings: 9},
		},
		Outbox:  map[string]int{"pending": 1, "sending": 1, "sent": 40, "unknown": 3, "dead": 4},
		Stages:  []jobs.Stage{{Name: jobs.StagePublish, Times: 2, Seconds: 1.5}},
		Sources: []jobs.SourceAge{{Source: "panel", Late: 0}, {Source: "vendor", Newest: &newest, Late: 2}},
	}
}

// told are the lines of panelwatch's own metrics, but those of the build.
func told(t *testing.T, text string) (lines []string) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "panelwatch_build_info") {
			lines = append(lines, strings.TrimPrefix(line, "panelwatch_"))
		}
	}
	return lines
}

func TestMetricsOfARun(t *testing.T) {
	m := metrics.New("v1")
	m.Ran(aRun(), "done", []string{"done", "data"})
	path := filepath.Join(t.TempDir(), "panelwatch.prom")
	if err := m.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`alerts_expected{rule="holiday_peak",severity="info"} 3`,
		`alerts_fired{rule="record_high",severity="high"} 2`,
		`alerts_not_evaluable{rule="cagr_fall",severity="warn"} 7`,
		`alerts_suppressed{rule="record_high",severity="high"} 1`,
		`last_run_timestamp_seconds{job="run"} 1.70502489e+09`,
		`last_success_timestamp_seconds{job="run"} 1.70502489e+09`,
		`notifications_failed{reason="dead"} 4`,
		`notifications_failed{reason="unknown"} 3`,
		`notifications_pending 2`,
		`restatements{source="panel"} 0`,
		`restatements{source="vendor"} 2`,
		`rows_loaded{source="panel"} 8`,
		`rows_loaded{source="vendor"} 16`,
		`rows_read{source="panel"} 10`,
		`rows_read{source="vendor"} 20`,
		`rows_rejected{source="panel"} 1`,
		`rows_rejected{source="vendor"} 2`,
		`run_duration_seconds{job="run"} 90`,
		`run_status{job="run",status="data"} 0`,
		`run_status{job="run",status="done"} 1`,
		`source_latest_month_timestamp_seconds{source="vendor"} 1.6987968e+09`,
		`source_overdue_months{source="panel"} 0`,
		`source_overdue_months{source="vendor"} 2`,
		`stage_duration_seconds{job="run",stage="publish"} 1.5`,
	}
	if diff := cmp.Diff(want, told(t, string(text))); diff != "" {
		t.Errorf("metrics (-want +got):\n%s", diff)
	}
}

// A run with nothing to do keeps what the last one with something said of rows
// and rules; one that fails keeps when the last one succeeded.
func TestLaterRuns(t *testing.T) {
	m := metrics.New("v1")
	m.Ran(aRun(), "done", []string{"done", "data"})
	idle := jobs.Summary{Job: "run", StartedAt: aRun().FinishedAt, FinishedAt: aRun().FinishedAt.Add(time.Second), ExitCode: 65}
	m.Ran(idle, "data", []string{"done", "data"})
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	text := answer.Body.String()
	for _, line := range []string{
		`panelwatch_rows_read{source="vendor"} 20`, `panelwatch_alerts_fired{rule="record_high",severity="high"} 2`,
		`panelwatch_last_success_timestamp_seconds{job="run"} 1.70502489e+09`, `panelwatch_last_run_timestamp_seconds{job="run"} 1.705024891e+09`,
		`panelwatch_run_status{job="run",status="data"} 1`, `panelwatch_run_status{job="run",status="done"} 0`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %s in:\n%s", line, text)
		}
	}
	if strings.Contains(text, "stage_duration") {
		t.Error("stages of the run before are still told")
	}
}

// A Pushgateway gets the job from the group, and refuses a label of that name.
func TestPushLeavesTheJobToTheGroup(t *testing.T) {
	var path, body string
	gateway := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		path, body = r.Method+" "+r.URL.Path, string(text)
	}))
	defer gateway.Close()
	m := metrics.New("v1")
	m.Ran(aRun(), "done", []string{"done"})
	if err := m.Push(t.Context(), gateway.URL, "run"); err != nil {
		t.Fatal(err)
	}
	if path != "POST /metrics/job/run" {
		t.Errorf("asked %s", path)
	}
	if strings.Contains(body, `job="`) || !strings.Contains(body, `panelwatch_run_status{status="done"} 1`) {
		t.Errorf("pushed:\n%s", body)
	}
	again := httptest.NewRecorder()
	m.Handler().ServeHTTP(again, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(again.Body.String(), `panelwatch_run_status{job="run",status="done"} 1`) {
		t.Error("the push took the label from the metrics themselves")
	}
}

func TestNoErrorNamesTheGateway(t *testing.T) {
	refuses := httptest.NewServer(http.NotFoundHandler())
	defer refuses.Close()
	for _, address := range []string{"http://127.0.0.1:1/s3cret", refuses.URL + "/s3cret", "http://s3cret:\x00"} {
		err := metrics.New("v1").Push(t.Context(), address, "run")
		if err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%v", err)
		}
	}
}
