package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"panelwatch/configs"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
	"panelwatch/jobs/heartbeat"
	"panelwatch/jobs/metrics"
	"panelwatch/sql/warehouse"
)

// outputs are files that tell other programs of a run.
type outputs struct {
	SummaryFile string `help:"Write what was done as one JSON object, also when it failed." type:"path" placeholder:"FILE"`
	MetricsFile string `help:"Write metrics for the node exporter's textfile collector." type:"path" placeholder:"FILE"`
}

// statuses are words for exit codes, as metrics and the closing log line have
// them.
var statuses = map[int]string{
	exitDone: "done", exitBug: "bug", exitUsage: "usage", exitData: "data", exitUnavailable: "unavailable", exitInvariant: "invariant",
	exitLeaseHeld: "lease_held", exitDenied: "denied", exitConfig: "configuration", exitTerminated: "terminated",
}

func statusOf(code int) string { return statuses[code] }

func everyStatus() (words []string) {
	for _, word := range statuses {
		words = append(words, word)
	}
	return words
}

// observed does one job with the configuration and the warehouse of the
// environment, and tells whoever watches how it went: the dead man's switch,
// files, a Pushgateway. What goes wrong with telling is a warning, but a file
// that was asked for is an error.
func (w *world) observed(name string, out outputs, do func(*configs.Config, *warehouse.Warehouse) (jobs.Summary, error)) error {
	began := time.Now()
	w.beat(name, heartbeat.Start)
	s, err := w.connected(do)
	if s.RunID == "" { // it did not come so far as to begin
		w.complete(&s, name, began, err)
	}
	if e := out.writeSummary(s); err == nil {
		err = e
	}
	if e := w.tellMetrics(s, out.MetricsFile); err == nil {
		err = e
	}
	w.beaten(name, s.ExitCode)
	return err
}

func (w *world) connected(do func(*configs.Config, *warehouse.Warehouse) (jobs.Summary, error)) (s jobs.Summary, err error) {
	config, err := w.loadConfig()
	if err != nil {
		return s, err
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return s, err
	}
	defer func() { _ = house.Close() }()
	return do(config, house)
}

// complete fills in how a run ended.
func (w *world) complete(s *jobs.Summary, name string, began time.Time, err error) {
	s.Job, s.StartedAt, s.FinishedAt = name, began.UTC(), time.Now().UTC()
	s.ExitCode = exitCode(w.ctx, err)
	if err != nil {
		s.Error = w.redact(err.Error())
	}
	if s.Published == nil {
		s.Published = []panel.Month{}
	}
	if s.Stages == nil {
		s.Stages = []jobs.Stage{}
	}
}

// standing adds what holds when a run is over, whoever brought it about.
func (w *world) standing(ctx context.Context, j jobs.Job, s *jobs.Summary) (err error) {
	zone, err := time.LoadLocation(j.Config.Timezone)
	if err != nil {
		return err
	}
	if s.Sources, err = j.Ages(ctx, dateIn(zone, s.FinishedAt)); err != nil {
		return err
	}
	s.Outbox, err = j.Warehouse.MessageStates(ctx)
	return err
}

// writeSummary replaces the file at once: whoever reads it sees the one before
// or this one.
func (o outputs) writeSummary(s jobs.Summary) error {
	if o.SummaryFile == "" {
		return nil
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err == nil {
		err = replace(o.SummaryFile, append(text, '\n'))
	}
	if err != nil {
		return configError{fmt.Errorf("write summary: %w", err)}
	}
	return nil
}

// replace writes a file beside path and then calls it path.
func replace(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(0o640), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// tellMetrics writes the metrics of a run to a file, and pushes them where
// PUSHGATEWAY_URL says.
func (w *world) tellMetrics(s jobs.Summary, file string) error {
	gateway, err := w.secret("PUSHGATEWAY_URL")
	if err != nil || gateway == "" && file == "" {
		return err
	}
	m := metrics.New(version)
	m.Ran(s, statusOf(s.ExitCode), everyStatus())
	if gateway != "" {
		if err := m.Push(context.WithoutCancel(w.ctx), gateway, s.Job); err != nil {
			w.logger(s.RunID).Warn("metrics are not pushed", "err", w.redact(err.Error()))
		}
	}
	if file == "" {
		return nil
	}
	if err := m.WriteFile(file); err != nil {
		return configError{err}
	}
	return nil
}

// beat gives the dead man's switch a sign of the monthly job; other jobs give
// none, for their success would hide that it does not run.
func (w *world) beat(name string, sign heartbeat.Sign) {
	if name != "run" && name != "serve" {
		return
	}
	address, err := w.secret("PANELWATCH_HEARTBEAT_URL")
	if err == nil && address != "" {
		err = heartbeat.Send(context.WithoutCancel(w.ctx), address, sign)
	}
	if err != nil {
		w.logger("").Warn("no sign was given", "err", w.redact(err.Error()))
	}
}

func (w *world) beaten(name string, code int) {
	if code == exitDone {
		w.beat(name, heartbeat.Success)
	} else {
		w.beat(name, heartbeat.Fail)
	}
}
