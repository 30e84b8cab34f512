package jobs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"panelwatch/etl/sample"
	"panelwatch/jobs"
	statements "panelwatch/sql"
	"panelwatch/sql/warehouse/localserver/servertest"
)

// The histories of the measurements are four years long.
const benchFrom, benchTo = "2020-01", "2023-12"

// A history is what a site has in its inbox, 48 months of aggregates.
type history struct {
	name  string
	write func(b *testing.B, s *site)
}

func histories() []history {
	return []history{
		{"sample", func(b *testing.B, s *site) { s.write(b, benchFrom, benchTo) }},
		{"100_apps", func(b *testing.B, s *site) { newMarket(b, s, 100, 100).write(b, s, month(benchFrom), month(benchTo)) }},
	}
}

// BenchmarkWarehouseBackfill runs the job once over an inbox of 48 months: from
// files to judgements.
func BenchmarkWarehouseBackfill(b *testing.B) {
	for _, h := range histories() {
		b.Run(h.name, func(b *testing.B) {
			var times servertest.Times
			for b.Loop() {
				s := newSiteOn(b, servertest.NewDefaultServer(b), ticking())
				h.write(b, s)
				times.Take(func() { wantMonths(b, s.mustRun(b), 48) })
			}
			times.Report(b, time.Minute)
		})
	}
}

// BenchmarkWarehouseMonth recomputes the newest of 48 months and judges it, as
// a run does when something of its inputs has changed.
func BenchmarkWarehouseMonth(b *testing.B) {
	for _, h := range histories() {
		b.Run(h.name, func(b *testing.B) {
			s := newSiteOn(b, servertest.NewDefaultServer(b), ticking())
			h.write(b, s)
			s.mustRun(b)
			var times servertest.Times
			for b.Loop() {
				s.forget(b, benchTo)
				times.Take(func() { wantMonths(b, s.mustRun(b), 1) })
			}
			times.Report(b, 5*time.Second)
		})
	}
}

// forget makes a month one that was computed and judged from other inputs.
func (s *site) forget(b *testing.B, m string) {
	b.Helper()
	for _, text := range []string{
		"UPDATE publication SET inputs_hash = REVERSE(inputs_hash), results_hash = '', distant_hash = '' WHERE month_start = ?",
		"UPDATE judgement SET inputs_hash = CONCAT(judgement_id, '-', LEFT(inputs_hash, 40)) WHERE month_start = ?",
	} {
		_, err := s.db.ExecContext(b.Context(), text, m+"-01")
		must(b, err)
	}
}

// wantMonths stops a measurement that has not measured the months.
func wantMonths(b *testing.B, s jobs.Summary, n int) {
	b.Helper()
	if len(s.Steps) != n || len(s.Judged) != n {
		b.Fatalf("%d months published, %d judged, want %d", len(s.Steps), len(s.Judged), n)
	}
}

// An asking is what an analyst asks of a view. One that is wide has more than
// 10,000 rows for an answer, and no goal.
type asking struct {
	view, name, where string
	wide              bool
}

// askings are what is put to every view beside those of sql/analyst. Exhibits are of
// their apps already.
func askings(b *testing.B, s *site) (all []asking) {
	b.Helper()
	const oneMonth, oneApp = "month_start = '2023-12-01'", "app_name = '铁路12306'"
	all = []asking{
		{"v_indicator", "one_app_one_indicator", oneApp + " AND indicator = 'mud' AND dimension = 'all'", false},
		{"v_indicator", "one_app_one_month", oneApp + " AND " + oneMonth, false},
		{"v_indicator", "one_indicator_one_month", "indicator = 'yoy' AND dimension = 'all' AND " + oneMonth, false},
		{"v_indicator", "one_app", oneApp, true},
		{"v_indicator_all_sources", "one_app_one_indicator", oneApp + " AND indicator = 'mud' AND dimension = 'all'", false},
		{"v_indicator_all_sources", "one_indicator_one_month", "indicator = 'yoy' AND dimension = 'all' AND " + oneMonth, false},
		{"v_indicator_history", "one_app_one_indicator", "app_id = 'tielu12306' AND indicator = 'mud' AND dimension = 'all'", false},
		{"v_indicator_history", "one_indicator_one_month", "indicator = 'yoy' AND dimension = 'all' AND " + oneMonth, false},
		{"v_indicator_first", "one_app_one_indicator", "app_id = 'tielu12306' AND indicator = 'mud' AND dimension = 'all'", false},
		{"v_indicator_first", "one_indicator_one_month", "indicator = 'yoy' AND dimension = 'all' AND " + oneMonth, false},
		{"v_rank_history", "one_app", "app_name = '闽政通'", false},
		{"v_rank_history", "one_list_one_month", "list_name = '地方政务' AND " + oneMonth, false},
		{"v_overlap_history", "one_app", "app_a_name = '云闪付'", false},
		{"v_overlap_history", "one_month", oneMonth, false},
		{"v_hourly_history", "one_app", "app_name = '网上国网' AND network = 'G'", false},
		{"v_hourly_history", "one_hour_one_month", "hour = 20 AND " + oneMonth, false},
		{"v_month_terms", "all", "1 = 1", false},
		{"v_column", "one_view", "object_name = 'v_app_month'", false},
		{"v_contract", "all", "1 = 1", false},
		{"v_app_month", "one_app", oneApp, false},
		{"v_app_month", "one_month", oneMonth, false},
		{"v_app_segment", "one_app_one_dimension", oneApp + " AND dimension = 'province'", false},
		{"v_app_segment", "one_app", oneApp, false},
		{"v_app_segment", "one_dimension_one_month", "dimension = 'gender' AND " + oneMonth, false},
		{"v_app_segment", "one_month", oneMonth, false},
		{"v_rank", "one_list_one_month", "list_name = '地方政务' AND " + oneMonth, false},
		{"v_rank", "one_app", "app_name = '闽政通'", false},
		{"v_top_list", "one_list_one_month", "list_name = '地方政务' AND " + oneMonth, false},
		{"v_top_list", "one_app", "app_name = '闽政通'", false},
		{"v_overlap", "one_app", "app_a_name = '云闪付'", false},
		{"v_overlap", "one_month", oneMonth, false},
		{"v_hourly", "one_app", "app_name = '网上国网' AND network = 'G'", false},
		{"v_hourly", "one_hour_one_month", "hour = 20 AND " + oneMonth, false},
		{"v_hourly", "one_month", oneMonth, true},
		{"v_finding", "one_app", "subject_name = '铁路12306'", false},
		{"v_finding", "one_month_fired", "verdict = 'fired' AND " + oneMonth, false},
		{"v_panel_estimate", "one_app_one_month", oneApp + " AND " + oneMonth + " AND dimension = 'province'", false},
		{"v_dictionary", "all", "1 = 1", false},
	}
	for _, r := range rows(b, s.db, "SELECT table_name FROM information_schema.views WHERE table_schema = DATABASE() AND table_name LIKE 'v\\_exhibit\\_%' ORDER BY table_name") {
		all = append(all, asking{r[0], "all_months", "1 = 1", false})
		if r[0] != "v_exhibit_e10" { // is of years
			all = append(all, asking{r[0], "one_month", oneMonth, false})
		}
	}
	return all
}

// BenchmarkWarehouseViews asks what analysts ask, in a warehouse of 500 apps and
// 48 months. The 36 apps that exhibits and questions are about have 60 segments
// each month, the others four. The panel has one month.
func BenchmarkWarehouseViews(b *testing.B) {
	s := newSiteOn(b, servertest.NewDefaultServer(b), ticking())
	newMarket(b, s, 500, 36).write(b, s, month(benchFrom), month(benchTo))
	s.writePanel(b, benchTo)
	s.mustRun(b)
	for _, q := range askings(b, s) {
		b.Run(q.view+"/"+q.name, func(b *testing.B) {
			goal := 200 * time.Millisecond
			if q.wide {
				goal = 0
			}
			s.ask(b, "SELECT * FROM "+q.view+" WHERE "+q.where, goal)
		})
	}
	files, err := fs.Glob(statements.Analyst, "analyst/*.sql")
	must(b, err)
	for _, file := range files {
		b.Run(strings.TrimSuffix(file, ".sql"), func(b *testing.B) {
			text, err := fs.ReadFile(statements.Analyst, file)
			must(b, err)
			s.ask(b, string(text), 200*time.Millisecond)
		})
	}
}

// ask measures one query until its last row.
func (s *site) ask(b *testing.B, query string, goal time.Duration) {
	b.Helper()
	var times servertest.Times
	var answer [][]string
	for b.Loop() {
		times.Take(func() { answer = rows(b, s.db, query) })
	}
	times.Report(b, goal)
	b.ReportMetric(float64(len(answer)), "rows")
}

// writePanel puts one month of the sample's panel into the inbox.
func (s *site) writePanel(b *testing.B, m string) {
	b.Helper()
	dir := b.TempDir()
	must(b, sample.Write(dir, s.config.Catalogue, sample.Options{From: month(m), To: month(m), MicroMonths: 1}))
	must(b, os.Rename(filepath.Join(dir, "panel", m), filepath.Join(s.inbox, "panel", m)))
}
