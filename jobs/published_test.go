package jobs_test

import (
	"database/sql"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The report's three tables, as an analyst selects them: columns and order of
// rows are those of the page.
var publishedTables = []struct{ file, query string }{
	{"top20_government_apps_2023_12.csv", `
		SELECT place, app_name, region, mud_wan, dau_avg_wan, CONCAT(cagr6_percent, '%')
		  FROM v_top_list
		 WHERE list_name = '地方政务' AND month_start = '2023-12-01'
		 ORDER BY place, app_id`},
	{"unionpay_top15_provinces_2023_12.csv", `
		SELECT ROW_NUMBER() OVER (ORDER BY mud_devices DESC, member), member, ROUND(mud_devices / 10000, 1),
		       ROUND(tgi, 1), ROUND(uses_per_device_day, 1), ROUND(minutes_per_device_day, 1)
		  FROM v_app_segment
		 WHERE app_name = '云闪付' AND month_start = '2023-12-01' AND dimension = 'province' AND mud_devices IS NOT NULL
		 ORDER BY 1 LIMIT 15`},
	{"state_grid_top5_provinces_2023_12.csv", `
		SELECT ROW_NUMBER() OVER (ORDER BY mud_devices DESC, member), member, ROUND(mud_devices / 10000, 1), ROUND(tgi, 1)
		  FROM v_app_segment
		 WHERE app_name = '网上国网' AND month_start = '2023-12-01' AND dimension = 'province' AND mud_devices IS NOT NULL
		 ORDER BY 1 LIMIT 5`},
}

func TestPublishedTables(t *testing.T) {
	w := loaded(t)
	for _, table := range publishedTables {
		t.Run(table.file, func(t *testing.T) {
			want := sheet(t, filepath.Join("..", "etl", "sample", "published", table.file))
			if diff := cmp.Diff(want, rows(t, w.db, table.query)); diff != "" {
				t.Errorf("report (-), warehouse (+):\n%s", diff)
			}
		})
	}
}

// Growth over six months is computed from the history, not copied from the
// table that prints it; the concentration of provinces is computed too.
func TestPublishedIsComputed(t *testing.T) {
	w := loaded(t)
	got := rows(t, w.db, `
		SELECT i.indicator, i.basis, i.flags, COUNT(*), SUM(i.se > 0), MIN(i.synthetic <> '')
		  FROM v_indicator i
		  LEFT JOIN v_rank r ON r.app_id = i.app_id AND r.month_start = i.month_start AND r.list_name = '地方政务' AND r.is_in_list = 1
		 WHERE i.month_start = '2023-12-01'
		   AND (i.indicator = 'cagr6' AND r.app_id IS NOT NULL OR i.indicator = 'top_share' AND i.app_name = '网上国网' AND i.dimension = 'province')
		 GROUP BY i.indicator, i.basis, i.flags ORDER BY i.indicator`)
	want := [][]string{
		{"cagr6", "assumed", "", "20", "20", "1"},
		{"top_share", "assumed", "", "1", "1", "1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), warehouse (+):\n%s", diff)
	}
	share := rows(t, w.db, `
		SELECT ROUND(top_share_ratio * 100, 1) FROM v_app_segment
		 WHERE app_name = '网上国网' AND month_start = '2023-12-01' AND dimension = 'province' AND member = 'TOP'`)
	if diff := cmp.Diff([][]string{{"36.8"}}, share); diff != "" {
		t.Errorf("share of the five provinces in percent, report (-), warehouse (+):\n%s", diff)
	}
}

// sheet reads the rows below the header of a CSV file.
func sheet(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	must(t, err)
	return all[1:]
}

// rows reads the result of a query as text, NULL as "NULL".
func rows(t testing.TB, db *sql.DB, query string, args ...any) (out [][]string) {
	t.Helper()
	result, err := db.QueryContext(t.Context(), query, args...)
	must(t, err)
	defer result.Close()
	columns, err := result.Columns()
	must(t, err)
	for result.Next() {
		cells, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		must(t, result.Scan(into...))
		out = append(out, texts(cells))
	}
	must(t, result.Err())
	return out
}

func texts(cells []sql.NullString) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = c.String
		if !c.Valid {
			out[i] = "NULL"
		}
	}
	return out
}
