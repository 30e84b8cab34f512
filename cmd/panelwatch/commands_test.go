package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// exits runs a command and asks for its very exit code: exits 65 panelwatch run.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%v: exit code %d, want %d", args[1:], got, want)
	}
}

// spoil appends one byte to a file: spoil inbox/vendor/2023-12/r1/universe.csv.
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = f.WriteString("\n")
	ts.Check(errors.Join(err, f.Close()))
}

// terminate sends SIGTERM to every background command, as Kubernetes does.
func terminate(ts *testscript.TestScript, neg bool, args []string) {
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(syscall.SIGTERM))
	}
}

// hangup sends SIGHUP to every background command.
func hangup(ts *testscript.TestScript, neg bool, args []string) {
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(syscall.SIGHUP))
	}
}

// says waits until a file has a text: says log 'the one before stays'.
func says(ts *testscript.TestScript, neg bool, args []string) {
	for range 600 {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && bytes.Contains(text, []byte(args[1])) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	ts.Fatalf("%s does not say %q within 12 seconds", args[0], args[1])
}

// published waits until the warehouse holds so many publications.
func published(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	house := openFor(ts)
	defer func() { _ = house.Close() }()
	for range 600 {
		sources, err := house.Coverage(context.Background())
		ts.Check(err)
		months := 0
		for _, s := range sources {
			months += s.Months
		}
		if months >= want {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	ts.Fatalf("no %d publications within 12 seconds", want)
}

// whole checks that every publication in force has its indicators, and that
// there is nothing of any other.
func whole(ts *testscript.TestScript, neg bool, args []string) {
	db, err := sql.Open("mysql", ts.Getenv("PANELWATCH_DSN"))
	ts.Check(err)
	defer func() { _ = db.Close() }()
	for what, query := range map[string]string{
		"publications without indicators": `SELECT COUNT(*) FROM current_publication c WHERE NOT EXISTS
			(SELECT 1 FROM indicator i WHERE i.publication_id = c.publication_id)`,
		"indicators of nothing in force": `SELECT COUNT(*) FROM indicator i WHERE NOT EXISTS
			(SELECT 1 FROM publication p WHERE p.publication_id = i.publication_id)`,
		"publications that nothing points to": `SELECT COUNT(*) FROM publication p WHERE p.superseded_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM current_publication c WHERE c.publication_id = p.publication_id)`,
		"months published but not judged": `SELECT COUNT(*) > 1 FROM current_publication c WHERE c.source = 'vendor'
			AND NOT EXISTS (SELECT 1 FROM judgement j WHERE j.month_start = c.month_start)`,
	} {
		var n int
		ts.Check(db.QueryRow(query).Scan(&n))
		if n > 0 {
			ts.Fatalf("%s: %d", what, n)
		}
	}
}

// statement runs one of SQL on the story's database.
func statement(ts *testscript.TestScript, neg bool, args []string) {
	db, err := sql.Open("mysql", ts.Getenv("PANELWATCH_DSN"))
	ts.Check(err)
	defer func() { _ = db.Close() }()
	_, err = db.Exec(args[0])
	ts.Check(err)
}

func openFor(ts *testscript.TestScript) *warehouse.Warehouse {
	house, err := warehouse.Open(context.Background(), ts.Getenv("PANELWATCH_DSN"), time.Now, time.Second)
	ts.Check(err)
	return house
}

var held *warehouse.Lease

// holder is another run: holder take claims the lease, holder leave gives it
// back.
func holder(ts *testscript.TestScript, neg bool, args []string) {
	if args[0] == "leave" {
		ts.Check(held.Release())
		return
	}
	var err error
	held, _, err = openFor(ts).Claim(context.Background(), "panelwatch", "somebody else", time.Minute, 0)
	ts.Check(err)
}

// signed writes manifest and _SUCCESS beside the app_month.csv of a folder:
// signed inbox/vendor/2023-12.
func signed(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	text, err := os.ReadFile(filepath.Join(dir, "app_month.csv"))
	ts.Check(err)
	m := panel.MustMonth(filepath.Base(dir))
	ts.Check(extract.WriteDelivery(dir, extract.Manifest{
		Vendor: "示例", Product: "story", Kind: extract.Aggregate, Month: m, Revision: 1, DeliveredAt: m.Start().AddDate(0, 1, 9),
		UniverseWan: 139_000, TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1", Synthetic: "made up by a story",
		Files: []extract.File{{Name: "app_month.csv", Table: extract.TableAppMonth, Rows: bytes.Count(text, []byte("\n")) - 1}},
	}, [][]byte{text}))
}

// rot changes a byte of every file below a folder.
func rot(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		text[0] ^= 1
		return errors.Join(err, os.WriteFile(path, text, 0o644))
	}))
}

// changed adds one to every value of an indicator behind panelwatch's back:
// changed indicator mud.
func changed(ts *testscript.TestScript, neg bool, args []string) {
	db, err := sql.Open("mysql", ts.Getenv("PANELWATCH_DSN"))
	ts.Check(err)
	defer func() { _ = db.Close() }()
	_, err = db.Exec("UPDATE "+args[0]+" SET value = value + 1 WHERE indicator = ?", args[1])
	ts.Check(err)
}

// delivered brings the vendor's months from one folder to another: delivered
// all inbox 2023-04 2023-08.
func delivered(ts *testscript.TestScript, neg bool, args []string) {
	to := panel.MustMonth(args[3])
	for m := panel.MustMonth(args[2]); m <= to; m++ {
		dir := filepath.Join("vendor", m.String())
		ts.Check(os.CopyFS(filepath.Join(ts.MkAbs(args[1]), dir), os.DirFS(filepath.Join(ts.MkAbs(args[0]), dir))))
	}
}

// revised writes what one folder has as revision 2 of its month into another,
// delivered a day later.
func revised(ts *testscript.TestScript, neg bool, args []string) {
	from := ts.MkAbs(args[0])
	text, err := os.ReadFile(filepath.Join(from, extract.ManifestName))
	ts.Check(err)
	var m extract.Manifest
	ts.Check(json.Unmarshal(text, &m))
	m.Revision, m.DeliveredAt = 2, m.DeliveredAt.AddDate(0, 0, 1)
	contents := make([][]byte, len(m.Files))
	for i, f := range m.Files {
		contents[i], err = os.ReadFile(filepath.Join(from, f.Name))
		ts.Check(err)
	}
	ts.Check(extract.WriteDelivery(ts.MkAbs(args[1]), m, contents))
}
