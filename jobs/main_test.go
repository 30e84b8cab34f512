package jobs_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
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
	places "panelwatch/etl/source"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
	"panelwatch/sql/warehouse/localserver/servertest"
)

func TestMain(m *testing.M) {
	code := servertest.Run(m)
	if err := forget(); err != nil {
		fmt.Fprintln(os.Stderr, "clean up after the tests:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// A site is one panelwatch: an inbox, a warehouse with the newest schema, and
// the shipped configuration that joins them.
type site struct {
	inbox  string
	config *configs.Config
	house  *warehouse.Warehouse
	bytes  *archive.Archive
	meddle func(*warehouse.Arrival, *warehouse.Facts) // spoils what was read
	db     *sql.DB                                    // a way into the warehouse of its own, as an analyst has
	log    bytes.Buffer                               // of all runs

	secrets map[string]string // of sources, by their names in the environment
}

// newSite makes a site with an empty inbox; it goes with the test.
func newSite(t testing.TB) *site {
	t.Helper()
	return newSiteAt(t, ticking())
}

// newSiteAt is a site whose warehouse goes by a clock of the test's.
func newSiteAt(t testing.TB, clock func() time.Time) *site {
	t.Helper()
	return newSiteOn(t, servertest.NewDatabase(t), clock)
}

// newSiteOn is a site whose warehouse is the database of dsn.
func newSiteOn(t testing.TB, dsn string, clock func() time.Time) *site {
	t.Helper()
	s := &site{inbox: t.TempDir(), bytes: archive.New(archive.Folder{Dir: t.TempDir()})}
	for _, source := range []string{"vendor", "panel"} {
		must(t, os.Mkdir(filepath.Join(s.inbox, source), 0o755))
	}
	getenv := func(name string) string { return map[string]string{"PANELWATCH_INBOX": s.inbox}[name] }
	var err error
	s.config, err = configs.Load("", getenv)
	must(t, err)
	s.house, err = warehouse.Open(t.Context(), dsn, clock, 10*time.Second)
	must(t, err)
	t.Cleanup(func() { _ = s.house.Close() })
	must(t, s.house.Migrate(t.Context()))
	s.db, err = sql.Open("mysql", dsn)
	must(t, err)
	t.Cleanup(func() { _ = s.db.Close() })
	return s
}

// ticking is a clock that goes on by a second with every look: what is written
// twice has two times.
func ticking() func() time.Time {
	var mu sync.Mutex
	now := time.Date(2024, 1, 12, 1, 0, 0, 0, time.UTC)
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}
}

// nobody is a Notifier that sends nothing.
type nobody struct{}

func (nobody) Deliver(context.Context, slack.Outbox) (slack.Report, error) {
	return slack.Report{}, nil
}

// write puts the vendor's months into the inbox.
func (s *site) write(t testing.TB, from, to string) {
	t.Helper()
	must(t, sample.Write(s.inbox, s.config.Catalogue, sample.Options{
		From: month(from), To: month(to), MicroMonths: -1,
	}))
}

// run runs the job once; months are judged in silence.
func (s *site) run(t testing.TB) (jobs.Summary, error) {
	t.Helper()
	return s.runWith(t, jobs.Options{Silent: true})
}

func (s *site) runWith(t testing.TB, o jobs.Options) (jobs.Summary, error) {
	t.Helper()
	j := jobs.Job{
		Config: s.config, Warehouse: s.house, Archive: s.bytes, Notifier: nobody{}, Log: slog.New(slog.NewTextHandler(&s.log, nil)),
		Now: ticking(), RunID: "test", Owner: "test", Version: "test",
		Patience: places.Patience{First: time.Millisecond},
		Secret:   func(name string) (string, error) { return s.secrets[name], nil },
	}
	j.Meddle(s.meddle)
	return j.Run(t.Context(), o)
}

// mustRun runs the job once and wants it to succeed.
func (s *site) mustRun(t testing.TB) jobs.Summary {
	t.Helper()
	summary, err := s.run(t)
	must(t, err)
	return summary
}

func month(text string) panel.Month { return panel.MustMonth(text) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
