// Package metrics says in Prometheus' terms what runs did: for a scrape of
// serve, for a Pushgateway and for a text file. Labels are bounded: jobs,
// stages, sources, rules; never apps or devices. It must not import the
// warehouse: what it tells comes with a run's summary.
package metrics

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/client_golang/prometheus/push"
	"github.com/prometheus/common/expfmt"

	"panelwatch/alerts"
	"panelwatch/jobs"
)

// Metrics are those of one process.
type Metrics struct {
	registry *prometheus.Registry

	lastRun, lastSuccess, duration            *prometheus.GaugeVec // by job
	stages                                    *prometheus.GaugeVec // by job, stage
	status                                    *prometheus.GaugeVec // by job, status
	read, loaded, rejected, restatements      *prometheus.GaugeVec // by source
	newest, overdue                           *prometheus.GaugeVec // by source
	fired, suppressed, notEvaluable, expected *prometheus.GaugeVec // by rule, severity
	pending                                   prometheus.Gauge
	failed                                    *prometheus.GaugeVec // by reason
}

// New makes the metrics of a program of that version.
func New(version string) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	gauge := func(name, help string, labels ...string) *prometheus.GaugeVec {
		g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "panelwatch", Name: name, Help: help}, labels)
		m.registry.MustRegister(g)
		return g
	}
	gauge("build_info", "1; the version is in the labels.", "version", "goversion").WithLabelValues(version, runtime.Version()).Set(1)
	m.lastRun = gauge("last_run_timestamp_seconds", "When a job ended last, however it ended.", "job")
	m.lastSuccess = gauge("last_success_timestamp_seconds", "When a job ended last with exit code 0.", "job")
	m.duration = gauge("run_duration_seconds", "How long a job took the last time.", "job")
	m.stages = gauge("stage_duration_seconds", "How long a stage of a job took the last time, all months together.", "job", "stage")
	m.status = gauge("run_status", "1 for how a job ended last, 0 for every other way.", "job", "status")
	m.read = gauge("rows_read", "Rows of a source that the last run read.", "source")
	m.loaded = gauge("rows_loaded", "Rows of a source that the last run loaded.", "source")
	m.rejected = gauge("rows_rejected", "Rows of a source that the last run rejected.", "source")
	m.restatements = gauge("restatements", "Months of a source that the last run published again.", "source")
	m.newest = gauge("source_latest_month_timestamp_seconds", "Beginning of the newest month of a source in force.", "source")
	m.overdue = gauge("source_overdue_months", "Months of a source that should have been delivered by now.", "source")
	m.fired = gauge("alerts_fired", "Findings told of the newest month judged.", "rule", "severity")
	m.expected = gauge("alerts_expected", "Findings of the newest month judged that the calendar foretold.", "rule", "severity")
	m.suppressed = gauge("alerts_suppressed", "Findings of the newest month judged that are held back.", "rule", "severity")
	m.notEvaluable = gauge("alerts_not_evaluable", "What of the newest month judged nobody can tell.", "rule", "severity")
	m.failed = gauge("notifications_failed", "Messages that could not be sent, by reason: unknown, dead.", "reason")
	m.pending = prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "panelwatch", Name: "notifications_pending", Help: "Messages that wait to be sent."})
	m.registry.MustRegister(m.pending)
	return m
}

// WithProcess adds what a process that stays wants watched: memory,
// goroutines, file descriptors.
func (m *Metrics) WithProcess() *Metrics {
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Ran takes a run into account. status is a word for its exit code, one of all.
func (m *Metrics) Ran(s jobs.Summary, status string, all []string) {
	ended := float64(s.FinishedAt.UnixMilli()) / 1000
	m.lastRun.WithLabelValues(s.Job).Set(ended)
	if s.ExitCode == 0 {
		m.lastSuccess.WithLabelValues(s.Job).Set(ended)
	}
	m.duration.WithLabelValues(s.Job).Set(s.FinishedAt.Sub(s.StartedAt).Seconds())
	for _, word := range all {
		m.status.WithLabelValues(s.Job, word).Set(0)
	}
	m.status.WithLabelValues(s.Job, status).Set(1)
	m.stages.DeletePartialMatch(prometheus.Labels{"job": s.Job})
	for _, stage := range s.Stages {
		m.stages.WithLabelValues(s.Job, stage.Name).Set(stage.Seconds)
	}
	if len(s.Steps) > 0 {
		m.rows(s.Steps)
	}
	if len(s.Judged) > 0 {
		m.judged(s.Rules)
	}
	m.ages(s.Sources)
	if s.Outbox != nil {
		m.outbox(s.Outbox)
	}
}

func (m *Metrics) rows(steps []jobs.Step) {
	for _, g := range []*prometheus.GaugeVec{m.read, m.loaded, m.rejected, m.restatements} {
		g.Reset()
	}
	for _, x := range steps {
		m.read.WithLabelValues(x.Source).Add(float64(x.Rows.Read))
		m.loaded.WithLabelValues(x.Source).Add(float64(x.Rows.Loaded))
		m.rejected.WithLabelValues(x.Source).Add(float64(x.Rows.Rejected))
		again := x.Action == jobs.Recomputed || x.Action == jobs.Published && (x.Revision > 1 || x.Reading > 1)
		m.restatements.WithLabelValues(x.Source).Add(oneIf(again))
	}
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func (m *Metrics) judged(rules []jobs.RuleCount) {
	by := map[alerts.Verdict]*prometheus.GaugeVec{
		alerts.Fired: m.fired, alerts.Expected: m.expected, alerts.Suppressed: m.suppressed, alerts.NotEvaluable: m.notEvaluable,
	}
	for _, g := range by {
		g.Reset()
	}
	for _, r := range rules {
		if g := by[r.Verdict]; g != nil {
			g.WithLabelValues(r.Rule, string(r.Severity)).Set(float64(r.Findings))
		}
	}
}

func (m *Metrics) ages(sources []jobs.SourceAge) {
	for _, s := range sources {
		m.overdue.WithLabelValues(s.Source).Set(float64(s.Late))
		if s.Newest != nil {
			m.newest.WithLabelValues(s.Source).Set(float64(s.Newest.Start().Unix()))
		}
	}
}

func (m *Metrics) outbox(states map[string]int) {
	m.pending.Set(float64(states[string(alerts.Pending)] + states[string(alerts.Sending)]))
	for _, reason := range []alerts.MessageState{alerts.Unsure, alerts.Dead} {
		m.failed.WithLabelValues(string(reason)).Set(float64(states[string(reason)]))
	}
}

// Handler answers a scrape.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// WriteFile writes a file for the node exporter's textfile collector, whole or
// not at all.
func (m *Metrics) WriteFile(path string) error {
	if err := prometheus.WriteToTextfile(path, m.registry); err != nil {
		return fmt.Errorf("write metrics: %w", err)
	}
	return nil
}

// pushPatience is how long a Pushgateway may take.
const pushPatience = 10 * time.Second

// Push sends the metrics of a job to a Pushgateway, in a group of the job
// alone; the time of the last success stays when this run had none. Errors do
// not name the address, which may hold a password.
func (m *Metrics) Push(ctx context.Context, url, job string) error {
	ctx, cancel := context.WithTimeout(ctx, pushPatience)
	defer cancel()
	err := push.New(url, job).Gatherer(withoutJob{m.registry}).Format(expfmt.NewFormat(expfmt.TypeTextPlain)).AddContext(ctx)
	if err != nil {
		return fmt.Errorf("push metrics: %w", Bare(err))
	}
	return nil
}
