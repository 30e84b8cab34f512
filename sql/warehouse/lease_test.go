package warehouse

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const racers = 20

func TestOneOfManyRacersWinsTheLease(t *testing.T) {
	_, dsn := newHouseAt(t)
	var pools [racers]*Warehouse
	for i := range pools {
		pools[i] = openAt(t, dsn) // as if each were a pod
	}
	for round := range 5 {
		raceFor(t, fmt.Sprint("round ", round), pools[:])
	}
}

func raceFor(t *testing.T, name string, pools []*Warehouse) {
	t.Helper()
	leases, errs := make([]*Lease, racers), make([]error, racers)
	var start, all sync.WaitGroup
	start.Add(1)
	for i, w := range pools {
		all.Go(func() {
			start.Wait()
			leases[i], _, errs[i] = w.Claim(t.Context(), name, fmt.Sprint("pod-", i, "."), time.Minute, 0)
		})
	}
	start.Done()
	all.Wait()
	winners := 0
	for i, l := range leases {
		if l == nil {
			continue
		}
		winners++
		for _, err := range append(errs[:i:i], errs[i+1:]...) {
			if !errors.Is(err, ErrLeaseHeld) || !strings.Contains(err.Error(), l.owner) {
				t.Errorf("%s: a loser got %v, want ErrLeaseHeld that names %s", name, err, l.owner)
			}
		}
		if err := l.Release(); err != nil {
			t.Error(err)
		}
	}
	if winners != 1 {
		t.Errorf("%s: %d winners, want 1", name, winners)
	}
}

func TestReleaseFrees(t *testing.T) {
	w := newHouse(t)
	first := claimed(t, w)
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	second := claimed(t, w)
	if second.token <= first.token {
		t.Errorf("token %d after %d, want a higher one", second.token, first.token)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	_, _, err := w.Claim(t.Context(), "job", "third", time.Minute, 0)
	if !errors.Is(err, ErrLeaseHeld) {
		t.Errorf("after the old holder released a second time: %v, want ErrLeaseHeld", err)
	}
}

func TestClaimWaitsForTheHolder(t *testing.T) {
	t.Parallel()
	w := newHouse(t)
	l := claimed(t, w)
	time.AfterFunc(700*time.Millisecond, func() { _ = l.Release() })
	w.now = time.Now // how long to wait goes by the program's clock
	second, _, err := w.Claim(t.Context(), "job", "second", time.Minute, 30*time.Second)
	if err != nil {
		t.Fatalf("%v, want the lease once it was released", err)
	}
	if err := second.Release(); err != nil {
		t.Error(err)
	}
}

func TestClaimStopsWithItsContext(t *testing.T) {
	w := newHouse(t)
	claimed(t, w)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	w.now = time.Now
	if _, _, err := w.Claim(ctx, "job", "second", time.Minute, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, want the context's error", err)
	}
}

// expire lets a lease run out, as if its holder had been frozen.
func expire(t *testing.T, w *Warehouse) {
	t.Helper()
	run(t, w, "UPDATE job_lease SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND")
}

func TestAnExpiredLeaseGoesToAnother(t *testing.T) {
	w := newHouse(t)
	old := claimed(t, w)
	expire(t, w)
	next, _, err := w.Claim(t.Context(), "job", old.owner, time.Minute, 0) // a pod may keep its name
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = next.Release() }()
	before := contents(t, w)

	month := vendorMonth("2023-01")
	if err := month.publish(t, w, old); !errors.Is(err, ErrLeaseLost) {
		t.Errorf("Publish with the old lease: %v, want ErrLeaseLost", err)
	}
	if _, err := w.SaveJudgement(t.Context(), old, sampleJudgement(), sampleMessages()); !errors.Is(err, ErrLeaseLost) {
		t.Errorf("SaveJudgement with the old lease: %v, want ErrLeaseLost", err)
	}
	if err := w.Record(t.Context(), old, month.arrival); !errors.Is(err, ErrLeaseLost) {
		t.Errorf("Record with the old lease: %v, want ErrLeaseLost", err)
	}
	if diff := cmp.Diff(before, contents(t, w)); diff != "" {
		t.Errorf("tables (-before +after):\n%s", diff)
	}
	if err := month.publish(t, w, next); err != nil {
		t.Errorf("Publish with the new lease: %v", err)
	}
}

func TestALostLeaseStopsItsHolder(t *testing.T) {
	t.Parallel()
	w := newHouse(t)
	old, held, err := w.Claim(t.Context(), "job", "old", 600*time.Millisecond, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = old.Release() }()
	run(t, w, "UPDATE job_lease SET owner = 'next', token = token + 1, lease_until = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR")
	select {
	case <-held.Done():
	case <-time.After(20 * time.Second):
		t.Fatal("the holder's context goes on")
	}
	if cause := context.Cause(held); !errors.Is(cause, ErrLeaseLost) {
		t.Errorf("cause %v, want ErrLeaseLost", cause)
	}
}

func TestRenewalKeepsTheLease(t *testing.T) {
	t.Parallel()
	const ttl = 3 * time.Second
	w := newHouse(t)
	l, held, err := w.Claim(t.Context(), "job", "holder", ttl, 0)
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(2 * ttl); time.Now().Before(end); time.Sleep(ttl / 5) {
		if _, _, err := w.Claim(t.Context(), "job", "other", ttl, 0); !errors.Is(err, ErrLeaseHeld) {
			t.Fatalf("another claim: %v, want ErrLeaseHeld", err)
		}
	}
	if err := held.Err(); err != nil {
		t.Errorf("the holder's context: %v", context.Cause(held))
	}
	if err := l.Release(); err != nil {
		t.Error(err)
	}
}

// The fence locks the lease's row until the commit, so nobody can take it, and
// the commit leaves the lease as fresh as a renewal.
func TestALongPublicationKeepsTheLease(t *testing.T) {
	t.Parallel()
	const ttl = 2 * time.Second
	w, dsn := newHouseAt(t)
	l, held, err := w.Claim(t.Context(), "job", "holder", ttl, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Release() }()
	rival := make(chan error)
	month := vendorMonth("2023-01")
	month.formulas = slowly(3*ttl/2, month.formulas, func() {
		other := openAt(t, dsn)
		go func() {
			_, _, err := other.Claim(t.Context(), "job", "rival", ttl, 0)
			rival <- err
		}()
	})
	if err := month.publish(t, w, l); err != nil {
		t.Fatal(err)
	}
	if err := <-rival; !errors.Is(err, ErrLeaseHeld) {
		t.Errorf("a rival during the publication got %v, want ErrLeaseHeld", err)
	}
	if held.Err() != nil {
		t.Errorf("the holder lost the lease: %v", context.Cause(held))
	}
}
