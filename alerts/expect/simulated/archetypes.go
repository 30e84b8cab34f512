package simulated

import (
	"math"
	"math/rand/v2"
	"time"

	"panelwatch/etl/panel"
)

// An archetype is a kind of app: how its months differ, when it peaks, what
// Spring Festival and the pandemic do to it. Effects are on the log scale.
type archetype struct {
	profile string
	monthSD float64
	peaks   peaks
	feast   float64 // Spring Festival
	bell    bell
	shock   float64
	ends    []time.Month // months of a peak
}

// Peaks are a fixed part and one that is multiplied by a number between low
// and high, which each app has of its own; January first.
type peaks struct {
	fixed, scaled [12]float64
	low, high     float64
}

func (p peaks) draw(r *rand.Rand) (out [12]float64) {
	var a float64
	if p.high > 0 {
		a = between(r, p.low, p.high)
	}
	for m := range out {
		out[m] = p.fixed[m] + a*p.scaled[m]
	}
	return out
}

// mean and scatter are the expectation and the variance of the number.
func (p peaks) mean() float64    { return (p.low + p.high) / 2 }
func (p peaks) scatter() float64 { return (p.high - p.low) * (p.high - p.low) / 12 }

var (
	before = bell{mean: -9, sd: 7, from: -25, to: 10}
	around = bell{mean: 4, sd: 5, from: -4, to: 12}
)

var archetypes = []archetype{
	{
		profile: "rail", monthSD: 0.06, feast: 0.45, bell: before, shock: 1, ends: []time.Month{1, 2, 9},
		peaks: peaks{fixed: [12]float64{3: 0.2, 6: 0.15, 7: 0.15}, scaled: [12]float64{8: 1}, low: 0.25, high: 0.45},
	},
	{
		profile: "tax", monthSD: 0.05, feast: -0.10, bell: around, shock: 0.1, ends: []time.Month{3},
		peaks: peaks{scaled: [12]float64{2: 1, 3: 0.6, 4: 0.35, 5: 0.4, 11: 0.2}, low: 0.6, high: 1.2},
	},
	{
		profile: "utility", monthSD: 0.05, feast: 0.05, bell: around, shock: 0.05, ends: []time.Month{7, 8},
		peaks: peaks{scaled: [12]float64{0: 0.4, 6: 1, 7: 1}, low: 0.2, high: 0.4},
	},
	{profile: "gov", monthSD: 0.03, feast: -0.12, bell: around, shock: 0.1},
	{profile: "bank", monthSD: 0.015, feast: -0.04, bell: around, shock: 0.05},
	{
		profile: "road", monthSD: 0.04, feast: 0.08, bell: around, shock: 0.4, ends: []time.Month{10},
		peaks: peaks{scaled: [12]float64{9: 1}, low: 0.1, high: 0.2},
	},
}

// shockIn is the pandemic, for an app of weight 1.
var shockIn = months(map[string]float64{
	"2020-02": -1, "2020-03": -0.7, "2020-04": -0.45, "2020-05": -0.3, "2020-06": -0.2, "2020-07": -0.1, "2020-08": -0.1,
	"2022-04": -0.5, "2022-05": -0.5, "2022-11": -0.6, "2022-12": -0.35,
})

func months(of map[string]float64) map[panel.Month]float64 {
	out := map[panel.Month]float64{}
	for m, v := range of {
		out[panel.MustMonth(m)] = v
	}
	return out
}

// A bell spreads an effect over the days around Spring Festival.
type bell struct {
	mean, sd float64
	from, to int
}

// shareIn is the part of the bell that lies in month m.
func (b bell) shareIn(m panel.Month) float64 {
	var in, all float64
	for _, feast := range springFestivals {
		if feast.Year() < m.Year()-1 || feast.Year() > m.Year()+1 {
			continue
		}
		for day := b.from; day <= b.to; day++ {
			w := math.Exp(-0.5 * math.Pow((float64(day)-b.mean)/b.sd, 2))
			if feast.Year() == m.Year() {
				all += w
			}
			if panel.MonthIn(feast.AddDate(0, 0, day)) == m {
				in += w
			}
		}
	}
	return in / all
}

var springFestivals = []time.Time{
	date(2016, 2, 8), date(2017, 1, 28), date(2018, 2, 16), date(2019, 2, 5), date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1),
	date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6),
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
