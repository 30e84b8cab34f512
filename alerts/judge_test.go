package alerts_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"panelwatch/alerts"
	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/configs"
	"panelwatch/etl/panel"
)

var nan = math.NaN()

// fixed expects the same of every month, or gives its reason.
type fixed struct {
	forecast expect.Forecast
	reason   string
}

func (f fixed) Expect(expect.Question) (expect.Forecast, string, bool) {
	return f.forecast, f.reason, f.reason == ""
}

func (f fixed) Learn([]expect.Question) expect.Model { return f }

// expecting is a model with the band expected +- 5 %.
func expecting(wan float64, seasonal bool) fixed {
	return fixed{forecast: expect.Forecast{
		Expected: wan * 1e4, Low: wan * 0.95e4, High: wan * 1.05e4, SD: 0.02, DF: 12, Seasonal: seasonal,
		Parts: expect.Parts{Level: wan * 1e4 / 1.12, Season: 0.12},
	}}
}

func shippedCalendar(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, err := calendar.Load(os.DirFS("../configs/calendar"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func shippedRules(t testing.TB) alerts.Settings {
	t.Helper()
	rules, err := configs.Rules(nil)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// wan makes a series of monthly devices from values in 万台, ending in last;
// a NaN is a missing month. se is relative.
func wan(app panel.AppID, name, profile, last string, se float64, values ...float64) alerts.Series {
	s := alerts.Series{
		App: app, Name: name, Profile: profile, Segment: panel.All, Indicator: alerts.MUD,
		Unit: alerts.Devices, Basis: panel.Assumed,
	}
	first := panel.MustMonth(last) - panel.Month(len(values)) + 1
	for i, v := range values {
		if !math.IsNaN(v) {
			s.Points = append(s.Points, expect.Point{Month: first + panel.Month(i), Value: v * 1e4, SE: v * 1e4 * se})
		}
	}
	return s
}

// flat is n months of the same value, with others after it.
func flat(n int, value float64, then ...float64) []float64 {
	return append(slices.Repeat([]float64{value}, n), then...)
}

// judge runs one rule with one setting.
func judge(t *testing.T, rule string, p alerts.Params, model expect.Model, month string, series ...alerts.Series) []alerts.Finding {
	t.Helper()
	p.Severity = alerts.High
	h := alerts.History{Month: panel.MustMonth(month), Series: series}
	k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: model}
	findings, _ := alerts.Judge(h, k, alerts.Settings{rule: {p}})
	return findings
}

// brief is what a test compares: verdict, reason and facts of each finding.
func brief(fs []alerts.Finding) string {
	var lines []string
	for _, f := range fs {
		line := string(f.Verdict)
		if f.Reason != "" {
			line += ": " + f.Reason
		} else {
			for _, fact := range f.Facts {
				line += ": " + fact.Zh
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, " | ")
}

func TestFindingsOfOneAppAreOneMessage(t *testing.T) {
	past := flat(40, 10000)
	s := wan("tielu12306", "铁路12306", "rail", "2023-09", 0.0016, append(past, 11900)...)
	s.Points[20].Value *= 0.9
	h := alerts.History{Month: panel.MustMonth("2023-09"), Series: []alerts.Series{s}}
	k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: expecting(11205, true)}
	rules := alerts.Settings{
		"holiday_peak":    {{Severity: alerts.Info, MinEffect: 0.05}},
		"record_high":     {{Severity: alerts.High}},
		"unexpected_high": {{Severity: alerts.Warn, MinEffect: 0.03}},
		"yoy_above":       {{Severity: alerts.Info, Limit: 0.10}},
	}
	findings, coverage := alerts.Judge(h, k, rules)
	if len(findings) != 1 {
		t.Fatalf("%d findings: %s", len(findings), brief(findings))
	}
	f := findings[0]
	if f.Rule != "holiday_peak" || f.Verdict != alerts.Fired || f.Severity != alerts.High {
		t.Errorf("got %s %s %s", f.Rule, f.Verdict, f.Severity)
	}
	if want := []string{"record_high", "unexpected_high", "yoy_above"}; !slices.Equal(f.Also, want) {
		t.Errorf("also %v, want %v", f.Also, want)
	}
	wantZh := "铁路12306 2023-09 月独立设备数 1.19亿台，创 2020-05 以来新高；国庆节预售 9/15 起；高于预期区间；" +
		"同比 +19.0%（±0.5个百分点），达到阈值 10.0%；预期 1.12亿 [1.06, 1.18]（水平 1.00亿 × 季节 +12.0%），高于预期 6.2%；抽样误差 ±0.3%（假定）"
	if f.Zh != wantZh {
		t.Errorf("zh\n got %s\nwant %s", f.Zh, wantZh)
	}
	wantEn := "铁路12306 2023-09: 119.0M devices, highest since 2020-05; National Day presale from Sep 15; above the expected band; " +
		"+19.0% (±0.5 pp) on the year before, at or above 10.0%; expected 112.1M [106.4, 117.7] (level 100.0M × season +12.0%), 6.2% above expectation; sampling error ±0.3% (assumed)"
	if f.En != wantEn {
		t.Errorf("en\n got %s\nwant %s", f.En, wantEn)
	}
	if f.Label != "国庆节预售 9/15 起，较预期 +6.2%" {
		t.Errorf("label %q", f.Label)
	}
	if len(f.Band) != 24 || f.Band[23].Month != h.Month || len(f.Series.Points) != 41 {
		t.Errorf("chart: %d bands, %d points", len(f.Band), len(f.Series.Points))
	}
	want := alerts.Coverage{Rules: 4, Subjects: 1, Fired: 1}
	if coverage != want {
		t.Errorf("coverage %+v, want %+v", coverage, want)
	}
}

func TestExpectedPeakInsideTheBandIsToldAsExpected(t *testing.T) {
	s := wan("tielu12306", "铁路12306", "rail", "2023-09", nan, append(flat(40, 10000), 11000)...)
	s.Points[5].Value = 1.3e8 // no record
	s.Basis = panel.FromVendor
	rules := alerts.Settings{
		"holiday_peak":    {{Severity: alerts.Info, MinEffect: 0.05}},
		"record_high":     {{Severity: alerts.High}},
		"unexpected_high": {{Severity: alerts.Warn, MinEffect: 0.03}},
	}
	h := alerts.History{Month: panel.MustMonth("2023-09"), Series: []alerts.Series{s}}
	findings, _ := alerts.Judge(h, alerts.Knowledge{Calendar: shippedCalendar(t), Model: expecting(10800, true)}, rules)
	if got, want := brief(findings), "expected: 国庆节预售 9/15 起"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	want := "铁路12306 2023-09 月独立设备数 1.10亿台，国庆节预售 9/15 起；预期 1.08亿 [1.03, 1.13]（水平 9642.9万 × 季节 +12.0%），高于预期 1.9%，在区间内；无抽样误差"
	if findings[0].Zh != want {
		t.Errorf("\n got %s\nwant %s", findings[0].Zh, want)
	}
	if want := "; no sampling error delivered"; !strings.HasSuffix(findings[0].En, want) {
		t.Errorf("%s does not end in %s", findings[0].En, want)
	}
}

func TestOneSettingForSomeAppsAndOneForTheRest(t *testing.T) {
	rules := alerts.Settings{"record_high": {
		{Severity: alerts.Warn},
		{Severity: alerts.High, Apps: []panel.AppID{"a"}, MinMonths: 12},
	}}
	h := alerts.History{Month: panel.MustMonth("2023-09"), Series: []alerts.Series{
		wan("a", "甲", "none", "2023-09", 0, flat(14, 100, 120)...),
		wan("b", "乙", "none", "2023-09", 0, flat(14, 100, 120)...),
		wan("c", "丙", "none", "2023-09", 0, flat(30, 100, 120)...),
	}}
	findings, coverage := alerts.Judge(h, alerts.Knowledge{Model: fixed{reason: "none"}}, rules)
	var got []string
	for _, f := range findings {
		got = append(got, fmt.Sprint(f.Subject.App, " ", f.Severity, " ", f.Verdict, " ", f.Reason))
	}
	want := []string{"a high fired ", "c warn fired ", "b warn not_evaluable history too short (14 months)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if want := (alerts.Coverage{Rules: 1, Subjects: 3, Fired: 2, NotEvaluable: 1}); coverage != want {
		t.Errorf("coverage %+v", coverage)
	}
}

// anyHistory draws series and a list with all kinds of values.
func anyHistory(t *rapid.T) alerts.History {
	h := alerts.History{Month: panel.MustMonth("2023-09")}
	value := rapid.OneOf(rapid.Float64Range(100, 2000), rapid.SampledFrom([]float64{0, -1, nan, math.Inf(1), 1e-300, 1e300}))
	profiles := []string{"rail", "tax", "gov", "none"}
	for i := range rapid.IntRange(1, 4).Draw(t, "series") {
		s := wan(panel.AppID(fmt.Sprint("app", i)), fmt.Sprint("应用", i), profiles[i%4], "2023-09", nan)
		for m := h.Month - panel.Month(rapid.IntRange(0, 40).Draw(t, "n")); m <= h.Month+1; m++ {
			s.Points = append(s.Points, expect.Point{
				Month: m, Value: 1e4 * value.Draw(t, "value"),
				SE: rapid.SampledFrom([]float64{nan, 0, 1e4, math.Inf(1), -1}).Draw(t, "se"),
			})
		}
		h.Series = append(h.Series, s)
	}
	l := alerts.List{Name: "地方政务", Size: 3, Months: map[panel.Month][]alerts.Entry{}}
	for m := h.Month - 6; m <= h.Month; m++ {
		var entries []alerts.Entry
		for i := range 5 {
			entries = append(entries, alerts.Entry{
				App: panel.AppID(fmt.Sprint("app", i)), Name: fmt.Sprint("应用", i), Basis: panel.Assumed, DAU: nan, CAGR6: nan,
				Devices: 1e4 * value.Draw(t, "devices"), SE: rapid.SampledFrom([]float64{nan, 1e4, math.Inf(1)}).Draw(t, "list se"),
			})
		}
		slices.SortStableFunc(entries, func(a, b alerts.Entry) int { return -cmpFloat(a.Devices, b.Devices) })
		for i := range entries {
			entries[i].Rank = i + 1
		}
		l.Months[m] = entries
	}
	h.Lists = []alerts.List{l}
	return h
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func everyRule() alerts.Settings {
	rules := alerts.Settings{}
	for _, r := range alerts.Rules {
		rules[r.Name] = []alerts.Params{{Severity: alerts.Warn, MinEffect: 0.03, Limit: 0.1, Lags: []int{1, 6}, FDR: 0.1}}
	}
	rules["threshold_cross"][0].Thresholds = []alerts.Threshold{{App: "app0", Wan: 500}, {App: "app1", Wan: 1000}}
	return rules
}

func TestJudgeIsDeterministicAndCarriesNoInfinity(t *testing.T) {
	rules := everyRule()
	know := alerts.Knowledge{Calendar: shippedCalendar(t), Model: expect.Structural{Calendar: shippedCalendar(t)}}
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory(t)
		findings, coverage := alerts.Judge(h, know, rules)
		if n := coverage.Fired + coverage.Expected + coverage.Noise + coverage.NotEvaluable + coverage.Suppressed; n != len(findings) {
			t.Fatalf("coverage counts %d of %d findings", n, len(findings))
		}
		told := map[panel.Key]bool{}
		for _, f := range findings {
			checkFinding(t, f)
			key := panel.Key{App: f.Subject.App, Segment: f.Subject.Segment}
			if f.Verdict == alerts.Fired || f.Verdict == alerts.Expected {
				if told[key] {
					t.Fatalf("two messages about %v", key)
				}
				told[key] = true
			}
		}
		slices.Reverse(h.Series)
		for _, entries := range h.Lists[0].Months {
			slices.Reverse(entries)
		}
		again, same := alerts.Judge(h, know, rules)
		if diff := cmp.Diff(findings, again, cmpopts.EquateNaNs()); diff != "" || same != coverage {
			t.Fatalf("another order gives other findings:\n%s", diff)
		}
	})
}

func checkFinding(t *rapid.T, f alerts.Finding) {
	for _, v := range []float64{f.Value, f.SE, f.Expected, f.Low, f.High, f.Z} {
		if math.IsInf(v, 0) {
			t.Fatalf("infinity in %+v", f)
		}
	}
	for _, b := range f.Band {
		if math.IsInf(b.Expected, 0) || math.IsInf(b.High, 0) || math.IsInf(b.Low, 0) {
			t.Fatalf("infinity in band %+v", b)
		}
	}
	if f.Zh == "" || f.En == "" || strings.Contains(f.Zh+f.En, "Inf") || strings.Contains(f.Zh+f.En, "NaN") {
		t.Fatalf("sentence %q %q", f.Zh, f.En)
	}
	if told := f.Verdict == alerts.Fired || f.Verdict == alerts.Expected; told == (f.Reason != "") {
		t.Fatalf("verdict %s with reason %q", f.Verdict, f.Reason)
	}
}

func BenchmarkJudge(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	h := alerts.History{Month: panel.MustMonth("2023-09")}
	for i := range 30 {
		var v []float64
		for range 45 {
			v = append(v, 1000*math.Exp(0.03*r.NormFloat64()))
		}
		h.Series = append(h.Series, wan(panel.AppID(fmt.Sprint("a", i)), "某应用", "gov", "2023-09", 0.01, v...))
	}
	k := alerts.Knowledge{Calendar: shippedCalendar(b), Model: expect.Structural{Calendar: shippedCalendar(b)}}
	rules := shippedRules(b)
	for b.Loop() {
		alerts.Judge(h, k, rules)
	}
}
