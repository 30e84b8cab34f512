package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A Sender delivers an outbox. One sender at a time works on an outbox; the
// job's lease sees to that.
type Sender struct {
	Poster Poster
	Log    *slog.Logger
	Now    func() time.Time
	Sleep  func(context.Context, time.Duration) error

	Pace      time.Duration // between two posts to one channel; Slack takes one a second
	LookAgain time.Duration // between two looks, before a message counts as absent
	Waits     int           // how often a rate limit is obeyed for one call
}

// DefaultWait is how long a rate limit lasts that does not say.
const DefaultWait = 30 * time.Second

// margin of the search for a message that may have been sent: clocks differ.
const searchMargin = time.Minute

// A Report counts what one delivery did and what it left behind.
type Report struct {
	Sent    int // messages posted now
	Found   int // messages of an unclear attempt that were there
	Charts  int // charts shared now
	Pending int // messages left for the next run
	Unknown int // messages that nobody can tell about
	Missing int // charts not shared
}

// Deliver sends what is due. A second call, or one after a crash at any
// point, sends nothing twice. The error is ErrDenied, ErrRefused or
// ErrUndelivered with what happened to each message, or that of the outbox or
// the context; the data behind the messages are published all the same.
func (s *Sender) Deliver(ctx context.Context, outbox Outbox) (Report, error) {
	due, err := outbox.Due(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("read outbox: %w", err)
	}
	r := &round{Sender: s, Outbox: outbox, threads: map[thread]string{}, closed: map[string]bool{}, last: map[string]time.Time{}}
	for _, m := range due {
		if err := r.deliver(ctx, m); err != nil {
			return r.report, errors.Join(append(r.faults, err)...)
		}
	}
	return r.report, errors.Join(r.faults...)
}

// A thread is named by its channel and month until its ts is known.
type thread struct {
	channel string
	month   panel.Month
}

// A round is one delivery.
type round struct {
	*Sender
	Outbox  Outbox
	report  Report
	faults  []error
	threads map[thread]string    // ts of digests sent
	closed  map[string]bool      // channels given up for this round
	last    map[string]time.Time // post to each channel
	denied  bool                 // the token is no good: nothing more is sent
	noFiles bool                 // files are denied
}

// deliver brings one message as far as it goes. Its error is the outbox's or
// the context's; those of Slack are kept as faults.
func (r *round) deliver(ctx context.Context, m Due) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if m.ThreadTS == "" && m.Threaded() {
		m.ThreadTS = r.threads[thread{m.Channel, m.Month}]
	}
	if m.State != alerts.Sent {
		if err := r.bring(ctx, &m); err != nil {
			return err
		}
	}
	if m.State != alerts.Sent {
		return nil
	}
	if m.Kind == alerts.KindDigest {
		r.threads[thread{m.Channel, m.Month}] = m.TS
	}
	return r.share(ctx, m)
}

// bring sends a message unless something stands in its way, having looked
// first where an earlier attempt is unclear.
func (r *round) bring(ctx context.Context, m *Due) error {
	if r.denied || r.closed[m.Channel] || m.Threaded() && m.ThreadTS == "" {
		r.leave(*m)
		return nil
	}
	if m.State != alerts.Pending {
		if err := r.reconcile(ctx, m); err != nil {
			return err
		}
	}
	if m.State == alerts.Pending {
		return r.send(ctx, m)
	}
	r.leave(*m)
	return nil
}

// leave counts a message that is not sent in this round.
func (r *round) leave(m Due) {
	switch m.State {
	case alerts.Sent:
	case alerts.Pending:
		r.report.Pending++
	default:
		r.report.Unknown++
	}
}

// send posts a message. An unclear answer is looked into at once, and a
// message that is certainly absent is posted once more; blocks that Slack
// refuses are left out once.
func (r *round) send(ctx context.Context, m *Due) error {
	for again := false; ; again = true {
		failed, err := r.attempt(ctx, m)
		if err != nil || failed == nil {
			return err
		}
		switch {
		case failed.Class == Malformed && len(m.Blocks) > 0:
			r.Log.Error("slack refused blocks, sending text only", "key", Key(m.Message), "channel", m.Channel, "err", failed)
			m.Blocks = nil
		case failed.Class == Ambiguous && !again:
			if err := r.reconcile(ctx, m); err != nil {
				return err
			}
			if m.State != alerts.Pending {
				r.leave(*m)
				return nil
			}
		default:
			r.fault(*m, failed)
			r.leave(*m)
			return nil
		}
	}
}

// attempt is one call, committed as such before it is made and settled by its
// answer.
func (r *round) attempt(ctx context.Context, m *Due) (*Failure, error) {
	if err := r.pace(ctx, m.Channel); err != nil {
		return nil, err
	}
	m.AttemptedAt = r.Now()
	if err := r.Outbox.Begin(ctx, m.ID, m.AttemptedAt); err != nil {
		return nil, fmt.Errorf("mark %s as sending: %w", Key(m.Message), err)
	}
	var ts string
	failed := r.patiently(ctx, func() (err error) {
		ts, err = r.Poster.Post(ctx, m.Message)
		return err
	})
	r.last[m.Channel] = r.Now()
	switch {
	case failed == nil:
		r.report.Sent++
		r.Log.Info("sent", "key", Key(m.Message), "channel", m.Channel, "ts", ts)
		return nil, r.settle(ctx, m, Outcome{State: alerts.Sent, TS: ts, Hash: m.Hash})
	case failed.Class == Ambiguous:
		return failed, r.settle(ctx, m, Outcome{State: alerts.Unsure, Reason: failed.Error()})
	}
	return failed, r.settle(ctx, m, Outcome{State: alerts.Pending, Reason: failed.Error()})
}

// settle stores an outcome even when the run is being stopped: it is known
// now, and would have to be guessed later.
func (r *round) settle(ctx context.Context, m *Due, o Outcome) error {
	m.State, m.TS, m.SentHash, m.LastError = o.State, o.TS, o.Hash, o.Reason
	if err := r.Outbox.Settle(context.WithoutCancel(ctx), m.ID, o); err != nil {
		return fmt.Errorf("mark %s as %s: %w", Key(m.Message), o.State, err)
	}
	return nil
}

// fault keeps a failure for the end of the round and draws its consequences
// for the messages that follow.
func (r *round) fault(m Due, f *Failure) {
	switch f.Class {
	case Denied:
		r.denied = true
	case BadChannel, Unreachable, Limited:
		r.closed[m.Channel] = true
	}
	r.faults = append(r.faults, fmt.Errorf("%w: %s to %s: %w", f.kind(), Key(m.Message), m.Channel, f))
	r.Log.Warn("not sent", "key", Key(m.Message), "channel", m.Channel, "state", m.State, "err", f)
}
