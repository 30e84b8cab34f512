package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/go-sql-driver/mysql"

	"panelwatch/sql/warehouse"
)

// An exiting is one way to an exit code: the command, what is done before, and
// what is done to the process while it runs.
type exiting struct {
	code   int
	way    string
	args   string
	env    []string
	before func(*testing.T, *pods)
	during func(*testing.T, *pods, *pod)
	period string // of the last words
	reason string // part of them; "" where there are none
}

// anyMonth is the period of a process that nobody knows how far it came.
const anyMonth = "YYYY-MM"

func exitings() []exiting {
	const nobody = "nobody:s3cretword@unix(/nonexistent/sock)/panelwatch"
	return []exiting{
		{code: exitDone, way: "nothing to do", args: "run", reason: "done"},
		{code: exitInvariant, way: "a number that its bytes do not give", args: "trace --find --source vendor --month 2023-11 --indicator mud --app zhifubao", before: statements("UPDATE indicator SET value = value + 1 WHERE indicator = 'mud'"), reason: "the archive gives another number"},
		{code: exitLeaseHeld, way: "another run is at work", args: "run", before: takeLease, reason: "another run holds the lease (somebody else)"},
		{code: exitUsage, way: "no such month", args: "run --month 2023-13", reason: "want YYYY-MM"},
		{code: exitUnavailable, way: "nobody listens", args: "run", env: []string{"PANELWATCH_DSN=" + nobody, "PANELWATCH_CONNECT_WAIT=1s"}, reason: "connect to /nonexistent/sock"},
		{code: exitConfig, way: "a secret's file is missing", args: "run", env: []string{"PANELWATCH_DSN=", "PANELWATCH_DSN_FILE=/nonexistent/dsn"}, reason: "PANELWATCH_DSN_FILE"},
		{code: exitDenied, way: "a user that the server does not know", args: "run", before: empty, env: []string{"PANELWATCH_DSN=stranger"}, reason: "Access denied"},
		{code: goCrash, way: "the runtime is told to give up", args: "run", before: empty, during: on(syscall.SIGQUIT)},
		{code: exitTerminated, way: "SIGTERM", args: "run", before: empty, during: on(syscall.SIGTERM), period: anyMonth, reason: "signal received"},
		{code: exitData, way: "a byte too many", args: "run", period: "2023-10", before: spoilt, reason: "manifest.json says"},
		{code: exitBug, way: "a table is gone that the schema has", args: "run", period: "2023-09", before: statements("DELETE FROM current_publication", "DELETE FROM publication", "DROP TABLE etl_file"), reason: "etl_file"},
	}
}

// Every exit code is what the program itself ends with, and its last words say
// which, of what period, and why; never a secret.
func TestEveryExitCodeOfTheProgram(t *testing.T) {
	t.Parallel()
	p := newPods(t)
	path := filepath.Join(p.dir, "config", "panelwatch.yaml")
	text, err := os.ReadFile(path)
	check(t, err)
	check(t, os.WriteFile(path, bytes.Replace(text, []byte("wait: 60s"), []byte("wait: 0s"), 1), 0o644))
	p.finish(t)
	for _, e := range exitings() {
		if e.before != nil {
			e.before(t, p)
		}
		x := p.command(t, e)
		if e.during != nil {
			p.until(t, "SELECT COUNT(*) > 0 FROM current_publication")
			e.during(t, p, x)
		}
		x.ends(t, e.code, "")
		lastWordsAre(t, filepath.Join(p.dir, "last"), e)
		if strings.Contains(x.out.String(), "s3cret") {
			t.Errorf("%s: the output shows a password:\n%s", e.way, x.out.String())
		}
		_, err := p.db.ExecContext(t.Context(), "DELETE FROM job_lease")
		check(t, err)
	}
}

// Every code of README is proved above.
func TestNoExitCodeIsWithoutProof(t *testing.T) {
	proved := []int{}
	for _, e := range exitings() {
		proved = append(proved, e.code)
	}
	slices.Sort(proved)
	if want := everyCode(); !slices.Equal(proved, want) {
		t.Errorf("proved %v, want %v", proved, want)
	}
}

// A panic is a bug that is told and has its code, and so has one that somebody
// waits for in Kubernetes.
func TestAPanicIsABug(t *testing.T) {
	words := filepath.Join(t.TempDir(), "last")
	getenv := func(name string) string { return map[string]string{"PANELWATCH_TERMINATION_LOG": words}[name] }
	var stderr bytes.Buffer
	if code := run([]string{"version"}, getenv, panicking{}, &stderr); code != exitBug {
		t.Errorf("exit code %d, want %d", code, exitBug)
	}
	if !strings.Contains(stderr.String(), "a bug: nobody can write here") {
		t.Errorf("stderr: %s", stderr.String())
	}
	lastWordsAre(t, words, exiting{code: exitBug, way: "panic", reason: "a bug: nobody can write here"})
}

type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("nobody can write here") }

// Kubernetes makes the file; without it nobody asked for last words.
func TestLastWordsGoWhereKubernetesLooks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "termination-log")
	w := &world{getenv: func(string) string { return "" }, stderr: io.Discard}
	w.secrets.learn("panelwatch:s3cretword@tcp(db:3306)/panelwatch")
	why := errors.New("cannot reach panelwatch:s3cretword@tcp(db:3306)/panelwatch, s3cretword " + strings.Repeat("月", maxReason))
	w.lastWords(exitUnavailable, why, path)
	if _, err := os.Stat(path); err == nil {
		t.Error("a file that Kubernetes did not make")
	}
	check(t, os.WriteFile(path, nil, 0o644))
	w.lastWords(exitUnavailable, why, path)
	text, err := os.ReadFile(path)
	check(t, err)
	if len(text) > maxReason+100 || !utf8.Valid(text) {
		t.Errorf("%d bytes, or no text", len(text))
	}
	lastWordsAre(t, path, exiting{code: exitUnavailable, way: "long", reason: "cannot reach [secret], [secret] 月"})
}

func lastWordsAre(t *testing.T, path string, want exiting) {
	t.Helper()
	text, err := os.ReadFile(path)
	if want.reason == "" {
		if err == nil {
			t.Errorf("%s: last words of a process that had none: %s", want.way, text)
		}
		return
	}
	check(t, err)
	var got ending
	if err := json.Unmarshal(text, &got); err != nil || bytes.Count(text, []byte("\n")) != 1 {
		t.Fatalf("%s: %q is no line of JSON: %v", want.way, text, err)
	}
	if want.period == anyMonth && strings.HasPrefix(got.Period, "2023-") {
		got.Period = anyMonth
	}
	if got.Code != want.code || got.Period != want.period || !strings.Contains(got.Reason, want.reason) {
		t.Errorf("%s: last words %+v, want code %d, period %q, reason with %q", want.way, got, want.code, want.period, want.reason)
	}
	if strings.Contains(string(text), "s3cret") {
		t.Errorf("%s: the last words show a password: %s", want.way, text)
	}
	check(t, os.Remove(path))
}

func (p *pods) command(t *testing.T, e exiting) *pod {
	t.Helper()
	x := &pod{run: exec.Command("panelwatch", append([]string{"--config", filepath.Join(p.dir, "config")}, strings.Fields(e.args)...)...)}
	x.run.Env = append(os.Environ(), "PANELWATCH_DSN="+p.dsn, "PANELWATCH_OUTBOX="+filepath.Join(p.dir, "out", "slack"),
		"PANELWATCH_TERMINATION_LOG="+filepath.Join(p.dir, "last"))
	for _, v := range e.env {
		x.run.Env = append(x.run.Env, strings.Replace(v, "=stranger", "="+stranger(t, p.dsn), 1))
	}
	x.run.Stdout, x.run.Stderr = &x.out, &x.out
	check(t, x.run.Start())
	return x
}

func on(s syscall.Signal) func(*testing.T, *pods, *pod) {
	return func(t *testing.T, _ *pods, x *pod) { check(t, x.run.Process.Signal(s)) }
}

func empty(t *testing.T, p *pods) { p.reset(t) }

// statements spoil a warehouse that is whole.
func statements(all ...string) func(*testing.T, *pods) {
	return func(t *testing.T, p *pods) {
		for _, s := range all {
			_, err := p.db.ExecContext(t.Context(), s)
			check(t, err)
		}
	}
}

func spoilt(t *testing.T, p *pods) {
	f, err := os.OpenFile(filepath.Join(p.dir, "inbox", "vendor", "2023-10", "r1", "universe.csv"), os.O_APPEND|os.O_WRONLY, 0)
	check(t, err)
	_, err = f.WriteString("\n")
	check(t, err)
	check(t, f.Close())
	p.reset(t)
}

func takeLease(t *testing.T, p *pods) {
	house, err := warehouse.Open(t.Context(), p.dsn, time.Now, 0)
	check(t, err)
	t.Cleanup(func() { _ = house.Close() })
	lease, _, err := house.Claim(context.Background(), "panelwatch", "somebody else", time.Minute, 0)
	check(t, err)
	t.Cleanup(func() { _ = lease.Release() })
}

// stranger is a way to the server for a user that it does not know.
func stranger(t *testing.T, dsn string) string {
	t.Helper()
	config, err := mysql.ParseDSN(dsn)
	check(t, err)
	config.User, config.Passwd = "stranger", "s3cretword"
	return config.FormatDSN()
}
