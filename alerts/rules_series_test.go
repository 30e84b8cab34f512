package alerts_test

import (
	"slices"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// quiet is a model that can say nothing.
var quiet = fixed{reason: "history too short (3 months)"}

// A ruleCase is one series judged by one setting; want is the brief.
type ruleCase struct {
	name    string
	params  alerts.Params
	model   expect.Model
	profile string
	month   string
	se      float64
	values  []float64
	want    string
}

func (tc ruleCase) run(t *testing.T, rule string) {
	t.Run(tc.name, func(t *testing.T) {
		model := tc.model
		if model == nil {
			model = quiet
		}
		s := wan("app", "某应用", tc.profile, tc.month, tc.se, tc.values...)
		if got := brief(judge(t, rule, tc.params, model, tc.month, s)); got != tc.want {
			t.Errorf("got  %s\nwant %s", got, tc.want)
		}
	})
}

func TestRecordHigh(t *testing.T) {
	old := slices.Clip(append(flat(11, 100, 120), flat(12, 100)...))
	for _, tc := range []ruleCase{
		{name: "above", month: "2023-09", values: append(old, 121), se: nan, want: "fired: 创 2021-09 以来新高"},
		{name: "equal is no record", month: "2023-09", values: append(old, 120), se: nan, want: ""},
		{name: "below", month: "2023-09", values: append(old, 119), se: nan, want: ""},
		{name: "short", month: "2023-09", values: flat(23, 100, 130), se: nan, want: "not_evaluable: history too short (23 months)"},
		{name: "within error", month: "2023-09", values: append(old, 121), se: 0.01, want: "noise: within sampling error"},
		{name: "beyond error", month: "2023-09", values: append(old, 125), se: 0.01, want: "fired: 创 2021-09 以来新高"},
		{name: "no value", month: "2023-09", values: append(old, nan), se: nan, want: ""},
		{name: "first month", month: "2023-09", values: []float64{100}, se: nan, want: ""},
	} {
		tc.run(t, "record_high")
	}
}

func TestHolidayPeak(t *testing.T) {
	p := alerts.Params{MinEffect: 0.05}
	old := slices.Clip(append(flat(11, 10000, 13000), flat(30, 10000)...))
	short := fixed{reason: "history too short (20 months)"}
	for _, tc := range []ruleCase{
		{name: "above the band", profile: "rail", month: "2023-09", values: append(old, 11500), se: 0.002, model: expecting(10800, true), want: "fired: 国庆节预售 9/15 起"},
		{name: "record", profile: "rail", month: "2023-04", values: append(old, 13500), se: 0.002, model: expecting(13400, true), want: "fired: 创 2019-10 以来新高: 劳动节预售 4/15 起"},
		{name: "record without a model", profile: "rail", month: "2023-04", values: append(old, 13500), se: 0.002, model: short, want: "fired: 创 2019-10 以来新高: 劳动节预售 4/15 起"},
		{name: "foretold", profile: "rail", month: "2023-09", values: append(old, 11000), se: 0.002, model: expecting(10800, true), want: "expected: 国庆节预售 9/15 起"},
		{name: "inside, no peak", profile: "rail", month: "2023-09", values: append(old, 11000), se: 0.002, model: expecting(10800, false), want: ""},
		{name: "below the band", profile: "rail", month: "2023-09", values: append(old, 11000), se: 0.002, model: expecting(12800, true), want: ""},
		{name: "no rise", profile: "rail", month: "2023-09", values: append(old, 10400), se: 0.002, model: expecting(10400, true), want: ""},
		{name: "rise inside sampling error", profile: "rail", month: "2023-09", values: append(old, 11000), se: 0.06, model: expecting(10800, true), want: ""},
		{name: "no window", profile: "rail", month: "2023-07", values: append(old, 11500), se: 0.002, model: expecting(10800, true), want: ""},
		{name: "other profile", profile: "none", month: "2023-09", values: append(old, 11500), se: 0.002, model: expecting(10800, true), want: ""},
		{name: "unconfirmed dates are not told", profile: "rail", month: "2021-04", values: append(old, 11500), se: 0.002, model: expecting(10800, true), want: "fired: 劳动节预售期间"},
		{name: "after Spring Festival", profile: "road", month: "2024-02", values: append(old, 11500), se: 0.002, model: expecting(10800, true), want: "fired: 春节后半月 2/10–2/24"},
		{name: "short", profile: "rail", month: "2023-09", values: flat(20, 10000, 11500), se: 0.002, model: short, want: "not_evaluable: history too short (20 months)"},
		{name: "beyond the calendar", profile: "rail", month: "2027-01", values: append(old, 11500), se: 0.002, model: expecting(10800, true), want: "not_evaluable: the calendar ends 2026-12"},
	} {
		tc.params = p
		tc.run(t, "holiday_peak")
	}
}

func TestFilingSeason(t *testing.T) {
	p := alerts.Params{MinEffect: 0.15}
	year := []float64{100, 102, 160, 130, 120, 125, 101, 99, 100, 100, 100, 110}
	for _, tc := range []ruleCase{
		{name: "two months of history", month: "2020-03", values: []float64{100, 102, 160}, want: "expected: 个税年度汇算申报期 3/1–6/30，高于平常月份中位数 58.4%"},
		{name: "one month of history", month: "2020-03", values: []float64{102, 160}, want: "not_evaluable: history too short (1 months)"},
		{name: "later months are silent", month: "2020-04", values: year[:4], want: ""},
		{name: "a new maximum is told again", month: "2020-04", values: []float64{100, 102, 130, 160}, want: "expected: 个税年度汇算申报期 3/1–6/30，高于平常月份中位数 58.4%"},
		{name: "late surge", month: "2020-06", values: []float64{100, 102, 105, 101, 104, 150}, want: "expected: 个税年度汇算申报期 3/1–6/30，高于平常月份中位数 48.5%"},
		{name: "next year", month: "2021-03", values: append(slices.Clone(year), 103, 104, 170), want: "expected: 个税年度汇算申报期 3/1–6/30，高于平常月份中位数 69.2%"},
		{name: "no surge", month: "2021-03", values: append(slices.Clone(year), 103, 104, 110), want: ""},
		{name: "outside the window", month: "2021-02", values: append(slices.Clone(year), 103, 190), want: ""},
		{name: "maximum inside sampling error", month: "2020-04", se: 0.02, values: []float64{100, 102, 160, 161}, want: ""},
	} {
		tc.params, tc.profile = p, "tax"
		if tc.se == 0 {
			tc.se = nan
		}
		tc.run(t, "filing_season")
	}
}

func TestThresholdCross(t *testing.T) {
	p := alerts.Params{Thresholds: []alerts.Threshold{{App: "app", Wan: 500}}}
	for _, tc := range []ruleCase{
		{name: "crossed", se: nan, values: []float64{480, 501}, want: "fired: 突破 500.0万台"},
		{name: "reached", se: nan, values: []float64{480, 500}, want: "fired: 突破 500.0万台"},
		{name: "once", se: nan, values: []float64{480, 501, 520}, want: ""},
		{name: "a dip under 2 % does not count", se: nan, values: []float64{480, 501, 491, 520}, want: ""},
		{name: "a fall beyond 2 % does", se: nan, values: []float64{480, 501, 489, 520}, want: "fired: 突破 500.0万台"},
		{name: "first observed", se: nan, values: []float64{520}, want: "fired: 首次观测即高于 500.0万台（上月无数据）"},
		{name: "above after a gap", se: nan, values: []float64{480, nan, 520}, want: "fired: 首次观测即高于 500.0万台（上月无数据）"},
		{name: "told before the gap", se: nan, values: []float64{480, 505, nan, 520}, want: ""},
		{name: "below", se: nan, values: []float64{480, 499}, want: ""},
		{name: "within error", se: 0.01, values: []float64{480, 505}, want: "noise: within sampling error"},
		{name: "sure one month later", se: 0.01, values: []float64{480, 505, 512}, want: "fired: 突破 500.0万台"},
	} {
		tc.params, tc.month = p, "2023-09"
		tc.run(t, "threshold_cross")
	}
}

func TestThresholdOfAMember(t *testing.T) {
	shandong := wan("wangshangguowang", "网上国网", "utility", "2023-12", nan, 490, 525.3)
	shandong.Segment = panel.Segment{Dimension: panel.Province, Member: "山东"}
	total := wan("wangshangguowang", "网上国网", "utility", "2023-12", nan, 490, 5451.1)
	p := alerts.Params{Thresholds: []alerts.Threshold{{App: "wangshangguowang", Dimension: "province", Member: "山东", Wan: 500}}}
	findings := judge(t, "threshold_cross", p, quiet, "2023-12", total, shandong)
	if len(findings) != 1 || findings[0].Zh != "网上国网 山东 2023-12 月独立设备数 525.3万台，突破 500.0万台；无抽样误差" {
		t.Errorf("got %+v", findings)
	}
}

func TestUnexpected(t *testing.T) {
	p := alerts.Params{MinEffect: 0.03, FDR: 0.10}
	tight := fixed{forecast: expect.Forecast{Expected: 1e6, Low: 0.99e6, High: 1.01e6, SD: 0.005, DF: 12}}
	for _, tc := range []struct {
		rule string
		ruleCase
	}{
		{"unexpected_high", ruleCase{name: "above", model: expecting(100, false), se: 0.01, values: flat(30, 100, 112), want: "fired: 高于预期区间"}},
		{"unexpected_high", ruleCase{name: "below is the other rule's", model: expecting(100, false), se: 0.01, values: flat(30, 100, 88), want: ""}},
		{"unexpected_low", ruleCase{name: "below", model: expecting(100, false), se: 0.01, values: flat(30, 100, 88), want: "fired: 低于预期区间"}},
		{"unexpected_high", ruleCase{name: "inside", model: expecting(100, false), se: 0.01, values: flat(30, 100, 104), want: ""}},
		{"unexpected_high", ruleCase{name: "under the least effect", model: tight, se: nan, values: flat(30, 100, 102), want: ""}},
		{"unexpected_high", ruleCase{name: "within sampling error", model: tight, se: 0.03, values: flat(30, 100, 105), want: "noise: within sampling error"}},
		{"unexpected_high", ruleCase{name: "short", model: fixed{reason: "history too short (9 months)"}, se: nan, values: flat(9, 100, 105), want: "not_evaluable: history too short (9 months)"}},
		{"unexpected_low", ruleCase{name: "no value", model: tight, se: nan, values: flat(30, 100, nan), want: "not_evaluable: no value this month"}},
	} {
		tc.params, tc.month = p, "2023-09"
		tc.run(t, tc.rule)
	}
}

func TestChanceAmongManySeriesIsNoise(t *testing.T) {
	var series []alerts.Series
	for i := range 40 {
		v := 100.0
		if i == 7 {
			v = 106 // p about 0.01: below 0.05, but one of forty may be so
		}
		series = append(series, wan(panel.AppID(rune('A'+i)), "某应用", "none", "2023-09", nan, flat(30, 100, v)...))
	}
	for watch, listed := range map[float64]bool{0: false, 0.001: false, 0.05: true} {
		findings := judge(t, "unexpected_high", alerts.Params{FDR: 0.10, Watch: watch}, expecting(100, false), "2023-09", series...)
		if got, want := brief(findings), "noise: not beyond chance among 40 series"; got != want || findings[0].Watch != listed {
			t.Errorf("got %s, watched %t; want %s, %t", got, findings[0].Watch, want, listed)
		}
	}
	findings := judge(t, "unexpected_high", alerts.Params{}, expecting(100, false), "2023-09", series...)
	if got, want := brief(findings), "fired: 高于预期区间"; got != want {
		t.Errorf("tested alone: got %s, want %s", got, want)
	}
}

func TestYearOnYear(t *testing.T) {
	p := alerts.Params{Limit: 0.10}
	for _, tc := range []ruleCase{
		{name: "at the limit", se: nan, values: append(flat(12, 100), 110.0001), want: "fired: 同比 +10.0%，达到阈值 10.0%"},
		{name: "above", se: 0.002, values: flat(12, 100, 114.4), want: "fired: 同比 +14.4%（±0.6个百分点），达到阈值 10.0%"},
		{name: "below", se: nan, values: flat(12, 100, 109), want: ""},
		{name: "limit within error", se: 0.02, values: flat(12, 100, 114), want: "noise: within sampling error"},
		{name: "base missing", se: nan, values: flat(11, 100, 114), want: "not_evaluable: base month 2022-09 missing"},
		{name: "base zero", se: nan, values: append([]float64{0}, flat(11, 100, 114)...), want: "not_evaluable: base month 2022-09 missing"},
	} {
		tc.params, tc.month = p, "2023-09"
		tc.run(t, "yoy_above")
	}
}

func TestYearOnYearPrefersTheComputedSeries(t *testing.T) {
	level := wan("app", "某应用", "none", "2023-09", 0.05, flat(12, 100, 114)...)
	yoy := alerts.Series{
		App: "app", Segment: panel.All, Indicator: alerts.YoY, Unit: alerts.Ratio,
		Points: []expect.Point{{Month: panel.MustMonth("2023-09"), Value: 0.14, SE: 0.01}},
	}
	findings := judge(t, "yoy_above", alerts.Params{Limit: 0.10}, quiet, "2023-09", level, yoy)
	if got, want := brief(findings), "fired: 同比 +14.0%（±2.0个百分点），达到阈值 10.0%"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if f := findings[0]; f.Value != 0.14 || f.Unit != alerts.Ratio || f.Series.Indicator != alerts.MUD {
		t.Errorf("value %v %s of series %s", f.Value, f.Unit, f.Series.Indicator)
	}
}
