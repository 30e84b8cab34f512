package alerts_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// eight are apps of one category whose last months deviate by so much.
func eight(deviates func(app int, m panel.Month) float64) []alerts.Series {
	r := rand.New(rand.NewPCG(8, 8))
	var out []alerts.Series
	for app := range 8 {
		var v []float64
		for m := panel.MustMonth("2020-01"); m <= panel.MustMonth("2024-06"); m++ {
			v = append(v, 1000*math.Exp(0.01*r.NormFloat64()+deviates(app, m)))
		}
		s := wan(panel.AppID(fmt.Sprint("app", app)), fmt.Sprint("应用", app), "none", "2024-06", 0.001, v...)
		s.Category = "地方政务"
		out = append(out, s)
	}
	return out
}

func toldOf(t *testing.T, m string, series []alerts.Series) (all []alerts.Finding, byRule map[string][]string) {
	t.Helper()
	c := shippedCalendar(t)
	h := alerts.History{Month: panel.MustMonth(m), Series: series}
	rules := alerts.Settings{}
	for _, name := range []string{"unexpected_high", "unexpected_low", "level_shift", "category_wide"} {
		rules[name] = shippedRules(t)[name]
	}
	all, _ = alerts.Judge(h, alerts.Knowledge{Calendar: c, Model: expect.Structural{Calendar: c}}, rules)
	byRule = map[string][]string{}
	for _, f := range all {
		if f.Verdict == alerts.Fired {
			byRule[f.Rule] = append(byRule[f.Rule], string(f.Subject.App)+f.Subject.List)
		}
	}
	return all, byRule
}

// A fall of a whole category is told once, with the app that goes its own way;
// the month after is no news.
func TestAFallOfAllIsToldOnce(t *testing.T) {
	series := eight(func(app int, m panel.Month) float64 {
		switch {
		case m < panel.MustMonth("2024-05"):
			return 0
		case app == 3:
			return 0.12
		}
		return -0.2
	})
	all, told := toldOf(t, "2024-05", series)
	if got := fmt.Sprint(told); got != "map[category_wide:[地方政务] unexpected_high:[app3]]" {
		t.Errorf("told %s", got)
	}
	for _, f := range all {
		if f.Rule == "category_wide" && !strings.Contains(f.Zh, "8 个应用中 7 个低于预期") {
			t.Errorf("sentence %s", f.Zh)
		}
		if f.Rule == "unexpected_high" && f.Verdict == alerts.Fired && (math.Abs(f.Parts.Category+0.18) > 0.02 || !strings.Contains(f.Zh, "类别整体 -1")) {
			t.Errorf("category %v in %s", f.Parts.Category, f.Zh)
		}
	}
	if _, told := toldOf(t, "2024-06", series); len(told["category_wide"]) > 0 {
		t.Errorf("the month after: %v", told)
	}
}

// One app's fall says nothing of the others.
func TestOneFallIsItsOwn(t *testing.T) {
	_, told := toldOf(t, "2024-05", eight(func(app int, m panel.Month) float64 {
		if app == 3 && m == panel.MustMonth("2024-05") {
			return -0.2
		}
		return 0
	}))
	if got := fmt.Sprint(told); got != "map[unexpected_low:[app3]]" {
		t.Errorf("told %s", got)
	}
}
