package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
)

// A Lease says that this process alone may write until it expires. The token
// rises with every claim; a transaction that carries an old one fails.
type Lease struct {
	w     *Warehouse
	name  string
	owner string
	token int64
	ttl   time.Duration

	// publishing is held while a fenced transaction runs: the fence locks the
	// lease's row, and a renewal beside it would only wait.
	publishing sync.Mutex
	until      atomic.Pointer[time.Time]
	stop       context.CancelFunc
	done       chan struct{}
}

// Claim takes the lease of that name for owner, or returns ErrLeaseHeld with
// the holder's name once wait is over. While it is held the lease is renewed
// in the background; when it is lost, the returned context is cancelled with
// ErrLeaseLost.
func (w *Warehouse) Claim(ctx context.Context, name, owner string, ttl, wait time.Duration) (*Lease, context.Context, error) {
	if err := w.createLease(ctx, name); err != nil {
		return nil, nil, fmt.Errorf("create lease %s: %w", name, err)
	}
	deadline := w.now().Add(wait)
	for {
		l, err := w.claim(ctx, name, owner, ttl)
		if err == nil {
			held := l.keep(ctx)
			return l, held, nil
		}
		if !errors.Is(err, ErrLeaseHeld) || !w.now().Before(deadline) {
			return nil, nil, err
		}
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// createLease makes the row of a lease that was never claimed. One that is
// there is not touched: its holder may have it locked.
func (w *Warehouse) createLease(ctx context.Context, name string) error {
	var holder string
	err := w.db.GetContext(ctx, &holder, query("lease_holder"), name)
	if errors.Is(err, sql.ErrNoRows) {
		_, err = w.db.ExecContext(ctx, query("lease_create"), name)
	}
	return err
}

// patience is how long one claim waits behind the lock of a holder that is
// publishing, or was frozen while it did.
const patience = 5 * time.Second

func (w *Warehouse) claim(ctx context.Context, name, owner string, ttl time.Duration) (*Lease, error) {
	l := &Lease{w: w, name: name, owner: owner, ttl: ttl}
	asked := w.now()
	brief, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := w.inTx(brief, func(tx *sqlx.Tx) error {
		res, err := tx.ExecContext(brief, query("lease_claim"), owner, ttl.Seconds(), name)
		if err != nil {
			return fmt.Errorf("claim lease %s: %w", name, err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrLeaseHeld)
		}
		return tx.GetContext(brief, &l.token, query("lease_token"), name, owner)
	})
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		err = ErrLeaseHeld
	}
	if errors.Is(err, ErrLeaseHeld) {
		var holder string
		_ = w.db.GetContext(ctx, &holder, query("lease_holder"), name)
		return nil, fmt.Errorf("lease %s: %w (%s)", name, ErrLeaseHeld, holder)
	}
	l.extended(asked)
	return l, err
}

// extended notes that the lease was renewed at some time after asked.
func (l *Lease) extended(asked time.Time) {
	until := asked.Add(l.ttl)
	l.until.Store(&until)
}

// Until is the time before which the lease is certainly nobody else's, by this
// process's clock: what cannot be fenced by a transaction, such as a call of
// another server, must have begun by then.
func (l *Lease) Until() time.Time { return *l.until.Load() }

func (l *Lease) fence(ctx context.Context, tx *sqlx.Tx) error {
	res, err := tx.ExecContext(ctx, query("lease_fence"), l.ttl.Seconds(), l.name, l.owner, l.token)
	if err != nil {
		return fmt.Errorf("check lease %s: %w", l.name, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrLeaseLost)
	}
	return nil
}

// keep renews the lease every third of its life.
func (l *Lease) keep(ctx context.Context) context.Context {
	held, lose := context.WithCancelCause(ctx)
	renewing, stop := context.WithCancel(ctx)
	l.stop, l.done = stop, make(chan struct{})
	go func() {
		defer close(l.done)
		tick := time.NewTicker(l.ttl / 3)
		defer tick.Stop()
		for {
			select {
			case <-renewing.Done():
				return
			case <-tick.C:
			}
			if err := l.renew(renewing); errors.Is(err, ErrLeaseLost) {
				lose(err)
				return
			}
		}
	}()
	return held
}

func (l *Lease) renew(ctx context.Context) error {
	if !l.publishing.TryLock() {
		return nil // the publishing transaction itself renews
	}
	defer l.publishing.Unlock()
	asked := l.w.now()
	err := l.w.inTx(ctx, func(tx *sqlx.Tx) error { return l.fence(ctx, tx) })
	if err == nil {
		l.extended(asked)
	}
	return err
}

// Release gives the lease back. It works on a context of its own, so that a
// cancelled run releases it too.
func (l *Lease) Release() error {
	l.stop()
	<-l.done
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_, err := l.w.db.ExecContext(ctx, query("lease_release"), l.name, l.owner, l.token)
	if err != nil {
		return fmt.Errorf("release lease %s: %w", l.name, err)
	}
	return nil
}
