package indicator_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

var reachSettings = func() indicator.Settings {
	s := settings
	s.BaseMonth, s.MinProminence = panel.MustMonth("2020-01"), 0.1
	s.Profiles = map[panel.AppID]string{"a": "rail", "b": "tax"}
	s.Holidays = map[string]map[panel.Month]float64{"rail": {}}
	for m := panel.MustMonth("2019-10"); m <= panel.MustMonth("2024-12"); m++ {
		s.Holidays["rail"][m] = float64(m.OfYear()%4) / 10
	}
	s.Correlations = []indicator.Correlation{{App: "a", A: "杭州", B: "北京"}}
	s.Thresholds = []indicator.Threshold{
		{App: "a", Segment: panel.All, Devices: 5e6},
		{App: "b", Segment: panel.Segment{Dimension: panel.Province, Member: "山东"}, Devices: 5e6},
	}
	return s
}()

var reachSegments = []panel.Segment{
	panel.All,
	{Dimension: panel.City, Member: "杭州"},
	{Dimension: panel.City, Member: "北京"},
	{Dimension: panel.Province, Member: "山东"},
	{Dimension: panel.Province, Member: "四川"},
}

// anyMonth has apps of which something may be missing, terms that may be
// others, and growth that the vendor printed.
func anyMonth(t *rapid.T, m panel.Month) *indicator.Facts {
	f := vendor(m.String(), nil)
	f.Terms.TierListYear = rapid.SampledFrom([]int{2023, 2023, 2023, 2024}).Draw(t, "tier list")
	if rapid.IntRange(0, 29).Draw(t, "definitions") == 0 {
		f.Terms.DefinitionsVersion = "2"
	}
	f.Delivered, f.Overlaps = map[indicator.Printed]float64{}, map[panel.Pair]indicator.Pairwise{}
	for _, app := range []panel.AppID{panel.AllNetwork, "a", "b"} {
		for _, s := range reachSegments {
			devices := float64(rapid.IntRange(0, 20).Draw(t, "devices")) * 500_000
			if devices > 0 {
				f.Cells[panel.Key{App: app, Segment: s}] = indicator.Cell{Devices: alone(devices), DeviceDays: alone(9 * devices)}
			}
		}
	}
	f.Delivered[indicator.Printed{Measure: "cagr6", App: "b", Segment: panel.All}] = rapid.Float64Range(-0.1, 0.1).Draw(t, "printed")
	for _, hour := range []string{"9", "10", "11"} {
		p := indicator.Printed{Measure: "hourly_share", App: "a", Network: "G", Segment: panel.Segment{Dimension: panel.Hour, Member: hour}}
		f.Delivered[p] = rapid.Float64Range(0, 0.1).Draw(t, "share of the hour")
	}
	f.Overlaps[panel.Pair{A: "a", B: "b"}] = indicator.Pairwise{Both: alone(100_000)}
	return f
}

func anyHistory(t *rapid.T) (h indicator.History, last panel.Month) {
	last = panel.MustMonth("2024-02") - panel.Month(rapid.IntRange(0, 4).Draw(t, "last"))
	h = indicator.History{}
	for m := panel.MustMonth("2019-12"); m <= last; m++ {
		if m == last || rapid.IntRange(0, 39).Draw(t, "missing") > 0 {
			h[m] = anyMonth(t, m)
		}
	}
	return h, last
}

// upTo leaves of each month what it is said to be read for.
func upTo(h indicator.History, reach func(panel.Month) indicator.Reach) indicator.History {
	out := indicator.History{}
	for m, f := range h {
		less := *f
		out[m] = &less
		if reach(m) == indicator.Everything {
			continue
		}
		less.Cells, less.Delivered, less.Overlaps = maps.Clone(f.Cells), nil, nil
		for k, c := range less.Cells {
			if k.Segment == panel.All || k.Segment.Dimension == panel.City && reach(m) == indicator.Cities {
				less.Cells[k] = indicator.Cell{Devices: c.Devices, N: c.N}
			} else {
				delete(less.Cells, k)
			}
		}
	}
	return out
}

func nearOf(r indicator.Results) indicator.Results {
	far := r.Distant()
	r.Rows = slices.DeleteFunc(slices.Clone(r.Rows), func(x indicator.Row) bool {
		return slices.ContainsFunc(far, func(y indicator.Row) bool { return x.Compare(y) == 0 })
	})
	return r
}

// What ReachOf says is all that the formulas look at: of what it leaves out
// nothing, and of later months nothing either, moves a number.
func TestFormulasReadWhatIsDeclared(t *testing.T) {
	same := func(t *rapid.T, what string, want, got any) {
		t.Helper()
		if diff := cmp.Diff(want, got, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: of everything (-), of what is declared (+):\n%s", what, diff)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		h, m := anyHistory(t)
		all := indicator.Month(h, m, reachSettings)
		declared := upTo(h, func(x panel.Month) indicator.Reach { return indicator.ReachOf(m, x) })
		same(t, "all results", all, indicator.Month(declared, m, reachSettings))

		distant := upTo(h, func(x panel.Month) indicator.Reach {
			if x == m {
				return indicator.Everything
			}
			return indicator.DistantReachOf(m, x)
		})
		same(t, "distant results", all.Distant(), indicator.Distant(distant, m, reachSettings))

		near := maps.Clone(h)
		maps.DeleteFunc(near, func(x panel.Month, _ *indicator.Facts) bool { return indicator.ReachOf(m, x) != indicator.Everything })
		same(t, "the other results", nearOf(all), nearOf(indicator.Month(near, m, reachSettings)))

		h[m+1] = vendor((m + 1).String(), map[panel.AppID]float64{"a": 1e9, "b": 1})
		same(t, "with a later month", all, indicator.Month(h, m, reachSettings))
	})
}
