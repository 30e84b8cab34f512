package slack

import (
	"context"
	"time"
)

// patiently makes a call and obeys rate limits: it waits as long as Slack
// asks, unless the deadline of the run comes first.
func (r *round) patiently(ctx context.Context, call func() error) *Failure {
	for wait := 0; ; wait++ {
		err := call()
		if err == nil {
			return nil
		}
		f := failureOf(err)
		if f.Class != Limited || wait >= r.Waits || !r.rest(ctx, f) {
			return f
		}
	}
}

// rest sleeps as a rate limit asks; false when there is no time for it.
func (r *round) rest(ctx context.Context, f *Failure) bool {
	pause := f.RetryAfter
	if pause <= 0 {
		pause = DefaultWait
	}
	if deadline, ok := ctx.Deadline(); ok && r.Now().Add(pause).After(deadline) {
		return false
	}
	r.Log.Info("slack asks to wait", "seconds", pause.Seconds())
	return r.Sleep(ctx, pause) == nil
}

// pace keeps the distance between two posts to a channel.
func (r *round) pace(ctx context.Context, channel string) error {
	last, ok := r.last[channel]
	if !ok {
		return nil
	}
	if early := r.Pace - r.Now().Sub(last); early > 0 {
		return r.Sleep(ctx, early)
	}
	return nil
}

// Sleep waits for d or until ctx is done; it is what a Sender outside of tests
// is given.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
