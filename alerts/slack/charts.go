package slack

import (
	"context"
	"fmt"
)

// chart shares the chart of a sent message. What goes wrong here is logged,
// counted and left for the next run; only a denial is a fault. A chart that
// was tried before is looked for first.
func (r *round) chart(ctx context.Context, m Due) error {
	if len(m.PNG) == 0 || m.FileState == FileShared {
		return nil
	}
	if r.denied || r.noCharts || r.closed[m.Channel] {
		r.report.Missing++
		return nil
	}
	for try := range 2 {
		there, failed := r.alreadyShared(ctx, m, try)
		if failed == nil && !there {
			if err := r.setFile(ctx, &m, FileUploading); err != nil {
				return err
			}
			failed = r.patiently(ctx, func() error { return r.Poster.Share(ctx, m.Message) })
			there = failed == nil
		}
		if there {
			r.report.Charts++
			return r.setFile(ctx, &m, FileShared)
		}
		if failed.Class != Ambiguous || try > 0 {
			return r.withoutChart(ctx, m, failed)
		}
	}
	return nil
}

// alreadyShared looks twice, some time apart, for a chart that may be there.
func (r *round) alreadyShared(ctx context.Context, m Due, try int) (there bool, failed *Failure) {
	if m.FileState == "" {
		return false, nil
	}
	for look := range 2 {
		if look > 0 || try > 0 {
			if err := r.Sleep(ctx, r.LookAgain); err != nil {
				return false, &Failure{Class: Ambiguous, Code: "stopped", Detail: err.Error()}
			}
		}
		failed = r.patiently(ctx, func() (err error) {
			there, err = r.Poster.Shared(ctx, m.Message)
			return err
		})
		if there || failed != nil {
			return there, failed
		}
	}
	return false, nil
}

func (r *round) withoutChart(ctx context.Context, m Due, f *Failure) error {
	r.report.Missing++
	r.Log.Warn("chart not shared", "key", Key(m.Message), "channel", m.Channel, "err", f)
	if f.Class == Denied {
		r.noCharts = true
		r.faults = append(r.faults, fmt.Errorf("%w: chart of %s to %s: %w", ErrDenied, Key(m.Message), m.Channel, f))
	}
	return r.setFile(ctx, &m, clip(f.Error(), 250))
}

func (r *round) setFile(ctx context.Context, m *Due, state string) error {
	m.FileState = state
	if err := r.Outbox.SetFile(context.WithoutCancel(ctx), m.ID, state); err != nil {
		return fmt.Errorf("mark chart of %s as %s: %w", Key(m.Message), state, err)
	}
	return nil
}
