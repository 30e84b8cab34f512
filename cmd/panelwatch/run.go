package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"panelwatch/configs"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

type runCommand struct {
	Month  panel.Month `help:"Only deliveries of this month." placeholder:"YYYY-MM"`
	From   panel.Month `help:"Only deliveries of this month and later." placeholder:"YYYY-MM"`
	To     panel.Month `help:"Only deliveries of this month and earlier." placeholder:"YYYY-MM"`
	Index  *int        `help:"Only the month so many after --from: the index of a pod of an Indexed Job." placeholder:"N"`
	Source string      `help:"Only this source of the configuration."`
	Silent bool        `help:"Judge, but write no messages (back-fill)." xor:"tell"`
	DryRun bool        `help:"Show what a run would publish, refuse, find and send, and write and send nothing. While it lasts other runs wait." name:"dry-run"`
	Tell   bool        `help:"Tell the months of --month, --from and --to, also those that were filled in silently." xor:"tell"`
	outputs
}

func (c *runCommand) Run(w *world) error {
	if c.Tell && c.Month == 0 && c.From == 0 {
		return usageError{errors.New("--tell goes with --month or --from: it would tell all of the past")}
	}
	if c.DryRun && c.MetricsFile != "" {
		return usageError{errors.New("--dry-run has no metrics: leave --metrics-file out")}
	}
	from, to, err := c.months()
	if err != nil {
		return err
	}
	options := jobs.Options{From: from, To: to, Source: c.Source, Silent: c.Silent, Tell: c.Tell}
	if c.DryRun {
		return w.rehearse(options, c.outputs)
	}
	return w.once("run", options, c.outputs)
}

// months are the first and the last one wanted, 0 where there is no limit.
func (c *runCommand) months() (from, to panel.Month, err error) {
	switch {
	case c.Month != 0 && (c.From != 0 || c.To != 0 || c.Index != nil):
		return 0, 0, usageError{errors.New("--month goes without --from, --to and --index")}
	case c.Month != 0:
		return c.Month, c.Month, nil
	case c.Index == nil:
		return c.From, c.To, nil
	case c.From == 0 || *c.Index < 0:
		return 0, 0, usageError{errors.New("--index counts months from --from: give both, the index from 0 up")}
	}
	m := c.From + panel.Month(*c.Index)
	if c.To != 0 && m > c.To {
		return 0, 0, usageError{fmt.Errorf("--index %d is %s, after --to %s: too many completions", *c.Index, m, c.To)}
	}
	return m, m, nil
}

// once runs a job against the warehouse of the environment and shows what it
// did.
func (w *world) once(name string, o jobs.Options, out outputs) error {
	return w.observed(name, out, func(config *configs.Config, house *warehouse.Warehouse) (jobs.Summary, error) {
		s, err := w.runJob(name, config, house, o)
		w.printSummary(s)
		return s, err
	})
}

// runJob runs the job once.
func (w *world) runJob(name string, config *configs.Config, house *warehouse.Warehouse, o jobs.Options) (s jobs.Summary, err error) {
	return w.recorded(name, config, house, func(j jobs.Job) (jobs.Summary, error) { return j.Run(w.ctx, o) })
}

// recorded does something with a job and keeps a record of it.
func (w *world) recorded(name string, config *configs.Config, house *warehouse.Warehouse, do func(jobs.Job) (jobs.Summary, error)) (s jobs.Summary, err error) {
	began := time.Now()
	runID := newRunID(began)
	log := w.logger(runID).With("job", name)
	notifier, err := w.notifier(config, log)
	if err != nil {
		return s, err
	}
	reactions, err := w.reactions()
	if err != nil {
		return s, err
	}
	kept, err := w.openArchive(config)
	if err != nil {
		return s, err
	}
	j, clear := w.job(config, house, runID, log)
	defer clear()
	j.Notifier, j.Alone, j.Reactions, j.Archive = notifier, notifier.Alone(), reactions, kept
	record := warehouse.Run{ID: runID, Job: name, CodeVersion: version, ConfigHash: config.Hash}
	if err := house.StartRun(w.ctx, record); err != nil {
		return s, err
	}
	s, err = do(j)
	s.RunID = runID
	w.complete(&s, name, began, err)
	w.at(periodOf(s, err))
	w.finish(j, house, &s)
	log.Info("run done", "exit_code", s.ExitCode, "status", statusOf(s.ExitCode), "duration_ms", time.Since(began).Milliseconds(),
		"steps", len(s.Steps), "rows", s.Rows.Read, "rejected", s.Rows.Rejected,
		"messages_written", s.Messages["written"], "messages_sent", s.Messages["sent"])
	return s, err
}

// job has what every job needs of this process; clear takes its progress off
// the terminal.
func (w *world) job(config *configs.Config, house *warehouse.Warehouse, runID string, log *slog.Logger) (j jobs.Job, clear func()) {
	memory := containerMemory(os.ReadFile) / 5 * 4
	keepTo(memory)
	j = jobs.Job{
		Config: config, Warehouse: house, Log: log, Now: time.Now, RunID: runID, Owner: owner(runID), Version: version,
		Memory: memory / 4 * 3, // the rest is for history, charts and what is published
		Secret: func(name string) (string, error) { return w.secret(name) },
	}
	if !w.terminal() {
		return j, func() {}
	}
	p := &progress{w: w.stderr, now: time.Now}
	j.Progress = p.tell
	return j, p.clear
}

// finish looks at how things stand now and closes the run's record, on a
// context of its own: a stopped run is recorded too.
func (w *world) finish(j jobs.Job, house *warehouse.Warehouse, s *jobs.Summary) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(w.ctx), 5*time.Second)
	defer cancel()
	err := w.standing(ctx, j, s)
	text, e := json.Marshal(s)
	if err = errors.Join(err, e); err == nil {
		err = house.FinishRun(ctx, s.RunID, s.ExitCode, string(text))
	}
	if err != nil {
		fmt.Fprintf(w.secrets.writer(w.stderr), "panelwatch: the run's record is not closed: %v\n", err)
	}
}
