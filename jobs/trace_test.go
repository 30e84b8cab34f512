package jobs_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"panelwatch/etl/archive"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

// small is a site with three months of the vendor and two of the panel, all
// published, whose inbox is gone.
func small(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	must(t, sample.Write(s.inbox, s.config.Catalogue, sample.Options{
		From: month("2023-10"), To: month("2023-12"), MicroMonths: 2, Devices: 2000,
	}))
	_, err := s.runWith(t, jobs.Options{})
	must(t, err)
	must(t, os.RemoveAll(s.inbox))
	return s
}

// TestTrace traces numbers of one small site.
func TestTrace(t *testing.T) {
	s := small(t)
	t.Run("a hundred numbers of all", s.randomNumbersTraceBack)
	t.Run("every table", s.everyTableTracesBack)
	t.Run("what is told", s.findingsTraceBack)
	t.Run("what was changed", s.changesAreFound)
}

// A hundred numbers drawn of all that were published lead to their bytes and
// back.
func (s *site) randomNumbersTraceBack(t *testing.T) {
	tracer := s.asking().Tracer()
	draw := rand.New(rand.NewPCG(5, 100))
	for _, source := range []string{"vendor", "panel"} {
		ids := rows(t, s.db, `SELECT trace_id, value IS NULL FROM v_indicator_history
			WHERE source = ? ORDER BY publication_id, trace_id`, source)
		for _, i := range draw.Perm(len(ids))[:50] {
			x, err := tracer.Trace(t.Context(), ids[i][0])
			must(t, err)
			if !x.Equal || x.Definition.Formula == "" || len(x.Months) == 0 || (ids[i][1] == "1") != math.IsNaN(x.Row.Value) {
				t.Errorf("%+v", x)
			}
			if x.From != nil && x.From.Replicated != (source == "panel" && !math.IsNaN(x.Row.SE)) {
				t.Errorf("%s of %s: replicates %t, error %g", x.Row.Indicator, x.Row.App, x.From.Replicated, x.Row.SE)
			}
		}
	}
}

// The other tables trace back as well, and every number of an aggregate
// extract names its line.
func (s *site) everyTableTracesBack(t *testing.T) {
	tracer := s.asking().Tracer()
	for _, c := range []struct {
		jobs.Sought
		lines string // of which the first is wanted
	}{
		{jobs.Sought{Indicator: "mud", App: "yunshanfu", Segment: panel.All}, "app_month.csv devices"},
		{jobs.Sought{Indicator: "tgi", App: "yunshanfu", Segment: panel.Segment{Dimension: panel.Province, Member: "山东"}}, "unionpay_top15_provinces_2023_12.csv devices"},
		{jobs.Sought{Indicator: "mom", App: "yunshanfu", Segment: panel.All}, "app_month.csv devices"},
		{jobs.Sought{Indicator: "rank", App: "minzhengtong", Segment: panel.Segment{Dimension: indicator.InList, Member: "地方政务"}}, "top20_government_apps_2023_12.csv devices"},
		{jobs.Sought{Indicator: "overlap_devices", App: "yunshanfu", Segment: panel.Segment{Dimension: indicator.With, Member: "zhifubao"}}, "overlap.csv overlap_devices"},
		{jobs.Sought{Indicator: "hourly_share", App: "wangshangguowang", Segment: panel.Segment{Dimension: panel.Hour, Member: "G/10"}}, "hourly.csv hourly_share"},
	} {
		c.Source, c.Month = "vendor", month("2023-12")
		id, err := tracer.Find(t.Context(), c.Sought)
		must(t, err)
		x, err := tracer.Trace(t.Context(), id)
		must(t, err)
		last := x.Months[len(x.Months)-1]
		if !x.Equal || len(last.Lines) == 0 || last.Lines[0].Line < 2 || last.Lines[0].File+" "+last.Lines[0].Measure != c.lines {
			t.Errorf("%s: equal %t, lines %+v, want %s", c.Indicator, x.Equal, last.Lines, c.lines)
		}
		if c.Indicator == "mom" && (len(x.Months) != 2 || len(x.Months[0].Lines) == 0) {
			t.Errorf("mom has %d months, lines %v", len(x.Months), x.Months[0].Lines)
		}
	}
}

// The number that a finding speaks of, and a message names, is the one that
// was published.
func (s *site) findingsTraceBack(t *testing.T) {
	tracer := s.asking().Tracer()
	cited := rows(t, s.db, "SELECT trace_id, indicator, value FROM v_finding WHERE trace_id <> '' ORDER BY month_start, seq")
	if n := rows(t, s.db, "SELECT COUNT(*) FROM v_finding WHERE value IS NOT NULL")[0][0]; len(cited) == 0 || n != strconv.Itoa(len(cited)) {
		t.Errorf("%d findings name their number, %s have one", len(cited), n)
	}
	for _, c := range cited {
		x, err := tracer.Trace(t.Context(), c[0])
		must(t, err)
		value, err := strconv.ParseFloat(c[2], 64)
		must(t, err)
		if x.Row.Indicator != c[1] || !warehouse.SameValue(x.Row.Value, value) {
			t.Errorf("%s: published %s %v, the finding says %s %v", c[0], x.Row.Indicator, x.Row.Value, c[1], value)
		}
	}
	const naming = `SELECT COUNT(*) FROM message m JOIN v_finding f ON f.judgement_id = m.judgement_id
		WHERE m.kind = 'detail' AND f.trace_id <> '' AND m.text LIKE CONCAT('%panelwatch trace ', f.trace_id, '%')`
	const details = `SELECT (SELECT COUNT(*) FROM message WHERE kind = 'detail') - (SELECT COUNT(*) FROM v_finding f
		WHERE f.value IS NULL AND f.verdict IN ('fired', 'expected') AND f.judgement_id IN (SELECT m.judgement_id FROM message m))`
	valued, named := rows(t, s.db, details)[0][0], rows(t, s.db, naming)[0][0]
	if valued == "0" || valued != named {
		t.Errorf("%s messages tell of findings with a value, %s of them name their number", valued, named)
	}
}

// A number that somebody changed is not what the archive gives; bytes that
// rotted are found; what is not there is said.
func (s *site) changesAreFound(t *testing.T) {
	sought := jobs.Sought{Source: "vendor", Month: month("2023-12"), Indicator: "mud", App: "yunshanfu", Segment: panel.All}
	id, err := s.asking().Tracer().Find(t.Context(), sought)
	must(t, err)
	_, err = s.db.ExecContext(t.Context(), `UPDATE indicator SET value = value + 1000
		WHERE publication_id = ? AND indicator = 'mud' AND app_id = 'yunshanfu' AND dimension = 'all'`, strings.Split(id, "-")[0])
	must(t, err)
	x, err := s.asking().Tracer().Trace(t.Context(), id)
	must(t, err)
	if x.Equal || math.Abs(x.Row.Value-x.Again-1000) > 1e-6 {
		t.Errorf("published %g, again %g, equal %t", x.Row.Value, x.Again, x.Equal)
	}
	for id, want := range map[string]error{
		"1-0123456789ab": jobs.ErrNoNumber, "mud": jobs.ErrNoNumber, "99-0123456789ab": warehouse.ErrNoPublication,
	} {
		if _, err := s.asking().Tracer().Trace(t.Context(), id); !errors.Is(err, want) {
			t.Errorf("%s: error %v, want %v", id, err, want)
		}
	}
	s.bytes = archive.New(archive.Folder{Dir: filepath.Join(t.TempDir(), "empty")})
	if _, err := s.asking().Tracer().Trace(t.Context(), id); !errors.Is(err, archive.ErrAbsent) {
		t.Errorf("without bytes: error %v", err)
	}
}
