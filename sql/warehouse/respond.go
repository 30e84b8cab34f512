package warehouse

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/alerts"
)

// Respond stores an answer to one of our messages and says whether it is new:
// one that stands already is left as it is. ours is false where channel and
// timestamp name no message that was sent. It needs no lease: what people
// answer may come at any time, beside a run.
func (w *Warehouse) Respond(ctx context.Context, r alerts.Response) (fresh, ours bool, err error) {
	err = w.inTx(ctx, func(tx *sqlx.Tx) error {
		fresh, ours, err = respond(ctx, tx, r)
		return err
	})
	if err != nil {
		return false, false, fmt.Errorf("store %s of %s to %s: %w", r.Kind, r.User, r.TS, err)
	}
	return fresh, ours, nil
}

func respond(ctx context.Context, tx *sqlx.Tx, r alerts.Response) (fresh, ours bool, err error) {
	var n int64
	if err := tx.GetContext(ctx, &n, query("response_message"), r.Channel, r.TS); err != nil || n == 0 {
		return false, false, err
	}
	res, err := tx.ExecContext(ctx, query("response_add"), r.User, r.Kind, r.Via, r.Emoji, r.At.UTC(),
		r.Channel, r.TS, r.User, r.Kind, r.Via)
	if err != nil {
		return false, true, err
	}
	n, err = res.RowsAffected()
	return n > 0, true, err
}

// Lift takes an answer back: the row stays, with the time. It says whether
// there was one that stood.
func (w *Warehouse) Lift(ctx context.Context, r alerts.Response, at time.Time) (lifted bool, err error) {
	res, err := w.db.ExecContext(ctx, query("response_lift"), at.UTC(), r.User, r.Kind, r.Via, r.Channel, r.TS)
	if err != nil {
		return false, fmt.Errorf("take back %s of %s to %s: %w", r.Kind, r.User, r.TS, err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}
