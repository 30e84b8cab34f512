package jobs_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/configs"
	"panelwatch/etl/archive"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

// worn is a site with a story: November was corrected three times before the
// next month came, and October once after it had been told.
func worn(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.named(t, "天津人社保", "津社保")
	tell := func() {
		t.Helper()
		_, err := s.runWith(t, jobs.Options{})
		must(t, err)
	}
	s.small(t, "r1", "2023-10", 1, "1000")
	tell()
	s.small(t, "r1", "2023-11", 1, "1000")
	tell()
	for i, devices := range []string{"1100", "1200", "1300"} {
		s.small(t, "r"+string(rune('2'+i)), "2023-11", 2+i, devices)
		tell()
	}
	s.small(t, "r1", "2023-12", 1, "1000")
	tell()
	s.small(t, "r2", "2023-10", 2, "1500")
	tell()
	for _, statement := range []string{
		"INSERT INTO etl_reject (extract_id, seq, file_position, line, column_name, raw_value, rule, hint) SELECT extract_id, 1, 0, 2, 'x', 'y', 'type', 'a row held back' FROM etl_extract",
		"INSERT INTO etl_run (run_id, job, started_at, finished_at, exit_code, code_version, config_hash) VALUES ('idle', 'run', '2024-01-01', '2024-01-01', 0, 'x', 'x')",
		"INSERT INTO etl_run (run_id, job, started_at, finished_at, exit_code, code_version, config_hash) VALUES ('test', 'run', '2024-01-01', '2024-01-01', 0, 'x', 'x')",
	} {
		_, err := s.db.Exec(statement)
		must(t, err)
	}
	return s
}

// years is a job of that many years later, with everything spent given up.
func (s *site) years(n int, r configs.Retention) jobs.Job {
	j := s.asking()
	s.config.Retention = r
	j.Config, j.Owner = s.config, "pruner"
	j.Now = func() time.Time { return time.Date(2024+n, 1, 12, 0, 0, 0, 0, time.UTC) }
	return j
}

var everything = configs.Retention{Superseded: 1, Rejects: 1, Runs: 1, Archive: 1}

// pruneViews are those that show what is in force, what was first published and
// what was told.
var pruneViews = []string{
	"v_indicator", "v_indicator_all_sources", "v_indicator_first", "v_app_month", "v_app_segment", "v_rank", "v_top_list",
	"v_overlap", "v_hourly", "v_finding", "v_panel_estimate", "v_calendar",
}

func (s *site) shown(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, v := range pruneViews {
		got := rows(t, s.db, "SELECT * FROM "+v)
		lines := make([]string, len(got))
		for i, r := range got {
			lines[i] = strings.Join(r, "|")
		}
		slices.Sort(lines)
		out[v] = digest([][]string{lines})
	}
	out["messages"] = digest(rows(t, s.db, "SELECT * FROM message ORDER BY message_id"))
	return out
}

func (s *site) publications(t *testing.T) (ids []string) {
	t.Helper()
	for _, r := range rows(t, s.db, "SELECT publication_id, month_start, revision FROM publication ORDER BY publication_id") {
		ids = append(ids, r[0]+" "+r[1][:7]+" r"+r[2])
	}
	return ids
}

func TestPruneLeavesWhatIsNeeded(t *testing.T) {
	s := worn(t)
	before, all, stored := s.shown(t), s.publications(t), contents(t, s)
	told := rows(t, s.db, "SELECT trace_id FROM v_finding WHERE trace_id <> '' ORDER BY month_start, seq")

	kept, err := s.years(10, configs.Retention{}).Prune(t.Context(), false)
	must(t, err)
	if diff := cmp.Diff(stored, contents(t, s)); diff != "" {
		t.Errorf("without a policy something went: %+v\n%s", kept, diff)
	}
	plan, err := s.years(10, everything).Prune(t.Context(), true)
	must(t, err)
	if diff := cmp.Diff(stored, contents(t, s)); diff != "" {
		t.Errorf("the dry run wrote:\n%s", diff)
	}
	if lease := rows(t, s.db, "SELECT COUNT(*) FROM job_lease WHERE owner = 'pruner'"); lease[0][0] != "0" {
		t.Error("the dry run took the lease")
	}
	done, err := s.years(10, everything).Prune(t.Context(), false)
	must(t, err)
	s.wantAsPlanned(t, plan, done)

	var gone []string
	left := s.publications(t)
	for _, p := range all {
		if !strings.Contains(strings.Join(left, "\n"), p) {
			gone = append(gone, strings.SplitN(p, " ", 2)[1])
		}
	}
	if diff := cmp.Diff([]string{"2023-11 r2", "2023-11 r3"}, gone); diff != "" {
		t.Errorf("publications that went, want (-), got (+):\n%s", diff)
	}
	if diff := cmp.Diff(before, s.shown(t)); diff != "" {
		t.Errorf("what people see, before (-), after (+):\n%s", diff)
	}
	if n := rows(t, s.db, "SELECT COUNT(*) FROM etl_reject")[0][0]; n != "3" {
		t.Errorf("%s rejects are kept, want those of the three months in force", n)
	}
	if left := rows(t, s.db, "SELECT run_id FROM etl_run"); len(left) != 1 || left[0][0] != "test" {
		t.Errorf("runs %v are kept, want the one that published", left)
	}
	if len(told) == 0 {
		t.Fatal("nothing was told")
	}
	tracer := s.asking().Tracer()
	for _, id := range told {
		if x, err := tracer.Trace(t.Context(), id[0]); err != nil || !x.Equal {
			t.Errorf("trace %s: equal %t, %v", id[0], x.Equal, err)
		}
	}
	s.wantNothingNew(t, before)
}

// wantAsPlanned: the run did what the dry run said, row for row and byte for
// byte, and there is nothing left to do.
func (s *site) wantAsPlanned(t *testing.T, plan, done jobs.Pruned) {
	t.Helper()
	size := func(p jobs.Pruned) (out []warehouse.Share) {
		for _, x := range p.Tables {
			out = append(out, warehouse.Share{Table: x.Table, Rows: x.Rows, Bytes: x.Bytes})
		}
		return out
	}
	sizeOf := func(w archive.Waste) [3]int64 { return [3]int64{int64(w.Records), int64(w.Objects), w.Bytes} }
	if diff := cmp.Diff(size(plan), size(done), cmp.AllowUnexported(warehouse.Share{})); diff != "" || sizeOf(plan.Archive) != sizeOf(done.Archive) {
		t.Errorf("planned %+v, done %+v\n%s", plan, done, diff)
	}
	if done.Archive.Records != 2 || done.Archive.Objects == 0 || done.Archive.Bytes == 0 {
		t.Errorf("of the archive went %+v, want the two deliveries", done.Archive)
	}
	again, err := s.years(10, everything).Prune(t.Context(), false)
	must(t, err)
	for _, x := range again.Tables {
		if x.Rows != 0 {
			t.Errorf("again: %d rows of %s", x.Rows, x.Table)
		}
	}
	if again.Archive.Objects != 0 || again.Archive.Records != 0 {
		t.Errorf("again: %+v of the archive", again.Archive)
	}
}

// wantNothingNew: a run with the same inbox publishes and tells nothing.
func (s *site) wantNothingNew(t *testing.T, before map[string]string) {
	t.Helper()
	summary, err := s.runWith(t, jobs.Options{})
	must(t, err)
	if summary.Messages["written"] != 0 || len(summary.Judged) != 0 {
		t.Errorf("a run after it: %d messages, %d months judged", summary.Messages["written"], len(summary.Judged))
	}
	if diff := cmp.Diff(before, s.shown(t)); diff != "" {
		t.Errorf("a run after it changed, before (-), after (+):\n%s", diff)
	}
}

// What an interrupted pruning leaves, the next one finds; nobody sees the
// difference meanwhile.
func TestPruneMayBeBrokenOff(t *testing.T) {
	whole, broken := worn(t), worn(t)
	before := broken.shown(t)
	_, err := whole.years(10, everything).Prune(t.Context(), false)
	must(t, err)

	_, err = broken.db.Exec("DELETE FROM publication WHERE month_start = '2023-11-01' AND revision IN (2, 3)") // its first transaction
	must(t, err)
	_, err = broken.db.Exec("DELETE FROM indicator WHERE publication_id NOT IN (SELECT publication_id FROM publication) LIMIT 3") // and a part of the next
	must(t, err)
	if diff := cmp.Diff(before, broken.shown(t)); diff != "" {
		t.Errorf("broken off, before (-), then (+):\n%s", diff)
	}
	_, err = broken.years(10, everything).Prune(t.Context(), false)
	must(t, err)
	want, got := contents(t, whole), contents(t, broken)
	delete(want, "etl_extract") // it names the inbox
	delete(got, "etl_extract")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("in one go (-), broken off and done again (+):\n%s", diff)
	}
}

// Another run holds the lease: nothing is pruned beside it.
func TestPruneWaitsForTheLease(t *testing.T) {
	s := worn(t)
	lease, _, err := s.house.Claim(t.Context(), "panelwatch", "a run", time.Minute, 0)
	must(t, err)
	defer func() { must(t, lease.Release()) }()
	s.config.Lease.Wait = 0
	before := s.publications(t)
	if _, err := s.years(10, everything).Prune(t.Context(), false); err == nil || !strings.Contains(err.Error(), "a run") {
		t.Errorf("%v, want the lease held by a run", err)
	}
	if diff := cmp.Diff(before, s.publications(t)); diff != "" {
		t.Error(diff)
	}
}

// What is younger than the policy says stays.
func TestPruneGoesByAge(t *testing.T) {
	s := worn(t)
	before := contents(t, s)
	_, err := s.years(10, configs.Retention{Superseded: 200, Rejects: 200, Archive: 200}).Prune(t.Context(), false)
	must(t, err)
	if diff := cmp.Diff(before, contents(t, s)); diff != "" {
		t.Error(diff)
	}
}
