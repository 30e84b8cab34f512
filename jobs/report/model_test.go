package report_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/panel"
	"panelwatch/jobs/report"
	"panelwatch/sql/warehouse"
)

// Every exhibit that has a view is in the report, in the order of the pages;
// all others are said to be left out.
func TestEveryExhibitIsInTheReport(t *testing.T) {
	w := loaded(t)
	views := w.column(t, `SELECT UPPER(RIGHT(table_name, 3)) FROM information_schema.tables
		WHERE table_schema = DATABASE() AND table_name LIKE 'v_exhibit_e%' ORDER BY table_name`)
	r := w.build(t, "2023-12")
	var shown, all []string
	for _, s := range r.Sections {
		shown = append(shown, s.ID)
		if len(s.Findings) == 0 || len(s.Charts) == 0 || len(s.Table.Rows) == 0 || len(s.Sources) == 0 {
			t.Errorf("%s: %d findings, %d charts, %d rows, %d sources", s.ID, len(s.Findings), len(s.Charts), len(s.Table.Rows), len(s.Sources))
		}
	}
	if diff := cmp.Diff(views, shown); diff != "" {
		t.Errorf("views (-), sections (+):\n%s", diff)
	}
	all = slices.Clone(shown)
	for _, a := range r.Without {
		all = append(all, a.ID)
	}
	slices.Sort(all)
	var want []string
	for i := range 34 {
		want = append(want, fmt.Sprintf("E%02d", i+1))
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Errorf("pages (-), said to be there or left out (+):\n%s", diff)
	}
}

// The three printed tables are in the report, digit for digit.
func TestReportHoldsThePublishedTables(t *testing.T) {
	r := loaded(t).build(t, "2023-12")
	for _, table := range []struct {
		id, file string
		columns  []string
	}{
		{"E15", "state_grid_top5_provinces_2023_12.csv", []string{"place", "province", "mud_devices", "tgi"}},
		{"E27", "top20_government_apps_2023_12.csv", []string{"place", "app_name", "region", "mud_devices", "dau_avg_devices", "cagr6_ratio"}},
		{"E31", "unionpay_top15_provinces_2023_12.csv", []string{"place", "province", "mud_devices", "tgi", "uses_per_device_day", "minutes_per_device_day"}},
	} {
		want := published(t, table.file)
		if diff := cmp.Diff(want, printed(section(t, r, table.id), table.columns)); diff != "" {
			t.Errorf("%s: published (-), report (+):\n%s", table.id, diff)
		}
	}
}

// published reads one of the report's tables, without its heading.
func published(t *testing.T, file string) (rows [][]string) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "etl", "sample", "published", file))
	must(t, err)
	defer func() { _ = f.Close() }()
	in := csv.NewReader(f)
	in.Comment = '#'
	all, err := in.ReadAll()
	must(t, err)
	return all[1:]
}

// printed is a table as the page shows it, with the signs of the sheets.
func printed(s report.Section, columns []string) (rows [][]string) {
	for _, row := range s.Table.Rows {
		var cells []string
		for _, name := range columns {
			i := indexOf(s, name)
			shown := s.Table.Columns[i].Shown(row[i])
			if name == "cagr6_ratio" {
				shown = strings.NewReplacer("−", "-", "+", "").Replace(shown) + "%"
			}
			cells = append(cells, shown)
		}
		rows = append(rows, cells)
	}
	return rows
}

func section(t *testing.T, r report.Report, id string) report.Section {
	t.Helper()
	for _, s := range r.Sections {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no section %s", id)
	return report.Section{}
}

func indexOf(s report.Section, column string) int {
	return slices.IndexFunc(s.Table.Columns, func(c report.Column) bool { return c.Name == column })
}

// Each column that a view rounds itself is what the report prints.
func TestPrintedNumbersAreThoseOfTheViews(t *testing.T) {
	w := loaded(t)
	r := w.build(t, "2023-12")
	for _, c := range []struct{ id, rounded, column string }{
		{"E02", "mud_yi", "mud_devices"},
		{"E03", "mud_wan", "mud_devices"},
		{"E04", "mud_wan", "mud_devices"},
		{"E04", "peak_penetration_percent", "peak_penetration_ratio"},
		{"E06", "mud_wan", "mud_devices"},
		{"E08", "mud_wan", "mud_devices"},
		{"E09", "share_percent", "share_ratio"},
		{"E12", "mud_wan", "mud_devices"},
		{"E14", "mud_wan", "mud_devices"},
		{"E15", "tgi_printed", "tgi"},
		{"E15", "top_share_percent", "top_share_ratio"},
		{"E16", "share_percent", "share_ratio"},
		{"E18", "mud_wan", "mud_devices"},
		{"E20", "mud_wan", "mud_devices"},
		{"E21", "share_percent", "share_ratio"},
		{"E23", "mud_wan", "mud_devices"},
		{"E25", "share_percent", "share_ratio"},
		{"E27", "dau_avg_wan", "dau_avg_devices"},
		{"E28", "penetration_industry_percent", "penetration_industry_ratio"},
		{"E29", "both_wan", "both_devices"},
		{"E29", "exclusive_b_percent", "exclusive_b_ratio"},
		{"E30", "share_percent", "share_ratio"},
		{"E33", "mud_wan", "mud_devices"},
		{"E34", "share_percent", "share_ratio"},
	} {
		s := section(t, r, c.id)
		i := indexOf(s, c.column)
		var got []string
		for _, row := range s.Table.Rows {
			got = append(got, s.Table.Columns[i].Shown(row[i]))
		}
		want := w.column(t, fmt.Sprintf("SELECT %s FROM v_exhibit_%s WHERE month_start BETWEEN '%s' AND '2023-12-01'",
			c.rounded, strings.ToLower(c.id), firstMonth(s)))
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s of the view (-), %s of the report (+):\n%s", c.id, c.rounded, c.column, diff)
		}
	}
}

// firstMonth is the first day of a table, that of the report if it has no
// months.
func firstMonth(s report.Section) string {
	if i := indexOf(s, "month_start"); i >= 0 {
		first := "9999-99"
		for _, row := range s.Table.Rows {
			first = min(first, row[i].Text)
		}
		return first + "-01"
	}
	return "2023-12-01"
}

// What a view has in full, the report has in full: as many numbers, with the
// same sum and the same sum of errors.
func TestSumsAreThoseOfTheViews(t *testing.T) {
	w := loaded(t)
	r := w.build(t, "2023-12")
	for id, se := range map[string]string{
		"E06": "mud_se_devices", "E08": "mud_se_devices", "E12": "mud_se_devices", "E13": "mud_se_devices", "E27": "mud_se_devices", "E33": "mud_se_devices",
	} {
		s := section(t, r, id)
		i := indexOf(s, "mud_devices")
		var sum, errs float64
		for _, row := range s.Table.Rows {
			sum += row[i].Number
			errs += row[i].SE
		}
		where := fmt.Sprintf("FROM v_exhibit_%s WHERE month_start BETWEEN '%s' AND '2023-12-01'", strings.ToLower(id), firstMonth(s))
		want := w.column(t, fmt.Sprintf("SELECT CAST(SUM(mud_devices) AS SIGNED) %s UNION ALL SELECT CAST(ROUND(SUM(%s)) AS SIGNED) %s", where, se, where))
		got := []string{fmt.Sprintf("%.0f", sum), fmt.Sprintf("%.0f", errs)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: sums of the view (-), of the report (+):\n%s", id, diff)
		}
	}
}

// A number that is not there says why, and is never zero.
func TestAbsentNumbersSayWhy(t *testing.T) {
	r := loaded(t).build(t, "2023-12")
	absent := 0
	for _, s := range r.Sections {
		notes := map[string]bool{}
		for _, n := range s.Table.Notes {
			notes[n.Mark] = true
		}
		for y, row := range s.Table.Rows {
			for x, cell := range row {
				for _, mark := range cell.Marks {
					if !notes[mark] {
						t.Errorf("%s row %d: no note %s", s.ID, y+1, mark)
					}
				}
				if !cell.Absent {
					continue
				}
				absent++
				c := s.Table.Columns[x]
				if c.Shown(cell) != "—" || cell.Why.Zh == "" || cell.Why.En == "" || len(cell.Marks) != 1 || !math.IsNaN(cell.Number) {
					t.Errorf("%s row %d, %s: %q, %v, why %v", s.ID, y+1, c.Name, c.Shown(cell), cell.Number, cell.Why)
				}
			}
		}
	}
	if absent < 40 {
		t.Errorf("%d numbers are absent: the first year of each series has no year before it", absent)
	}
	first := section(t, r, "E06").Table
	yoy := first.Rows[0][indexOf(section(t, r, "E06"), "yoy_ratio")]
	if want := (report.Text{Zh: "缺少对比的月份或数值", En: "the month or value to compare with is missing"}); yoy.Why != want {
		t.Errorf("growth of January 2020 is absent because %v, want %v", yoy.Why, want)
	}
}

// A month in which some exhibits have nothing, or the first of all, has a
// report too.
func TestReportsOfEarlierMonths(t *testing.T) {
	w := loaded(t)
	for month, left := range map[string][]string{"2020-01": {"E16", "E18", "E20", "E34"}, "2022-06": {"E16", "E34"}} {
		r := w.build(t, month)
		for _, id := range left {
			if slices.ContainsFunc(r.Sections, func(s report.Section) bool { return s.ID == id }) {
				t.Errorf("%s has %s", month, id)
			}
		}
		if len(r.Sections) < 18 {
			t.Errorf("%s has %d sections", month, len(r.Sections))
		}
		page, err := r.HTML(report.Both)
		must(t, err)
		for _, bad := range []string{"NaN", "+Inf", "%!", "&lt;nil"} {
			if strings.Contains(string(page), bad) {
				t.Errorf("the page of %s says %q", month, bad)
			}
		}
		for _, s := range r.Sections {
			for _, row := range s.Table.Rows {
				if i := indexOf(s, "month_start"); i >= 0 && row[i].Text > month {
					t.Errorf("%s of %s looks at %s", s.ID, month, row[i].Text)
				}
			}
		}
	}
}

func TestMonthThatIsNotPublished(t *testing.T) {
	_, err := report.Build(t.Context(), loaded(t).house, panel.MustMonth("2024-05"))
	if !errors.Is(err, report.ErrNoMonth) || !strings.Contains(err.Error(), "2020-01 to 2023-12") {
		t.Errorf("error %v; want ErrNoMonth and the months there are", err)
	}
}

// What is published while a report is read does not get into it.
func TestSnapshotIsOfOneInstant(t *testing.T) {
	w := loaded(t)
	revise := func(revision int) {
		_, err := w.db.ExecContext(t.Context(), "UPDATE publication SET revision = ? WHERE source = 'vendor' AND month_start = '2023-12-01'", revision)
		must(t, err)
	}
	must(t, w.house.Snapshot(t.Context(), func(s warehouse.Snapshot) error {
		before, err := s.InForce(t.Context())
		must(t, err)
		revise(9)
		defer revise(1)
		after, err := s.InForce(t.Context())
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("before (-) and after (+) something was published:\n%s", diff)
		}
		return err
	}))
	must(t, w.house.Snapshot(t.Context(), func(s warehouse.Snapshot) error {
		all, err := s.InForce(t.Context())
		if err != nil || len(all) != 48 || all[47].Revision != 1 {
			t.Errorf("%d months in force, %v", len(all), err)
		}
		return err
	}))
}
