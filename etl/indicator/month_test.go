package indicator_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

var settings = indicator.Settings{
	CAGRSteps: 6, TopN: 2, MinDevices: 50, MinChange: 100, MinVendor: 1e5, RecordMonths: 3,
	Lists: []panel.ListOf{{Name: "L", Size: 2, Apps: []panel.AppID{"a", "b", "c"}}},
}

func alone(v float64) indicator.Sum {
	return indicator.Sum{Estimate: panel.Estimate{v}, Has: true}
}

// vendor builds an aggregate month from devices per app.
func vendor(m string, devices map[panel.AppID]float64) *indicator.Facts {
	f := &indicator.Facts{
		Month: panel.MustMonth(m), Basis: panel.FromVendor, Universe: 1e9,
		Cells: map[panel.Key]indicator.Cell{},
	}
	for app, v := range devices {
		f.Cells[panel.Key{App: app, Segment: panel.All}] = indicator.Cell{Devices: alone(v)}
	}
	return f
}

func historyOf(facts ...*indicator.Facts) (h indicator.History, last panel.Month) {
	h = indicator.History{}
	for _, f := range facts {
		h[f.Month] = f
		last = max(last, f.Month)
	}
	return h, last
}

func find(t *testing.T, r indicator.Results, name string, app panel.AppID, s panel.Segment) indicator.Row {
	t.Helper()
	for _, row := range r.Rows {
		if row.Indicator == name && row.App == app && row.Segment == s {
			return row
		}
	}
	t.Fatalf("no %s of %s %v", name, app, s)
	return indicator.Row{}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// 闽政通: 1796.8 万台 in December, -1.6 % a month on six steps from June.
func TestSixMonthGrowthTakesSixSteps(t *testing.T) {
	h, m := historyOf(
		vendor("2023-06", map[panel.AppID]float64{"a": 19_794_000}),
		vendor("2023-12", map[panel.AppID]float64{"a": 17_968_000}))
	got := find(t, indicator.Month(h, m, settings), "cagr6", "a", panel.All)
	near(t, "cagr6", math.Round(got.Value*1000)/1000, -0.016)
	if !math.IsNaN(got.SE) || got.Basis != panel.FromVendor {
		t.Errorf("an aggregate without a declared sample has no error: got se %v, basis %s", got.SE, got.Basis)
	}
}

func TestMissingBaseIsNullNotZero(t *testing.T) {
	h, m := historyOf(vendor("2023-12", map[panel.AppID]float64{"a": 1e6}))
	r := indicator.Month(h, m, settings)
	for _, name := range []string{"mom", "yoy", "cagr6"} {
		row := find(t, r, name, "a", panel.All)
		if !math.IsNaN(row.Value) || !slices.Contains(row.Flags, indicator.NoBase) {
			t.Errorf("%s: got %v %v, want NULL and no_base", name, row.Value, row.Flags)
		}
	}
}

// What a break touches, and what it does not.
func TestMonthsUnderOtherTermsAreNotCompared(t *testing.T) {
	tier := panel.Segment{Dimension: panel.CityTier, Member: "一线城市"}
	watched := settings
	watched.RecordMonths = 1
	watched.Thresholds = []indicator.Threshold{{App: "a", Segment: panel.All, Devices: 1.5e6}, {App: "a", Segment: tier, Devices: 1.5e6}}
	both, list := []indicator.Flag{indicator.TermsDiffer}, []indicator.Flag{indicator.TermsDiffer, indicator.TierListDiffers}
	short := []indicator.Flag{indicator.ShortHistory, indicator.TermsDiffer}
	for _, c := range []struct {
		name                    string
		spoil                   func(*indicator.Terms)
		mom, record, peak, tier []indicator.Flag // nil: there is a value
		places                  bool
	}{
		{name: "the same", spoil: func(*indicator.Terms) {}, places: true},
		{name: "definitions", spoil: func(x *indicator.Terms) { x.DefinitionsVersion = "old" }, mom: both, record: short, peak: both, tier: both},
		{name: "vendor", spoil: func(x *indicator.Terms) { x.Vendor = "other" }, mom: both, record: short, peak: both, tier: both},
		{name: "tier list", spoil: func(x *indicator.Terms) { x.TierListYear = 2022 }, tier: list, places: true},
		{name: "TGI base", spoil: func(x *indicator.Terms) { x.TGIBase = "netizens" }, places: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := vendor("2023-11", map[panel.AppID]float64{"a": 1e6, "b": 3e6})
			now := vendor("2023-12", map[panel.AppID]float64{"a": 2e6, "b": 1e6})
			for _, f := range []*indicator.Facts{before, now} {
				f.Cells[panel.Key{App: "a", Segment: tier}] = f.Cells[panel.Key{App: "a", Segment: panel.All}]
			}
			c.spoil(&before.Terms)
			h, m := historyOf(before, now)
			r := indicator.Month(h, m, watched)
			for _, x := range []struct {
				indicator string
				segment   panel.Segment
				want      []indicator.Flag
			}{
				{"mom", panel.All, c.mom},
				{"record_high", panel.All, c.record},
				{"annual_peak", panel.All, c.peak},
				{"threshold_cross", panel.All, c.mom},
				{"threshold_cross", tier, c.tier},
			} {
				row := find(t, r, x.indicator, "a", x.segment)
				if math.IsNaN(row.Value) != (x.want != nil) || x.want != nil && !slices.Equal(row.Flags, x.want) {
					t.Errorf("%s of %s: got %v %v, want %v", x.indicator, x.segment.Dimension, row.Value, row.Flags, x.want)
				}
			}
			for _, p := range r.Ranks {
				if (p.Previous > 0) != c.places {
					t.Errorf("%s: place before %d, comparable %v", p.App, p.Previous, c.places)
				}
			}
		})
	}
}

// CV = sqrt(deff (1-p) / (n p)) for an assumed error.
func TestAssumedErrorOfALevel(t *testing.T) {
	f := vendor("2023-12", map[panel.AppID]float64{"a": 1e8})
	f.Basis, f.Sample = panel.Assumed, indicator.Sample{Size: 1_000_000, Deff: 1.5, Universe: 1e9}
	h, m := historyOf(f)
	row := find(t, indicator.Month(h, m, settings), "mud", "a", panel.All)
	want := 1e8 * math.Sqrt(1.5*0.9/(1e6*0.1))
	if math.Abs(row.SE/want-1) > 1e-6 {
		t.Errorf("se: got %v, want %v", row.SE, want)
	}
}

// The members of an app are nested in it: a share near 1 has next to no error,
// which independent errors would not give.
func TestAssumedErrorOfAShareKnowsNesting(t *testing.T) {
	f := vendor("2023-12", map[panel.AppID]float64{"a": 1e8})
	f.Basis, f.Sample = panel.Assumed, indicator.Sample{Size: 1_000_000, Deff: 1, Universe: 1e9}
	man := panel.Segment{Dimension: panel.Gender, Member: "男"}
	f.Cells[panel.Key{App: "a", Segment: man}] = indicator.Cell{Devices: alone(6e7)}
	h, m := historyOf(f)
	row := find(t, indicator.Month(h, m, settings), "share", "a", man)
	near(t, "share", row.Value, 0.6)
	want := math.Sqrt(0.6 * 0.4 / (1e6 * 0.1)) // binomial within the app
	if math.Abs(row.SE/want-1) > 1e-4 {
		t.Errorf("se: got %v, want %v", row.SE, want)
	}
}

func TestTiesShareARankAndFollowTheID(t *testing.T) {
	h, m := historyOf(
		vendor("2023-11", map[panel.AppID]float64{"a": 3e6, "b": 2e6, "c": 1e6}),
		vendor("2023-12", map[panel.AppID]float64{"a": 1e6, "b": 2e6, "c": 2e6}))
	type place struct {
		App      panel.AppID
		Rank     int
		InList   bool
		Previous int
		State    string
	}
	var got []place
	for _, r := range indicator.Month(h, m, settings).Ranks {
		got = append(got, place{r.App, r.Rank, r.InList, r.Previous, r.State})
	}
	want := []place{{"b", 1, true, 2, ""}, {"c", 1, true, 3, "NEW"}, {"a", 3, false, 1, "OUT"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ranks (-want +got):\n%s", diff)
	}
}

func TestRecordNeedsHistoryAndAStrictRise(t *testing.T) {
	values := []float64{5e6, 6e6, 5e6, 6e6, 7e6}
	want := []float64{math.NaN(), math.NaN(), math.NaN(), 0, 1}
	h := indicator.History{}
	for i, v := range values {
		m := panel.MustMonth("2023-01") + panel.Month(i)
		h[m] = vendor(m.String(), map[panel.AppID]float64{"a": v})
		got := find(t, indicator.Month(h, m, settings), "record_high", "a", panel.All).Value
		if diff := cmp.Diff(want[i], got, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s: (-want +got) %s", m, diff)
		}
	}
}

func TestAnnualPeakIsProvisionalUntilDecember(t *testing.T) {
	h, _ := historyOf(
		vendor("2023-10", map[panel.AppID]float64{"a": 5e6}),
		vendor("2023-11", map[panel.AppID]float64{"a": 9e6}),
		vendor("2023-12", map[panel.AppID]float64{"a": 7e6}))
	november := find(t, indicator.Month(h, panel.MustMonth("2023-11"), settings), "annual_peak", "a", panel.All)
	december := find(t, indicator.Month(h, panel.MustMonth("2023-12"), settings), "annual_peak", "a", panel.All)
	if !slices.Contains(november.Flags, indicator.Provisional) || slices.Contains(december.Flags, indicator.Provisional) {
		t.Errorf("flags: November %v, December %v", november.Flags, december.Flags)
	}
	if december.At != panel.MustMonth("2023-11") || december.Value != 9e6 {
		t.Errorf("peak: got %v in %s, want 9000000 in 2023-11", december.Value, december.At)
	}
}

// The report: five provinces of 网上国网 are 36.8 % of 5 451.1 万台.
func TestTopShare(t *testing.T) {
	s := settings
	s.TopN = 5
	f := vendor("2023-12", map[panel.AppID]float64{"a": 54_511_000})
	for member, wan := range map[string]float64{"山东": 525.3, "四川": 430.8, "河北": 393.0, "河南": 345.1, "山西": 311.8, "广东": 200} {
		k := panel.Key{App: "a", Segment: panel.Segment{Dimension: panel.Province, Member: member}}
		f.Cells[k] = indicator.Cell{Devices: alone(wan * 1e4)}
	}
	h, m := historyOf(f)
	row := find(t, indicator.Month(h, m, s), "top_share", "a", panel.Segment{Dimension: panel.Province, Member: "TOP"})
	near(t, "top share", math.Round(row.Value*1000)/1000, 0.368)
}

func TestThresholdIsCrossedOnce(t *testing.T) {
	s := settings
	s.Thresholds = []indicator.Threshold{{App: "a", Segment: panel.All, Devices: 1.4e8}}
	h := indicator.History{}
	want := []float64{math.NaN(), 1, 0, 0, 1}
	for i, v := range []float64{1.3e8, 1.41e8, 1.42e8, 1.3e8, 1.4e8} {
		m := panel.MustMonth("2023-01") + panel.Month(i)
		h[m] = vendor(m.String(), map[panel.AppID]float64{"a": v})
		got := find(t, indicator.Month(h, m, s), "threshold_cross", "a", panel.All).Value
		if diff := cmp.Diff(want[i], got, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s: (-want +got) %s", m, diff)
		}
	}
}

// Two thresholds of one app are one row: the table has one per app and segment.
func TestThresholdsOfOneAppShareARow(t *testing.T) {
	s := settings
	s.Thresholds = []indicator.Threshold{
		{App: "a", Segment: panel.All, Devices: 2e8}, {App: "a", Segment: panel.All, Devices: 1.4e8},
	}
	h := indicator.History{}
	want := []float64{math.NaN(), 1, 0}
	for i, v := range []float64{1.3e8, 1.5e8, 1.5e8} {
		m := panel.MustMonth("2023-01") + panel.Month(i)
		h[m] = vendor(m.String(), map[panel.AppID]float64{"a": v})
		var got []float64
		for _, r := range indicator.Month(h, m, s).Rows {
			if r.Indicator == "threshold_cross" {
				got = append(got, r.Value)
			}
		}
		if diff := cmp.Diff([]float64{want[i]}, got, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s: (-want +got) %s", m, diff)
		}
	}
}

// Spring Festival of 2023 was in January, that of 2024 in February: either
// month alone says nothing, both together grow by a tenth.
func TestJanuaryAndFebruaryTogether(t *testing.T) {
	of := func(m string, v float64) *indicator.Facts { return vendor(m, map[panel.AppID]float64{"a": v}) }
	h, m := historyOf(of("2023-01", 12e6), of("2023-02", 8e6), of("2024-01", 9e6), of("2024-02", 13e6))
	r := indicator.Month(h, m, settings)
	wants(t, find(t, r, "yoy", "a", indicator.JanFeb), 0.1, nan)
	wants(t, find(t, r, "yoy", "a", panel.All), 0.625, nan)
	delete(h, panel.MustMonth("2023-01"))
	wants(t, find(t, indicator.Month(h, m, settings), "yoy", "a", indicator.JanFeb), nan, nan, indicator.NoBase)
}

// Of four replicates that exchange the two highest months, the flag counts
// those that do not.
func TestPeakMonthOfTheReplicates(t *testing.T) {
	k := panel.Key{App: "a", Segment: panel.All}
	h := indicator.History{}
	for i, v := range []panel.Estimate{panel.Constant(9e6), panel.Constant(9.1e6), panel.Constant(5e6)} {
		m := panel.MustMonth("2023-10") + panel.Month(i)
		if i == 0 {
			for g := 1; g <= 4; g++ {
				v[g] = 9.2e6
			}
		}
		h[m] = panelMonth(m, map[panel.Key]panel.Estimate{k: v})
	}
	got := find(t, indicator.Month(h, panel.MustMonth("2023-12"), settings), "annual_peak", "a", panel.All)
	want := []indicator.Flag{indicator.ArgmaxOpen, "argmax_76_of_80"}
	if diff := cmp.Diff(want, got.Flags); diff != "" || got.At != panel.MustMonth("2023-11") {
		t.Errorf("at %s, flags (-want +got):\n%s", got.At, diff)
	}
}
