package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"panelwatch/etl/panel"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver/servertest"
)

var updateCorpus = flag.Bool("update", false, "rewrite what the deliveries of the corpus are expected to give")

// corpus is where the cases lie.
var corpus = filepath.Join("..", "..", "jobs", "testdata", "corpus")

// TestCorpus delivers every case of the corpus to the program itself, each as
// a source of its own, into one warehouse. README.md of the corpus explains
// the cases' notation.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.txtar"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d cases, %v; want 60 at least", len(files), err)
	}
	h := newHall(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { h.play(t, file) })
	}
}

// A hall is the warehouse into which all cases deliver.
type hall struct {
	dsn string
	db  *sql.DB
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{dsn: servertest.NewDatabase(t)}
	house, err := warehouse.Open(t.Context(), h.dsn, time.Now, time.Second)
	check(t, err)
	check(t, house.Migrate(t.Context()))
	check(t, house.Close())
	h.db, err = sql.Open("mysql", h.dsn)
	check(t, err)
	t.Cleanup(func() { _ = h.db.Close() })
	return h
}

// play goes through the sections of a case: files of deliveries, and runs with
// what is expected of them.
func (h *hall) play(t *testing.T, file string) {
	text, err := txtar.ParseFile(file)
	check(t, err)
	s := &stage{hall: h, dir: t.TempDir(), source: strings.TrimSuffix(filepath.Base(file), ".txtar"), parcels: map[string]*parcel{}}
	s.configure(t, "")
	for i, section := range text.Files {
		words := strings.Fields(section.Name)
		switch words[0] {
		case "run", "replay":
			s.deliver(t)
			got := s.act(t, words)
			text.Files[i].Data = compare(t, section.Name, section.Data, got)
		case "settings":
			s.configure(t, string(section.Data))
		case "remove":
			check(t, os.RemoveAll(filepath.Join(s.inbox(), words[1])))
		default:
			s.pack(t, words, section.Data)
		}
	}
	if *updateCorpus {
		check(t, os.WriteFile(file, txtar.Format(text), 0o644))
	}
}

// A stage is one case's panelwatch.
type stage struct {
	*hall
	dir, source string
	parcels     map[string]*parcel // by folder, not yet delivered
}

func (s *stage) inbox() string { return filepath.Join(s.dir, "inbox") }

// configure writes the configuration: the case's source, and a silent one that
// speaks for all apps, so that nothing is judged.
func (s *stage) configure(t *testing.T, quality string) {
	t.Helper()
	if quality == "" {
		quality = "max_rejected_ratio: 0.9\n"
	}
	quality = "  " + strings.ReplaceAll(strings.TrimSpace(quality), "\n", "\n  ")
	text := fmt.Sprintf(`timezone: Asia/Shanghai
schedule: "0 2 * * *"
sources:
  - {name: %s, folder: %s}
  - {name: silent, folder: %s}
primary: {default: silent, apps: {}}
tabulate: {dimensions: [province, gender], pairs: []}
indicators: {cagr_steps: 6, top_n: 5, min_devices: 50, min_change: 100, min_vendor_wan: 10, record_months: 24}
quality:
%s
slack: {channel: C0PANELWATCH, language: zh, folder: %s}
lease: {ttl: 60s, wait: 2m}
`, s.source, s.inbox(), filepath.Join(s.dir, "silent"), quality, filepath.Join(s.dir, "slack"))
	for _, dir := range []string{s.inbox(), filepath.Join(s.dir, "silent"), filepath.Join(s.dir, "config")} {
		check(t, os.MkdirAll(dir, 0o755))
	}
	check(t, os.WriteFile(filepath.Join(s.dir, "config", "panelwatch.yaml"), []byte(text), 0o644))
}

// An outcome is what a run did.
type outcome struct {
	lines []string        // exit code, steps, rejects: all of them are expected
	facts map[string]bool // what is in force
	said  string
}

// act runs the program.
func (s *stage) act(t *testing.T, words []string) outcome {
	t.Helper()
	summaryFile := filepath.Join(s.dir, "summary.json")
	args := []string{"--config", filepath.Join(s.dir, "config")}
	if words[0] == "replay" {
		args = append(args, "rejects", "replay", "--source", s.source, "--month", words[1])
	} else {
		args = append(args, "run", "--summary-file", summaryFile)
	}
	var out bytes.Buffer
	getenv := func(name string) string { return map[string]string{"PANELWATCH_DSN": s.dsn}[name] }
	code := run(args, getenv, &out, &out)
	o := outcome{lines: []string{fmt.Sprint("exit ", code)}, facts: map[string]bool{}, said: out.String()}
	var text string
	check(t, s.db.QueryRowContext(t.Context(), "SELECT summary FROM etl_run ORDER BY started_at DESC LIMIT 1").Scan(&text))
	var done jobs.Summary
	check(t, json.Unmarshal([]byte(text), &done))
	for _, step := range done.Steps {
		o.lines = append(o.lines, told(step))
	}
	o.lines = append(o.lines, s.rejects(t, done.RunID)...)
	facts := s.facts(t)
	for _, f := range facts {
		o.facts[f] = true
	}
	o.lines = append(o.lines, fmt.Sprint("facts ", len(facts)))
	return o
}

// told is a step in one line.
func told(s jobs.Step) string {
	line := fmt.Sprintf("%s %s r%d", s.Action, s.Month, s.Revision)
	if s.Reading > 1 {
		line += fmt.Sprintf(" reading %d", s.Reading)
	}
	if s.Action == jobs.Published || s.Action == jobs.Refused {
		line += fmt.Sprintf(": read %d loaded %d rejected %d ignored %d", s.Rows.Read, s.Rows.Loaded, s.Rows.Rejected, s.Rows.Ignored)
	}
	if len(s.Flags) > 0 {
		line += " flags " + strings.Join(s.Flags, ",")
	}
	return line
}

func (s *stage) rejects(t *testing.T, runID string) (lines []string) {
	t.Helper()
	for _, r := range s.query(t, `SELECT f.name, r.line, r.cell, r.column_name, r.raw_value, r.rule
		  FROM etl_reject r JOIN etl_extract e ON e.extract_id = r.extract_id
		  JOIN etl_file f ON f.extract_id = r.extract_id AND f.position = r.file_position
		 WHERE e.source = ? AND e.run_id = ? ORDER BY e.month_start, e.revision, e.extract_id, r.seq`, s.source, runID) {
		place := "line " + r[1]
		if r[2] != "" {
			place = "cell " + r[2]
		}
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf("reject %s %s %s", r[0], place, r[3])), " ")+fmt.Sprintf(" %q: %s", r[4], r[5]))
	}
	return lines
}

// facts are the numbers of the case's source that are in force, each once.
func (s *stage) facts(t *testing.T) (lines []string) {
	t.Helper()
	for _, r := range s.query(t, `SELECT c.month_start, v.app_id, v.other_app_id, v.list_name, v.network, v.dimension, v.member, v.measure, v.value
		  FROM current_publication c JOIN publication p ON p.publication_id = c.publication_id
		  JOIN vendor_value v ON v.publication_id = p.facts_id WHERE c.source = ?`, s.source) {
		lines = append(lines, fact(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8]))
	}
	for _, r := range s.query(t, `SELECT c.month_start, e.app_id, e.dimension, e.member, e.devices, e.device_days, e.uses, e.seconds, e.n_devices
		  FROM current_publication c JOIN publication p ON p.publication_id = c.publication_id
		  JOIN panel_estimate e ON e.publication_id = p.facts_id WHERE c.source = ? AND e.replicate = 0`, s.source) {
		for i, measure := range []string{"devices", "device_days", "uses", "seconds", "n"} {
			lines = append(lines, fact(r[0], r[1], "", "", "", r[2], r[3], measure, r[4+i]))
		}
	}
	slices.Sort(lines)
	return lines
}

func fact(month, app, other, list, network, dimension, member, measure, value string) string {
	words := []string{"fact", month[:7], app}
	if other != "" {
		words[2] += "+" + other
	}
	for _, w := range []string{list, network} {
		if w != "" {
			words = append(words, w)
		}
	}
	if dimension != panel.All.Dimension {
		words = append(words, dimension+"="+member)
	}
	if v, err := strconv.ParseFloat(value, 64); err == nil {
		value = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strings.Join(append(words, measure, value), " ")
}

// compare holds an outcome against the lines of a case. says and fact lines
// ask for a part of it, the others are all of it. The result is the section
// as it would be right.
func compare(t *testing.T, name string, section []byte, got outcome) []byte {
	t.Helper()
	var want, asked []string
	for _, line := range strings.Split(strings.TrimSpace(string(section)), "\n") {
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case "says":
			asked = append(asked, line)
			if !strings.Contains(got.said, rest) {
				t.Errorf("%s: does not say %q, but:\n%s", name, rest, got.said)
			}
		case "fact":
			asked = append(asked, line)
			if !got.facts[line] {
				t.Errorf("%s: no %s among\n%s", name, line, strings.Join(slices.Sorted(maps.Keys(got.facts)), "\n"))
			}
		default:
			want = append(want, line)
		}
	}
	if diff := cmp.Diff(want, got.lines); diff != "" && !*updateCorpus {
		t.Errorf("%s: want (-), got (+):\n%s\n%s", name, diff, got.said)
	}
	return []byte(strings.Join(append(got.lines, asked...), "\n") + "\n")
}

func (h *hall) query(t *testing.T, query string, args ...any) (out [][]string) {
	t.Helper()
	result, err := h.db.QueryContext(context.Background(), query, args...)
	check(t, err)
	defer result.Close()
	columns, err := result.Columns()
	check(t, err)
	for result.Next() {
		row, into := make([]string, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		check(t, result.Scan(into...))
		out = append(out, row)
	}
	check(t, result.Err())
	return out
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
