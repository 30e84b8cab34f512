package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

type runsCommand struct {
	List runsList `cmd:"" help:"The newest runs, how they ended and what they did."`
	Show runsShow `cmd:"" help:"All that is kept of a run."`
}

type runsList struct {
	Limit  int    `help:"How many." default:"20"`
	Format string `help:"text, or json: one object a line." enum:"text,json" default:"text"`
}

// A runShown is a run as runs shows it in JSON; fields are only ever added.
type runShown struct {
	RunID       string          `json:"run_id"`
	Job         string          `json:"job"`
	StartedAt   time.Time       `json:"started_at"`
	FinishedAt  *time.Time      `json:"finished_at"` // null while it runs, or when it was killed
	ExitCode    *int            `json:"exit_code"`
	CodeVersion string          `json:"code_version"`
	ConfigHash  string          `json:"config_hash"`
	Summary     json.RawMessage `json:"summary,omitempty"`
}

func shownRun(r warehouse.RunRecord) runShown {
	return runShown{
		RunID: r.ID, Job: r.Job, StartedAt: r.StartedAt, FinishedAt: r.FinishedAt, ExitCode: r.ExitCode,
		CodeVersion: r.CodeVersion, ConfigHash: r.ConfigHash, Summary: json.RawMessage(r.Summary),
	}
}

// Run lists runs, the newest first.
func (c *runsList) Run(w *world) error {
	if c.Limit < 1 {
		return usageError{fmt.Errorf("--limit %d: want at least 1", c.Limit)}
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	runs, err := house.Runs(w.ctx, c.Limit)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		out := json.NewEncoder(w.stdout)
		for _, r := range runs {
			if err := out.Encode(shownRun(r)); err != nil {
				return err
			}
		}
		return nil
	}
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "RUN\tJOB\tSTARTED\tTOOK\tEXIT\tPUBLISHED\tREFUSED\tROWS\tSENT")
	for _, r := range runs {
		s := summaryOf(r)
		took, code := "-", "-"
		if r.FinishedAt != nil && r.ExitCode != nil {
			took, code = r.FinishedAt.Sub(r.StartedAt).Round(time.Millisecond).String(), fmt.Sprint(*r.ExitCode)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\n", r.ID, r.Job, r.StartedAt.Format(time.RFC3339), took, code,
			s.Count(jobs.Published), s.Count(jobs.Refused), s.Rows.Read, s.Messages["sent"])
	}
	return t.Flush()
}

// summaryOf is what a run did; nothing where its record was never closed.
func summaryOf(r warehouse.RunRecord) (s jobs.Summary) {
	_ = json.Unmarshal([]byte(r.Summary), &s) // of an older program: what can be read of it
	return s
}

type runsShow struct {
	RunID  string `arg:"" help:"Id of a run, or the beginning of it."`
	Format string `help:"text, or json: one object." enum:"text,json" default:"text"`
}

// Run shows one run.
func (c *runsShow) Run(w *world) error {
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	r, err := house.RunOf(w.ctx, c.RunID)
	if errors.Is(err, warehouse.ErrNoRun) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	if c.Format == "json" {
		out := json.NewEncoder(w.stdout)
		out.SetIndent("", "  ")
		return out.Encode(shownRun(r))
	}
	return w.printRun(r)
}

func (w *world) printRun(r warehouse.RunRecord) error {
	s := summaryOf(r)
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintf(t, "run\t%s\njob\t%s\nstarted\t%s\n", r.ID, r.Job, r.StartedAt.Format(time.RFC3339))
	if r.FinishedAt == nil || r.ExitCode == nil {
		fmt.Fprintln(t, "ended\tnot yet, or it was killed")
	} else {
		fmt.Fprintf(t, "ended\t%s\nexit code\t%d (%s)\n", r.FinishedAt.Format(time.RFC3339), *r.ExitCode, statusOf(*r.ExitCode))
	}
	fmt.Fprintf(t, "version\t%s\nconfiguration\t%s\n", r.CodeVersion, r.ConfigHash)
	if s.Error != "" {
		fmt.Fprintf(t, "why\t%s\n", s.Error)
	}
	for _, stage := range s.Stages {
		fmt.Fprintf(t, "stage %s\t%.3f s in %d\n", stage.Name, stage.Seconds, stage.Times)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	w.printSummary(s)
	return nil
}
