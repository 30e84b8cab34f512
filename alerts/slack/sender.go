package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"panelwatch/alerts"
)

// A Sender delivers an outbox. One sender at a time works on an outbox; the
// job's lease sees to that, and Outbox.Until holds it to it. What it learned
// of token and channels holds as long as it lives, which is for one run.
type Sender struct {
	Poster Poster
	Log    *slog.Logger
	Now    func() time.Time
	Sleep  func(context.Context, time.Duration) error
	Jitter func() float64 // in [0, 1), spreads what is tried again; nil spreads nothing

	Pace      time.Duration // between two posts to one channel; Slack takes one a second
	LookAgain time.Duration // between two looks, before a message counts as absent
	Waits     int           // how often a message is put off, by a rate limit or a missing connection
	Deadline  time.Duration // for all deliveries together; what is left is for the next run; 0 for none
	// Fallback names the channel that stands in for one that cannot be written
	// to, "" for none. It may be nil.
	Fallback func(channel string) string

	began   time.Time           // of the first delivery
	closed  map[string]*Failure // channels given up
	stopped *Failure            // why nothing is sent any more, to any channel
	noFiles bool                // files are denied
}

// A Report counts what one delivery did and what it left behind.
type Report struct {
	Sent       int // messages posted now
	Found      int // messages of an unclear attempt that were there
	Edited     int // messages that were changed in their place
	Charts     int // charts and other files shared now
	Redirected int // messages given up for one in the fallback channel
	Pending    int // messages left for the next run
	Unknown    int // messages that nobody can tell about
	Outdated   int // sent messages that still show older content
	Missing    int // charts and other files not shared
}

// Deliver sends what is due. A second call, or one after a crash at any
// point, sends nothing twice. The error is ErrDenied, ErrRefused or
// ErrUndelivered with what happened to each message, or that of the outbox or
// the context; the data behind the messages are published all the same.
func (s *Sender) Deliver(ctx context.Context, outbox Outbox) (Report, error) {
	if s.closed == nil {
		s.began, s.closed = s.Now(), map[string]*Failure{}
	}
	r := &round{Sender: s, Outbox: outbox, digests: map[thread]Due{}, seen: map[int64]bool{}}
	err := r.work(ctx, func(Due) bool { return true })
	if err == nil && r.report.Redirected > 0 {
		err = r.work(ctx, func(m Due) bool { return m.Home != "" && !r.seen[m.ID] })
	}
	return r.report, errors.Join(append(r.faults, err)...)
}

// A round is one delivery.
type round struct {
	*Sender
	Outbox  Outbox
	report  Report
	faults  []error
	lines   []*line
	digests map[thread]Due // that were looked at, as they are by now
	seen    map[int64]bool
}

// deliver brings one message as far as it goes. What Slack has against it is
// the failure; the error is the outbox's or the context's.
func (r *round) deliver(ctx context.Context, l *line, m *Due) (*Failure, error) {
	if m.State != alerts.Sent {
		if failed, err := r.bring(ctx, l, m); failed != nil || err != nil {
			return failed, err
		}
	}
	if m.State == alerts.Sent && m.Hash != m.SentHash {
		if failed, err := r.edit(ctx, l, m); failed != nil || err != nil {
			return failed, err
		}
	}
	if m.State != alerts.Sent {
		return nil, nil
	}
	return nil, r.share(ctx, *m)
}

// bring sends a message unless something stands in its way, having looked
// first where an earlier attempt is unclear.
func (r *round) bring(ctx context.Context, l *line, m *Due) (*Failure, error) {
	parent := r.parent(m)
	switch {
	case r.stopped != nil:
		return nil, nil
	case parent != alerts.Sent && parent != alerts.Dead && parent != "": // not before its digest
		return nil, nil
	case r.closed[m.Channel] != nil:
		return nil, r.redirect(ctx, m, r.closed[m.Channel])
	}
	if m.State != alerts.Pending {
		if failed, err := r.reconcile(ctx, l, m); failed != nil || err != nil {
			return failed, err
		}
	}
	switch {
	case m.State != alerts.Pending:
		return nil, nil
	case parent == alerts.Dead:
		return nil, r.redirect(ctx, m, &Failure{Class: BadChannel, Code: "its digest was not delivered here"})
	}
	return r.send(ctx, l, m)
}

// parent is the state of the digest that a message replies to, whose thread it
// is told; "" where there is no digest, so that it stands alone.
func (r *round) parent(m *Due) alerts.MessageState {
	if !m.Threaded() {
		return ""
	}
	d, ok := r.digests[threadKey(*m)]
	switch {
	case ok:
		m.ThreadTS = d.TS
		return d.State
	case m.Parent == "" && m.ThreadTS != "":
		return alerts.Sent
	}
	return m.Parent
}

// send posts a message. An unclear answer is looked into at once, and a
// message that is certainly absent is posted once more; blocks that Slack
// refuses are left out once.
func (r *round) send(ctx context.Context, l *line, m *Due) (*Failure, error) {
	for again := false; ; again = true {
		failed, err := r.attempt(ctx, l, m)
		if err != nil || failed == nil {
			return nil, err
		}
		switch {
		case failed.Class == Malformed && len(m.Blocks) > 0:
			r.textOnly(m, failed)
		case r.alone(m, failed):
		case failed.Class == Ambiguous && !again:
			if failed, err := r.reconcile(ctx, l, m); failed != nil || err != nil || m.State != alerts.Pending {
				return failed, err
			}
		case failed.Class == BadChannel:
			return failed, r.redirect(ctx, m, failed)
		default:
			return failed, nil
		}
	}
}

// alone takes a reply out of its thread when somebody deleted that: it stands
// in the channel itself then.
func (r *round) alone(m *Due, f *Failure) bool {
	if f.Code != "thread_not_found" || m.ThreadTS == "" {
		return false
	}
	r.Log.Warn("its thread is gone, telling it in the channel", "key", Key(m.Message), "channel", m.Channel, "thread", m.ThreadTS)
	m.ThreadTS = ""
	return true
}

func (r *round) textOnly(m *Due, f *Failure) {
	r.Log.Error("slack refused blocks, sending text only", "key", Key(m.Message), "channel", m.Channel, "err", f)
	m.Blocks = nil
}

// attempt is one call, committed as such before it is made and settled by its
// answer.
func (r *round) attempt(ctx context.Context, l *line, m *Due) (*Failure, error) {
	if failed, err := r.await(ctx, l); failed != nil || err != nil {
		return failed, err
	}
	m.AttemptedAt = r.Now()
	if err := r.Outbox.Begin(ctx, m.ID, m.AttemptedAt); err != nil {
		return nil, fmt.Errorf("mark %s as sending: %w", Key(m.Message), err)
	}
	var ts string
	failed := r.visible(ctx, func(ctx context.Context) (err error) {
		ts, err = r.Poster.Post(ctx, told(m.Message))
		return err
	})
	l.ready = r.Now().Add(r.Pace)
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
	case Denied, Unreachable, Late:
		r.stopped = f
	case BadChannel, Limited, Ambiguous: // what comes after an unclear message must not overtake it
		r.closed[m.Channel] = f
	}
	r.faults = append(r.faults, fmt.Errorf("%w: %s to %s: %w", f.kind(), Key(m.Message), m.Channel, f))
	r.Log.Warn("not sent", "key", Key(m.Message), "channel", m.Channel, "state", m.State, "err", f)
}
