package jobs_test

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/jobs"
)

// The story of 2023-06: delivered, then corrected by a second revision.
const (
	corrected    = "2023-06"
	correctedApp = "江苏政务服务"
)

// A revision is published, what depends on it is computed anew, and history
// keeps what was said before.
func TestRevision(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-12")
	w.mustRun(t)
	before := w.growth(t)
	w.revise(t, corrected, "r2", 2, tenthMore)
	summary := w.mustRun(t)

	var steps, judged []string
	for _, s := range summary.Steps {
		steps = append(steps, fmt.Sprintf("%s r%d %s", s.Month, s.Revision, s.Action))
	}
	for _, j := range summary.Judged {
		judged = append(judged, j.Month.String())
	}
	wantSteps := []string{
		"2023-06 r2 published",
		"2023-07 r1 recomputed", // the month before
		"2023-08 r1 recomputed", // July was no peak: June, beside it, is another
		"2023-12 r1 recomputed", // six months before, and the year
	}
	wantJudged := []string{"2023-06", "2023-07", "2023-08", "2023-09", "2023-10", "2023-11", "2023-12"}
	if diff := cmp.Diff(wantSteps, steps); diff != "" {
		t.Errorf("steps, want (-), got (+):\n%s", diff)
	}
	if diff := cmp.Diff(wantJudged, judged); diff != "" {
		t.Errorf("months judged, want (-), got (+):\n%s", diff)
	}
	t.Run("what depends on it moves", func(t *testing.T) { w.wantMoved(t, before) })
	t.Run("history keeps both", w.wantHistory)
	t.Run("an older revision changes nothing", w.wantOlderLeftAlone)
	t.Run("a rebuild gives the same", w.wantRebuilt)
}

// tenthMore corrects the app's devices.
func tenthMore(app string, devices *string) {
	if v, err := strconv.ParseFloat(*devices, 64); app == correctedApp && err == nil {
		*devices = strconv.FormatFloat(1.1*v, 'f', 1, 64)
	}
}

// growth is all that is in force of every app's changes, by month, indicator
// and app.
func (s *site) growth(t *testing.T) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	for _, r := range rows(t, s.db, `
		SELECT month_start, indicator, app_name, value FROM v_indicator
		 WHERE indicator IN ('mud', 'mom', 'cagr6') AND dimension = 'all' AND value IS NOT NULL`) {
		v, err := strconv.ParseFloat(r[3], 64)
		must(t, err)
		out[r[0][:7]+" "+r[1]+" "+r[2]] = v
	}
	return out
}

// wantMoved wants the corrected level, the changes against it and no other
// number to have moved, and those by as much as arithmetic says.
func (s *site) wantMoved(t *testing.T, before map[string]float64) {
	after := s.growth(t)
	june, december := "2023-06 mud "+correctedApp, "2023-12 cagr6 "+correctedApp
	want := map[string]bool{
		june: true, december: true,
		"2023-06 mom " + correctedApp: true, "2023-07 mom " + correctedApp: true,
	}
	for key, v := range after {
		if moved := v != before[key]; moved != want[key] {
			t.Errorf("%s: %g, before %g", key, v, before[key])
		}
	}
	factor := after[june] / before[june]
	if math.Abs(factor-1.1) > 1e-3 {
		t.Errorf("%s: %g times as much, want 1.1", june, factor)
	}
	level := after["2023-12 mud "+correctedApp]
	if want := math.Pow(level/after[june], 1.0/6) - 1; math.Abs(after[december]-want) > 1e-9 {
		t.Errorf("%s: %g, want %g", december, after[december], want)
	}
}

func (s *site) wantHistory(t *testing.T) {
	got := rows(t, s.db, `
		SELECT month_start, indicator, revision, superseded_at IS NULL,
		       COUNT(*) OVER (PARTITION BY month_start, indicator), COUNT(*) OVER (PARTITION BY month_start, indicator, value)
		  FROM v_indicator_history
		 WHERE app_id = ? AND dimension = 'all'
		   AND (month_start = '2023-06-01' AND indicator = 'mud' OR month_start = '2023-12-01' AND indicator = 'cagr6' OR
		        month_start = '2023-05-01' AND indicator = 'mud')
		 ORDER BY month_start, publication_id`, "jiangsuzhengwu")
	for _, r := range got {
		r[0] = r[0][:7]
	}
	want := [][]string{
		// month, indicator, revision, in force, kept, kept with this value
		{"2023-05", "mud", "1", "1", "1", "1"},
		{"2023-06", "mud", "1", "0", "2", "1"},
		{"2023-06", "mud", "2", "1", "2", "1"},
		{"2023-12", "cagr6", "1", "0", "2", "1"},
		{"2023-12", "cagr6", "1", "1", "2", "1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// wantOlderLeftAlone lets a first revision with other bytes arrive, beside
// the second and in its place: it is recorded as seen, once, and nothing else.
func (s *site) wantOlderLeftAlone(t *testing.T) {
	s.revise(t, corrected, "late", 1, func(_ string, devices *string) { *devices = "1.0" })
	before := contents(t, s)
	s.log.Reset()
	if summary := s.mustRun(t); summary.Count(jobs.Skipped) != 1 || len(summary.Steps) != 1 {
		t.Errorf("steps %+v, want one skipped", summary.Steps)
	}
	if !strings.Contains(s.log.String(), "an older revision does not replace a newer one") {
		t.Errorf("the log does not say why:\n%s", s.log.String())
	}
	got := rows(t, s.db, "SELECT status FROM etl_extract WHERE month_start = ? ORDER BY loaded_at, extract_id", corrected+"-01")
	if diff := cmp.Diff([][]string{{"loaded"}, {"loaded"}, {"older"}}, got); diff != "" {
		t.Errorf("deliveries of the month, want (-), got (+):\n%s", diff)
	}
	after := contents(t, s)
	for _, table := range []string{"etl_extract", "etl_file"} {
		before[table] = after[table]
	}
	away := s.folder(corrected, ".r2") // names with a dot are not looked at
	for _, place := range []string{"beside", "alone"} {
		if place == "alone" {
			must(t, os.Rename(s.folder(corrected, "r2"), away))
		}
		summary := s.mustRun(t)
		if diff := cmp.Diff(before, contents(t, s)); diff != "" || len(summary.Steps) > 0 {
			t.Errorf("%s: %d steps; before (-), after (+):\n%s", place, len(summary.Steps), diff)
		}
	}
	must(t, os.RemoveAll(s.folder(corrected, "late")))
	must(t, os.Rename(away, s.folder(corrected, "r2")))
}

// wantRebuilt loads the same inbox into a second warehouse, where the second
// revision is there from the start.
func (s *site) wantRebuilt(t *testing.T) {
	other := newSite(t)
	other.write(t, "2023-01", "2023-12")
	other.revise(t, corrected, "r2", 2, tenthMore)
	if summary := other.mustRun(t); summary.Count(jobs.Recomputed) > 0 || summary.Count(jobs.Published) != 12 {
		t.Errorf("steps: %+v; want 12 months published at once", summary.Steps)
	}
	for _, query := range inForce {
		if got, want := rows(t, s.db, query), rows(t, other.db, query); len(want) == 0 || !cmp.Equal(want, got) {
			t.Errorf("%s\n%d rows; built at once (-), revised (+):\n%s", query, len(want), cmp.Diff(want, got))
		}
	}
}

// inForce is all that readers see but for the ids of publications.
var inForce = []string{
	`SELECT source, month_start, indicator, app_id, dimension, member, value, se, n_devices, basis, flags, at_month, revision, synthetic
	   FROM v_indicator_all_sources ORDER BY 1, 2, 3, 4, 5, 6`,
	`SELECT source, month_start, list_name, app_id, place, mud_devices, mud_se_devices, previous_place, place_change, state, is_in_list, revision
	   FROM v_rank ORDER BY 1, 2, 3, 4`,
	`SELECT source, month_start, app_a, app_b, both_devices, se_both_devices, exclusive_a_ratio, exclusive_b_ratio, overlap_of_union_ratio, basis, flags, revision
	   FROM v_overlap ORDER BY 1, 2, 3, 4`,
	`SELECT source, month_start, app_id, network, hour, share_ratio, basis, revision FROM v_hourly ORDER BY 1, 2, 3, 4, 5`,
	`SELECT month_start, seq, verdict, severity, rule, also, app_id, list_name, dimension, member, value, se, expected, z, reason, text_zh, text_en
	   FROM v_finding ORDER BY 1, 2`,
}

// A warehouse that was filled when the content of deliveries was not kept yet
// is not filled anew.
func TestWarehouseOfBefore(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-03")
	w.mustRun(t)
	_, err := w.db.ExecContext(t.Context(), "UPDATE etl_extract SET content = '', identity = SHA2(identity, 256)")
	must(t, err)
	if s := w.mustRun(t); s.Count(jobs.Published)+s.Count(jobs.Skipped) > 0 {
		t.Errorf("steps %+v, want none published or skipped", s.Steps)
	}
	w.revise(t, "2023-02", "r2", 2, tenthMore)
	if s := w.mustRun(t); s.Count(jobs.Published) != 1 {
		t.Errorf("steps %+v, want the revision published", s.Steps)
	}
}
