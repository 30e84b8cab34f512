package archive_test

import (
	"testing"

	"panelwatch/etl/archive"
)

// Of two deliveries that share a file one goes: the file stays, and a later
// delivery does not get the number of one that is there.
func TestPruning(t *testing.T) {
	everywhere(t, func(t *testing.T, p archive.Place) {
		a := archive.New(p)
		if err := a.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, content := range []string{"one", "two", "two"} {
			if _, err := a.Keep(t.Context(), deliver(t, i+1, content)); err != nil {
				t.Fatal(err)
			}
		}
		spent := func(r archive.Record) bool { return r.Revision != 3 }
		w, err := a.PlanPruning(t.Context(), spent)
		if err != nil {
			t.Fatal(err)
		}
		if w.Records != 2 || w.Objects != 3 { // two manifests and the file of one
			t.Errorf("planned %+v, want 2 records and 3 objects", w)
		}
		for range 2 { // broken off and done again is the same
			if err := a.Prune(t.Context(), w); err != nil {
				t.Fatal(err)
			}
		}
		again, err := a.PlanPruning(t.Context(), spent)
		if err != nil || again.Records != 0 || again.Objects != 0 {
			t.Errorf("then %+v, %v; want nothing", again, err)
		}
		left, err := a.Records(t.Context(), "", 0)
		if err != nil || len(left) != 1 {
			t.Fatalf("left %+v, %v", left, err)
		}
		if err := a.Restore(t.Context(), left[0], t.TempDir()+"/back"); err != nil {
			t.Error(err)
		}
		r, err := a.Keep(t.Context(), deliver(t, 4, "four"))
		if err != nil || r.Arrival != 4 {
			t.Errorf("the next is number %d, %v; want 4", r.Arrival, err)
		}
	})
}
