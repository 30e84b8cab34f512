package localserver

import (
	"database/sql"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// cache is shared by the tests of one run.
var cache string

func TestMain(m *testing.M) {
	if dir := os.Getenv("LOCALSERVER_TEST_CHILD"); dir != "" {
		os.Exit(child(dir))
	}
	var err error
	if cache, err = os.MkdirTemp("", "pwcache"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(cache)
	os.Exit(code)
}

// folder is a new folder with a path short enough for a socket.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pw")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return filepath.Join(dir, "db")
}

// start starts a server that is gone when the test ends.
func start(t *testing.T, dir string, opt Options) *Server {
	t.Helper()
	if opt.Cache == "" {
		opt.Cache = cache
	}
	s, err := Start(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Kill(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func open(t *testing.T, s *Server, database string) *sql.DB {
	t.Helper()
	db, err := s.open(database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func execute(t *testing.T, s *Server, statements ...string) {
	t.Helper()
	db := open(t, s, "panelwatch")
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func query(t *testing.T, s *Server, statement string) (value string) {
	t.Helper()
	return queryIn(t, s, "panelwatch", statement)
}

func queryIn(t *testing.T, s *Server, database, statement string) (value string) {
	t.Helper()
	if err := open(t, s, database).QueryRow(statement).Scan(&value); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return value
}

func ping(t *testing.T, dsn string) error {
	t.Helper()
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return db.Ping()
}

// program writes a shell script.
func program(t *testing.T, dir, name, body string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
}

// blocks is what a file takes on the disk, in bytes.
func blocks(t *testing.T, name string) int64 {
	t.Helper()
	var stat syscall.Stat_t
	if err := syscall.Stat(name, &stat); err != nil {
		t.Fatal(err)
	}
	return stat.Blocks * 512
}
