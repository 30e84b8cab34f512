package main

import (
	"database/sql"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// frozen runs a command that must not change a byte of any table: frozen
// panelwatch alerts replay ... Its output is that of the command.
func frozen(ts *testscript.TestScript, neg bool, args []string) {
	db, err := sql.Open("mysql", ts.Getenv("PANELWATCH_DSN"))
	ts.Check(err)
	defer func() { _ = db.Close() }()
	before := checksums(ts, db)
	ts.Check(ts.Exec(args[0], args[1:]...))
	if diff := cmp.Diff(before, checksums(ts, db)); diff != "" {
		ts.Fatalf("%v wrote (-before +after):\n%s", args, diff)
	}
}

// checksums are those of every table of the database.
func checksums(ts *testscript.TestScript, db *sql.DB) map[string]int64 {
	var tables []string
	rows, err := db.Query(`SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'`)
	ts.Check(err)
	for rows.Next() {
		var name string
		ts.Check(rows.Scan(&name))
		tables = append(tables, name)
	}
	ts.Check(rows.Err())
	sums := map[string]int64{}
	for _, table := range tables {
		var name string
		var sum int64
		ts.Check(db.QueryRow("CHECKSUM TABLE `"+table+"`").Scan(&name, &sum))
		sums[table] = sum
	}
	if len(sums) < 20 {
		ts.Fatalf("only %d tables", len(sums))
	}
	return sums
}
