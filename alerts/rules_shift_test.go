package alerts_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// trailing expects the newest value again, ± 5 %.
type trailing struct{}

func (trailing) Learn([]expect.Question) expect.Model { return trailing{} }

func (trailing) Expect(q expect.Question) (expect.Forecast, string, bool) {
	if len(q.Past) == 0 {
		return expect.Forecast{}, "history too short (0 months)", false
	}
	f := expecting(1, false).forecast
	v := q.Past[len(q.Past)-1].Value / 1e4
	f.Expected, f.Low, f.High = v*f.Expected, v*f.Low, v*f.High
	return f, "", true
}

// peaking expects 130 in a month whose season adds 30 %.
func peaking() fixed {
	f := expecting(130, true)
	f.forecast.Parts = expect.Parts{Level: 100e4, Season: 0.25, Holiday: 0.04}
	return f
}

func TestMissingPeakOfASeason(t *testing.T) {
	for _, tc := range []struct {
		name  string
		model fixed
		se    float64
		now   float64
		want  string
	}{
		{"the peak came", peaking(), 0.01, 128, ""},
		{"low, but more than half of it came", peaking(), 0.01, 118, ""},
		{"it did not come", peaking(), 0.01, 101, "fired: 预期的高峰（季节与节假日合计 +30.0%）没有出现"},
		{"it may have come, for all the sampling error", peaking(), 0.2, 101, "noise: within sampling error"},
		{"a low month of no season", expecting(130, false), 0.01, 101, ""},
		{"no forecast", fixed{reason: "history too short (3 months)"}, 0.01, 101, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := wan("app", "某应用", "utility", "2023-07", tc.se, flat(40, 130, tc.now)...)
			got := brief(judge(t, "missing_peak", alerts.Params{MinEffect: 0.15, FDR: 0.1}, tc.model, "2023-07", s))
			if got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

// A season of two months that does not come is told in the first of them.
func TestMissingPeakIsToldOnce(t *testing.T) {
	s := wan("app", "某应用", "utility", "2023-08", 0.01, flat(40, 130, 101, 100)...)
	want := `2023-06 
2023-07 fired: 预期的高峰（季节与节假日合计 +30.0%）没有出现
2023-08 suppressed: told already in 2023-07`
	if diff := cmp.Diff(want, monthByMonth(t, "missing_peak", alerts.Params{MinEffect: 0.15}, peaking(), s, "2023-06")); diff != "" {
		t.Error(diff)
	}
}

// season is a tax series of two years up to 2023-06 with the values of the
// last season's four months; a NaN is a missing month.
func season(se float64, last ...float64) alerts.Series {
	year := []float64{100, 100, 150, 140, 130, 130, 100, 100, 100, 100, 100, 100}
	return wan("geshui", "个人所得税", "tax", "2023-06", se, slices.Concat(year, []float64{100, 100}, last)...)
}

func TestMissingFilingSeason(t *testing.T) {
	const fired = "fired: 个税年度汇算申报期 3/1–6/30内没有出现往年的高峰，最高为 2023-04，较平常月份中位数 +4.0%"
	first := season(0.01, 101, 104, 103, 100)
	first.Points = first.Points[6:] // 2022-07 is the first: no season before
	for _, tc := range []struct {
		name   string
		series alerts.Series
		month  string
		want   string
	}{
		{"no month surged", season(0.01, 101, 104, 103, 100), "2023-06", fired},
		{"not before the season closes", season(0.01, 101, 104, 103, 100), "2023-05", ""},
		{"a late surge is one", season(0.01, 100, 100, 100, 140), "2023-06", ""},
		{"perhaps a surge", season(0.06, 101, 104, 103, 100), "2023-06", "noise: within sampling error"},
		{"a month is missing", season(0.01, 101, nan, 103, 100), "2023-06", "not_evaluable: only 3 of the season's 4 months have a value"},
		{"a month is missing and another surged", season(0.01, 150, nan, 103, 100), "2023-06", ""},
		{"never had a season", first, "2023-06", "not_evaluable: no earlier season with a surge to compare with"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := brief(judge(t, "missing_peak", alerts.Params{MinEffect: 0.15}, quiet, tc.month, tc.series)); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestLevelShift(t *testing.T) {
	for _, tc := range []struct {
		name   string
		values []float64
		want   string
	}{
		{"one odd month is none", []float64{90, 100, 100}, "||"},
		{"two months are", []float64{100, 90, 88}, "||fired: 水平下移：较变动前的预期 2023-08 -10.0%、2023-09 -12.0%"},
		{"told once", []float64{90, 89, 88}, "|fired: 水平下移：较变动前的预期 2023-07 -10.0%、2023-08 -11.0%|suppressed: told already in 2023-08"},
		{"half of the way back is none", []float64{100, 80, 94}, "||"},
		{"the other side is none", []float64{100, 90, 110}, "||"},
		{"up", []float64{100, 115, 116}, "||fired: 水平上移：较变动前的预期 2023-08 +15.0%、2023-09 +16.0%"},
		{"smaller than worth telling", []float64{100, 94.5, 94.5}, "||"},
		{"a missing month tells nothing", []float64{90, nan, 90}, "||"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := wan("app", "某应用", "gov", "2023-09", 0.005, flat(30, 100, tc.values...)...)
			var said []string
			for _, m := range []string{"2023-07", "2023-08", "2023-09"} {
				said = append(said, brief(judge(t, "level_shift", alerts.Params{MinEffect: 0.06, FDR: 0.1}, expecting(100, false), m, s)))
			}
			if got := strings.Join(said, "|"); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

// The height of a filing season is no level: it is told as a season.
func TestLevelShiftWaitsForTheSeasonToClose(t *testing.T) {
	s := wan("geshui", "个人所得税", "tax", "2023-05", 0.005, flat(30, 100, 150, 150)...)
	if got := brief(judge(t, "level_shift", alerts.Params{MinEffect: 0.05}, expecting(100, false), "2023-05", s)); got != "" {
		t.Errorf("told %s within the season", got)
	}
}

// A shift speaks for the deviations that it goes on with.
func TestShiftSilencesItsDeviations(t *testing.T) {
	s := wan("app", "某应用", "gov", "2023-09", 0.005, flat(30, 100, 100, 90, 78)...)
	h := alerts.History{Month: panel.MustMonth("2023-09"), Series: []alerts.Series{s}}
	rules := alerts.Settings{
		"level_shift":    {{Severity: alerts.Warn, MinEffect: 0.05}},
		"unexpected_low": {{Severity: alerts.Warn, MinEffect: 0.03}},
	}
	findings, _ := alerts.Judge(h, alerts.Knowledge{Calendar: shippedCalendar(t), Model: expecting(100, false)}, rules)
	want := "fired: 水平下移：较变动前的预期 2023-08 -10.0%、2023-09 -22.0% | suppressed: part of a level shift"
	if got := brief(findings); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Coming back from a low month is no news; going beyond what was expected
// before the low is.
func TestRecovery(t *testing.T) {
	for _, tc := range []struct {
		name   string
		values []float64
		want   string
	}{
		{"back from the month before", []float64{100, 100, 80, 97}, "suppressed: coming back from an unexpected low, not above what was expected before it"},
		{"back after two months", []float64{100, 80, 81, 97}, "suppressed: coming back from an unexpected low, not above what was expected before it"},
		{"above what was expected", []float64{100, 100, 80, 110}, "fired: 高于预期区间"},
		{"the low is long past", []float64{80, 80, 80, 80, 97}, "fired: 高于预期区间"},
		{"no low", []float64{100, 100, 100, 110}, "fired: 高于预期区间"},
		{"a peak that is over", []float64{100, 100, 130, 101}, "suppressed: coming back from an unexpected high, not below what was expected before it"},
		{"below what was expected", []float64{100, 100, 130, 90}, "fired: 低于预期区间"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := wan("app", "某应用", "gov", "2023-09", 0.005, flat(30, 100, tc.values...)...)
			rule := "unexpected_high"
			if n := len(tc.values); tc.values[n-1] < tc.values[n-2] {
				rule = "unexpected_low"
			}
			if got := brief(judge(t, rule, alerts.Params{MinEffect: 0.03}, trailing{}, "2023-09", s)); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

// Whatever the series, a shift that is told has both its months on one side of
// the level before, and a missing peak is told only of a month below its band.
func TestShiftsAndMissingPeaksAreTrue(t *testing.T) {
	c := shippedCalendar(t)
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(50, 200), 26, 40).Draw(t, "values")
		s := wan("app", "某应用", rapid.SampledFrom([]string{"rail", "gov", "none"}).Draw(t, "profile"), "2023-09", 0.01, values...)
		rules := alerts.Settings{"level_shift": {{Severity: alerts.Warn, MinEffect: 0.05}}, "missing_peak": {{Severity: alerts.High, MinEffect: 0.15}}}
		h := alerts.History{Month: panel.MustMonth("2023-09"), Series: []alerts.Series{s}}
		model := rapid.SampledFrom([]expect.Model{expecting(100, false), peaking(), trailing{}}).Draw(t, "model")
		findings, _ := alerts.Judge(h, alerts.Knowledge{Calendar: c, Model: model}, rules)
		now, before := values[len(values)-1], values[len(values)-2]
		for _, f := range findings {
			if f.Verdict != alerts.Fired {
				continue
			}
			was := 100.0
			switch model.(type) {
			case trailing:
				was = values[len(values)-3]
			case fixed:
				if f.Expected > 0 {
					was = f.Expected / 1e4
				}
			}
			same := math.Signbit(now-was) == math.Signbit(before-was)
			if f.Rule == "level_shift" && !same || f.Rule == "missing_peak" && now*1e4 >= f.Low {
				t.Fatalf("%s told of %v %v after %v", f.Rule, before, now, was)
			}
		}
	})
}
