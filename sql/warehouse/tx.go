package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/jmoiron/sqlx"
)

// inTx runs f in one READ COMMITTED transaction and runs it again, whole, when
// the server ended it for a lock. Any error rolls everything back: after a
// lock wait time-out the server undoes one statement only, so nothing may be
// committed.
func (w *Warehouse) inTx(ctx context.Context, f func(tx *sqlx.Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := w.once(ctx, f)
		if err == nil || !transient(err) || attempt == 4 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(attempt*attempt) * 100 * time.Millisecond):
		}
	}
}

func (w *Warehouse) once(ctx context.Context, f func(tx *sqlx.Tx) error) error {
	tx, err := w.db.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// fenced is inTx behind the lease: its first statement fails the transaction
// when the lease belongs to somebody else by now. Its last renews the lease,
// which may have run out meanwhile behind the lock on its row.
func (w *Warehouse) fenced(ctx context.Context, l *Lease, f func(tx *sqlx.Tx) error) error {
	l.publishing.Lock()
	defer l.publishing.Unlock()
	asked := w.now()
	err := w.inTx(ctx, func(tx *sqlx.Tx) error {
		if err := l.fence(ctx, tx); err != nil {
			return err
		}
		if err := f(tx); err != nil {
			return err
		}
		return l.fence(ctx, tx)
	})
	if err == nil {
		l.extended(asked)
	}
	return err
}

func isNetwork(err error) bool {
	var n *net.OpError
	return errors.As(err, &n) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
