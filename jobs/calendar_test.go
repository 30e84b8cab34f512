package jobs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The exposure of each month and profile stands in the warehouse: of Spring
// Festival, which moves, of presales with their dates, of the filing season.
func TestExposureOfMonthsIsInTheWarehouse(t *testing.T) {
	s := newSite(t)
	s.write(t, "2023-12", "2023-12")
	s.mustRun(t)
	got := rows(t, s.db, `
		SELECT month_start, profile, window_zh, first_day, last_day, ROUND(share_ratio, 3), holiday_sale_day, month_off_days
		  FROM v_calendar
		 WHERE kind <> 'course' AND (profile = 'gov' AND month_start BETWEEN '2024-01-01' AND '2024-02-01'
		    OR profile = 'rail' AND month_start = '2023-09-01' OR profile = 'tax' AND month_start = '2023-06-01' OR profile = 'none')
		 ORDER BY month_start, profile, first_day`)
	for _, r := range got {
		for i, v := range r {
			if len(v) > 10 && v[4] == '-' {
				r[i] = v[:10]
			}
		}
	}
	want := [][]string{
		{"2023-06-01", "tax", "个税年度汇算申报期", "2023-03-01", "2023-06-30", "0.246", "NULL", "3"},
		{"2023-09-01", "rail", "国庆节预售", "2023-09-15", "2023-09-29", "1", "2023-09-17", "2"},
		{"2024-01-01", "gov", "春节前半月", "2024-01-26", "2024-02-09", "0.4", "NULL", "1"},
		{"2024-02-01", "gov", "春节前半月", "2024-01-26", "2024-02-09", "0.6", "NULL", "8"},
		{"2024-02-01", "gov", "春节后半月", "2024-02-10", "2024-02-24", "1", "NULL", "8"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}
