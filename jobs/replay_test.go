package jobs_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
)

// small delivers a month of three apps, one of them under a name that the
// catalogue does not have yet.
func (s *site) small(t *testing.T, folder, month string, revision int, devices string) {
	t.Helper()
	text := columnApp + ",月份," + columnDevices + "\n云闪付," + month + "," + devices + "\n铁路12306," + month + ",5200\n津社保," + month + ",100\n"
	m := panel.MustMonth(month)
	must(t, extract.WriteDelivery(filepath.Join(s.inbox, "vendor", month, folder), extract.Manifest{
		Vendor: "示例", Product: "small", Kind: extract.Aggregate, Month: m, Revision: revision,
		DeliveredAt: m.Start().AddDate(0, revision, 9), UniverseWan: 139_000, TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1",
		Files: []extract.File{{Name: appMonth, Table: extract.TableAppMonth, Rows: 3}},
	}, [][]byte{[]byte(text)}))
}

// named gives 天津人力社保 these aliases.
func (s *site) named(t *testing.T, aliases ...string) {
	t.Helper()
	for i := range s.config.Catalogue.Apps {
		if a := &s.config.Catalogue.Apps[i]; a.ID == "tianjinrenshe" {
			a.Aliases = aliases
		}
	}
	must(t, s.config.Catalogue.Index())
}

func (s *site) replay(t *testing.T, month string) (jobs.Summary, error) {
	t.Helper()
	return s.runWith(t, jobs.Options{Silent: true, Replay: jobs.Replay{Source: "vendor", Month: panel.MustMonth(month)}})
}

func stepsOf(s jobs.Summary) (steps []string) {
	for _, x := range s.Steps {
		steps = append(steps, fmt.Sprintf("%s r%d.%d %s %d/%d", x.Month, x.Revision, x.Reading, x.Action, x.Rows.Loaded, x.Rows.Read))
	}
	return steps
}

// The story of a row that was held back: the catalogue learns the app's name,
// the archived delivery is read again, and the month stands as if the name had
// been known; what depends on it follows, and a second time changes nothing.
func TestReplayGivesRowsBack(t *testing.T) {
	w := newSite(t)
	half := 0.5
	w.config.Quality.MaxRejectedRatio = &half
	w.small(t, "r1", "2023-01", 1, "1000")
	w.small(t, "r1", "2023-02", 1, "1100")
	w.mustRun(t)
	must(t, os.RemoveAll(filepath.Join(w.inbox, "vendor")))
	must(t, os.Mkdir(filepath.Join(w.inbox, "vendor"), 0o755))
	w.wantReplay(t, "before the fix", "2023-01", "2023-01 r1.0 skipped 0/0")

	w.named(t, "天津人社保", "津社保")
	w.wantReplay(t, "after the fix", "2023-01", "2023-01 r1.2 published 3/3") // February has no row of the app to compare
	w.wantReplay(t, "again", "2023-01", "2023-01 r1.0 skipped 0/0")
	if s := w.mustRun(t); len(s.Steps) > 0 {
		t.Errorf("a run after the replay: %q", stepsOf(s))
	}
	w.wantReplay(t, "the other month", "2023-02", "2023-02 r1.2 published 3/3")
	w.wantAsIfKnown(t)

	w.named(t, "天津人社保")
	before := contents(t, w)
	var data *extract.DataError
	if _, err := w.replay(t, "2023-01"); !errors.As(err, &data) || !strings.Contains(err.Error(), "1 rows are rejected now, 0 were before") {
		t.Errorf("a replay that would take a row away: %v", err)
	}
	if diff := cmp.Diff(before, contents(t, w)); diff != "" {
		t.Errorf("it changed something:\n%s", diff)
	}
}

// wantReplay wants the steps of a replay, and no change of the warehouse when
// they publish nothing.
func (s *site) wantReplay(t *testing.T, when, month string, steps ...string) {
	t.Helper()
	before := contents(t, s)
	summary, err := s.replay(t, month)
	must(t, err)
	if diff := cmp.Diff(steps, stepsOf(summary)); diff != "" {
		t.Errorf("%s: steps, want (-), got (+):\n%s", when, diff)
	}
	if diff := cmp.Diff(before, contents(t, s)); (diff == "") != (summary.Count(jobs.Published) == 0) {
		t.Errorf("%s: change of the warehouse:\n%s", when, diff)
	}
}

// wantAsIfKnown compares with a site that knew the name from the start.
func (s *site) wantAsIfKnown(t *testing.T) {
	t.Helper()
	other := newSite(t)
	other.named(t, "天津人社保", "津社保")
	other.small(t, "r1", "2023-01", 1, "1000")
	other.small(t, "r1", "2023-02", 1, "1100")
	other.mustRun(t)
	for _, query := range inForce[:2] {
		if diff := cmp.Diff(rows(t, other.db, query), rows(t, s.db, query)); diff != "" {
			t.Errorf("known from the start (-), replayed (+):\n%s", diff)
		}
	}
	got := rows(t, s.db, "SELECT COUNT(*) FROM etl_reject")
	if diff := cmp.Diff([][]string{{"0"}}, got); diff != "" {
		t.Errorf("rows still held back, want (-), got (+):\n%s", diff)
	}
}

// A reading never outranks a revision: the vendor's second revision replaces
// the second reading of the first, and the first does not come back.
func TestRevisionsOutrankReadings(t *testing.T) {
	w := newSite(t)
	half := 0.5
	w.config.Quality.MaxRejectedRatio = &half
	w.small(t, "r1", "2023-01", 1, "1000")
	w.mustRun(t)
	w.named(t, "天津人社保", "津社保")
	w.wantReplay(t, "after the fix", "2023-01", "2023-01 r1.2 published 3/3")
	w.small(t, "r2", "2023-01", 2, "1200")
	if diff := cmp.Diff([]string{"2023-01 r2.1 published 3/3"}, stepsOf(w.mustRun(t))); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	w.wantReplay(t, "of the second revision", "2023-01", "2023-01 r2.0 skipped 0/0")
	got := rows(t, w.db, "SELECT revision, reading, superseded_at IS NULL FROM publication ORDER BY publication_id")
	if diff := cmp.Diff([][]string{{"1", "1", "0"}, {"1", "2", "0"}, {"2", "1", "1"}}, got); diff != "" {
		t.Errorf("revision, reading, in force; want (-), got (+):\n%s", diff)
	}
}

// The same with microdata: an app that the catalogue gets later is counted
// from the rows that were held back for it.
func TestReplayOfMicrodata(t *testing.T) {
	half := 0.5
	learned := panel.App{ID: "xinapp", Name: "新应用", Category: "支付", Profile: "none"}
	w, other := newSite(t), newSite(t)
	for _, s := range []*site{w, other} {
		s.config.Quality.MaxRejectedRatio = &half
		s.config.Tabulate.Dimensions, s.config.Tabulate.Pairs = []string{panel.Gender}, nil
		s.people(t, "2023-01", "xinapp", "nobody", "xinapp")
		if s == w {
			s.mustRun(t)
			must(t, os.RemoveAll(filepath.Join(s.inbox, "panel", "2023-01")))
		}
		s.config.Catalogue.Apps = append(s.config.Catalogue.Apps, learned)
		must(t, s.config.Catalogue.Index())
	}
	summary, err := w.runWith(t, jobs.Options{Silent: true, Replay: jobs.Replay{Source: "panel", Month: month("2023-01")}})
	must(t, err)
	if diff := cmp.Diff([]string{"2023-01 r1.2 published 82/83"}, stepsOf(summary)); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	other.mustRun(t)
	const estimates = `SELECT e.app_id, e.dimension, e.member, e.replicate, e.devices, e.uses, e.n_devices FROM panel_estimate e
		  JOIN current_publication c ON c.publication_id = e.publication_id ORDER BY 1, 2, 3, 4`
	if diff := cmp.Diff(rows(t, other.db, estimates), rows(t, w.db, estimates)); diff != "" {
		t.Errorf("known from the start (-), replayed (+):\n%s", diff)
	}
}
