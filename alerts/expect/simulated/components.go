package simulated

import (
	"math"
	"math/rand/v2"

	"panelwatch/etl/panel"
)

const (
	slopeMean, slopeSD      = 0.006, 0.008 // a month
	bendChance, bendSD      = 0.03, 0.006  // of the slope, a month
	shiftLow, shiftHigh     = 0.10, 0.35   // of the level, up or down
	peakYearSD, feastYearSD = 0.06, 0.12   // of a year's peaks and Spring Festival, as a part of them
	feastLow, feastHigh     = 0.6, 1.4     // of an app's Spring Festival
	shockLow, shockHigh     = 0.5, 1.5     // of an app's pandemic
)

// parts are the components of one series on the log scale, month by month.
type parts struct {
	first                      panel.Month
	sigma, walk, phi, se       float64
	level, season, peak, feast []float64
	shock, noise               []float64
	share                      []float64 // of Spring Festival's bell in each month
	shiftAt                    int
	levelMean                  float64 // of the last month, before its step and without a shift
	noiseBefore                float64 // AR(1) noise of the month before the last
}

// lastMonth is drawn from five years; of a missing peak, and of a quarter of
// the others, it is a month that has one. The last months of a shock are left out.
func lastMonth(r *rand.Rand, a archetype, class Class) panel.Month {
	from, to := panel.MustMonth("2021-12"), panel.MustMonth("2025-12")
	m := from + panel.Month(r.IntN(int(to-from)+1))
	if len(a.ends) > 0 && (class == MissingPeak || r.Float64() < 0.25) {
		m = panel.MonthOf(2022+r.IntN(4), a.ends[r.IntN(len(a.ends))])
	}
	if m >= panel.MustMonth("2022-04") && m <= panel.MustMonth("2022-06") ||
		m >= panel.MustMonth("2022-11") && m <= panel.MustMonth("2023-01") {
		m += 12
	}
	return m
}

// sum is the series before anything is planted.
func (p parts) sum() []float64 {
	x := make([]float64, len(p.level))
	for t := range x {
		x[t] = p.level[t] + p.season[t] + p.peak[t] + p.feast[t] + p.shock[t] + p.noise[t]
	}
	return x
}

func (a archetype) parts(r *rand.Rand, last panel.Month, n int) parts {
	p := parts{first: last - panel.Month(n) + 1}
	p.sigma = 0.012 * math.Exp(between(r, 0, 1.2))
	p.se = 0.002 * math.Exp(between(r, 0, 2.7))
	p.walk, p.phi = p.sigma*between(r, 0.15, 0.65), between(r, 0, 0.3)
	p.levels(r, n)
	a.seasons(r, &p, n)
	a.shocks(r, &p, n)
	p.noises(r, n)
	return p
}

func (p *parts) levels(r *rand.Rand, n int) {
	level, slope := between(r, 3, 9), slopeMean+slopeSD*r.NormFloat64()
	p.shiftAt = -1
	if r.Float64() < 0.3 {
		p.shiftAt = 3 + r.IntN(n-5)
	}
	for t := range n {
		p.levelMean = level + slope
		if r.Float64() < bendChance {
			slope += bendSD * r.NormFloat64()
		}
		level += slope + p.walk*r.NormFloat64()
		if t == p.shiftAt {
			level += sign(r) * between(r, shiftLow, shiftHigh)
		}
		p.level = append(p.level, level)
	}
}

func (a archetype) seasons(r *rand.Rand, p *parts, n int) {
	var season [12]float64
	for m := range season {
		season[m] = a.monthSD * r.NormFloat64()
	}
	peak := a.peaks.draw(r)
	amplitude := a.feast * between(r, feastLow, feastHigh)
	peakOf, feastOf := map[int]float64{}, map[int]float64{} // by year
	for t := range n {
		m := p.first + panel.Month(t)
		if _, drawn := peakOf[m.Year()]; !drawn {
			peakOf[m.Year()], feastOf[m.Year()] = 1+peakYearSD*r.NormFloat64(), 1+feastYearSD*r.NormFloat64()
		}
		i := int(m.OfYear()) - 1
		share := a.bell.shareIn(m)
		p.season = append(p.season, season[i])
		p.peak = append(p.peak, peak[i]*peakOf[m.Year()])
		p.feast = append(p.feast, amplitude*share*feastOf[m.Year()])
	}
}

func (a archetype) shocks(r *rand.Rand, p *parts, n int) {
	size := a.shock * between(r, shockLow, shockHigh)
	for t := range n {
		p.shock = append(p.shock, size*shockIn[p.first+panel.Month(t)])
	}
}

// noises adds AR(1) noise with t5 innovations and the sampling error.
func (p *parts) noises(r *rand.Rand, n int) {
	var ar float64
	for range n {
		p.noiseBefore = ar
		ar = p.phi*ar + math.Sqrt(1-p.phi*p.phi)*p.sigma*student5(r)
		p.noise = append(p.noise, ar+p.se*r.NormFloat64())
	}
}

// foreseen is month t for somebody who knows its season, peak and holiday, and
// all months before it without their sampling error.
func (p parts) foreseen(t int) Normal {
	mean := p.levelMean + p.season[t] + p.peak[t] + p.feast[t] + p.shock[t] + p.phi*p.noiseBefore
	variance := p.walk*p.walk + (1-p.phi*p.phi)*p.sigma*p.sigma + p.se*p.se
	return Normal{mean, math.Sqrt(variance)}
}
