package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

const leaseName = "panelwatch"

// Run brings everything that is due from the deliveries to the channel, month
// by month. A bad delivery is refused and does not stop the others; its error
// is returned at the end.
func (j Job) Run(ctx context.Context, o Options) (s Summary, err error) {
	r := run{Job: j, options: o, summary: &s}
	ctx, err = r.claim(ctx)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, r.lease.Release()) }()
	if err := r.stage(StagePrepare, 0, func() error { return r.ready(ctx) }); err != nil {
		return s, cause(ctx, err)
	}
	var months []panel.Month
	if err := r.stage(StageLook, 0, func() (err error) { months, err = r.plan(ctx); return err }); err != nil {
		return s, cause(ctx, err)
	}
	if replay := o.Replay; replay.Month != 0 {
		if released, err := r.replay(ctx, replay); err != nil || !released {
			return s, cause(ctx, err)
		}
	}
	for i, m := range months {
		j.progress("months", i, len(months))
		s.At = m
		if err := r.month(ctx, m); err != nil {
			return s, cause(ctx, err)
		}
	}
	s.At = 0
	j.progress("months", len(months), len(months))
	return s, errors.Join(r.faults...)
}

// claim waits for the lease. The context it returns ends when the lease is lost.
func (r *run) claim(ctx context.Context) (held context.Context, err error) {
	err = r.stage(StageLease, 0, func() error {
		r.lease, held, err = r.Warehouse.Claim(ctx, leaseName, r.Owner, r.Config.Lease.TTL, r.Config.Lease.Wait)
		return err
	})
	return held, err
}

// cause prefers the reason why a context ended (the lease was lost) to the
// bare "context canceled" of whatever was running.
func cause(ctx context.Context, err error) error {
	if c := context.Cause(ctx); c != nil && errors.Is(err, context.Canceled) {
		return c
	}
	return err
}

// A run is one Run under way.
type run struct {
	Job
	lease   *warehouse.Lease
	options Options
	summary *Summary
	sources []*source
	newest  panel.Month // newest month delivered or published by a primary source
	step    string      // the stage under way
	began   time.Time   // when it did
	faults  []error     // what does not stop the run but decides its exit code
}

// month takes month m from its deliveries to the channel.
func (r *run) month(ctx context.Context, m panel.Month) error {
	for _, s := range r.sources {
		if err := r.bring(ctx, s, m); err != nil {
			return fmt.Errorf("%s %s: %w", s.name, m, err)
		}
	}
	if err := r.stage(StageJudge, m, func() error { return r.judge(ctx, m) }); err != nil {
		return fmt.Errorf("judge %s: %w", m, err)
	}
	if err := r.stage(StageDeliver, m, func() error { return r.deliver(ctx) }); err != nil {
		return fmt.Errorf("deliver %s: %w", m, err)
	}
	return nil
}

func (j Job) progress(step string, done, total int) {
	if j.Progress != nil {
		j.Progress(step, done, total)
	}
}
