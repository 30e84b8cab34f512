package warehouse

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	statements "panelwatch/sql"
)

var freeze = flag.Bool("freeze", false, "keep a small warehouse of the newest schema in testdata/releases")

// TestFreezeARelease keeps, for a release, what the program of the day makes:
// the rows of a small warehouse and its views, as SQL. The tables come from
// the migrations, which a release freezes by their sum in RELEASES. Without
// -freeze it only looks whether what would be kept can be read back.
func TestFreezeARelease(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	publishAll(t, w, l, vendorMonth("2023-11"), vendorMonth("2023-12"), panelMonth("2023-12"), vendorMonth("2023-12").revision(2))
	writeCatalogue(t, w, l, "vendor")
	run(t, w, "UPDATE primary_series SET source = 'panel' WHERE app_id = 'gov'")
	if _, err := w.SaveJudgement(t.Context(), l, sampleJudgement(), sampleMessages()); err != nil {
		t.Fatal(err)
	}
	shrink(t, w)
	text := rowsOf(t, w) + viewsOfToday(t)
	if n := len(statementsOf(text)); n < 20 {
		t.Errorf("%d statements", n)
	}
	if *freeze {
		name := fmt.Sprintf("testdata/releases/%s.sql", one(t, w, "SELECT MAX(version_id) FROM goose_db_version"))
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// shrink leaves enough rows to see a difference.
func shrink(t *testing.T, w *Warehouse) {
	t.Helper()
	for _, text := range []string{
		"DELETE FROM panel_estimate WHERE replicate > 1", "DELETE FROM panel_overlap WHERE replicate > 1",
		"DELETE FROM panel_daily WHERE day > '2023-12-02'", "DELETE FROM hourly WHERE hour > 3",
		"DELETE FROM vendor_value WHERE measure = 'hourly_share'", "UPDATE message SET png = NULL",
		"DELETE FROM job_lease", "DELETE FROM dim_indicator WHERE indicator NOT IN (SELECT i.indicator FROM indicator i)",
	} {
		run(t, w, text)
	}
}

// rowsOf writes every table of ours as INSERT statements. The apps of the
// tests get the names of apps that the exhibits are about.
func rowsOf(t *testing.T, w *Warehouse) string {
	t.Helper()
	var b strings.Builder
	for _, table := range tables(t, w, "BASE TABLE") {
		if strings.HasPrefix(table, "goose") || table == "dim_column" {
			continue
		}
		columns := read(t, w, "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position", table)
		rows := literals(t, w, table, columns)
		if len(rows) > 0 {
			fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES\n%s;\n", table, strings.Join(columns, ", "), strings.Join(rows, ",\n"))
		}
	}
	return b.String()
}

func literals(t *testing.T, w *Warehouse, table string, columns []string) (out []string) {
	t.Helper()
	rows, err := w.db.QueryxContext(t.Context(), "SELECT "+strings.Join(columns, ", ")+" FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		values, err := rows.SliceScan()
		if err != nil {
			t.Fatal(err)
		}
		words := make([]string, len(values))
		for i, v := range values {
			words[i] = literal(columns[i], v)
		}
		out = append(out, "("+strings.Join(words, ", ")+")")
	}
	slices.Sort(out)
	return out
}

var exhibited = map[string]string{"rail": "tielu12306", "tax": "geshui", "gov": "minzhengtong", "政务": "地方政务"}

func literal(column string, v any) string {
	if v == nil {
		return "NULL"
	}
	text := fmt.Sprint(v)
	if b, ok := v.([]byte); ok {
		text = string(b)
	}
	if d, ok := v.(interface{ Format(string) string }); ok {
		text = strings.TrimSuffix(d.Format("2006-01-02 15:04:05"), " 00:00:00")
	}
	if slices.Contains([]string{"app_id", "other_app_id", "app_a", "app_b", "list_name"}, column) {
		text = cmp.Or(exhibited[text], text)
	}
	return "'" + strings.NewReplacer(`\`, `\\`, "'", "''", "\n", `\n`).Replace(text) + "'"
}

func viewsOfToday(t *testing.T) string {
	t.Helper()
	names, err := fs.Glob(statements.Views, "views/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range names {
		text, err := fs.ReadFile(statements.Views, name)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(uncommented(string(text)) + "\n")
	}
	return b.String()
}

// statementsOf takes apart what was kept; no value has a line break.
func statementsOf(text string) []string {
	return strings.Split(strings.TrimSuffix(text, ";\n"), ";\n")
}
