package jobs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/jobs"
)

// 台 under the header 万台 is refused, and the next revision heals it.
func TestAUnitOffByTenThousandIsRefused(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-02")
	w.revise(t, "2023-02", "r1", 1, func(_ string, devices *string) { *devices = strings.Replace(*devices, ".", "", 1) + "000" })
	summary, err := w.run(t)
	faults := leaves(err)
	if len(faults) != 1 || !strings.Contains(faults[0].Error(), "10000 times 2023-01") || !strings.Contains(faults[0].Error(), columnDevices) {
		t.Errorf("got %v", err)
	}
	if summary.Count(jobs.Published) != 1 || summary.Count(jobs.Refused) != 1 {
		t.Errorf("steps %+v", summary.Steps)
	}
}

// A row of an app that nobody has mapped is held aside, named, and no fault.
func TestUnknownAppsAreHeldAside(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-01")
	d := w.delivery(t, "2023-01")
	for i, f := range d.Manifest.Files {
		if f.Name != appMonth {
			continue
		}
		path := filepath.Join(d.Dir, f.Name)
		content, err := os.ReadFile(path)
		must(t, err)
		first := strings.Split(string(content), "\n")[1]
		name, rest, _ := strings.Cut(first, ",")
		must(t, os.WriteFile(path, []byte(strings.Replace(string(content), first, first+"\n"+name+"极速版,"+rest, 1)), 0o644))
		d.Manifest.Files[i].Rows++
	}
	var contents [][]byte
	for _, f := range d.Manifest.Files {
		content, err := os.ReadFile(filepath.Join(d.Dir, f.Name))
		must(t, err)
		contents = append(contents, content)
	}
	must(t, extract.WriteDelivery(d.Dir, d.Manifest, contents))
	summary, err := w.run(t)
	if err != nil || summary.Count(jobs.Published) != 1 {
		t.Fatalf("%+v, %v", summary.Steps, err)
	}
	got := rows(t, w.db, "SELECT rule, line, row_count, raw_value LIKE '%极速版' FROM etl_note")
	if diff := cmp.Diff([][]string{{"unknown_app", "3", "1", "1"}}, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if got := rows(t, w.db, "SELECT rule FROM etl_reject"); len(got) != 1 || got[0][0] != "unknown_app" {
		t.Errorf("rejects %v", got)
	}
}

// Other definitions are taken, noted, and not compared with.
func TestOtherDefinitionsAreNotCompared(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-02")
	d := w.delivery(t, "2023-02")
	var contents [][]byte
	for _, f := range d.Manifest.Files {
		content, err := os.ReadFile(filepath.Join(d.Dir, f.Name))
		must(t, err)
		contents = append(contents, content)
	}
	d.Manifest.DefinitionsVersion = "sample-2"
	must(t, extract.WriteDelivery(d.Dir, d.Manifest, contents))
	if _, err := w.run(t); err != nil {
		t.Fatal(err)
	}
	got := rows(t, w.db, "SELECT column_name, raw_value, rule, message FROM etl_note")
	if diff := cmp.Diff([][]string{{"definitions_version", "sample-2", "terms_changed", "was sample-1 in 2023-01: what depends on it is not compared across"}}, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	got = rows(t, w.db, "SELECT DISTINCT value IS NULL, flags FROM v_indicator WHERE indicator = 'mom' AND month_start = '2023-02-01'")
	if diff := cmp.Diff([][]string{{"1", "terms_differ"}}, got); diff != "" {
		t.Errorf("month on month: want -, got +:\n%s", diff)
	}
	got = rows(t, w.db, "SELECT DISTINCT reason FROM v_finding WHERE month_start = '2023-02-01' AND verdict = 'not_evaluable' AND rule IN ('rank_change', 'unexpected_low') AND reason LIKE 'definitions%'")
	if diff := cmp.Diff([][]string{{"definitions changed from sample-1 to sample-2 in 2023-02: months before cannot be compared"}}, got); diff != "" {
		t.Errorf("findings: want -, got +:\n%s", diff)
	}
}

// Files without a manifest are loaded once, and again when they change: from
// the folder of a source, and from what was fetched into its spool.
func TestLooseFilesAreLoaded(t *testing.T) {
	for _, c := range []struct {
		name   string
		source func(*configs.Source)
	}{
		{"in place", func(*configs.Source) {}},
		{"by a spool", func(s *configs.Source) { s.Kind, s.Spool, s.Complete = "folder", t.TempDir(), "marker" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newSite(t)
			c.source(&w.config.Sources[0])
			w.config.Sources[0].Loose = &configs.Loose{
				Vendor: "甲", Product: "月报", TierListYear: 2023, TGIBase: "all_network", DefinitionsVersion: "2023", Settle: time.Minute,
			}
			w.wantLooseFiles(t)
		})
	}
}

func (w *site) wantLooseFiles(t *testing.T) {
	t.Helper()
	for i, step := range []struct {
		devices string
		want    [][]string
	}{
		{"1796.8", [][]string{{"1", "17968000"}}},
		{"1796.8", [][]string{{"1", "17968000"}}},
		{"1796.9", [][]string{{"2", "17969000"}}},
	} {
		folder := filepath.Join(w.inbox, "vendor")
		path := filepath.Join(folder, "APP月度数据_202312.csv")
		must(t, os.WriteFile(path, []byte("应用名称,月份,月独立设备数(万台)\n闽政通,2023年12月,"+step.devices+"\n浙里办,202312,1624.4\n"), 0o644))
		must(t, os.WriteFile(filepath.Join(folder, extract.SuccessName), nil, 0o644))
		written := time.Date(2024, 1, 10, 0, i, 0, 0, time.UTC)
		must(t, os.Chtimes(path, written, written))
		if _, err := w.run(t); err != nil {
			t.Fatal(err)
		}
		got := rows(t, w.db, "SELECT revision, CAST(value AS SIGNED) FROM v_indicator_all_sources WHERE indicator = 'mud' AND app_id = 'minzhengtong' AND dimension = 'all'")
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
	}
	if got := rows(t, w.db, "SELECT COUNT(*) FROM publication"); got[0][0] != "2" {
		t.Errorf("%s publications, want 2", got[0][0])
	}
}
