package slack

import (
	"context"

	"panelwatch/alerts"
)

// reconcile finds out what became of an attempt that ended unclearly or in a
// crash. The message is sent when it is in the channel, pending when two looks
// some time apart do not find it, for a slow request may still land; it stays
// unknown when the channel cannot be read.
func (r *round) reconcile(ctx context.Context, m *Due) error {
	since := m.AttemptedAt
	if !since.IsZero() {
		since = since.Add(-searchMargin)
	}
	for look := range 2 {
		if look > 0 {
			if err := r.Sleep(ctx, r.LookAgain); err != nil {
				return err
			}
		}
		var at Found
		var found bool
		failed := r.patiently(ctx, func() (err error) {
			at, found, err = r.Poster.Find(ctx, m.Message, since)
			return err
		})
		switch {
		case failed != nil:
			return r.unclear(ctx, m, failed)
		case found:
			r.report.Found++
			r.Log.Info("found: an unclear attempt had arrived", "key", Key(m.Message), "channel", m.Channel, "ts", at.TS)
			return r.settle(ctx, m, Outcome{State: alerts.Sent, TS: at.TS, Hash: at.Hash})
		}
	}
	r.Log.Info("an unclear attempt had not arrived", "key", Key(m.Message), "channel", m.Channel)
	return r.settle(ctx, m, Outcome{State: alerts.Pending, Reason: m.LastError})
}

// unclear leaves a message unknown because the channel cannot be read.
func (r *round) unclear(ctx context.Context, m *Due, f *Failure) error {
	err := r.settle(ctx, m, Outcome{State: alerts.Unsure, Reason: clip("cannot look for it: "+f.Error(), 500)})
	denied := r.denied
	r.fault(*m, f)
	if f.Code == "missing_scope" { // of reading; posting may well be allowed
		r.denied = denied
	}
	return err
}
