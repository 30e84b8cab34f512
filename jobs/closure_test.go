package jobs_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
)

// figures are what a small delivery says: 万台, and per mille of a day.
type figures struct {
	Rail, Pay, First, Second int // 铁路12306, 云闪付 and two government apps
	Beijing, Shanghai        int // of 铁路12306
	Women                    int // of 云闪付
	Both                     int // of 云闪付 and 支付宝
	Noon                     int // of 云闪付's day
	Definitions              string
}

var anyFigures = rapid.Custom(func(t *rapid.T) figures {
	return figures{
		Rail: rapid.IntRange(3000, 6000).Draw(t, "rail"), Pay: rapid.IntRange(3000, 6000).Draw(t, "pay"),
		First: rapid.IntRange(300, 900).Draw(t, "first"), Second: rapid.IntRange(300, 900).Draw(t, "second"),
		Beijing: rapid.IntRange(100, 400).Draw(t, "北京"), Shanghai: rapid.IntRange(100, 400).Draw(t, "上海"),
		Women: rapid.IntRange(1000, 2000).Draw(t, "women"), Both: rapid.IntRange(500, 2000).Draw(t, "both"),
		Noon: rapid.IntRange(50, 90).Draw(t, "noon"), Definitions: "1",
	}
})

// A correction changes one thing of a month; its name says which.
var corrections = map[string]func(*figures){
	"rail":        func(f *figures) { f.Rail += 777 },
	"rail by one": func(f *figures) { f.Rail++ },
	"first":       func(f *figures) { f.First += 555 },
	"city":        func(f *figures) { f.Beijing += 33 },
	"women":       func(f *figures) { f.Women += 99 },
	"overlap":     func(f *figures) { f.Both += 44 },
	"hour":        func(f *figures) { f.Noon++ },
	"definitions": func(f *figures) { f.Definitions += "+" },
}

// deliver writes revision n of a month for a source, with a declared sample.
func (f figures) deliver(t *testing.T, s *site, source string, m panel.Month, n int) {
	t.Helper()
	tables := []struct{ file, table, text string }{
		{appMonth, extract.TableAppMonth, fmt.Sprintf("%[1]s,月份,%[2]s\n铁路12306,%[3]s,%[4]d\n云闪付,%[3]s,%[5]d\n浙里办,%[3]s,%[6]d\n闽政通,%[3]s,%[7]d\n",
			columnApp, columnDevices, m, f.Rail, f.Pay, f.First, f.Second)},
		{"universe.csv", extract.TableUniverse, fmt.Sprintf("分类,月份,月独立设备数(万台)\n全网,%s,139000\n", m)},
		{"profile.csv", extract.TableProfile, fmt.Sprintf("应用名称,月份,维度,选项,独立设备数(万台)\n"+
			"铁路12306,%[1]s,城市,北京,%[2]d\n铁路12306,%[1]s,城市,上海,%[3]d\n云闪付,%[1]s,性别,女,%[4]d\n云闪付,%[1]s,性别,男,%[5]d\n"+
			"全网,%[1]s,性别,女,68000\n全网,%[1]s,性别,男,71000\n", m, f.Beijing, f.Shanghai, f.Women, f.Pay-f.Women)},
		{"overlap.csv", extract.TableOverlap, fmt.Sprintf("APP A,APP B,月份,A∩B(万台),A(万台),B(万台)\n云闪付,支付宝,%s,%d,%d,76500\n", m, f.Both, f.Pay)},
		{"hourly.csv", extract.TableHourly, fmt.Sprintf("应用名称,月份,网络%s\n云闪付,%s,G网%s,%.1f,%.1f%s\n",
			hourNames(), m, strings.Repeat(",4", 12), float64(f.Noon)/10, 12-float64(f.Noon)/10, strings.Repeat(",4", 10))},
	}
	manifest := extract.Manifest{
		Vendor: "示例", Product: "small", Kind: extract.Aggregate, Month: m, Revision: n, DeliveredAt: m.Start().AddDate(0, n, 9),
		UniverseWan: 139_000, PanelSize: 6_000_000, Deff: 1.5, TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: f.Definitions,
	}
	var contents [][]byte
	for _, x := range tables {
		manifest.Files = append(manifest.Files, extract.File{Name: x.file, Table: x.table, Rows: strings.Count(x.text, "\n") - 1})
		contents = append(contents, []byte(x.text))
	}
	must(t, extract.WriteDelivery(filepath.Join(s.inbox, source, m.String(), fmt.Sprint("r", n)), manifest, contents))
}

func hourNames() (names string) {
	for h := range 24 {
		names += fmt.Sprintf(",%d点", h)
	}
	return names
}

// only runs the job for one source.
func (s *site) only(t *testing.T, source string) jobs.Summary {
	t.Helper()
	summary, err := s.runWith(t, jobs.Options{Silent: true, Source: source})
	must(t, err)
	return summary
}

// rebuilt loads the figures at once, for a source of its own, and gives the
// hash of every month's results.
func (s *site) rebuilt(t *testing.T, source string, all map[panel.Month]figures) map[string]string {
	t.Helper()
	s.config.Sources = append(s.config.Sources, configs.Source{Name: source, Folder: filepath.Join(s.inbox, source)})
	for m, f := range all {
		f.deliver(t, s, source, m, 1)
	}
	s.only(t, source)
	return s.hashes(t, source)
}

func (s *site) hashes(t *testing.T, source string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, r := range rows(t, s.db, `
		SELECT p.month_start, p.results_hash FROM current_publication c JOIN publication p ON p.publication_id = c.publication_id
		 WHERE c.source = ?`, source) {
		out[r[0][:7]] = r[1]
	}
	return out
}

// moved are the months of which the results are others, and the one corrected.
func moved(before, after map[string]string, corrected panel.Month) (months []string) {
	for m, hash := range after {
		if before[m] != hash || m == corrected.String() {
			months = append(months, m)
		}
	}
	slices.Sort(months)
	return months
}

// Whatever is corrected, in whatever month, the months published are those
// whose results are others when everything is computed from nothing; and then
// every month stands as if it were. Months are missing, and come late.
func TestCorrectionsPublishWhatTheyMove(t *testing.T) {
	s := newSite(t)
	now := map[panel.Month]figures{}
	first, last := month("2021-11"), month("2023-12")
	for m := first; m <= last; m++ {
		if m != month("2022-01") { // it comes late
			now[m] = anyFigures.Example(int(m))
			now[m].deliver(t, s, "vendor", m, 1)
		}
	}
	s.only(t, "vendor")
	before := s.rebuilt(t, "again", now)
	revision := map[panel.Month]int{}
	correct := func(m panel.Month, name string) (published []string) {
		f, known := now[m]
		if !known {
			f = anyFigures.Example(int(m))
		}
		corrections[name](&f)
		now[m] = f
		revision[m]++
		f.deliver(t, s, "vendor", m, 1+revision[m])
		for _, step := range s.only(t, "vendor").Steps {
			published = append(published, step.Month.String())
		}
		after := s.rebuilt(t, fmt.Sprintf("again %s %s", m, name), now)
		if diff := cmp.Diff(moved(before, after, m), published); diff != "" {
			t.Errorf("%s of %s: months whose results move (-), months published (+):\n%s", name, m, diff)
		}
		if diff := cmp.Diff(after, s.hashes(t, "vendor")); diff != "" {
			t.Errorf("%s of %s: hashes of the months computed from nothing (-), in force (+):\n%s", name, m, diff)
		}
		before = after
		return published
	}
	correct(month("2022-01"), "rail")
	for _, c := range []struct{ name, want string }{
		{"hour", "2022-06"},
		{"women", "2022-06 2022-07 2023-06"}, // 占比, TGI变化, 占比变化
		{"city", "2022-06 2022-12 2023-06"},  // 占比, 序列相关 of the year, 占比变化
		{"rail by one", "2022-06 2022-07 2022-12 2023-06 2023-10 2023-11 2023-12"}, // its level, 环比, 近6个月复合增长率, 同比; with 24 months 季节指数
	} {
		published := correct(month("2022-06"), c.name)
		if got := strings.Join(published, " "); got != c.want {
			t.Errorf("%s of June: published %s, want %s", c.name, got, c.want)
		}
	}
	names := slices.Sorted(maps.Keys(corrections))
	for i := range 2 {
		pick := rapid.IntRange(0, 1<<20).Example(i)
		correct(first+panel.Month(pick)%(last-first+1), names[pick%len(names)])
	}
}

// The same of a panel, whose numbers have replicates.
func TestCorrectionsOfAPanelPublishWhatTheyMove(t *testing.T) {
	s := newSite(t)
	months := []string{"2022-06", "2022-12", "2023-05", "2023-06", "2023-12"}
	uses := func(m string, spoilt bool) func(int) bool {
		return func(i int) bool { return i%3 == int(month(m))%3 || i%7 == 0 || spoilt && i%10 == 1 }
	}
	for _, m := range months {
		s.panelMonth(t, m, 1, uses(m, false))
	}
	s.only(t, "panel")
	before := s.hashes(t, "panel")
	s.panelMonth(t, "2022-06", 2, uses("2022-06", true))
	var published []string
	for _, step := range s.only(t, "panel").Steps {
		published = append(published, step.Month.String())
	}
	s.config.Sources = append(s.config.Sources, configs.Source{Name: "again", Folder: filepath.Join(s.inbox, "again")})
	must(t, os.CopyFS(filepath.Join(s.inbox, "again"), os.DirFS(filepath.Join(s.inbox, "panel"))))
	s.only(t, "again")
	after := s.hashes(t, "again")
	if diff := cmp.Diff(after, s.hashes(t, "panel")); diff != "" {
		t.Errorf("hashes of the months computed from nothing (-), in force (+):\n%s", diff)
	}
	want := []string{"2022-06", "2022-12", "2023-06"} // 近6个月复合增长率 and 年峰值, 同比
	if diff := cmp.Diff(want, published); diff != "" {
		t.Errorf("want (-), published (+):\n%s", diff)
	}
	if diff := cmp.Diff(moved(before, after, month("2022-06")), published); diff != "" {
		t.Errorf("months whose results move (-), months published (+):\n%s", diff)
	}
}
