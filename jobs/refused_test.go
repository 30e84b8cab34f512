package jobs_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/jobs"
)

// The bad deliveries of TestRefused.
const (
	tampered  = "2023-02" // a file that is not what the manifest says
	corrupt   = "2023-03" // a file with too many bad rows
	badApps   = 2         // of 34: more than one in a hundred
	badDevice = "-5.0"
)

// A bad delivery is refused as a whole and named, its bad rows are kept, and
// the other months go on as if it had not come.
func TestRefused(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-04")
	w.spoil(t)
	summary, err := w.run(t)
	t.Run("the error names the files", func(t *testing.T) { wantDataErrors(t, err) })
	t.Run("other months go on", func(t *testing.T) {
		var got []string
		for _, s := range summary.Steps {
			got = append(got, fmt.Sprintf("%s %s %d rejected", s.Month, s.Action, s.Rows.Rejected))
		}
		want := []string{"2023-01 published 0 rejected", "2023-02 refused 0 rejected", "2023-03 refused 2 rejected", "2023-04 published 0 rejected"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	})
	t.Run("nothing of it is published", w.wantNothingOf)
	t.Run("its rows are kept", w.wantRejects)
	t.Run("again it is refused", func(t *testing.T) {
		summary, err := w.run(t)
		wantDataErrors(t, err)
		if got := summary.Count(jobs.Refused); got != 2 || len(summary.Steps) != 2 {
			t.Errorf("%d of %d steps refuse, want 2 of 2", got, len(summary.Steps))
		}
		w.wantRejects(t)
	})
	t.Run("a good revision heals it", w.wantHealed)
}

// spoil changes a byte of one delivery behind the manifest's back, and
// delivers another with negative devices.
func (s *site) spoil(t *testing.T) {
	t.Helper()
	path := filepath.Join(s.folder(tampered, "r1"), appMonth)
	content, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, []byte(strings.Replace(string(content), "1", "2", 1)), 0o644))
	bad := 0
	s.revise(t, corrupt, "r1", 1, func(_ string, devices *string) {
		if bad++; bad <= badApps {
			*devices = badDevice
		}
	})
}

// wantDataErrors wants one fault of the data for each bad delivery, in order,
// and nothing else.
func wantDataErrors(t *testing.T, err error) {
	t.Helper()
	faults := leaves(err)
	want := []string{"vendor " + tampered + " revision 1", "vendor " + corrupt + " revision 1"}
	reasons := []string{"sha256", `line 2: column 月独立设备数(万台): "-5.0": negative`}
	if len(faults) != len(want) {
		t.Fatalf("%d errors, want %d: %v", len(faults), len(want), err)
	}
	for i, fault := range faults {
		var data *extract.DataError
		if !errors.As(fault, &data) || data.File != appMonth || !strings.Contains(data.Error(), reasons[i]) {
			t.Errorf("error %v, want a *extract.DataError on %s about %s", fault, appMonth, reasons[i])
		}
		if !strings.HasPrefix(fault.Error(), want[i]) {
			t.Errorf("error %v, want it to begin with %s", fault, want[i])
		}
	}
}

// leaves are the errors that a join holds, joins within it opened.
func leaves(err error) (all []error) {
	join, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	for _, e := range join.Unwrap() {
		all = append(all, leaves(e)...)
	}
	return all
}

func (s *site) wantNothingOf(t *testing.T) {
	got := rows(t, s.db, `
		SELECT e.month_start, e.status, e.refusal LIKE '%app_month.csv%',
		       (SELECT COUNT(*) FROM publication p WHERE p.extract_id = e.extract_id),
		       (SELECT COUNT(*) FROM v_indicator_all_sources i WHERE i.month_start = e.month_start) > 0,
		       (SELECT COUNT(*) FROM v_rank r WHERE r.month_start = e.month_start) > 0
		  FROM etl_extract e ORDER BY e.month_start`)
	for _, r := range got {
		r[0] = r[0][:7]
	}
	want := [][]string{
		// month, status, file named, publications, indicators, ranks
		{"2023-01", "loaded", "0", "1", "1", "1"},
		{"2023-02", "refused", "1", "0", "0", "0"},
		{"2023-03", "refused", "1", "0", "0", "0"},
		{"2023-04", "loaded", "0", "1", "1", "1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	s.wantChangesOfApril(t, "as_delivered")
}

// wantChangesOfApril wants the flags of April's change on the month before:
// none where it is computed, as_delivered where March is refused and the
// vendor's own figure has to do.
func (s *site) wantChangesOfApril(t *testing.T, flags string) {
	t.Helper()
	got := rows(t, s.db, `
		SELECT DISTINCT flags FROM v_indicator
		 WHERE month_start = '2023-04-01' AND indicator = 'mom' AND dimension = 'all' ORDER BY flags`)
	if diff := cmp.Diff([][]string{{flags}}, got); diff != "" {
		t.Errorf("flags of April's month on month, want (-), got (+):\n%s", diff)
	}
}

func (s *site) wantRejects(t *testing.T) {
	t.Helper()
	got := rows(t, s.db, `
		SELECT f.name, r.line, r.column_name, r.raw_value, r.rule, r.hint <> ''
		  FROM etl_reject r
		  JOIN etl_extract e ON e.extract_id = r.extract_id
		  JOIN etl_file f ON f.extract_id = r.extract_id AND f.position = r.file_position
		 WHERE e.month_start = ? ORDER BY r.seq`, corrupt+"-01")
	want := [][]string{
		{appMonth, "2", columnDevices, badDevice, "negative", "1"},
		{appMonth, "3", columnDevices, badDevice, "negative", "1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	books := rows(t, s.db, `
		SELECT f.rows_read - f.rows_loaded, f.rows_rejected FROM etl_file f
		  JOIN etl_extract e ON e.extract_id = f.extract_id
		 WHERE e.month_start = ? AND f.name = ?`, corrupt+"-01", appMonth)
	if diff := cmp.Diff([][]string{{"2", "2"}}, books); diff != "" {
		t.Errorf("rows not loaded and rejected, want (-), got (+):\n%s", diff)
	}
}

// wantHealed delivers the month again with plausible numbers: it is
// published, and what needs it as a base is computed.
func (s *site) wantHealed(t *testing.T) {
	s.revise(t, corrupt, "r2", 2, func(_ string, devices *string) {
		if *devices == badDevice {
			*devices = "5000.0"
		}
	})
	summary, err := s.run(t)
	if err == nil {
		t.Errorf("no error, want %s refused still", tampered)
	}
	var got []string
	for _, step := range summary.Steps {
		got = append(got, fmt.Sprintf("%s r%d %s", step.Month, step.Revision, step.Action))
	}
	want := []string{"2023-02 r1 refused", "2023-03 r2 published", "2023-04 r1 recomputed"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	s.wantChangesOfApril(t, "")
}

// A manifest that cannot be read is named with its place; the rest of the
// source goes on.
func TestBadManifest(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-03")
	must(t, os.WriteFile(filepath.Join(w.folder("2023-02", "r1"), extract.ManifestName), []byte("{\n \"vendor\": 3}"), 0o644))
	summary, err := w.run(t)
	var data *extract.DataError
	if !errors.As(err, &data) || data.File != "2023-02/r1/manifest.json" || data.Line != 2 {
		t.Errorf("error %v, want a *extract.DataError on line 2 of 2023-02/r1/manifest.json", err)
	}
	if summary.Count(jobs.Published) != 2 || len(summary.Steps) != 2 {
		t.Errorf("steps %+v, want the two other months published", summary.Steps)
	}
}
