package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-sql-driver/mysql"
	"github.com/rogpeppe/go-internal/testscript"

	"panelwatch/alerts/slack/slackfake"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// revision makes a folder with app_month.csv a delivery of the revision that
// the folder's name ends in, of the month that its parent is named after:
// revision inbox/vendor/2023-08/r2.
func revision(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	text, err := os.ReadFile(filepath.Join(dir, "app_month.csv"))
	ts.Check(err)
	m := panel.MustMonth(filepath.Base(filepath.Dir(dir)))
	n, err := strconv.Atoi(strings.TrimPrefix(filepath.Base(dir), "r"))
	ts.Check(err)
	ts.Check(extract.WriteDelivery(dir, extract.Manifest{
		Vendor: "示例", Product: "story", Kind: extract.Aggregate, Month: m, Revision: n, Supersedes: n - 1,
		DeliveredAt: m.Start().AddDate(0, 1, 9+n),
		UniverseWan: 139_000, TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1", Synthetic: "made up by a story",
		Files: []extract.File{{Name: "app_month.csv", Table: extract.TableAppMonth, Rows: bytes.Count(text, []byte("\n")) - 1}},
	}, [][]byte{text}))
}

// anew goes on with an empty database and another channel of the workspace:
// anew C0SECOND.
func anew(ts *testscript.TestScript, neg bool, args []string) {
	dsn, err := mysql.ParseDSN(ts.Getenv("PANELWATCH_DSN"))
	ts.Check(err)
	db, err := sql.Open("mysql", dsn.FormatDSN())
	ts.Check(err)
	defer func() { _ = db.Close() }()
	dsn.DBName += "_" + strings.ToLower(args[0])
	_, err = db.Exec("CREATE DATABASE " + dsn.DBName)
	ts.Check(err)
	ts.Value("workspace").(*slackfake.Fake).SetChannel(slackfake.Channel{ID: args[0], Name: args[0]})
	ts.Setenv("PANELWATCH_DSN", dsn.FormatDSN())
	ts.Setenv("SLACK_CHANNEL", args[0])
}

// calls wants a method to have been called so often since it was asked last:
// calls chat.update 2.
func calls(ts *testscript.TestScript, neg bool, args []string) {
	fake, name := ts.Value("workspace").(*slackfake.Fake), "CALLS_"+strings.ReplaceAll(args[0], ".", "_")
	before, _ := strconv.Atoi(ts.Getenv(name)) // "" is 0
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	now := fake.Calls(args[0])
	ts.Setenv(name, strconv.Itoa(now))
	if now-before != want {
		ts.Fatalf("%s was called %d times, want %d", args[0], now-before, want)
	}
}

var numberIDs = regexp.MustCompile(`\d+-[0-9a-f]{12}`)

// channel writes what of a month a channel shows, the digest first, as its
// readers see it: the key, whether the channel shows a reply too, the text.
// Ids of numbers are left out, for they depend on how often was published.
// channel C0PANELWATCH 2023-08 FILE [KIND].
func channel(ts *testscript.TestScript, neg bool, args []string) {
	var out strings.Builder
	for _, m := range ts.Value("workspace").(*slackfake.Fake).Messages(args[0]) {
		if m.Metadata == nil || m.Metadata.EventPayload["month"] != args[1] {
			continue
		}
		key := fmt.Sprint(m.Metadata.EventPayload["key"])
		if len(args) > 3 && !strings.HasPrefix(key, args[3]+" ") {
			continue
		}
		out.WriteString("== " + key)
		if m.Broadcast {
			out.WriteString(" (in the channel too)")
		}
		fmt.Fprintf(&out, "\n%s\n%s\n", numberIDs.ReplaceAllString(m.Text, "ID"), numberIDs.ReplaceAllString(string(m.Blocks), "ID"))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(out.String()), 0o644))
}
