package alerts_test

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"panelwatch/alerts"
	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

// months are a source's panels up to last: sizes in 万台, oldest first, all
// else the same every month; 0 is a month that is not there.
func months(source, last string, sizes ...float64) (out []alerts.PanelMonth) {
	first := panel.MustMonth(last) - panel.Month(len(sizes)) + 1
	for i, n := range sizes {
		if n > 0 {
			out = append(out, alerts.PanelMonth{
				Source: source, Month: first + panel.Month(i), Basis: panel.Assumed,
				N: n * 1e4, Weights: nan, Universe: 1.39e9, Deff: 1.5, Definitions: "2023", Vendor: "甲", TierList: 2023,
			})
		}
	}
	return out
}

// growing is n sizes that grow by 2 % a month with a little noise.
func growing(n int, then ...float64) []float64 {
	var out []float64
	for i := range n {
		out = append(out, 100*math.Pow(1.02, float64(i))*(1+0.003*math.Sin(float64(i))))
	}
	return append(out, then...)
}

// judgeData runs the shipped rules about data on panels alone.
func judgeData(t *testing.T, month string, panels []alerts.PanelMonth) string {
	t.Helper()
	h := alerts.History{
		Month: panel.MustMonth(month), Panels: panels, Primary: map[panel.AppID]string{"app": "vendor", "b": "vendor", "c": "vendor", "d": "vendor", "e": "vendor"},
	}
	found, _ := alerts.Judge(h, alerts.Knowledge{Calendar: shippedCalendar(t), Model: quiet}, shippedRules(t))
	return brief(found)
}

func TestPanelBreak(t *testing.T) {
	level := growing(12)[11]
	for _, tc := range []struct {
		name  string
		sizes []float64
		want  string
	}{
		{"goes on growing", growing(13), ""},
		{"a fall", growing(12, 0.7*level), "fired: 样本量由 2023-11 的 124.0万台 变为 86.8万台（-30.0%），此前每月变动不超过 2.3%"},
		{"the month after a fall", growing(12, 0.7*level, 0.71*level), ""},
		{"back from an odd month", growing(11, 60, 1.02*level), ""},
		{"a gap changes nothing", growing(12, 0, 0, 1.07*level), ""},
		{"the second month", []float64{100, 150}, "fired: 样本量由 2023-11 的 100.0万台 变为 150.0万台（+50.0%）"},
		{"the first month", []float64{100}, ""},
		{"a panel that always swings", []float64{100, 130, 95, 128, 102, 131, 99, 127, 101, 129, 100, 130, 92}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := judgeData(t, "2023-12", months("vendor", "2023-12", tc.sizes...)); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestOtherBreaksOfASource(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(p *alerts.PanelMonth)
		want   string
	}{
		{"universe", func(p *alerts.PanelMonth) { p.Universe *= 1.02 }, "fired: 全网设备数由 2023-11 的 13.90亿台 变为 14.18亿台（+2.0%），此前每月变动不超过 0.0%"},
		{"universe as ever", func(p *alerts.PanelMonth) { p.Universe *= 1.005 }, ""},
		{"design effect", func(p *alerts.PanelMonth) { p.Deff = 2 }, "fired: 设计效应由 2023-11 的 1.50 变为 2.00（+33.3%），此前每月变动不超过 0.0%"},
		{"no longer declared", func(p *alerts.PanelMonth) { p.N, p.Deff, p.Universe = nan, nan, nan }, ""},
		{"another basis", func(p *alerts.PanelMonth) { p.Basis, p.N = panel.FromPanel, 1000 }, ""},
		{"definitions", func(p *alerts.PanelMonth) { p.Definitions = "2024" }, "fired: 2023-12 起口径由 2023 改为 2024，此前不可比"},
		{"vendor", func(p *alerts.PanelMonth) { p.Vendor = "乙" }, "fired: 2023-12 起供应商由 甲 改为 乙，此前不可比"},
		{"tiers", func(p *alerts.PanelMonth) { p.TierList = 2024 }, "fired: 2023-12 起城市等级名单由 2023 年改为 2024 年，此前不可比"},
		{"an identity of one app", func(p *alerts.PanelMonth) {
			p.Failed = []alerts.FailedIdentity{{"members_total", "b"}, {"members_total", "b"}, {"shares_total", "b"}, {"vendor_growth", "c"}}
		}, "fired: 交付的数不自洽（members_total ×2, shares_total ×1），所涉 1 个应用（共 5 个）的结论暂不采信"},
		{"of two of five", func(p *alerts.PanelMonth) {
			p.Failed = []alerts.FailedIdentity{{"members_total", "b"}, {"members_total", "c"}}
		}, "fired: 交付的数不自洽（members_total ×2），所涉 5 个应用（共 5 个）的结论暂不采信"},
		{"of the whole", func(p *alerts.PanelMonth) {
			p.Failed = []alerts.FailedIdentity{{"universe_total", panel.AllNetwork}}
		}, "fired: 交付的数不自洽（universe_total ×1），所涉 5 个应用（共 5 个）的结论暂不采信"},
		{"of another source's app", func(p *alerts.PanelMonth) {
			p.Failed = []alerts.FailedIdentity{{"members_total", "z"}}
		}, ""},
		{"one that is not named", func(p *alerts.PanelMonth) {
			p.Failed = []alerts.FailedIdentity{{"tgi_base_conflict", "b"}}
		}, ""},
		{
			"several at once are one finding", func(p *alerts.PanelMonth) { p.N, p.Universe, p.Definitions = p.N*2, p.Universe*1.1, "2024" },
			"fired: 样本量由 2023-11 的 100.0万台 变为 200.0万台（+100.0%），此前每月变动不超过 0.0%: " +
				"全网设备数由 2023-11 的 13.90亿台 变为 15.29亿台（+10.0%），此前每月变动不超过 0.0%: 2023-12 起口径由 2023 改为 2024，此前不可比",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			panels := months("vendor", "2023-12", flat(13, 100)...)
			tc.change(&panels[12])
			if got := judgeData(t, "2023-12", panels); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestBreakSaysWhatItHeldBack(t *testing.T) {
	h := alerts.History{
		Month:   panel.MustMonth("2023-12"),
		Series:  []alerts.Series{wan("tielu12306", "铁路12306", "rail", "2023-12", 0.002, flat(30, 10000, 15000)...)},
		Panels:  months("vendor", "2023-12", flat(13, 100, 140)...),
		Primary: map[panel.AppID]string{"tielu12306": "vendor"},
	}
	found, coverage := alerts.Judge(h, alerts.Knowledge{Calendar: shippedCalendar(t), Model: expecting(10000, false)}, shippedRules(t))
	if coverage.Fired != 1 || found[0].Rule != "panel_break" {
		t.Fatalf("want one finding, of the break: %s", brief(found))
	}
	wantZh := "数据源 vendor 2023-12，样本量由 2023-11 的 100.0万台 变为 140.0万台（+40.0%），此前每月变动不超过 0.0%；当月另有 3 项结论因此不予告知"
	wantEn := "Source vendor 2023-12, panel size moved from 1.000M devices in 2023-11 to 1.400M devices (+40.0%), by no more than 0.0% a month before; 3 findings held back this month for that"
	if diff := cmp.Diff([]string{wantZh, wantEn}, []string{found[0].Zh, found[0].En}); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	for _, f := range found[1:] {
		if f.Verdict != alerts.Suppressed || !strings.Contains(f.Reason, "held back, data of source vendor in doubt: panel size moved") {
			t.Errorf("%s %s: %s", f.Rule, f.Verdict, f.Reason)
		}
	}
}

// A broken source holds back the apps it speaks for, once for all its faults,
// and no others; without a break nothing is other than without the rules.
func TestBreakInhibitsItsAppsAndNothingElse(t *testing.T) {
	rules := shippedRules(t)
	know := alerts.Knowledge{Calendar: shippedCalendar(t), Model: expecting(100, true)}
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory(t)
		h.Primary = map[panel.AppID]string{}
		for _, s := range h.Series {
			h.Primary[s.App] = rapid.SampledFrom([]string{"vendor", "panel"}).Draw(t, "source")
		}
		for _, e := range h.Lists[0].Months[h.Month] {
			if h.Primary[e.App] == "" {
				h.Primary[e.App] = "vendor"
			}
		}
		before, _ := alerts.Judge(h, know, rules)
		n := rapid.IntRange(2, 20).Draw(t, "months")
		for _, source := range []string{"vendor", "panel"} {
			h.Panels = append(h.Panels, months(source, h.Month.String(), slices.Repeat([]float64{100}, n)...)...)
		}
		quiet, _ := alerts.Judge(h, know, rules)
		if diff := cmp.Diff(before, quiet, cmpopts.EquateNaNs()); diff != "" {
			t.Fatalf("panels without a break change something:\n%s", diff)
		}
		breaking(t, &h.Panels[n-1])
		after, _ := alerts.Judge(h, know, rules)
		checkInhibited(t, h, before, after)
	})
}

// breaking spoils a month of a source in one way or in several.
func breaking(t *rapid.T, p *alerts.PanelMonth) {
	ways := []func(){
		func() { p.N *= rapid.SampledFrom([]float64{0.1, 0.6, 1.5, 10}).Draw(t, "n") },
		func() { p.Universe *= rapid.SampledFrom([]float64{0.9, 1.02, 10}).Draw(t, "universe") },
		func() { p.Definitions = "other" },
		func() { p.Vendor = "other" },
		func() { p.Failed = []alerts.FailedIdentity{{"universe_total", panel.AllNetwork}} },
	}
	for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(ways)-1), 1, len(ways), rapid.ID).Draw(t, "ways") {
		ways[i]()
	}
}

// checkInhibited compares the findings with a broken vendor to those without.
func checkInhibited(t *rapid.T, h alerts.History, before, after []alerts.Finding) {
	breaks := 0
	for _, f := range after {
		if f.Subject.Source != "" {
			breaks++
			if f.Verdict != alerts.Fired || f.Subject.Source != "vendor" {
				t.Fatalf("%s of %s is %s", f.Rule, f.Subject.Source, f.Verdict)
			}
			continue
		}
		if told := f.Verdict == alerts.Fired || f.Verdict == alerts.Expected || f.Verdict == alerts.Noise; told && h.Primary[f.Subject.App] == "vendor" {
			t.Fatalf("%s of %s is %s in spite of the break", f.Rule, f.Subject.App, f.Verdict)
		}
	}
	if breaks != 1 {
		t.Fatalf("%d findings of the break, want 1", breaks)
	}
	others := func(all []alerts.Finding) (out []string) {
		for _, f := range all {
			if f.Subject.Source == "" && h.Primary[f.Subject.App] != "vendor" && h.Primary[f.Subject.Other] != "vendor" {
				out = append(out, fmt.Sprint(f.Rule, f.Subject, f.Verdict, f.Zh))
			}
		}
		slices.Sort(out)
		return out
	}
	if diff := cmp.Diff(others(before), others(after)); diff != "" {
		t.Fatalf("apps of another source are touched:\n%s", diff)
	}
}

func TestCalendarMissing(t *testing.T) {
	text := func(name string) []byte {
		data, err := os.ReadFile("../configs/calendar/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	short, _, _ := strings.Cut(string(text("days_off.csv")), "2024-")
	c, err := calendar.Load(fstest.MapFS{
		"days_off.csv": {Data: []byte(short)}, "lunar.csv": {Data: text("lunar.csv")}, "windows.csv": {Data: text("windows.csv")}, "unusual.csv": {Data: text("unusual.csv")},
	})
	if err != nil {
		t.Fatal(err)
	}
	rules := alerts.Settings{
		"calendar_missing": {{Severity: alerts.Warn, MonthsAhead: 13}},
		"holiday_peak":     {{Severity: alerts.Info, MinEffect: 0.05}},
		"filing_season":    {{Severity: alerts.High, MinEffect: 0.15}},
	}
	for _, tc := range []struct{ month, want string }{
		{"2022-11", ""},
		{"2022-12", "fired: 放假安排与农历表只到 2023-12，不足其后 13 个月"},
		{"2023-01", "suppressed: told already in 2022-12"},
		{"2023-11", "suppressed: told already in 2022-12"},
		{"2023-12", "fired: 放假安排与农历表只到 2023-12，此后节假日与申报期无法评估"},
		{"2024-03", "not_evaluable: the calendar ends 2023-12 | not_evaluable: the calendar ends 2023-12 | suppressed: told already in 2023-12"},
	} {
		h := alerts.History{Month: panel.MustMonth(tc.month), Series: []alerts.Series{
			wan("tielu12306", "铁路12306", "rail", "2024-03", 0.002, flat(40, 10000)...),
			wan("geshui", "个人所得税", "tax", "2024-03", 0.002, flat(40, 10000)...),
			wan("zhongyouhaoke", "中油好客e站", "none", "2024-03", 0.002, flat(40, 10000)...),
		}}
		found, _ := alerts.Judge(h, alerts.Knowledge{Calendar: c, Model: quiet}, rules)
		found = slices.DeleteFunc(found, func(f alerts.Finding) bool { return strings.Contains(f.Reason, "history too short") })
		if got := brief(found); got != tc.want {
			t.Errorf("%s: got  %s\nwant %s", tc.month, got, tc.want)
		}
	}
}

func TestSettingsOfDataRules(t *testing.T) {
	for _, tc := range []struct {
		rule string
		p    alerts.Params
		want string
	}{
		{"panel_break", alerts.Params{}, "min_effects belong to panel_break, which needs at least one"},
		{"record_high", alerts.Params{MinEffects: map[string]float64{"n": 1}}, "min_effects belong to panel_break"},
		{"panel_break", alerts.Params{MinEffects: map[string]float64{"size": 1}}, "min_effects: size: 1: want a positive least jump of n, weights, universe, deff"},
		{"panel_break", alerts.Params{MinEffects: map[string]float64{"n": 0}}, "min_effects: n: 0: want a positive"},
		{"identity_failed", alerts.Params{}, "identities belong to identity_failed"},
		{"calendar_missing", alerts.Params{}, "months_ahead belongs to calendar_missing, which needs at least 1"},
	} {
		tc.p.Severity = alerts.Warn
		err := alerts.Settings{tc.rule: {tc.p}}.Validate(&panel.Catalogue{})
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %s", tc.rule, err, tc.want)
		}
	}
}

// A draft is held back by the breaks that rules in force find.
func TestBreakInhibitsDrafts(t *testing.T) {
	h := alerts.History{
		Month:   panel.MustMonth("2023-12"),
		Series:  []alerts.Series{wan("app", "某应用", "none", "2023-12", 0.002, flat(30, 10000, 15000)...)},
		Primary: map[panel.AppID]string{"app": "vendor"},
	}
	rules := alerts.Settings{
		"record_high": {{Severity: alerts.High, MinMonths: 24, State: alerts.Draft}},
		"panel_break": shippedRules(t)["panel_break"],
	}
	k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: quiet}
	for want, panels := range map[string][]alerts.PanelMonth{
		"fired":      months("vendor", "2023-12", flat(14, 100)...),
		"suppressed": months("vendor", "2023-12", flat(13, 100, 140)...),
	} {
		h.Panels = panels
		found := alerts.JudgeDrafts(h, k, rules)
		if len(found) != 1 || string(found[0].Verdict) != want || found[0].Rule != "record_high" {
			t.Errorf("got %s, want %s", brief(found), want)
		}
	}
}
