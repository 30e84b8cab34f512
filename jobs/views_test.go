package jobs_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// v_app_month looks every indicator up by its key; v_app_segment reads the
// tables. Both say what v_indicator says, row for row.
func TestWideViewsAreTheIndicators(t *testing.T) {
	w := loaded(t)
	for view, is := range map[string]string{"v_app_month": "= 'all'", "v_app_segment": "NOT IN ('all', 'period', 'hour')"} {
		got := rows(t, w.db, fmt.Sprintf(`
			SELECT COUNT(*), SUM(mud_devices), SUM(mud_se_devices), SUM(uses_per_device_day), SUM(minutes_per_device_day) FROM %s`, view))
		want := rows(t, w.db, fmt.Sprintf(`
			SELECT COUNT(DISTINCT month_start, app_id, dimension, member),
			       SUM(CASE WHEN indicator = 'mud' THEN value END), SUM(CASE WHEN indicator = 'mud' THEN se END),
			       SUM(CASE WHEN indicator = 'uses_per_device_day' THEN value END), SUM(CASE WHEN indicator = 'minutes_per_device_day' THEN value END)
			  FROM v_indicator WHERE dimension %s AND app_id <> '*'`, is))
		got[0][2], want[0][2] = got[0][2][:10], want[0][2][:10] // a sum of doubles, in another order
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("rows and sums of v_indicator (-), %s (+):\n%s", view, diff)
		}
	}
	for column, indicator := range map[string]string{
		"mud_devices": "mud", "dau_avg_devices": "dau_avg", "mom_ratio": "mom", "yoy_ratio": "yoy", "cagr6_ratio": "cagr6",
		"penetration_all_ratio": "penetration_all", "penetration_industry_ratio": "penetration_industry",
		"uses_per_device_day": "uses_per_device_day", "minutes_per_device_day": "minutes_per_device_day",
		"is_record_high": "record_high", "annual_peak_devices": "annual_peak",
	} {
		got := rows(t, w.db, fmt.Sprintf(`
			SELECT COUNT(*) FROM v_app_month v
			  LEFT JOIN v_indicator i ON i.month_start = v.month_start AND i.app_id = v.app_id
			   AND i.dimension = 'all' AND i.member = 'all' AND i.indicator = '%s'
			 WHERE v.month_start >= '2023-07-01' AND NOT (v.%s <=> i.value AND v.source <=> COALESCE(i.source, v.source))`, indicator, column))
		if diff := cmp.Diff([][]string{{"0"}}, got); diff != "" {
			t.Errorf("rows of v_app_month whose %s is not %s; want (-), got (+):\n%s", column, indicator, diff)
		}
	}
}

// An app of which only the daily average was delivered has a row all the same.
func TestAppMonthWithoutMUD(t *testing.T) {
	w := loaded(t)
	tx, err := w.db.BeginTx(t.Context(), nil)
	must(t, err)
	defer func() { _ = tx.Rollback() }()
	_, err = tx.ExecContext(t.Context(), `
		DELETE i FROM indicator i JOIN publication p ON p.publication_id = i.publication_id
		 WHERE p.month_start = '2023-12-01' AND i.app_id = 'zheliban' AND i.indicator <> 'dau_avg'`)
	must(t, err)
	var got string
	must(t, tx.QueryRowContext(t.Context(), `
		SELECT CONCAT(ROUND(dau_avg_devices), ' ', mud_devices IS NULL) FROM v_app_month
		 WHERE app_name = '浙里办' AND month_start = '2023-12-01'`).Scan(&got))
	if got != "718000 1" {
		t.Errorf("daily average and whether the month's devices are NULL: %s, want 718000 1", got)
	}
}

// v_app_segment does not look for indicators whose grain says that only whole
// apps have them. None of those has a member.
func TestGrainsOfMembers(t *testing.T) {
	w := loaded(t)
	const whole = "FROM dim_indicator d JOIN indicator i ON i.indicator = d.indicator WHERE d.grain IN ('month', 'month x app', 'year x app, in December')"
	got := rows(t, w.db, "SELECT COUNT(DISTINCT d.indicator) > 10, SUM(i.dimension NOT IN ('all', 'period', 'hour')) "+whole)
	if got[0][0] != "1" || got[0][1] != "0" {
		t.Errorf("more than ten indicators of whole apps: %s, rows of members: %s; want 1 and 0", got[0][0], got[0][1])
	}
}
