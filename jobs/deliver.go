package jobs

import (
	"context"
	"fmt"
)

// deliver sends what is due. What could not be sent stays in the outbox: the
// data are published all the same, and the run's exit code says so.
func (r *run) deliver(ctx context.Context) error {
	report, err := r.Notifier.Deliver(ctx, Outbox{r.Warehouse, r.lease})
	r.summary.count(&r.summary.Messages, "sent", report.Sent)
	r.summary.count(&r.summary.Messages, "charts", report.Charts)
	if err != nil && ctx.Err() == nil {
		r.faults = append(r.faults, fmt.Errorf("deliver: %w", err))
		return nil
	}
	return err
}
