package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"panelwatch/sql/warehouse/localserver"
)

// private gives the story a server of its own with an empty database
// panelwatch, and backup.cnf to reach it by.
func private(ts *testscript.TestScript, neg bool, args []string) {
	dir, err := os.MkdirTemp("", "pw")
	ts.Check(err)
	ts.Defer(func() { _ = os.RemoveAll(dir) })
	s, err := localserver.Start(context.Background(), dir, localserver.Options{Database: "panelwatch"})
	ts.Check(err)
	ts.Defer(func() { _ = s.Kill() })
	ts.Setenv("PANELWATCH_DSN", s.DSN("panelwatch"))
	ts.Check(os.WriteFile(ts.MkAbs("backup.cnf"), []byte("[client]\nuser=root\nsocket="+s.Socket+"\n"), 0o600))
}

// viewRows writes every row of every view, and of the outbox, into a file.
func viewRows(ts *testscript.TestScript, neg bool, args []string) {
	db, err := sql.Open("mysql", ts.Getenv("PANELWATCH_DSN"))
	ts.Check(err)
	defer func() { _ = db.Close() }()
	names := column(ts, db, "SELECT table_name FROM information_schema.views WHERE table_schema = DATABASE() ORDER BY table_name")
	if len(names) < 40 {
		ts.Fatalf("%d views", len(names))
	}
	var out strings.Builder
	for _, name := range append(names, "message", "publication", "judgement") {
		lines := column(ts, db, "SELECT * FROM "+name)
		slices.Sort(lines)
		fmt.Fprintf(&out, "%s: %d rows\n%s\n", name, len(lines), strings.Join(lines, "\n"))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(out.String()), 0o600))
}

// column reads rows as text, their values separated by bars.
func column(ts *testscript.TestScript, db *sql.DB, query string) (lines []string) {
	rows, err := db.Query(query)
	ts.Check(err)
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	ts.Check(err)
	values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		ts.Check(rows.Scan(into...))
		words := make([]string, len(values))
		for i, v := range values {
			words[i] = v.String
			if !v.Valid {
				words[i] = "NULL"
			}
		}
		lines = append(lines, strings.Join(words, "|"))
	}
	ts.Check(rows.Err())
	return lines
}

// pages are all that users read, one after the other.
func pages(ts *testscript.TestScript) string {
	var all strings.Builder
	for _, name := range []string{"README.md", "configs/README.md", "alerts/README.md", "sql/README.md"} {
		text, err := os.ReadFile("../../" + name)
		ts.Check(err)
		all.Write(text)
	}
	return all.String()
}

// follow runs what README and the pages say, word for word: follow 'Backup and restore' 1 is
// the first block of shell commands of that section.
func follow(ts *testscript.TestScript, neg bool, args []string) {
	_, section, found := strings.Cut(pages(ts), "# "+args[0]+"\n")
	section, _, _ = strings.Cut(section, "\n##")
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(section, -1)
	if !found || len(blocks) < n {
		ts.Fatalf("no page has a section %q with %d blocks of commands", args[0], n)
	}
	ts.Check(ts.Exec("bash", "-c", blocks[n-1][1]))
}
