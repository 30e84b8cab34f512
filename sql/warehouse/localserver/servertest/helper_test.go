package servertest

import (
	"bufio"
	"database/sql"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// hangThenKill runs this binary until its server is up, kills it with
// SIGKILL and returns the server's folder.
func hangThenKill(t *testing.T) (dir string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestServerDiesWithBinary$")
	cmd.Env = append(os.Environ(), "SERVERTEST_HANG=1", Variable+"=")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for dir == "" && lines.Scan() {
		_, dir, _ = strings.Cut(lines.Text(), "dir=")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if dir == "" {
		t.Fatal("the child named no folder")
	}
	return dir
}

func waitUntil(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 30 s", what)
		}
	}
}
