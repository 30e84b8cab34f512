package indicator_test

import (
	"math"
	"testing"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// A level of 10 with June at 22 has centred means of 11, so that June stands
// at 200 and the others at 1000/11, whichever year.
func TestSeasonalIndex(t *testing.T) {
	year := []float64{10e6, 10e6, 10e6, 10e6, 10e6, 22e6, 10e6, 10e6, 10e6, 10e6, 10e6, 10e6}
	var values []float64
	for range 3 {
		values = append(values, year...)
	}
	h, last := monthly("2023-01", values...)
	june, december := panel.MustMonth("2025-06"), last
	index := func(m panel.Month) indicator.Row {
		return find(t, indicator.Month(h, m, settings), "seasonal_index", "a", panel.All)
	}
	wants(t, index(june), 200, nan)
	wants(t, index(december), 1000.0/11, nan)
	wants(t, index(panel.MustMonth("2024-11")), nan, nan, indicator.ShortHistory) // 23 months
	h[panel.MustMonth("2024-09")].Terms.DefinitionsVersion = "old"
	wants(t, index(june), nan, nan, indicator.ShortHistory) // June 2024 needs it
}

// June of 2022, in the pandemic, stood at 100, June of 2023 at 200: with a
// quarter of the weight (25 + 200) / 1.25 = 180, with the whole of it 150.
func TestUnusualMonthsWeighLess(t *testing.T) {
	values := times(42, 10e6)
	values[29] = 22e6 // June 2023
	h, _ := monthly("2021-01", values...)
	s := settings
	s.Unusual = []indicator.Unusual{{From: panel.MustMonth("2020-02"), To: panel.MustMonth("2022-12"), Weight: 0.25}}
	index := func() indicator.Row {
		return find(t, indicator.Month(h, panel.MustMonth("2024-06"), s), "seasonal_index", "a", panel.All)
	}
	wants(t, index(), 180, nan)
	s.Unusual = nil
	wants(t, index(), 150, nan)
}

// Without holidays the app grows by 1 % a month on the log scale, a month of
// holidays (exposure 1) stands 30 % above: the formula must find it exactly.
func TestHolidayEffect(t *testing.T) {
	const first = "2021-01"
	exposure := map[panel.Month]float64{}
	var values []float64
	for i := range 25 {
		level := 1e7 * math.Exp(0.01*float64(i))
		if i%6 == 0 { // the last one among them
			exposure[panel.MustMonth(first)+panel.Month(i)] = 1
			level *= 1.3
		}
		values = append(values, level)
	}
	h, m := monthly(first, values...)
	s := settings
	s.Profiles = map[panel.AppID]string{"a": "rail"}
	s.Holidays = map[string]map[panel.Month]float64{"rail": exposure}
	effect := func() indicator.Row { return find(t, indicator.Month(h, m, s), "holiday_effect", "a", panel.All) }

	wants(t, effect(), 0.3, nan)
	for _, row := range indicator.Month(h, m-1, s).Rows {
		if row.Indicator == "holiday_effect" {
			t.Error("a month without holidays has a holiday effect")
		}
	}
	flat := map[panel.Month]float64{m: 1}
	s.Holidays = map[string]map[panel.Month]float64{"rail": flat}
	wants(t, effect(), nan, nan, indicator.NoBase) // no earlier holiday to learn from: nothing tells it from the trend
	s.Holidays = map[string]map[panel.Month]float64{"rail": exposure}
	delete(h, panel.MustMonth(first))
	wants(t, effect(), nan, nan, indicator.ShortHistory)
}

// An exact fit leaves the sampling error of the month alone; a fit that is off
// by +-d in turn adds that of the model.
func TestErrorOfTheHolidayEffect(t *testing.T) {
	k := panel.Key{App: "a", Segment: panel.All}
	build := func(d float64) indicator.Row {
		h, exposure := indicator.History{}, map[panel.Month]float64{}
		m := panel.MustMonth("2023-01")
		for i := range 25 {
			v := shaken(1e7*math.Exp(d*float64(1-2*(i%2))), 0)
			if i == 24 {
				v = shaken(1.3e7, 1.3e5)
			}
			if i%4 == 0 {
				exposure[m+panel.Month(i)] = 0.5
			}
			h[m+panel.Month(i)] = panelMonth(m+panel.Month(i), map[panel.Key]panel.Estimate{k: v.Estimate})
		}
		s := settings
		s.Profiles = map[panel.AppID]string{"a": "rail"}
		s.Holidays = map[string]map[panel.Month]float64{"rail": exposure}
		return find(t, indicator.Month(h, m+24, s), "holiday_effect", "a", panel.All)
	}
	wants(t, build(0), 0.3, 0.013*root)
	if loose := build(0.05); loose.SE < 0.05 || loose.SE > 0.1 {
		t.Errorf("se of a fit that is off by 5 %%: got %v", loose.SE)
	}
}
