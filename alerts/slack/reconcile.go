package slack

import (
	"context"
	"fmt"
	"time"

	"panelwatch/alerts"
)

// margin of the search for a message that may have been sent: clocks differ.
const searchMargin = time.Minute

// reconcile finds out what became of an attempt that ended unclearly or in a
// crash. The message is sent when it is in the channel, pending when two looks
// some time apart do not find it, for a slow request may still land; it stays
// unknown when the channel cannot be read.
func (r *round) reconcile(ctx context.Context, l *line, m *Due) (*Failure, error) {
	since := m.AttemptedAt
	if !since.IsZero() {
		since = since.Add(-searchMargin)
	}
	for look := range 2 {
		if look > 0 {
			if err := r.Sleep(ctx, r.LookAgain); err != nil {
				return nil, err
			}
		}
		if failed, err := r.await(ctx, l); failed != nil || err != nil {
			return failed, err
		}
		at, found, err := r.Poster.Find(ctx, m.Message, since)
		if err != nil && r.alone(m, failureOf(err)) {
			at, found, err = r.Poster.Find(ctx, m.Message, since)
		}
		switch {
		case err != nil:
			return r.unclear(ctx, m, failureOf(err))
		case found:
			r.report.Found++
			r.Log.Info("found: an unclear attempt had arrived", "key", Key(m.Message), "channel", m.Channel, "ts", at.TS)
			return nil, r.settle(ctx, m, Outcome{State: alerts.Sent, TS: at.TS, Hash: at.Hash})
		}
	}
	r.Log.Info("an unclear attempt had not arrived", "key", Key(m.Message), "channel", m.Channel)
	return nil, r.settle(ctx, m, Outcome{State: alerts.Pending, Reason: m.LastError})
}

// unclear leaves a message unknown because the channel cannot be read. That
// reading is denied says nothing about posting.
func (r *round) unclear(ctx context.Context, m *Due, f *Failure) (*Failure, error) {
	if err := r.settle(ctx, m, Outcome{State: alerts.Unsure, Reason: clip("cannot look for it: "+f.Error(), 500)}); err != nil {
		return nil, err
	}
	if f.Code == "missing_scope" {
		r.faults = append(r.faults, fmt.Errorf("%w: look for %s in %s: %w", ErrDenied, Key(m.Message), m.Channel, f))
		return nil, nil
	}
	return f, nil
}
