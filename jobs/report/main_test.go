package report_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"panelwatch/alerts/slack"
	"panelwatch/configs"
	"panelwatch/etl/archive"
	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
	"panelwatch/jobs"
	"panelwatch/jobs/report"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver/servertest"
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

// run also drops the shared database where it was made on a server of the
// environment; that of the binary is gone with all that it had.
func run(m *testing.M) int {
	code := servertest.Run(m)
	if os.Getenv(servertest.Variable) != "" {
		for _, end := range endings {
			end()
		}
	}
	return code
}

// A site is a warehouse with the sample's history, and a way into it of its
// own, as an analyst has.
type site struct {
	house *warehouse.Warehouse
	db    *sql.DB
}

var (
	shared  site
	once    sync.Once
	endings []func()
)

// lasting is a test whose cleanups wait until all tests are over.
type lasting struct{ testing.TB }

func (lasting) Cleanup(f func()) { endings = append(endings, f) }

func (lasting) Errorf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// loaded is the site that all tests share and leave as it is.
func loaded(t *testing.T) site {
	t.Helper()
	once.Do(func() { shared = load(t) })
	if shared.db == nil {
		t.Fatal("the sample was not loaded: the first test that asked for it says why")
	}
	return shared
}

func load(t *testing.T) site {
	t.Helper()
	inbox, dsn := t.TempDir(), servertest.NewDatabase(lasting{t})
	config, err := configs.Load("", func(name string) string {
		return map[string]string{"PANELWATCH_INBOX": inbox}[name]
	})
	must(t, err)
	must(t, os.Mkdir(filepath.Join(inbox, "panel"), 0o755))
	must(t, sample.Write(inbox, config.Catalogue, sample.Options{
		From: panel.MustMonth("2020-01"), To: panel.MustMonth("2023-12"), MicroMonths: -1,
	}))
	clock := func() time.Time { return time.Date(2024, 1, 12, 1, 0, 0, 0, time.UTC) }
	house, err := warehouse.Open(t.Context(), dsn, clock, 10*time.Second)
	must(t, err)
	must(t, house.Migrate(t.Context()))
	job := jobs.Job{
		Config: config, Warehouse: house, Archive: archive.New(archive.Folder{Dir: t.TempDir()}), Notifier: nobody{},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: clock, RunID: "test", Owner: "test", Version: "test",
	}
	_, err = job.Run(t.Context(), jobs.Options{Silent: true})
	must(t, err)
	db, err := sql.Open("mysql", dsn)
	must(t, err)
	return site{house, db}
}

// nobody is a Notifier that sends nothing.
type nobody struct{}

func (nobody) Deliver(context.Context, slack.Outbox) (slack.Report, error) {
	return slack.Report{}, nil
}

// built are the reports that were made; tests leave them as they are.
var built = map[string]report.Report{}

// build makes the report of a month, once.
func (s site) build(t *testing.T, month string) report.Report {
	t.Helper()
	if _, made := built[month]; !made {
		built[month] = s.anew(t, month)
	}
	return built[month]
}

// anew makes the report of a month.
func (s site) anew(t *testing.T, month string) report.Report {
	t.Helper()
	r, err := report.Build(t.Context(), s.house, panel.MustMonth(month))
	must(t, err)
	return r
}

// column reads one column of a query, as text.
func (s site) column(t *testing.T, query string, args ...any) (all []string) {
	t.Helper()
	rows, err := s.db.QueryContext(t.Context(), query, args...)
	must(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var v sql.NullString
		must(t, rows.Scan(&v))
		all = append(all, v.String)
	}
	must(t, rows.Err())
	return all
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
