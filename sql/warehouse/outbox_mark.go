package warehouse

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/alerts"
)

// ErrNotPending: a message is not to be sent any more.
var ErrNotPending = errors.New("the message is not pending any more")

// Begin marks a pending message as sending, before it leaves. Like every mark
// it fails with ErrLeaseLost once the lease is somebody else's.
func (w *Warehouse) Begin(ctx context.Context, l *Lease, id int64, at time.Time) error {
	return w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		res, err := tx.ExecContext(ctx, query("message_begin"), at.UTC(), id)
		if err != nil {
			return fmt.Errorf("message_begin: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotPending)
		}
		return nil
	})
}

// Settle stores how an attempt to send ended; hash is that of the content
// which the channel shows now.
func (w *Warehouse) Settle(ctx context.Context, l *Lease, id int64, state alerts.MessageState, ts, hash, reason string) error {
	return w.mark(ctx, l, "message_settle", state, ts, hash, reason, id)
}

// Edited stores that the channel shows the content with that hash by now.
func (w *Warehouse) Edited(ctx context.Context, l *Lease, id int64, hash string, at time.Time) error {
	return w.mark(ctx, l, "message_edited", hash, at.UTC(), id)
}

// Lost makes a sent message pending whose ts nobody knows any more.
func (w *Warehouse) Lost(ctx context.Context, l *Lease, id int64, ts, reason string) error {
	return w.mark(ctx, l, "message_lost", ts, reason, id)
}

// SetChart stores the state of a message's chart.
func (w *Warehouse) SetChart(ctx context.Context, l *Lease, id int64, state string) error {
	return w.mark(ctx, l, "message_file", state, id)
}

// SetAttachment stores the state of a message's other file.
func (w *Warehouse) SetAttachment(ctx context.Context, l *Lease, id int64, state string) error {
	return w.mark(ctx, l, "message_attachment", state, id)
}

// Redirect gives up a message of one channel for one that stands in for it in
// another.
func (w *Warehouse) Redirect(ctx context.Context, l *Lease, m alerts.Message, channel, reason string) error {
	return w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		subject := standIn(m.Channel, m.Subject)
		if _, err := tx.ExecContext(ctx, query("message_redirect"), channel, subject, w.now().UTC(), m.ID); err != nil {
			return fmt.Errorf("message_redirect: %w", err)
		}
		if _, err := tx.ExecContext(ctx, query("message_dead"), reason, m.ID); err != nil {
			return fmt.Errorf("message_dead: %w", err)
		}
		return nil
	})
}

func (w *Warehouse) mark(ctx context.Context, l *Lease, name string, args ...any) error {
	return w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, query(name), args...); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}
