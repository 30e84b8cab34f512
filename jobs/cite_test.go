package jobs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Over four years every finding that has a value names a published number of
// its subject, and says what that number says.
func TestFindingsNameTheirNumbers(t *testing.T) {
	w := loaded(t)
	nameless := rows(t, w.db, "SELECT month_start, seq, rule, value FROM v_finding WHERE value IS NOT NULL AND trace_id = '' LIMIT 5")
	if len(nameless) > 0 {
		t.Errorf("findings with a value and no id, such as %v", nameless)
	}
	numbers := rows(t, w.db, `
		SELECT f.indicator, f.unit, SUM(COALESCE(i.trace_id, '') <> f.trace_id),
		       SUM(NOT COALESCE(ABS(i.value - f.value) <= 0.000000001 + 0.000001 * ABS(f.value), 0))
		  FROM v_finding f
		  LEFT JOIN v_indicator_history i ON i.publication_id = CAST(SUBSTRING_INDEX(f.trace_id, '-', 1) AS SIGNED)
		   AND i.indicator = f.indicator AND i.app_id = f.app_id AND i.dimension = f.dimension AND i.member = f.member
		 WHERE f.trace_id <> '' AND f.indicator <> 'rank'
		 GROUP BY f.indicator, f.unit ORDER BY f.indicator, f.unit`)
	want := [][]string{
		{"cagr6", "ratio", "0", "0"},
		{"mud", "devices", "0", "0"},
		{"penetration_all", "ratio", "0", "0"},
		{"share", "ratio", "0", "0"},
		{"top_share", "ratio", "0", "0"},
		{"yoy", "ratio", "0", "0"},
	}
	if diff := cmp.Diff(want, numbers); diff != "" {
		t.Errorf("indicator, unit, other ids, other values; want (-), got (+):\n%s", diff)
	}
	places := rows(t, w.db, `
		SELECT COUNT(*) > 0, SUM(COALESCE(r.trace_id, '') <> f.trace_id), SUM(COALESCE(r.place, 0) <> f.value)
		  FROM v_finding f
		  LEFT JOIN v_rank r ON r.month_start = f.month_start AND r.list_name = f.list_name AND r.app_id = f.app_id
		 WHERE f.indicator = 'rank'`)
	if diff := cmp.Diff([][]string{{"1", "0", "0"}}, places); diff != "" {
		t.Errorf("places: some, other ids, other values; want (-), got (+):\n%s", diff)
	}
}
