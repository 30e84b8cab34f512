package warehouse

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/sql/warehouse/localserver/servertest"
)

// The three roles together: who makes the schema, who fills it, who reads it.
// The analyst reads every view, sees no table, and finds no way to one.
func TestRolesWorkTogether(t *testing.T) {
	dsn := servertest.NewDatabase(t)
	admin := openAt(t, dsn)
	if err := as(t, admin, dsn, Migrator).Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	loader, analyst := as(t, admin, dsn, Loader), as(t, admin, dsn, Analyst)
	l := claimed(t, loader)
	publishAll(t, loader, l, vendorMonth("2023-11"), vendorMonth("2023-12"))
	writeCatalogue(t, loader, l, "vendor")
	if _, err := loader.SaveJudgement(t.Context(), l, sampleJudgement(), nil); err != nil {
		t.Fatal(err)
	}
	views, tables := tables(t, admin, "VIEW"), tables(t, admin, "BASE TABLE")
	slices.Sort(views)
	for _, v := range views {
		own, all := read(t, analyst, "SELECT * FROM "+v), read(t, admin, "SELECT * FROM "+v)
		slices.Sort(own)
		slices.Sort(all)
		if diff := cmp.Diff(all, own); diff != "" {
			t.Errorf("%s as the administrator (-) and the analyst (+) see it:\n%s", v, diff)
		}
		denied(t, analyst, "DROP VIEW "+v, "SHOW CREATE VIEW "+v)
	}
	visible := read(t, analyst, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
	slices.Sort(visible)
	if diff := cmp.Diff(views, visible); diff != "" {
		t.Errorf("what the analyst sees; want the views (-), got (+):\n%s", diff)
	}
	for _, table := range tables {
		denied(t, analyst, "SELECT 1 FROM "+table, "SELECT v.version FROM v_contract v JOIN "+table+" x ON 1 = 1", "UPDATE "+table+" SET x = 1", "TRUNCATE TABLE "+table)
	}
	for _, v := range []string{"v_indicator", "v_app_month", "v_rank", "v_finding", "v_dictionary", "v_column", "v_contract"} {
		if one(t, analyst, "SELECT COUNT(*) FROM "+v) == "0" {
			t.Errorf("%s is empty", v)
		}
	}
}

// A view that is not granted yet is not read: rights name their objects.
func TestARightCoversNothingThatComesLater(t *testing.T) {
	w, dsn := newHouseAt(t)
	analyst := as(t, w, dsn, Analyst)
	run(t, w, "CREATE VIEW v_later AS SELECT 1 AS a")
	denied(t, analyst, "SELECT a FROM v_later")
	run(t, w, "CREATE TABLE later (a INT)")
	denied(t, analyst, "SELECT a FROM later")
	if got := strings.Join(read(t, analyst, "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%later'"), " "); got != "" {
		t.Errorf("the analyst sees %s", got)
	}
}
