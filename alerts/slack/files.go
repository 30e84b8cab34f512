package slack

import (
	"context"
	"fmt"
)

// share shares the files of a sent message. What goes wrong here is logged,
// counted and left for the next run; only a denial is a fault.
func (r *round) share(ctx context.Context, m Due) error {
	for _, f := range filesOf(m.Message) {
		if f.State == FileShared {
			continue
		}
		if r.stopped != nil || r.noFiles || r.closed[m.Channel] != nil {
			r.report.Missing++
			continue
		}
		if err := r.shareFile(ctx, m, f); err != nil {
			return err
		}
	}
	return nil
}

// shareFile shares one file. One that was tried before is looked for first.
func (r *round) shareFile(ctx context.Context, m Due, f File) error {
	for try := range 2 {
		there, failed := r.alreadyShared(ctx, m, f, try)
		if failed == nil && !there {
			if err := r.setFile(ctx, m, &f, FileUploading); err != nil {
				return err
			}
			failed = r.patiently(ctx, func() *Failure {
				return r.visible(ctx, func(ctx context.Context) error { return r.Poster.Share(ctx, m.Message, f) })
			})
			there = failed == nil
		}
		if there {
			r.report.Charts++
			return r.setFile(ctx, m, &f, FileShared)
		}
		if r.alone(&m, failed) {
			continue
		}
		if failed.Class != Ambiguous || try > 0 {
			return r.withoutFile(ctx, m, f, failed)
		}
	}
	return nil
}

// alreadyShared looks twice, some time apart, for a file that may be there.
func (r *round) alreadyShared(ctx context.Context, m Due, f File, try int) (there bool, failed *Failure) {
	if f.State == "" {
		return false, nil
	}
	for look := range 2 {
		if look > 0 || try > 0 {
			if err := r.Sleep(ctx, r.LookAgain); err != nil {
				return false, &Failure{Class: Ambiguous, Code: "stopped", Detail: err.Error()}
			}
		}
		failed = r.patiently(ctx, func() *Failure {
			var err error
			there, err = r.Poster.Shared(ctx, m.Message, f)
			return failureOf(err)
		})
		if there || failed != nil {
			return there, failed
		}
	}
	return false, nil
}

func (r *round) withoutFile(ctx context.Context, m Due, f File, failed *Failure) error {
	r.report.Missing++
	r.Log.Warn("file not shared", "key", Key(m.Message), "channel", m.Channel, "file", f.Name, "err", failed)
	if failed.Class == Denied {
		r.noFiles = true
		r.faults = append(r.faults, fmt.Errorf("%w: %s of %s to %s: %w", ErrDenied, f.Part, Key(m.Message), m.Channel, failed))
	}
	return r.setFile(ctx, m, &f, clip(failed.Error(), 250))
}

func (r *round) setFile(ctx context.Context, m Due, f *File, state string) error {
	f.State = state
	if err := r.Outbox.SetFile(context.WithoutCancel(ctx), m.ID, f.Part, state); err != nil {
		return fmt.Errorf("mark %s of %s as %s: %w", f.Part, Key(m.Message), state, err)
	}
	return nil
}
