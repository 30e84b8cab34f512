package jobs_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/jobs"
)

// A second run finds everything done: nothing is read, published or judged,
// and not a byte of the warehouse changes but for the lease.
func TestSecondRunChangesNothing(t *testing.T) {
	w := loaded(t)
	before := contents(t, w)
	s := w.mustRun(t)
	if diff := cmp.Diff(before, contents(t, w)); diff != "" {
		t.Errorf("before (-), after the second run (+):\n%s", diff)
	}
	if len(s.Steps) > 0 || len(s.Judged) > 0 || len(s.Findings) > 0 || s.Rows.Read > 0 || s.Messages["written"] > 0 {
		t.Errorf("the second run did something: %+v", s)
	}
}

// What the test above compares is what a run writes.
func TestFirstRunFillsTheWarehouse(t *testing.T) {
	w := loaded(t)
	got := rows(t, w.db, `
		SELECT (SELECT COUNT(*) FROM current_publication), (SELECT COUNT(*) FROM publication), (SELECT COUNT(*) FROM etl_extract WHERE status = 'loaded'),
		       (SELECT COUNT(*) FROM judgement WHERE is_current = 1), (SELECT COUNT(*) FROM etl_reject), (SELECT COUNT(*) FROM message),
		       (SELECT SUM(rows_read - rows_loaded) FROM etl_file)`)
	if diff := cmp.Diff([][]string{{"48", "48", "48", "48", "0", "0", "0"}}, got); diff != "" {
		t.Errorf("publications in force, publications, deliveries, judgements, rejects, messages, rows not loaded; want (-), got (+):\n%s", diff)
	}
	for table, digest := range contents(t, w) {
		if strings.HasPrefix(digest, "0 rows") != slices.Contains(empty, table) {
			t.Errorf("table %s has %s", table, digest)
		}
	}
}

// empty are the tables that a silent run on aggregate extracts leaves so.
var empty = []string{"etl_reject", "message", "response", "silence", "panel_estimate", "panel_overlap", "panel_daily", "panel_device", "panel_usage"}

// Narrowed down, a run touches the months asked for and no others.
func TestRunKeepsToItsMonths(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-04")
	summary, err := w.runWith(t, jobs.Options{Silent: true, From: month("2023-02"), To: month("2023-03")})
	must(t, err)
	var done []string
	for _, s := range summary.Steps {
		done = append(done, s.Month.String()+" "+s.Action)
	}
	if diff := cmp.Diff([]string{"2023-02 published", "2023-03 published"}, done); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// contents is a digest of every table's rows in order of their primary key,
// without the tables that every run writes.
func contents(t *testing.T, w *site) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, r := range rows(t, w.db, `
		SELECT c.table_name, GROUP_CONCAT(CASE WHEN c.column_key = 'PRI' THEN c.column_name END ORDER BY c.ordinal_position)
		  FROM information_schema.columns c
		  JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
		 WHERE c.table_schema = DATABASE() GROUP BY c.table_name`) {
		if table, key := r[0], r[1]; table != "etl_run" && table != "job_lease" && !strings.HasPrefix(table, "goose") {
			out[table] = digest(rows(t, w.db, "SELECT * FROM "+table+" ORDER BY "+key))
		}
	}
	return out
}

func digest(rows [][]string) string {
	h := sha256.New()
	for _, r := range rows {
		_, _ = io.WriteString(h, fmt.Sprintf("%q\n", r))
	}
	return fmt.Sprintf("%d rows %x", len(rows), h.Sum(nil))
}
