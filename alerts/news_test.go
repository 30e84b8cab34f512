package alerts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// monthByMonth judges each month of a series from the first on and lists what
// a rule said, one line a month.
func monthByMonth(t *testing.T, rule string, p alerts.Params, model expect.Model, s alerts.Series, first string) string {
	t.Helper()
	var out []string
	for m := panel.MustMonth(first); m <= s.Points[len(s.Points)-1].Month; m++ {
		out = append(out, fmt.Sprintf("%s %s", m, brief(judge(t, rule, p, model, m.String(), s))))
	}
	return strings.Join(out, "\n")
}

func TestLastingGrowthIsToldOnceAndInDecember(t *testing.T) {
	values := flat(12, 100, 105, 111, 112, 112, 108, 112, 113, 123, 118, 115, 113, 112) // 2023-01 to 2023-12
	s := wan("app", "某应用", "none", "2023-12", nan, values...)
	want := `2023-01 
2023-02 fired: 同比 +11.0%，达到阈值 10.0%
2023-03 suppressed: told already in 2023-02
2023-04 suppressed: told already in 2023-02
2023-05 
2023-06 fired: 同比 +12.0%，达到阈值 10.0%
2023-07 suppressed: told already in 2023-06
2023-08 suppressed: told already in 2023-06
2023-09 suppressed: told already in 2023-06
2023-10 suppressed: told already in 2023-06
2023-11 suppressed: told already in 2023-06
2023-12 fired: 同比 +12.0%，达到阈值 10.0%`
	if diff := cmp.Diff(want, monthByMonth(t, "yoy_above", alerts.Params{Limit: 0.10}, quiet, s, "2023-01")); diff != "" {
		t.Error(diff)
	}
}

// TestGrowthMustFallBackForSure: with an error of 2 % a month below the limit
// is no end of the state, and a doubled growth is news.
func TestGrowthMustFallBackForSure(t *testing.T) {
	s := wan("app", "某应用", "none", "2023-04", 0.01, flat(12, 100, 120, 109, 120, 141)...)
	want := `2023-01 fired: 同比 +20.0%（±3.3个百分点），达到阈值 10.0%
2023-02 
2023-03 suppressed: told already in 2023-01
2023-04 fired: 同比 +41.0%（±3.9个百分点），达到阈值 10.0%`
	if diff := cmp.Diff(want, monthByMonth(t, "yoy_above", alerts.Params{Limit: 0.10}, quiet, s, "2023-01")); diff != "" {
		t.Error(diff)
	}
}

func TestLastingFallIsToldOnceAndWhenAHalfYearCloses(t *testing.T) {
	s := wan("乙", "乙", "gov", "2023-12", 0.001, flat(7, 100, 97, 92, 80, 75, 70, 65)...) // falls from 2023-07
	var got []string
	for m := panel.MustMonth("2023-08"); m <= panel.MustMonth("2023-12"); m++ {
		l := alerts.List{Name: "地方政务", Size: 2, Months: map[panel.Month][]alerts.Entry{m: entries(0.001, "甲=150", "乙=80")}}
		l.Months[m-6] = entries(0.001, "甲=150", "乙=100")
		h := alerts.History{Month: m, Lists: []alerts.List{l}, Series: []alerts.Series{s}}
		rules := alerts.Settings{"cagr_fall": {{Severity: alerts.Warn, Limit: -0.03}}}
		findings, _ := alerts.Judge(h, alerts.Knowledge{Model: quiet}, rules)
		for _, f := range findings {
			got = append(got, fmt.Sprintf("%s %s %s %s", m, f.Severity, f.Verdict, f.Reason))
		}
	}
	want := []string{
		"2023-09 warn fired ",
		"2023-10 info suppressed told already in 2023-09",
		"2023-11 info suppressed told already in 2023-09",
		"2023-12 warn fired ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestLastingDeviationIsToldAgainWhenDoubled: the level stays away from an
// expectation that does not follow.
func TestLastingDeviationIsToldAgainWhenDoubled(t *testing.T) {
	s := wan("app", "某应用", "none", "2023-09", 0.005, flat(30, 100, 92, 91, 93, 80, 80, 99, 92)...) // from 2023-03
	want := `2023-02 
2023-03 fired: 低于预期区间
2023-04 suppressed: told already in 2023-03
2023-05 suppressed: told already in 2023-03
2023-06 fired: 低于预期区间
2023-07 suppressed: told already in 2023-06
2023-08 
2023-09 fired: 低于预期区间`
	if diff := cmp.Diff(want, monthByMonth(t, "unexpected_low", alerts.Params{MinEffect: 0.03, FDR: 0.1}, expecting(100, false), s, "2023-02")); diff != "" {
		t.Error(diff)
	}
}

func TestRecordsOfAClimb(t *testing.T) {
	s := wan("app", "某应用", "none", "2023-06", 0.0001, flat(24, 100, 102, 104, 107, 110, 110, 114)...)
	want := `2023-01 fired: 创 2021-01 以来新高
2023-02 suppressed: told already in 2023-01
2023-03 suppressed: told already in 2023-01
2023-04 fired: 创 2021-01 以来新高
2023-05 
2023-06 suppressed: told already in 2023-04`
	if diff := cmp.Diff(want, monthByMonth(t, "record_high", alerts.Params{MinEffect: 0.05}, quiet, s, "2023-01")); diff != "" {
		t.Error(diff)
	}
}

// TestSwapIsToldOnceOverSixMonths: what the month before had swapped already,
// against the same base, is no news until the half-year closes.
func TestSwapIsToldOnceOverSixMonths(t *testing.T) {
	before, after := entries(0.01, "甲=150", "乙=120", "丙=100"), entries(0.01, "甲=150", "乙=90", "丙=101")
	for _, tc := range []struct{ month, since, want string }{
		{"2023-08", "2023-08", "丙 fired; 乙 suppressed told with 丙"},
		{"2023-09", "2023-08", "丙 suppressed swapped already in 2023-08; 乙 suppressed swapped already in 2023-08"},
		{"2023-12", "2023-08", "丙 fired; 乙 suppressed told with 丙"},
	} {
		m := panel.MustMonth(tc.month)
		l := alerts.List{Name: "地方政务", Size: 3, Months: map[panel.Month][]alerts.Entry{m - 6: before, m - 1: before, m: after}}
		if m-1 >= panel.MustMonth(tc.since) {
			l.Months[m-1] = after
		}
		h := alerts.History{Month: m, Lists: []alerts.List{l}}
		rules := alerts.Settings{"rank_change": {{Severity: alerts.Warn, Lags: []int{1, 6}}}}
		findings, _ := alerts.Judge(h, alerts.Knowledge{Model: quiet}, rules)
		if got := verdictsOf(findings); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.month, got, tc.want)
		}
	}
}

// TestNoiseIsToldAsNoise: one row an app and list, naming places and
// neighbours, without the alert's prefix or urgency.
func TestNoiseIsToldAsNoise(t *testing.T) {
	months := map[string][]alerts.Entry{
		"2023-06": entries(0.02, "甲=200", "乙=96", "丙=99", "丁=97", "戊=90"),
		"2023-11": entries(0.02, "甲=200", "乙=97", "丙=99", "丁=95", "戊=94"),
		"2023-12": entries(0.02, "甲=200", "乙=99", "丙=98", "丁=94", "戊=95"),
	}
	for _, tc := range []struct {
		rule, app string
		zh, en    string
	}{
		{
			"rank_change", "乙", "乙 2023-12 地方政务榜第2位（2023-06 第4位，2023-11 第3位），与丙、丁互换（属实概率至多 62.1%）；名次变化在抽样误差内",
			"乙 2023-12: no. 2 of 地方政务 (no. 4 in 2023-06, no. 3 in 2023-11), swapped with 丙, 丁 (real with 62.1% at most); rank change within sampling error",
		},
		{
			"list_entry_exit", "丁", "丁 2023-12 退出地方政务榜前4，第5位（2023-11 第4位）；与第4位戊相邻；进出榜在抽样误差内",
			"丁 2023-12: left the top 4 of 地方政务, now no. 5 (no. 4 in 2023-11); next to no. 4 戊; entry or exit within sampling error",
		},
	} {
		lags := map[string][]int{"rank_change": {1, 6}}[tc.rule]
		findings := judgeList(t, tc.rule, alerts.Params{Lags: lags}, 4, months)
		seen := 0
		for _, f := range findings {
			if f.Subject.App != panel.AppID(tc.app) {
				continue
			}
			seen++
			if f.Zh != tc.zh || f.En != tc.en || f.Severity != alerts.Info || f.Verdict != alerts.Noise {
				t.Errorf("%s %s\n%s\n%s", f.Verdict, f.Severity, cmp.Diff(tc.zh, f.Zh), cmp.Diff(tc.en, f.En))
			}
		}
		if seen != 1 {
			t.Errorf("%s of %s: %d rows", tc.rule, tc.app, seen)
		}
	}
}
