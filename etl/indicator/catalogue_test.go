package indicator_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/indicator"
	"panelwatch/etl/indicator/definitions"
	"panelwatch/etl/panel"
)

// What the formulas compute, and what the definitions define, is the same.
func TestFormulasAndDefinitionsNameTheSame(t *testing.T) {
	var defined []string
	for _, d := range definitions.All() {
		defined = append(defined, d.Name)
	}
	slices.Sort(defined)
	if len(defined) != 37 {
		t.Errorf("%d definitions, want 37", len(defined))
	}
	if diff := cmp.Diff(defined, computed(t)); diff != "" {
		t.Errorf("names (-defined +computed):\n%s", diff)
	}
}

// computed names every indicator of a history in which each has a value.
func computed(t *testing.T) []string {
	t.Helper()
	h, m, s := fullHistory()
	r := indicator.Month(h, m, s)
	valued := map[string]bool{}
	for _, row := range r.Rows {
		valued[row.Indicator] = valued[row.Indicator] || row.Value == row.Value
	}
	for _, p := range r.Ranks {
		valued["rank"] = true
		valued["rank_change"] = valued["rank_change"] || p.Previous > 0
		valued["topn_entry_exit"] = valued["topn_entry_exit"] || p.State == indicator.Entered
	}
	for _, o := range r.Overlaps {
		for _, row := range []indicator.Row{o.Both, o.ExclusiveA, o.ExclusiveB, o.RateA} {
			valued[row.Indicator] = true
		}
	}
	if len(r.Hours) > 0 {
		valued["hourly_share"] = true
	}
	for name, has := range valued {
		if !has {
			t.Errorf("%s has no value in a history that holds everything", name)
		}
	}
	return slices.Sorted(maps.Keys(valued))
}

// fullHistory has four years of everything that can be delivered.
func fullHistory() (indicator.History, panel.Month, indicator.Settings) {
	s := settings
	s.RecordMonths, s.BaseMonth, s.MinProminence = 24, panel.MustMonth("2020-01"), 0.01
	s.Lists = []panel.ListOf{{Name: "L", Size: 1, Apps: []panel.AppID{"a", "b"}}}
	s.Categories = map[panel.AppID]string{"a": "c"}
	s.Correlations = []indicator.Correlation{{App: "a", A: "北京", B: "上海"}}
	s.Thresholds = []indicator.Threshold{{App: "a", Segment: panel.Segment{Dimension: panel.City, Member: "北京"}, Devices: 1e5}}
	s.Profiles = map[panel.AppID]string{"a": "rail"}
	s.Holidays = map[string]map[panel.Month]float64{"rail": {}}
	h := indicator.History{}
	for m := s.BaseMonth; m <= panel.MustMonth("2023-12"); m++ {
		h[m] = fullMonth(m)
		s.Holidays["rail"][m] = float64(m%3) / 10
	}
	last := panel.MustMonth("2023-12")
	s.Holidays["rail"][last] = 0.2
	return h, last, s
}

func fullMonth(m panel.Month) *indicator.Facts {
	swing := float64(m % 2) // November above October and December
	if m.OfYear() == 11 {
		swing = 3
	}
	a := 1e7 + 1e4*float64(m%48) + 1e6*swing
	b := 1e7
	if m == panel.MustMonth("2023-12") {
		a, b = 2e7, 3e7 // enters: above the other for the first time
	}
	f := vendor(m.String(), map[panel.AppID]float64{"a": a, "b": b, panel.AllNetwork: 1e9})
	cell := f.Cells[panel.Key{App: "a", Segment: panel.All}]
	cell.DeviceDays, cell.Uses, cell.Seconds = alone(1e8), alone(3e8), alone(6e10)
	f.Cells[panel.Key{App: "a", Segment: panel.All}] = cell
	for i, city := range []string{"北京", "上海"} {
		seg := panel.Segment{Dimension: panel.City, Member: city}
		f.Cells[panel.Key{App: "a", Segment: seg}] = indicator.Cell{Devices: alone(a / float64(10+i))}
		f.Cells[panel.Key{App: panel.AllNetwork, Segment: seg}] = indicator.Cell{Devices: alone(1e7)}
	}
	f.Cells[panel.Key{App: panel.AllNetwork, Segment: panel.Segment{Dimension: panel.Category, Member: "c"}}] = indicator.Cell{Devices: alone(1e8)}
	f.Overlaps = map[panel.Pair]indicator.Pairwise{{A: "a", B: "b"}: {Both: alone(1e6)}}
	f.Delivered = map[indicator.Printed]float64{
		{Measure: "hourly_share", App: "a", Segment: panel.Segment{Dimension: panel.Hour, Member: "8"}, Network: "ALL"}: 0.1,
	}
	return f
}
