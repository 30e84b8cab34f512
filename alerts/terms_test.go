package alerts_test

import (
	"slices"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// Across a change of definitions nothing is compared, and the reason says so.
func TestBreaksAreTheReason(t *testing.T) {
	broken := alerts.DefinitionsBreak(panel.MustMonth("2023-06"), "2022", "2023")
	const why = "definitions changed from 2022 to 2023 in 2023-06: months before cannot be compared"
	old := slices.Clip(append(flat(11, 100, 120), flat(12, 100)...)) // 2021-10 to 2023-08
	level := alerts.Params{Thresholds: []alerts.Threshold{{App: "app", Wan: 150}}}
	for _, c := range []struct {
		name, rule, month string
		params            alerts.Params
		values            []float64
		want              string
	}{
		{"record", "record_high", "2023-09", alerts.Params{}, append(old, 200), "not_evaluable: " + why},
		{"growth over the year", "yoy_above", "2023-09", alerts.Params{Limit: 0.1}, append(old, 200), "not_evaluable: " + why},
		{"no forecast", "unexpected_high", "2023-09", alerts.Params{}, append(old, 200), "not_evaluable: " + why},
		{"threshold in the month of the break", "threshold_cross", "2023-06", level, append(old, 200), "not_evaluable: " + why},
		{"threshold after it", "threshold_cross", "2023-09", level, append(old, 200), "fired: 突破 150.0万台"},
		{"long after it", "yoy_above", "2025-01", alerts.Params{Limit: 0.1}, append(flat(24, 100), 200), "fired: 同比 +100.0%，达到阈值 10.0%"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := wan("app", "某应用", "none", c.month, nan, c.values...)
			s.Breaks = []alerts.Break{broken}
			if got := brief(judge(t, c.rule, c.params, quiet, c.month, s)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// A list is not compared with one from before the break.
func TestListsAreNotComparedAcrossABreak(t *testing.T) {
	m := panel.MustMonth("2023-09")
	entries := func(first, second panel.AppID) []alerts.Entry {
		return []alerts.Entry{
			{App: first, Name: string(first), Rank: 1, Devices: 2e6, SE: 1e3, Basis: panel.Assumed, DAU: nan, CAGR6: nan},
			{App: second, Name: string(second), Rank: 2, Devices: 1e6, SE: 1e3, Basis: panel.Assumed, DAU: nan, CAGR6: nan},
		}
	}
	l := alerts.List{Name: "榜", Size: 2, Months: map[panel.Month][]alerts.Entry{m: entries("a", "b"), m - 1: entries("b", "a")}}
	rules := alerts.Settings{"rank_change": {{Severity: alerts.Info}}}
	know := alerts.Knowledge{Calendar: shippedCalendar(t), Model: expect.Structural{Calendar: shippedCalendar(t)}}
	_, before := alerts.Judge(alerts.History{Month: m, Lists: []alerts.List{l}}, know, rules)
	if before.Fired == 0 {
		t.Fatalf("without a break nothing is told: %+v", before)
	}
	l.Breaks = []alerts.Break{alerts.VendorBreak(m, "甲", "乙")}
	found, after := alerts.Judge(alerts.History{Month: m, Lists: []alerts.List{l}}, know, rules)
	if after.Fired != 0 || after.NotEvaluable != 1 || found[0].Reason != "vendor changed from 甲 to 乙 in 2023-09: months before cannot be compared" {
		t.Errorf("got %+v %+v", after, found)
	}
}
