package jobs_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The report's three tables, each with one SELECT from its exhibit.
var exhibitTables = []struct{ file, query string }{
	{"top20_government_apps_2023_12.csv", `
		SELECT place, app_name, region, mud_wan, dau_avg_wan, CONCAT(cagr6_percent, '%')
		  FROM v_exhibit_e27 WHERE month_start = '2023-12-01' ORDER BY place, app_id`},
	{"unionpay_top15_provinces_2023_12.csv", `
		SELECT place, province, mud_wan, tgi_printed, uses_printed, minutes_printed
		  FROM v_exhibit_e31 WHERE month_start = '2023-12-01' ORDER BY place`},
	{"state_grid_top5_provinces_2023_12.csv", `
		SELECT place, province, mud_wan, tgi_printed FROM v_exhibit_e15 WHERE month_start = '2023-12-01' ORDER BY place`},
}

func TestExhibitsHoldThePublishedTables(t *testing.T) {
	w := loaded(t)
	for _, table := range exhibitTables {
		want := sheet(t, filepath.Join("..", "etl", "sample", "published", table.file))
		if diff := cmp.Diff(want, rows(t, w.db, table.query)); diff != "" {
			t.Errorf("%s (-), exhibit (+):\n%s", table.file, diff)
		}
	}
}

// Every exhibit says what the report says on its page.
func TestExhibitsHoldTheClaims(t *testing.T) {
	w := loaded(t)
	asked := map[string]bool{}
	for _, c := range readClaims(t) {
		for _, q := range exhibitQuestions[c.id] {
			asked[q.view()] = true
			if err := q.check(t, w.db, c); err != nil {
				t.Errorf("%s %s: %v", c.id, c.sentence, err)
			}
		}
	}
	for _, table := range exhibitTables {
		asked[exhibitQuestion{query: table.query}.view()] = true
	}
	for _, view := range exhibits(t, w) {
		if !asked[view] {
			t.Errorf("nothing is asked of %s", view)
		}
	}
}

// Each question of an exhibit is one that a spoiled warehouse fails.
func TestExhibitQuestionsCanFail(t *testing.T) {
	w := loaded(t)
	open := map[string]exhibitQuestion{}
	byID := map[string]claim{}
	for _, c := range readClaims(t) {
		byID[c.id] = c
		for i, q := range exhibitQuestions[c.id] {
			open[fmt.Sprint(c.id, " ", i)] = q
		}
	}
	for _, s := range spoils {
		w.spoiling(t, s.statement, func(tx querier) {
			for name, q := range open {
				if id, _, _ := strings.Cut(name, " "); q.check(t, tx, byID[id]) != nil {
					delete(open, name)
				}
			}
		})
	}
	for name, q := range open {
		t.Errorf("%s: no spoiled warehouse refutes %s", name, q.query)
	}
}

// spoiling changes the warehouse, has a look at it and takes the change back.
func (s *site) spoiling(t *testing.T, statement string, look func(querier)) {
	t.Helper()
	tx, err := s.db.BeginTx(t.Context(), nil)
	must(t, err)
	defer func() { must(t, tx.Rollback()) }()
	_, err = tx.ExecContext(t.Context(), statement)
	must(t, err)
	look(tx)
}

// An exhibitQuestion is one SELECT of one value from an exhibit.
type exhibitQuestion struct {
	query string
	says  predicate
}

func (q exhibitQuestion) view() string {
	at := strings.Index(q.query, "v_exhibit_e")
	return q.query[at : at+len("v_exhibit_e00")]
}

// check asks for each app of the claim; a question without ? does not say which.
func (q exhibitQuestion) check(t *testing.T, db querier, c claim) error {
	for _, app := range c.apps() {
		var args []any
		if strings.Contains(q.query, "?") {
			args = []any{app}
		}
		var answer sql.NullString
		if err := db.QueryRowContext(t.Context(), q.query, args...).Scan(&answer); err != nil {
			return fmt.Errorf("%s: %w", q.query, err)
		}
		if err := q.says(c, answer.String); err != nil {
			return fmt.Errorf("%s [%s]: %w", app, q.query, err)
		}
	}
	return nil
}

// exhibits lists the views of the exhibits.
func exhibits(t *testing.T, w *site) (names []string) {
	t.Helper()
	for _, view := range views(t, w) {
		if strings.HasPrefix(view, "v_exhibit_e") {
			names = append(names, view)
		}
	}
	return names
}

func views(t *testing.T, w *site) (names []string) {
	t.Helper()
	for _, r := range rows(t, w.db, "SELECT table_name FROM information_schema.views WHERE table_schema = DATABASE() ORDER BY table_name") {
		names = append(names, r[0])
	}
	return names
}

// E05, E07, E11, E17, E19, E22, E26 and E32 hold no panel data.
func TestThereIsAViewForEveryExhibit(t *testing.T) {
	var want []string
	for n := 1; n <= 34; n++ {
		if !slices.Contains([]int{5, 7, 11, 17, 19, 22, 26, 32}, n) {
			want = append(want, fmt.Sprintf("v_exhibit_e%02d", n))
		}
	}
	if diff := cmp.Diff(want, exhibits(t, loaded(t))); diff != "" {
		t.Errorf("exhibits with data (-), views (+):\n%s", diff)
	}
}

// What only an exhibit compares, it does not compare across months that were
// counted otherwise.
func TestExhibitsCompareWhatWasCountedAlike(t *testing.T) {
	w := loaded(t)
	comparisons := []string{
		"SELECT mom_ratio FROM v_exhibit_e01 WHERE month_start = '2023-01-01'",
		"SELECT change_on_three_years_pp FROM v_exhibit_e04 WHERE app_name = '个人所得税' AND month_start = '2023-12-01'",
		"SELECT ratio_to_2020_01 FROM v_exhibit_e06 WHERE month_start = '2023-12-01'",
		"SELECT MAX(change_pp) FROM v_exhibit_e10 WHERE of_year = 2023",
		"SELECT season_ratio FROM v_exhibit_e14 WHERE month_start = '2023-02-01'",
		"SELECT change_on_three_years_pp FROM v_exhibit_e24 WHERE measure = 'peak_penetration' AND month_start = '2023-12-01'",
	}
	tx, err := w.db.BeginTx(t.Context(), nil)
	must(t, err)
	defer func() { _ = tx.Rollback() }()
	known := func(question string) (yes bool) {
		var answer sql.NullFloat64
		must(t, tx.QueryRowContext(t.Context(), question).Scan(&answer))
		return answer.Valid
	}
	for _, question := range comparisons {
		if !known(question) {
			t.Errorf("%s: NULL, with months that were counted alike", question)
		}
	}
	_, err = tx.ExecContext(t.Context(), "UPDATE etl_extract SET definitions_version = 'earlier' WHERE month_start < '2023-01-01'")
	must(t, err)
	for _, question := range comparisons {
		if known(question) {
			t.Errorf("%s: a number, across two versions of definitions", question)
		}
	}
}
