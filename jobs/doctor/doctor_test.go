package doctor

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts/slack"
	"panelwatch/configs"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver"
	"panelwatch/sql/warehouse/localserver/servertest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Run(m)) }

// patient has the shipped configuration on folders of its own, and the
// warehouse of dsn.
func patient(t *testing.T, dsn string) Patient {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"inbox/vendor", "inbox/panel", "out"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	environment := map[string]string{"PANELWATCH_INBOX": filepath.Join(dir, "inbox"), "PANELWATCH_OUTBOX": filepath.Join(dir, "out", "slack")}
	getenv := func(name string) string { return environment[name] }
	c, err := configs.Load("", getenv)
	if err != nil {
		t.Fatal(err)
	}
	return Patient{
		Config: c, DSN: dsn != "", Getenv: getenv, Memory: 512 << 20,
		Open: func(ctx context.Context) (*warehouse.Warehouse, error) {
			return warehouse.Open(ctx, dsn, time.Now, time.Second)
		},
		Slack:  func() (slack.Inspector, error) { return slack.Folder{Dir: c.Slack.Folder}, nil },
		Secret: func(string) (string, error) { return "", nil },
		Now:    func() time.Time { return time.Date(2023, 12, 20, 0, 0, 0, 0, time.UTC) },
	}
}

// migrated is a new database with the newest schema.
func migrated(t *testing.T, dsn string) (*warehouse.Warehouse, *sql.DB) {
	t.Helper()
	house, err := warehouse.Open(t.Context(), dsn, time.Now, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = house.Close() })
	if err := house.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return house, db
}

func execute(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// found is the line of a check.
func found(t *testing.T, lines []Line, check string) Line {
	t.Helper()
	for _, l := range lines {
		if l.Check == check {
			return l
		}
	}
	t.Fatalf("no line %q in %+v", check, lines)
	return Line{}
}

// expect checks the lines that differ from a warehouse in order, which has one
// line to note: there is no Slack.
func expect(t *testing.T, lines []Line, want map[string]string) {
	t.Helper()
	want["slack token"] = "warn: none"
	for _, l := range lines {
		got, awaited := string(l.State)+": "+l.Says, want[l.Check]
		switch {
		case awaited == "" && l.State != OK:
			t.Errorf("%s: %s; want it in order", l.Check, got)
		case !strings.HasPrefix(got, awaited[:min(4, len(awaited))]) || !strings.Contains(got, strings.TrimSpace(awaited[strings.IndexByte(awaited, ':')+1:])):
			t.Errorf("%s: %s; want %s", l.Check, got, awaited)
		case l.State != OK && l.Do == "":
			t.Errorf("%s: %s, and nothing to do", l.Check, got)
		case (l.State == Fail) != (l.Err != nil):
			t.Errorf("%s: %s with error %v", l.Check, got, l.Err)
		}
		delete(want, l.Check)
	}
	for check, says := range want {
		t.Errorf("no line %s: %s", check, says)
	}
}

func TestAllInOrder(t *testing.T) {
	dsn := servertest.NewDatabase(t)
	house, _ := migrated(t, dsn)
	lease, _, err := house.Claim(t.Context(), "panelwatch", "host/1/run-1", time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lease.Release() }()
	lines := Examine(t.Context(), patient(t, dsn))
	expect(t, lines, map[string]string{})
	if l := found(t, lines, "lease"); !strings.Contains(l.Says, "panelwatch is held by host/1/run-1 until 20") {
		t.Errorf("lease: %s", l.Says)
	}
	if err := Failed(lines); err != nil {
		t.Error(err)
	}
}

func TestNothingConfigured(t *testing.T) {
	lines := Examine(t.Context(), patient(t, ""))
	expect(t, lines, map[string]string{"warehouse": "fail: no DSN"})
	if err := Failed(lines); !errors.Is(err, ErrSetup) {
		t.Errorf("%v, want a fault of the configuration", err)
	}
}

func TestBrokenWarehouses(t *testing.T) {
	for _, c := range []struct {
		name   string
		spoil  []string
		want   map[string]string
		denied bool
		setup  bool
	}{
		{
			name: "newer schema", setup: true,
			spoil: []string{"INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)"},
			want:  map[string]string{"schema": "fail: is at version 99999, this program knows"},
		},
		{
			name: "older schema", setup: true,
			spoil: []string{"DELETE FROM goose_db_version WHERE version_id > 100"},
			want:  map[string]string{"schema": "fail: is at version 100, this program needs"},
		},
		{
			name: "database in latin1", spoil: []string{"ALTER DATABASE CHARACTER SET latin1"},
			want: map[string]string{"charset": "warn: the database's default is latin1_swedish_ci"},
		},
		{
			name: "table in another collation", setup: true,
			spoil: []string{"ALTER TABLE etl_note CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"},
			want:  map[string]string{"charset": "fail: 1 tables are not in utf8mb4_bin"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			dsn := servertest.NewDatabase(t)
			_, db := migrated(t, dsn)
			execute(t, db, c.spoil...)
			lines := Examine(t.Context(), patient(t, dsn))
			expect(t, lines, c.want)
			if err := Failed(lines); errors.Is(err, ErrSetup) != c.setup {
				t.Errorf("%v, want a fault of the configuration: %t", err, c.setup)
			}
		})
	}
}

// The account that only reads cannot run the job; the loader can, and needs no
// right to the schema.
func TestAccounts(t *testing.T) {
	dsn := servertest.NewDatabase(t)
	house, db := migrated(t, dsn)
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	host := "%"
	if config.Net == "unix" {
		host = "localhost"
	}
	name := fmt.Sprintf("reader_%d", time.Now().UnixNano()%1e9)
	as := func(user, password string) string {
		c := config.Clone()
		c.User, c.Passwd = user, password
		return c.FormatDSN()
	}
	execute(t, db, "CREATE USER '"+name+"'@'"+host+"' IDENTIFIED BY 'a-secret-word'", "GRANT SELECT ON `"+config.DBName+"`.* TO '"+name+"'@'"+host+"'")
	loader := warehouse.Account{Role: warehouse.Loader, Name: "loader_" + name[7:], Host: host, Password: "another-word"}
	if err := house.Grant(t.Context(), loader); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, user := range []string{name, loader.Name} {
			if _, err := db.Exec("DROP USER '" + user + "'@'" + host + "'"); err != nil {
				t.Error(err)
			}
		}
	})
	lines := Examine(t.Context(), patient(t, as(name, "a-secret-word")))
	expect(t, lines, map[string]string{"rights: run": "fail: lacks INSERT", "rights: migrate up": "fail: lacks INSERT"})
	if !errors.Is(Failed(lines), ErrRights) {
		t.Errorf("%v, want a fault of rights", Failed(lines))
	}
	expect(t, Examine(t.Context(), patient(t, as(loader.Name, loader.Password))), map[string]string{})

	lines = Examine(t.Context(), patient(t, as(name, "wrong-word")))
	expect(t, lines, map[string]string{"warehouse": "fail: Access denied"})
	if l := found(t, lines, "warehouse"); !warehouse.Denied(l.Err) || strings.Contains(l.Says, "wrong-word") {
		t.Errorf("%+v: want it denied, without the password", l)
	}
}

// A server as somebody else set it up.
func TestServersSettings(t *testing.T) {
	dir, err := os.MkdirTemp("", "pw")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	s, err := localserver.Start(t.Context(), dir, localserver.Options{Database: "panelwatch", Args: []string{
		"--local-infile=0", "--max-allowed-packet=4M", "--sql-mode=", "--default-time-zone=+08:00", "--read-only=0",
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Kill() }()
	_, db := migrated(t, s.DSN("panelwatch"))
	expect(t, Examine(t.Context(), patient(t, s.DSN("panelwatch"))), map[string]string{
		"local_infile": "warn: off", "max_allowed_packet": "warn: 4 MiB", "sql_mode": "warn: the server's own is not",
	})
	execute(t, db, "SET GLOBAL read_only = 1")
	lines := Examine(t.Context(), patient(t, s.DSN("panelwatch")))
	if l := found(t, lines, "writable"); l.State != Fail || !errors.Is(l.Err, ErrUnavailable) {
		t.Errorf("read-only server: %+v", l)
	}
}

// Places that are not there, cannot be written, or do not answer.
func TestPlaces(t *testing.T) {
	p := patient(t, "")
	p.Config.Sources = []configs.Source{
		{Name: "gone", Kind: configs.KindFolder, Folder: filepath.Join(t.TempDir(), "none")},
		{Name: "far", Kind: configs.KindHTTPS, URL: "http://127.0.0.1:1/", Spool: "/dev/null/spool"},
	}
	p.Config.Archive = configs.Archive{Kind: configs.ArchiveNone}
	p.Memory = 64 << 20
	p.Now = func() time.Time { return time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC) }
	lines := Examine(t.Context(), p)
	expect(t, lines, map[string]string{
		"warehouse": "fail: no DSN", "source gone": "fail: no such file", "source far": "fail: unavailable",
		"spool far": "fail: not a directory", "archive": "warn: none", "memory": "warn: the limit is 64 MiB",
		"calendar": "warn: days off and lunar dates end",
	})
}

// What cannot be written is told by its folder and the setting that names it,
// in the same words every time.
func TestFoldersThatCannotBeWritten(t *testing.T) {
	p := patient(t, "")
	p.Config.Archive = configs.Archive{Kind: configs.ArchiveFolder, Folder: "/proc/archive"}
	p.Config.Slack.Folder = "/proc/slack"
	lines := Examine(t.Context(), p)
	for check, setting := range map[string]string{"archive": "PANELWATCH_ARCHIVE", "slack folder": "PANELWATCH_OUTBOX"} {
		l := found(t, lines, check)
		if l.State != Fail || !strings.HasPrefix(l.Says, "/proc/") || strings.Contains(l.Says, "doctor-") || !strings.Contains(l.Do, setting) {
			t.Errorf("%+v", l)
		}
	}
}

// Slack's own words are told, with what to do, for every channel once.
func TestSlackIsAsked(t *testing.T) {
	p := patient(t, "")
	p.Config.Slack.Channel, p.Config.Slack.Fallback = "C0MAIN", "C0SPARE"
	asked := &refusing{}
	p.Slack = func() (slack.Inspector, error) { return asked, nil }
	lines := Examine(t.Context(), p)
	if diff := cmp.Diff([]string{"C0MAIN", "C0SPARE"}, asked.channels); diff != "" {
		t.Errorf("channels asked for, want (-), got (+):\n%s", diff)
	}
	if l := found(t, lines, "slack token"); l.State != OK {
		t.Errorf("%+v", l)
	}
	if l := found(t, lines, "slack channel C0MAIN"); l.State != Fail || !errors.Is(l.Err, slack.ErrUndelivered) || l.Do != "invite the bot" {
		t.Errorf("%+v", l)
	}
}

type refusing struct{ channels []string }

func (r *refusing) Inspect(_ context.Context, channels ...string) []slack.Step {
	r.channels = channels
	return []slack.Step{
		{Name: "token", Says: "user panelwatch"},
		{Name: "channel C0MAIN", Says: "not_in_channel", Do: "invite the bot", Err: slack.ErrUndelivered},
	}
}
