package warehouse

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
)

// A lease goes by the server's clock: it does not matter how far off that of a
// holder is, or that of one who would like to have it.
func TestAClockThatIsOffChangesNoLease(t *testing.T) {
	for name, off := range map[string]time.Duration{"two days slow": -48 * time.Hour, "two days fast": 48 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, dsn := newHouseAt(t)
			other := openAt(t, dsn)
			other.now = func() time.Time { return time.Now().Add(off) }
			w.now = time.Now

			first := claimed(t, w)
			if _, _, err := other.Claim(t.Context(), "job", "other", time.Minute, 0); !errors.Is(err, ErrLeaseHeld) {
				t.Errorf("a lease that is held: %v, want ErrLeaseHeld", err)
			}
			expire(t, w)
			second, _, err := other.Claim(t.Context(), "job", "other", time.Minute, 0)
			if err != nil {
				t.Fatalf("a lease that ran out: %v", err)
			}
			defer func() { _ = second.Release() }()
			if _, _, err := w.Claim(t.Context(), "job", "third", time.Minute, 0); !errors.Is(err, ErrLeaseHeld) {
				t.Errorf("a lease that the clock is off of: %v, want ErrLeaseHeld", err)
			}
			month := vendorMonth("2023-01")
			if err := month.publish(t, w, first); !errors.Is(err, ErrLeaseLost) {
				t.Errorf("Publish by the first holder: %v, want ErrLeaseLost", err)
			}
			if err := month.publish(t, other, second); err != nil {
				t.Errorf("Publish by the second holder: %v", err)
			}
		})
	}
}

// Who waits behind a holder that is frozen within its transaction is told that
// the lease is held, not that the server does not answer.
func TestAClaimBehindAFrozenPublicationIsHeld(t *testing.T) {
	t.Parallel()
	w, dsn := newHouseAt(t)
	l := claimed(t, w)
	err := w.fenced(t.Context(), l, func(*sqlx.Tx) error {
		_, _, err := openAt(t, dsn).Claim(t.Context(), "job", "other", time.Minute, 0)
		return err
	})
	if !errors.Is(err, ErrLeaseHeld) || !strings.Contains(err.Error(), "the test") {
		t.Errorf("%v, want ErrLeaseHeld with its holder", err)
	}
}

// A connection that says nothing is ended by the server, and with it the lock
// of a host that vanished. The DSN may choose another time.
func TestSilentConnectionsEnd(t *testing.T) {
	_, dsn := newHouseAt(t)
	for want, dsn := range map[string]string{"300": dsn, "7": dsn + "?wait_timeout=7"} {
		if got := one(t, openAt(t, dsn), "SELECT @@wait_timeout"); got != want {
			t.Errorf("wait_timeout %s, want %s", got, want)
		}
	}
}
