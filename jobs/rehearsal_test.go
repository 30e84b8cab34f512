package jobs_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver/servertest"
)

// A rehearsal sees what a run would, keeps runs waiting meanwhile, and leaves
// every table as it was, those of leases and runs included.
func TestRehearsalLeavesNothing(t *testing.T) {
	dsn := servertest.NewDatabase(t)
	w := newSiteOn(t, dsn, ticking())
	w.write(t, "2023-01", "2023-02")
	w.mustRun(t)
	before := allTables(t, w)
	w.write(t, "2023-01", "2023-03")

	stage, err := warehouse.Rehearse(t.Context(), dsn, ticking(), time.Second)
	must(t, err)
	j := w.asking()
	j.Warehouse, j.Notifier, j.Archive, j.Owner = stage, nobody{}, nil, "rehearsal"
	s, err := j.Run(t.Context(), jobs.Options{Silent: true, Rehearsal: true})
	must(t, err)
	if s.Count(jobs.Published) != 1 || s.Findings["fired"]+s.Findings["not_evaluable"] == 0 {
		t.Errorf("the rehearsal published %d months and found %v", s.Count(jobs.Published), s.Findings)
	}
	w.config.Lease.Wait = 0
	if _, err := w.run(t); !errors.Is(err, warehouse.ErrLeaseHeld) {
		t.Errorf("a run beside it: %v, want the lease to be held", err)
	}
	must(t, stage.Close())
	if diff := cmp.Diff(before, allTables(t, w)); diff != "" {
		t.Errorf("tables before (-) and after (+):\n%s", diff)
	}
	if kept, _ := filepath.Glob(filepath.Join(w.folder("2023-03", ""), "*", ".*")); len(kept) > 0 {
		t.Errorf("left behind: %v", kept)
	}
	s, err = w.run(t)
	must(t, err)
	if s.Count(jobs.Published) != 1 {
		t.Errorf("the run after it published %d months, want 1", s.Count(jobs.Published))
	}
}

// allTables is what every table holds; the locks of a rehearsal must not be
// met.
func allTables(t *testing.T, w *site) map[string]string {
	t.Helper()
	all := contents(t, w)
	for _, name := range []string{"etl_run", "job_lease"} {
		all[name] = digest(rows(t, w.db, "SELECT * FROM "+name))
	}
	return all
}
