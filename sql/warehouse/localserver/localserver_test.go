package localserver

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"
)

func TestRestartKeepsData(t *testing.T) {
	dir := folder(t)
	first := start(t, dir, Options{Database: "panelwatch"})
	execute(t, first, "CREATE TABLE note (text VARCHAR(20))", "INSERT INTO note (text) VALUES ('春运')")
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	if s, err := Find(t.Context(), dir); s != nil || err != nil {
		t.Fatalf("Find after Stop = %v, %v; want nothing", s, err)
	}
	second := start(t, dir, Options{Database: "panelwatch"})
	if got := query(t, second, "SELECT text FROM note"); got != "春运" {
		t.Errorf("after restart: %q, want 春运", got)
	}
	if second.Found || second.PID == first.PID {
		t.Errorf("second start: %+v, want a new process", second)
	}
}

func TestSettings(t *testing.T) {
	s := start(t, folder(t), Options{Database: "panelwatch"})
	got := query(t, s, "SELECT CONCAT_WS(' ', @@time_zone, @@collation_server, @@collation_database, @@local_infile, @@skip_networking)")
	if want := "+00:00 utf8mb4_bin utf8mb4_bin ON ON"; got != want {
		t.Errorf("settings: %s, want %s", got, want)
	}
}

func TestSecondStartFindsFirst(t *testing.T) {
	dir := folder(t)
	first := start(t, dir, Options{Database: "a"})
	second, err := Start(t.Context(), dir, Options{Database: "b"})
	if err != nil {
		t.Fatal(err)
	}
	if !second.Found || second.PID != first.PID || first.Found {
		t.Fatalf("second start: %+v, want process %d found", second, first.PID)
	}
	if got := queryIn(t, second, "b", "SELECT DATABASE()"); got != "b" {
		t.Errorf("database of second start: %q, want b", got)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if got := queryIn(t, first, "a", "SELECT 1"); got != "1" {
		t.Error("Close of a found server stopped it")
	}
	if err := second.Stop(); err != nil || !first.waitExit(stopTimeout) {
		t.Errorf("Stop of a found server: %v; want it gone", err)
	}
}

func TestStartsAtOnceGetOneServer(t *testing.T) {
	dir := folder(t)
	var servers [4]*Server
	var group sync.WaitGroup
	for i := range servers {
		group.Go(func() { servers[i] = start(t, dir, Options{}) })
	}
	group.Wait()
	own := 0
	for _, s := range servers {
		if s.PID != servers[0].PID {
			t.Errorf("process %d beside %d", s.PID, servers[0].PID)
		}
		if !s.Found {
			own++
		}
	}
	if own != 1 {
		t.Errorf("%d servers started, want 1", own)
	}
}

func TestCrashIsRecovered(t *testing.T) {
	dir := folder(t)
	first := start(t, dir, Options{Database: "panelwatch"})
	execute(t, first, "CREATE TABLE t (n INT)", "INSERT INTO t (n) VALUES (7)")
	if err := first.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "pid")); err != nil {
		t.Fatalf("a killed server leaves its pid file behind, this one did not: %v", err)
	}
	second := start(t, dir, Options{Database: "panelwatch"})
	if got := query(t, second, "SELECT n FROM t"); got != "7" {
		t.Errorf("after a crash: %s, want 7", got)
	}
}

// A pid file may name a process that has taken the number of the dead server.
func TestForeignPidIsNotTheServer(t *testing.T) {
	dir := folder(t)
	if _, err := ownFolder(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "pid"), []byte("1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := start(t, dir, Options{}); s.Found {
		t.Error("process 1 was taken for the server")
	}
}

func TestLongPathUsesLoopback(t *testing.T) {
	dir := filepath.Join(folder(t), strings.Repeat("n", 60), strings.Repeat("m", 60))
	s := start(t, dir, Options{Database: "panelwatch"})
	if s.Socket != "" || s.Port == 0 {
		t.Fatalf("server %+v, want a port and no socket", s)
	}
	if got := query(t, s, "SELECT CURRENT_USER()"); got != User+"@127.0.0.1" {
		t.Errorf("account %q, want %s@127.0.0.1", got, User)
	}
	found, err := Find(t.Context(), dir)
	if err != nil || found == nil {
		t.Fatalf("Find = %v, %v", found, err)
	}
	if diff := cmp.Diff(s.DSN("x"), found.DSN("x")); diff != "" {
		t.Errorf("DSN of the found server (-started +found):\n%s", diff)
	}
}

func TestPortAsksForPassword(t *testing.T) {
	s := start(t, folder(t), Options{Port: AnyPort})
	info, err := os.Stat(filepath.Join(s.Dir, "password"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("password file: %v, %v; want mode 0600", info, err)
	}
	for name, c := range map[string]struct {
		user, password string
		ok             bool
	}{
		"the folder's password": {User, s.password, true},
		"wrong password":        {User, "guess", false},
		"no password":           {User, "", false},
		"root":                  {"root", "", false},
		"anonymous":             {"", "", false},
	} {
		config := mysql.NewConfig()
		config.User, config.Passwd, config.Net, config.Addr = c.user, c.password, "tcp", s.address()
		err := ping(t, config.FormatDSN())
		if (err == nil) != c.ok {
			t.Errorf("%s: %v, want let in %t", name, err, c.ok)
		}
	}
}

func TestPortInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = Start(t.Context(), folder(t), Options{Port: l.Addr().(*net.TCPAddr).Port, Cache: cache})
	if err == nil || !strings.Contains(err.Error(), "Address already in use") {
		t.Errorf("port in use: %v, want the server's own words", err)
	}
}

func TestBadArgumentShowsLog(t *testing.T) {
	_, err := Start(t.Context(), folder(t), Options{Args: []string{"--no-such-option"}, Cache: cache})
	if err == nil || !strings.Contains(err.Error(), "--no-such-option") || !strings.Contains(err.Error(), "err.log") {
		t.Errorf("bad argument: %v, want the end of err.log", err)
	}
}

func TestBadDatabaseName(t *testing.T) {
	dir := folder(t)
	if _, err := Start(t.Context(), dir, Options{Database: "a`b", Cache: cache}); err == nil {
		t.Error("database a`b was taken")
	}
	if s, err := Find(t.Context(), dir); s != nil || err != nil {
		t.Errorf("after the error: %v, %v; want no server left", s, err)
	}
}

func TestCancelledStartLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := folder(t)
	if _, err := Start(ctx, dir, Options{}); err == nil {
		t.Fatal("started with a cancelled context")
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); !os.IsNotExist(err) {
		t.Errorf("half a data folder is left: %v", err)
	}
	start(t, dir, Options{})
}

func TestFindInNoFolder(t *testing.T) {
	if s, err := Find(t.Context(), filepath.Join(folder(t), "none")); s != nil || err != nil {
		t.Errorf("Find = %v, %v; want nothing", s, err)
	}
}
