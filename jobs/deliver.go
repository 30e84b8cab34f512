package jobs

import (
	"context"
	"errors"
	"fmt"

	"panelwatch/sql/warehouse"
)

// Deliver sends what is due in the outbox and does nothing else.
func (j Job) Deliver(ctx context.Context) (s Summary, err error) {
	lease, ctx, err := j.Warehouse.Claim(ctx, leaseName, j.Owner, j.Config.Lease.TTL, j.Config.Lease.Wait)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, lease.Release()) }()
	r := run{Job: j, lease: lease, summary: &s}
	if err := r.deliver(ctx); err != nil {
		return s, cause(ctx, err)
	}
	return s, errors.Join(r.faults...)
}

// deliver sends what is due. What could not be sent stays in the outbox: the
// data are published all the same, and the run's exit code says so.
func (r *run) deliver(ctx context.Context) error {
	report, err := r.Notifier.Deliver(ctx, Outbox{r.Warehouse, r.lease})
	r.summary.count(&r.summary.Messages, "sent", report.Sent)
	r.summary.count(&r.summary.Messages, "charts", report.Charts)
	r.summary.count(&r.summary.Messages, "edited", report.Edited)
	r.summary.count(&r.summary.Messages, "redirected", report.Redirected)
	r.summary.Messages["pending"] = report.Pending + report.Outdated // as the last delivery left them
	r.summary.Messages["unknown"] = report.Unknown
	if err != nil && ctx.Err() == nil && !errors.Is(err, warehouse.ErrLeaseLost) {
		r.faults = append(r.faults, fmt.Errorf("deliver: %w", err))
		return nil
	}
	return err
}
