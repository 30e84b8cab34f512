package jobs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/jobs"
)

// A warehouse that is built from nothing but the archive shows what the first
// one shows, whatever became of the deliveries in between.
func TestRebuiltFromTheArchive(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-05")
	w.mustRun(t)
	w.revise(t, "2023-02", "r2", 2, tenthMore) // a correction
	w.mustRun(t)
	w.revise(t, "2023-03", "r2", 2, tenthMore) // refused: not what its manifest says
	must(t, os.Truncate(filepath.Join(w.folder("2023-03", "r2"), appMonth), 100))
	if _, err := w.run(t); err == nil {
		t.Fatal("a damaged delivery was not refused")
	}
	w.revise(t, "2023-02", "late", 1, func(_ string, devices *string) { *devices = "1.0" })
	w.revise(t, "2023-04", "again", 1, tenthMore) // the same number, other bytes
	w.runAnyway(t)

	other := newSite(t)
	records, err := w.bytes.Records(t.Context(), "vendor", 0)
	must(t, err)
	if len(records) != 9 {
		t.Errorf("%d deliveries in the archive, want 9", len(records))
	}
	for _, r := range records {
		dir := filepath.Join(other.inbox, r.Source, r.Month.String(), fmt.Sprintf("%03d-r%d", r.Arrival, r.Revision))
		must(t, w.bytes.Restore(t.Context(), r, dir))
	}
	if summary := other.runAnyway(t); summary.Count(jobs.Published) != 5 {
		t.Errorf("steps: %+v; want 5 months published", summary.Steps)
	}
	for _, query := range inForce {
		if got, want := rows(t, other.db, query), rows(t, w.db, query); len(want) == 0 || !cmp.Equal(want, got) {
			t.Errorf("%s\n%d rows; first (-), rebuilt (+):\n%s", query, len(want), cmp.Diff(want, got))
		}
	}
}

// runAnyway runs the job once, whatever it refuses.
func (s *site) runAnyway(t *testing.T) jobs.Summary {
	t.Helper()
	summary, _ := s.run(t)
	return summary
}

// Every file that was read can be found in the archive, byte for byte.
func TestFilesPointToTheirBytes(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-01")
	w.mustRun(t)
	records, err := w.bytes.Records(t.Context(), "vendor", month("2023-01"))
	must(t, err)
	for _, r := range rows(t, w.db, "SELECT name, archived_sha256 = sha256 FROM etl_file") {
		if r[1] != "1" || records[0].Sum(r[0]) == "" {
			t.Errorf("%s has no bytes in the archive", r[0])
		}
	}
	got := rows(t, w.db, "SELECT manifest_sha256 FROM etl_extract")
	if diff := cmp.Diff([][]string{{records[0].Manifest.SHA256}}, got); diff != "" {
		t.Errorf("manifest, archive (-), warehouse (+):\n%s", diff)
	}
}
