package warehouse

import (
	"context"
	"fmt"
)

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
