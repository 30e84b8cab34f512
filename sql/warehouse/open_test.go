package warehouse

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"panelwatch/sql/warehouse/localserver/servertest"
)

// TestOpenSaysWhatIsWrong holds the four kinds of failure apart: each has an
// exit code of its own. No error may show the password.
func TestOpenSaysWhatIsWrong(t *testing.T) {
	good, err := mysql.ParseDSN(servertest.NewDatabase(t))
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(*mysql.Config)) string {
		c := good.Clone()
		change(c)
		return c.FormatDSN()
	}
	type kinds struct{ misconfigured, denied, unavailable bool }
	for name, c := range map[string]struct {
		dsn  string
		want kinds
	}{
		"no DSN at all": {"secret", kinds{misconfigured: true}},
		"no such database": {
			with(func(c *mysql.Config) { c.DBName = "panelwatch_nowhere" }), kinds{misconfigured: true},
		},
		"no such user": {
			with(func(c *mysql.Config) { c.User, c.Passwd = "nobody", "secret" }), kinds{denied: true},
		},
		"no such socket": {
			with(func(c *mysql.Config) { c.Net, c.Addr, c.Passwd = "unix", "/nonexistent/sock", "secret" }), kinds{unavailable: true},
		},
		"nobody listens": {
			with(func(c *mysql.Config) { c.Net, c.Addr, c.Passwd = "tcp", closedPort(t), "secret" }), kinds{unavailable: true},
		},
	} {
		w, err := Open(t.Context(), c.dsn, time.Now, 0)
		if err == nil {
			w.Close()
			t.Errorf("%s: opened", name)
			continue
		}
		if got := (kinds{Misconfigured(err), Denied(err), Unavailable(err)}); got != c.want {
			t.Errorf("%s: %+v, want %+v: %v", name, got, c.want, err)
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error shows the password: %v", name, err)
		}
	}
}

// closedPort is an address that refuses connections.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Whatever a DSN asks for, the session is the one that the statements need.
func TestOpenSetsTheSession(t *testing.T) {
	config, err := mysql.ParseDSN(servertest.NewDatabase(t))
	if err != nil {
		t.Fatal(err)
	}
	config.Params = map[string]string{"time_zone": "'+08:00'", "sql_mode": "''"}
	w := openAt(t, config.FormatDSN())
	for text, want := range map[string]string{
		"SELECT @@time_zone":            "+00:00",
		"SELECT @@collation_connection": "utf8mb4_bin",
		"SELECT @@sql_mode LIKE '%STRICT_ALL_TABLES%' AND @@sql_mode LIKE '%ONLY_FULL_GROUP_BY%'": "1",
	} {
		if got := one(t, w, text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestRunsAreOnRecord(t *testing.T) {
	w := newHouse(t)
	if err := w.StartRun(t.Context(), Run{ID: "run-1", Job: "run", CodeVersion: "test", ConfigHash: hashOf("config")}); err != nil {
		t.Fatal(err)
	}
	const text = "SELECT job, finished_at IS NULL, exit_code, summary FROM etl_run"
	if got, want := one(t, w, text), `"run" "1" NULL NULL`; got != want {
		t.Errorf("while running: %s, want %s", got, want)
	}
	if err := w.FinishRun(t.Context(), "run-1", 65, `{"month":"2023-09"}`); err != nil {
		t.Fatal(err)
	}
	if got, want := one(t, w, text), `"run" "0" "65" "{\"month\":\"2023-09\"}"`; got != want {
		t.Errorf("afterwards: %s, want %s", got, want)
	}
}
