package warehouse

import (
	"strings"
	"testing"
	"time"
)

// A rehearsal whose connection breaks does not go on with another: that would
// know nothing of what was done.
func TestRehearsalEndsWithItsConnection(t *testing.T) {
	house, dsn := newHouseAt(t)
	w, err := Rehearse(t.Context(), dsn, time.Now, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.createLease(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	var id int64
	if err := w.db.Get(&id, "SELECT CONNECTION_ID()"); err != nil {
		t.Fatal(err)
	}
	if _, err := house.db.Exec("KILL ?", id); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		err = w.createLease(t.Context(), "x")
	}
	if err == nil || !strings.Contains(err.Error(), "start it again") {
		t.Errorf("after the connection broke: %v", err)
	}
	var n int
	if err := house.db.Get(&n, "SELECT COUNT(*) FROM job_lease WHERE name = 'x'"); err != nil || n != 0 {
		t.Errorf("%d rows stayed (%v)", n, err)
	}
}
