package jobs_test

import (
	"testing"
	"time"

	"panelwatch/jobs"
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
		{"100_apps", func(b *testing.B, s *site) { newMarket(b, s, 100).write(b, s, month(benchFrom), month(benchTo)) }},
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
		"UPDATE publication SET inputs_hash = REVERSE(inputs_hash) WHERE month_start = ?",
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
