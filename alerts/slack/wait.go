package slack

import (
	"context"
	"time"
)

// DefaultWait is how long a rate limit lasts that does not say.
const DefaultWait = 30 * time.Second

// longest pause before a connection is tried again.
const longestBackOff = 30 * time.Second

// putOff lets a line wait for a failure that passes: as long as Slack asks, or
// longer each time when there is no connection. It does not when that was
// tried often enough or would last beyond the deadline.
func (r *round) putOff(ctx context.Context, l *line, f *Failure) bool {
	var pause time.Duration
	switch f.Class {
	case Limited:
		pause = askedFor(f)
	case Unreachable:
		pause = r.backOff(l.waits)
	default:
		return false
	}
	if l.waits >= r.Waits || !r.timeFor(ctx, pause) {
		return false
	}
	r.Log.Info("put off", "channel", l.channel, "seconds", pause.Seconds(), "why", f.Code)
	l.ready = r.Now().Add(pause)
	l.waits++
	return true
}

func askedFor(f *Failure) time.Duration {
	if f.RetryAfter > 0 {
		return f.RetryAfter
	}
	return DefaultWait
}

// backOff is the pause after the nth failure to connect: doubled each time,
// and half of it by chance, so that many senders do not come back at once.
func (r *round) backOff(n int) time.Duration {
	pause := min(r.Pace<<min(n, 16), longestBackOff)
	if r.Jitter != nil {
		pause = pause/2 + time.Duration(r.Jitter()*float64(pause/2))
	}
	return pause
}

// await waits until a line may call.
func (r *round) await(ctx context.Context, l *line) (*Failure, error) {
	early := l.ready.Sub(r.Now())
	if !r.timeFor(ctx, max(early, 0)) {
		return &Failure{Class: Late, Code: "no time left"}, nil
	}
	if early > 0 {
		return nil, r.Sleep(ctx, early)
	}
	return nil, nil
}

// timeFor says whether a pause ends before the deadlines do.
func (r *round) timeFor(ctx context.Context, pause time.Duration) bool {
	end := r.Now().Add(pause)
	deadline, ok := ctx.Deadline()
	return (r.Deadline == 0 || !end.After(r.began.Add(r.Deadline))) && (!ok || !end.After(deadline))
}

// visible makes a call that others see, unless this sender was held up for so
// long that another may have taken over; the call does not outlast that either.
func (r *round) visible(ctx context.Context, call func(context.Context) error) *Failure {
	until := r.Outbox.Until()
	if until.IsZero() {
		return failureOf(call(ctx))
	}
	if past(r.Now(), until) {
		return &Failure{Class: Late, Code: "held up, another sender may have taken over"}
	}
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	return failureOf(call(ctx))
}

// patiently makes a call and obeys rate limits on the spot, for what holds
// nothing else up.
func (r *round) patiently(ctx context.Context, call func() *Failure) *Failure {
	for wait := 0; ; wait++ {
		f := call()
		if f == nil || f.Class != Limited || wait >= r.Waits || !r.timeFor(ctx, askedFor(f)) {
			return f
		}
		r.Log.Info("slack asks to wait", "seconds", askedFor(f).Seconds())
		if r.Sleep(ctx, askedFor(f)) != nil {
			return f
		}
	}
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
