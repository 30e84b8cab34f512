package warehouse

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"panelwatch/sql/warehouse/localserver/servertest"
)

// as makes an account of a role and opens the database with it.
func as(t *testing.T, w *Warehouse, dsn string, r Role) *Warehouse {
	t.Helper()
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	a := Account{Role: r, Name: fmt.Sprintf("%s_%d", r, time.Now().UnixNano()%1e9), Host: "%", Password: `it's "s3cret"`}
	if config.Net == "unix" {
		a.Host = "localhost"
	}
	if err := w.Grant(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := w.db.Exec("DROP USER ?@?", a.Name, a.Host); err != nil {
			t.Error(err)
		}
	})
	config.User, config.Passwd = a.Name, a.Password
	return openAt(t, config.FormatDSN())
}

// denied tries what must fail, and fails for want of rights alone.
func denied(t *testing.T, w *Warehouse, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := w.db.ExecContext(t.Context(), s); !Denied(err) {
			t.Errorf("%s: %v, want it denied", s, err)
		}
	}
}

var schemaChanges = []string{
	"DROP TABLE indicator", "TRUNCATE TABLE indicator", "ALTER TABLE indicator ADD COLUMN x INT",
	"CREATE TABLE x (id INT PRIMARY KEY)", "DROP VIEW v_indicator", "CREATE VIEW x AS SELECT 1 AS a",
	"CREATE INDEX x ON indicator (value)",
}

var takeovers = []string{
	"CREATE USER mallory@localhost IDENTIFIED BY 'x'", "SELECT user FROM mysql.user",
	"GRANT SELECT ON indicator TO root@localhost", "CREATE DATABASE mallory",
}

func TestAnalystReadsTheViewsAndNothingElse(t *testing.T) {
	w, dsn := newHouseAt(t)
	publishAll(t, w, claimed(t, w), vendorMonth("2023-12"))
	analyst := as(t, w, dsn, Analyst)
	views := tables(t, w, "VIEW")
	for _, v := range views {
		read(t, analyst, "SELECT * FROM "+v)
		denied(t, analyst, "DELETE FROM "+v)
	}
	if n := one(t, analyst, "SELECT COUNT(*) FROM v_indicator_history"); n == "0" {
		t.Error("the analyst sees no row of what was published")
	}
	for _, table := range tables(t, w, "BASE TABLE") {
		denied(t, analyst, "SELECT 1 FROM "+table, "DELETE FROM "+table)
	}
	denied(t, analyst, "INSERT INTO dim_month (month_start) VALUES ('2023-12-01')", "UPDATE indicator SET value = 1")
	denied(t, analyst, schemaChanges...)
	denied(t, analyst, takeovers...)
}

// The whole monthly write path works with the loader's rights.
func TestLoaderFillsTablesAndChangesNoSchema(t *testing.T) {
	w, dsn := newHouseAt(t)
	loader := as(t, w, dsn, Loader)
	if err := loader.CheckSchema(t.Context()); err != nil {
		t.Error(err)
	}
	publishAll(t, loader, claimed(t, loader), vendorMonth("2023-11"), panelMonth("2023-12"))
	if n := one(t, loader, "SELECT COUNT(*) FROM v_indicator_history"); n == "0" {
		t.Error("nothing was published")
	}
	denied(t, loader, schemaChanges...)
	denied(t, loader, takeovers...)
	denied(t, loader, "DELETE FROM goose_db_version", "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	if err := loader.Migrate(t.Context()); !Denied(err) {
		t.Errorf("migrate: %v, want it denied", err)
	}
}

func TestMigratorMakesTheSchemaOfOneDatabase(t *testing.T) {
	dsn := servertest.NewDatabase(t)
	elsewhere := openAt(t, servertest.NewDatabase(t))
	run(t, elsewhere, "CREATE TABLE foreign_rows (id INT PRIMARY KEY)")
	other := one(t, elsewhere, "SELECT DATABASE()")
	migrator := as(t, openAt(t, dsn), dsn, Migrator)
	if err := migrator.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := migrator.CheckSchema(t.Context()); err != nil {
		t.Error(err)
	}
	denied(t, migrator, takeovers...)
	denied(t, migrator, "SELECT id FROM "+other+".foreign_rows", "DROP TABLE "+other+".foreign_rows")
}

// Granting again takes away what came in between, and sets the password.
func TestGrantLeavesNoOtherRight(t *testing.T) {
	w, dsn := newHouseAt(t)
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	a := Account{Role: Analyst, Name: fmt.Sprintf("again_%d", time.Now().UnixNano()%1e9), Host: "localhost", Password: "first"}
	if config.Net != "unix" {
		a.Host = "%"
	}
	grants := func() []string { return read(t, w, fmt.Sprintf("SHOW GRANTS FOR '%s'@'%s'", a.Name, a.Host)) }
	if err := w.Grant(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := w.db.Exec("DROP USER ?@?", a.Name, a.Host); err != nil {
			t.Error(err)
		}
	})
	before := len(grants())
	run(t, w, "GRANT SELECT, DROP ON indicator TO ?@?", a.Name, a.Host)
	a.Password = "second"
	if err := w.Grant(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if got := grants(); len(got) != before || strings.Contains(strings.Join(got, "\n"), "DROP") {
		t.Errorf("%d rights, want %d without DROP: %q", len(got), before, got)
	}
	config.User, config.Passwd = a.Name, "first"
	if _, err := Open(t.Context(), config.FormatDSN(), ticking(), time.Second); !Denied(err) {
		t.Errorf("the old password: %v, want it denied", err)
	}
}

func TestGrantRefusesWhatCannotBeRight(t *testing.T) {
	w := openAt(t, servertest.NewDatabase(t))
	for _, c := range []struct{ name, account, host, password, want string }{
		{"name", "a'b", "%", "secret", "want letters"},
		{"no password", "a", "%", "", "must not be empty"},
		{"no schema", "a", "%", "secret", "run panelwatch migrate up first"},
	} {
		err := w.Grant(t.Context(), Account{Analyst, c.account, c.host, c.password})
		if !Misconfigured(err) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want a ConfigError with %q", c.name, err, c.want)
		}
	}
}
