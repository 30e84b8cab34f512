package servertest

import (
	"database/sql"
	"os"
	"os/exec"
	"strings"
	"testing"

	"panelwatch/sql/warehouse/localserver"
)

func TestMain(m *testing.M) { os.Exit(Run(m)) }

func TestDatabasesAreSeparate(t *testing.T) {
	one, two := open(t, NewDatabase(t)), open(t, NewDatabase(t))
	for _, db := range []*sql.DB{one, two} {
		if _, err := db.Exec("CREATE TABLE t (n INT)"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := one.Exec("INSERT INTO t (n) VALUES (1)"); err != nil {
		t.Fatal(err)
	}
	var rows int
	if err := two.QueryRow("SELECT COUNT(*) FROM t").Scan(&rows); err != nil || rows != 0 {
		t.Errorf("second database has %d rows, %v; want 0", rows, err)
	}
}

func TestDatabaseGoesWithItsTest(t *testing.T) {
	var dsn string
	t.Run("inner", func(t *testing.T) { dsn = NewDatabase(t) })
	err := open(t, dsn).Ping()
	if err == nil || !strings.Contains(err.Error(), "1049") {
		t.Errorf("after the test: %v, want error 1049 (unknown database)", err)
	}
}

// The tests of a package fail, and are not passed over, where there is no
// server. The child process that shows it is this test binary, told to look
// for a server at an address where none is.
func TestMissingServerFails(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^TestDatabasesAreSeparate$", "-test.v")
	cmd.Env = append(os.Environ(), Variable+"=nobody@unix(/nonexistent/sock)/")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "--- FAIL: TestDatabasesAreSeparate") {
		t.Errorf("without a server: err %v, output:\n%s\nwant the test to fail", err, out)
	}
}

// The variable reaches another server: here the one of this binary.
func TestVariable(t *testing.T) {
	config, err := current.start()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestDatabases")
	cmd.Env = append(os.Environ(), Variable+"="+in(config, ""))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("with %s: %v\n%s", Variable, err, out)
	}
}

// A binary that is killed takes its server with it.
func TestServerDiesWithBinary(t *testing.T) {
	if os.Getenv("SERVERTEST_HANG") != "" {
		NewDatabase(t)
		os.Stdout.WriteString("dir=" + current.dir + "\n")
		select {}
	}
	dir := hangThenKill(t)
	defer os.RemoveAll(dir)
	waitUntil(t, "the server ends with its parent", func() bool {
		s, err := localserver.Find(t.Context(), dir)
		return err == nil && s == nil
	})
}
