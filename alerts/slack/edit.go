package slack

import (
	"context"
	"fmt"

	"panelwatch/alerts"
)

// edit makes the channel show what the message says by now. To edit twice is
// to edit once, so an unclear answer is simply tried again. A message that is
// gone, or that nobody can change any more, is told anew.
func (r *round) edit(ctx context.Context, l *line, m *Due) (*Failure, error) {
	switch closed := r.closed[m.Channel]; {
	case r.stopped != nil:
		return nil, nil
	case closed != nil:
		return nil, r.redirect(ctx, m, closed)
	}
	for again := false; ; again = true {
		if failed, err := r.await(ctx, l); failed != nil || err != nil {
			return failed, err
		}
		failed := r.visible(ctx, func(ctx context.Context) error { return r.Poster.Edit(ctx, told(m.Message)) })
		l.ready = r.Now().Add(r.Pace)
		switch {
		case failed == nil:
			return nil, r.edited(ctx, m)
		case failed.Class == Malformed && len(m.Blocks) > 0:
			r.textOnly(m, failed)
		case failed.Class == Ambiguous && !again:
		case failed.Class == Gone:
			return r.anew(ctx, l, m, failed)
		case failed.Class == BadChannel:
			return failed, r.redirect(ctx, m, failed)
		default:
			return failed, r.settle(ctx, m, Outcome{alerts.Sent, m.TS, m.SentHash, failed.Error()})
		}
	}
}

func (r *round) edited(ctx context.Context, m *Due) error {
	m.SentHash = m.Hash
	r.report.Edited++
	r.Log.Info("edited", "key", Key(m.Message), "channel", m.Channel, "ts", m.TS)
	if err := r.Outbox.Edited(context.WithoutCancel(ctx), m.ID, m.Hash, r.Now()); err != nil {
		return fmt.Errorf("mark %s as edited: %w", Key(m.Message), err)
	}
	return nil
}

// anew posts a message again whose first copy cannot be changed.
func (r *round) anew(ctx context.Context, l *line, m *Due, f *Failure) (*Failure, error) {
	r.Log.Warn("a message cannot be changed and is told anew", "key", Key(m.Message), "channel", m.Channel, "ts", m.TS, "err", f)
	if err := r.Outbox.Lost(context.WithoutCancel(ctx), m.ID, m.TS, f.Error()); err != nil {
		return nil, fmt.Errorf("mark %s as gone: %w", Key(m.Message), err)
	}
	m.State, m.LostTS, m.TS, m.SentHash = alerts.Pending, m.TS, "", ""
	return r.bring(ctx, l, m)
}
