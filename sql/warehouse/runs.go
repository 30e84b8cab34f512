package warehouse

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrNoRun says that no run has that id.
var ErrNoRun = errors.New("no such run")

// A Run is one run of the job, as it is kept.
type Run struct {
	ID          string
	Job         string
	CodeVersion string
	ConfigHash  string
}

// StartRun notes that a run has begun.
func (w *Warehouse) StartRun(ctx context.Context, r Run) error {
	_, err := w.db.ExecContext(ctx, query("run_start"), r.ID, r.Job, w.now().UTC(), r.CodeVersion, r.ConfigHash)
	if err != nil {
		return fmt.Errorf("record run %s: %w", r.ID, err)
	}
	return nil
}

// FinishRun notes how it ended.
func (w *Warehouse) FinishRun(ctx context.Context, id string, exitCode int, summary string) error {
	if _, err := w.db.ExecContext(ctx, query("run_finish"), w.now().UTC(), exitCode, summary, id); err != nil {
		return fmt.Errorf("record end of run %s: %w", id, err)
	}
	return nil
}

// A RunRecord is what is kept of a run.
type RunRecord struct {
	ID          string     `db:"run_id"`
	Job         string     `db:"job"`
	StartedAt   time.Time  `db:"started_at"`
	FinishedAt  *time.Time `db:"finished_at"` // nil while it runs, or when it was killed
	ExitCode    *int       `db:"exit_code"`
	CodeVersion string     `db:"code_version"`
	ConfigHash  string     `db:"config_hash"`
	Summary     string     `db:"summary"` // JSON, "" where there is none
}

// Runs lists the newest runs, the newest first.
func (w *Warehouse) Runs(ctx context.Context, limit int) (runs []RunRecord, err error) {
	if err := w.db.SelectContext(ctx, &runs, query("runs_list"), limit); err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	return runs, nil
}

// RunOf is the run with an id, or the only one whose id begins so.
func (w *Warehouse) RunOf(ctx context.Context, id string) (RunRecord, error) {
	var runs []RunRecord
	if err := w.db.SelectContext(ctx, &runs, query("runs_show"), id, id, id, id); err != nil {
		return RunRecord{}, fmt.Errorf("run %s: %w", id, err)
	}
	switch {
	case id == "" || len(runs) == 0:
		return RunRecord{}, fmt.Errorf("run %q: %w; panelwatch runs list has them", id, ErrNoRun)
	case len(runs) > 1 && runs[0].ID != id:
		return RunRecord{}, fmt.Errorf("run %q: %w: several begin so", id, ErrNoRun)
	}
	return runs[0], nil
}

// MessageStates counts the messages of the outbox by state.
func (w *Warehouse) MessageStates(ctx context.Context) (map[string]int, error) {
	var rows []struct {
		Name string `db:"name"`
		N    int    `db:"n"`
	}
	if err := w.db.SelectContext(ctx, &rows, query("message_states")); err != nil {
		return nil, fmt.Errorf("states of messages: %w", err)
	}
	states := map[string]int{}
	for _, r := range rows {
		states[r.Name] = r.N
	}
	return states, nil
}
