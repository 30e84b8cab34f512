package warehouse

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/sql/warehouse/localserver/servertest"
)

func TestMigrateFromEmptyToNewest(t *testing.T) {
	w := openAt(t, servertest.NewDatabase(t))
	err := w.CheckSchema(t.Context())
	if !Misconfigured(err) || !strings.Contains(err.Error(), "run panelwatch migrate up") {
		t.Errorf("an empty database: %v, want a ConfigError that names the cure", err)
	}
	if err := w.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.CheckSchema(t.Context()); err != nil {
		t.Error(err)
	}
	states, err := w.MigrationStatus(t.Context())
	if err != nil || len(states) == 0 {
		t.Fatalf("%d migrations, %v", len(states), err)
	}
	for i, s := range states {
		if !s.Applied || i > 0 && s.Version <= states[i-1].Version {
			t.Errorf("migration %d: %+v, want it applied, after the one before", i+1, s)
		}
	}
}

func TestMigrateTwiceIsOnce(t *testing.T) {
	w := newHouse(t)
	schema := func() []string {
		return append(read(t, w, `SELECT table_name, column_name, column_type, is_nullable, column_comment
			  FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`),
			read(t, w, "SELECT table_name, view_definition FROM information_schema.views WHERE table_schema = DATABASE() ORDER BY table_name")...)
	}
	before, rows := schema(), contents(t, w)
	if err := w.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, schema()); diff != "" {
		t.Errorf("schema (-once +twice):\n%s", diff)
	}
	delete(rows, "goose_lock") // when it was last held
	again := contents(t, w)
	delete(again, "goose_lock")
	if diff := cmp.Diff(rows, again); diff != "" {
		t.Errorf("rows (-once +twice):\n%s", diff)
	}
}

// An older program must not touch what a newer one has made.
func TestMigrateRefusesANewerSchema(t *testing.T) {
	w := newHouse(t)
	run(t, w, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	before := contents(t, w)
	for name, err := range map[string]error{"Migrate": w.Migrate(t.Context()), "CheckSchema": w.CheckSchema(t.Context())} {
		var config *ConfigError
		if !errors.As(err, &config) || !Misconfigured(err) || !strings.Contains(err.Error(), "9999") {
			t.Errorf("%s: %v, want a ConfigError that names version 9999", name, err)
		}
	}
	if diff := cmp.Diff(before, contents(t, w)); diff != "" {
		t.Errorf("rows (-before +after):\n%s", diff)
	}
}

// goose's own tables are its affair.
const ours = " AND table_name NOT LIKE 'goose%'"

func TestEveryTableAndColumnIsExplained(t *testing.T) {
	w := newHouse(t)
	comments := append(
		read(t, w, `SELECT table_name, '', table_comment FROM information_schema.tables
			 WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'`+ours),
		read(t, w, `SELECT c.table_name, c.column_name, c.column_comment FROM information_schema.columns c
			  JOIN information_schema.tables t USING (table_schema, table_name)
			 WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'`+ours)...)
	if len(comments) < 200 {
		t.Errorf("only %d tables and columns", len(comments))
	}
	for _, c := range comments {
		words := strings.Split(strings.Trim(c, `"`), `" "`)
		zh, en, two := strings.Cut(words[2], " | ")
		if !two || strings.TrimSpace(zh) == "" || strings.TrimSpace(en) == "" || strings.Contains(en, " | ") {
			t.Errorf("%s.%s: comment %q, want Chinese | English", words[0], words[1], words[2])
		}
	}
}

func TestEveryTableIsInnoDBAndBinary(t *testing.T) {
	w := newHouse(t)
	for _, column := range []string{"engine", "table_collation"} {
		got := read(t, w, "SELECT DISTINCT "+column+" FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"+ours)
		want := map[string][]string{"engine": {"InnoDB"}, "table_collation": {"utf8mb4_bin"}}[column]
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", column, diff)
		}
	}
	got := read(t, w, `SELECT table_name, column_name, collation_name FROM information_schema.columns
		 WHERE table_schema = DATABASE() AND collation_name <> 'utf8mb4_bin'`+ours)
	if len(got) > 0 {
		t.Errorf("columns with another collation: %q", got)
	}
	if got := one(t, w, "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND data_type IN ('float', 'timestamp')"+ours); got != "0" {
		t.Errorf("%s columns are FLOAT or TIMESTAMP; want DOUBLE and DATETIME(6)", got)
	}
}

func TestEveryViewCanBeRead(t *testing.T) {
	w := newHouse(t)
	views := tables(t, w, "VIEW")
	want := []string{
		"v_app_month", "v_app_segment", "v_calendar", "v_column", "v_contract", "v_dictionary", "v_finding", "v_finding_state", "v_hourly", "v_hourly_history", "v_indicator",
		"v_indicator_all_sources", "v_indicator_first", "v_indicator_history", "v_month_terms", "v_overlap", "v_overlap_history",
		"v_panel_device", "v_panel_estimate", "v_panel_usage", "v_rank", "v_rank_history", "v_response", "v_rule_response", "v_silence", "v_top_list",
	}
	own := slices.DeleteFunc(slices.Clone(views), func(v string) bool { return strings.HasPrefix(v, "v_exhibit_e") })
	if diff := cmp.Diff(want, own); diff != "" {
		t.Errorf("views (-want +got):\n%s", diff)
	}
	for _, v := range views {
		read(t, w, "SELECT * FROM "+v+" LIMIT 1") // fails the test where the view does not hold
	}
}

// The rights of who made a view count, not of who reads it: analysts have none
// on the tables.
func TestEveryViewReadsWithTheRightsOfItsMaker(t *testing.T) {
	w := newHouse(t)
	if got := read(t, w, "SELECT table_name FROM information_schema.views WHERE table_schema = DATABASE() AND security_type <> 'DEFINER'"); len(got) > 0 {
		t.Errorf("views without SQL SECURITY DEFINER: %q", got)
	}
}
