// Package simulated makes monthly series of which everything is known: level,
// season, moving holidays, shocks and noise, with an anomaly in the last month
// of half of them. The expectation is measured on it. It is not written in the
// form of any model that is measured. It imports etl/panel only.
package simulated

import (
	"math"
	"math/rand/v2"

	"panelwatch/etl/panel"
)

// A Class says what is odd about the last month of a series.
type Class string

// Classes.
const (
	Clean       Class = "clean"
	High        Class = "high"
	Low         Class = "low"
	MissingPeak Class = "missing_peak"
)

// A Series is one simulated app. Values are on the natural scale.
type Series struct {
	Profile string
	Class   Class
	Last    panel.Month
	Values  []float64 // the last one is of month Last
	SE      float64   // relative sampling error of every month, known to the method
	// OracleZ is the distance of the last month from what somebody expects who
	// knows all components and the parameters, in that person's own standard
	// deviations.
	Opt, LR, OracleZ, InfZ, InfSD, OraSD     float64
	Sigma, Walk float64
	ShiftAt     int
}

// Months is the length of the series.
func (s Series) Months() int { return len(s.Values) }

// Lengths are the numbers of months that series have, in turn.
var Lengths = []int{24, 36, 48, 60}

// Make draws n series. The same seed gives the same series.
func Make(seed uint64, n int) []Series {
	r := rand.New(rand.NewPCG(seed, 0x70616e656c))
	out := make([]Series, n)
	for i := range out {
		a := archetypes[i%len(archetypes)]
		out[i] = a.draw(r, Lengths[i/len(archetypes)%len(Lengths)])
	}
	return out
}

// parts are the components of one series on the log scale, month by month.
type parts struct {
	first                      panel.Month
	sigma, walk, phi, se       float64
	level, season, peak, feast []float64
	shock, noise               []float64
	shiftAt                    int
	levelMean                  float64 // of the last month, before its step
	noiseBefore                float64 // AR(1) noise of the month before the last
}

func (a archetype) draw(r *rand.Rand, n int) Series {
	class := classOf(r)
	if class == MissingPeak && len(a.ends) == 0 {
		class = Low
	}
	last := lastMonth(r, a, class)
	p := a.parts(r, last, n)
	x := make([]float64, n)
	for t := range x {
		x[t] = p.level[t] + p.season[t] + p.peak[t] + p.feast[t] + p.shock[t] + p.noise[t]
	}
	oracle := p.foreseen(n - 1)
	inf := a.informed(p, x)
	switch size := between(r, 3, 8) * math.Hypot(p.sigma, p.se); class {
	case High:
		x[n-1] += size
	case Low:
		x[n-1] -= size
	case MissingPeak:
		x[n-1] -= between(r, 0.6, 1) * (p.peak[n-1] + p.feast[n-1])
	}
	var opt float64
	if BayesOpt {
		opt = a.optimal(p, x)
	}
	values := make([]float64, n)
	for t, v := range x {
		values[t] = math.Exp(v)
	}
	return Series{Profile: a.profile, Class: class, Last: last, Values: values, SE: p.se, OracleZ: (x[n-1] - oracle.mean) / oracle.sd, OraSD: oracle.sd, InfZ: (x[n-1] - inf.mean) / inf.sd, InfSD: inf.sd, Opt: opt, LR: a.lr(p, inf, (x[n-1] - inf.mean) / inf.sd, last), Sigma: p.sigma, Walk: p.walk, ShiftAt: p.shiftAt}
}

func classOf(r *rand.Rand) Class {
	if r.Float64() < 0.5 {
		return Clean
	}
	switch u := r.Float64(); {
	case u < 0.4:
		return High
	case u < 0.8:
		return Low
	}
	return MissingPeak
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
	level, slope := between(r, 3, 9), 0.006+0.008*r.NormFloat64()
	shiftAt := -1
	if r.Float64() < 0.3 {
		shiftAt = 3 + r.IntN(n-5)
	}
	p.shiftAt = shiftAt
	for t := range n {
		p.levelMean = level + slope
		if r.Float64() < 0.03 {
			slope += 0.006 * r.NormFloat64()
		}
		level += slope + p.walk*r.NormFloat64()
		if t == shiftAt {
			level += sign(r) * between(r, 0.10, 0.35)
		}
		p.level = append(p.level, level)
	}
}

func (a archetype) seasons(r *rand.Rand, p *parts, n int) {
	var season, peak [12]float64
	for m := range season {
		season[m] = a.monthSD * r.NormFloat64()
	}
	for m, v := range a.peaks(r) {
		peak[m] = v
	}
	amplitude := a.feast * between(r, 0.6, 1.4)
	peakOf, feastOf := map[int]float64{}, map[int]float64{} // by year
	for t := range n {
		m := p.first + panel.Month(t)
		if _, drawn := peakOf[m.Year()]; !drawn {
			peakOf[m.Year()], feastOf[m.Year()] = 1+0.06*r.NormFloat64(), 1+0.12*r.NormFloat64()
		}
		i := int(m.OfYear()) - 1
		share := a.bell.shareIn(m)
		p.season = append(p.season, season[i])
		p.peak = append(p.peak, peak[i]*peakOf[m.Year()])
		p.feast = append(p.feast, amplitude*share*feastOf[m.Year()])
	}
}

func (a archetype) shocks(r *rand.Rand, p *parts, n int) {
	size := a.shock * between(r, 0.5, 1.5)
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

type normal struct{ mean, sd float64 }

// foreseen is month t for somebody who knows its season, peak and holiday, and
// all months before it without their sampling error.
func (p parts) foreseen(t int) normal {
	mean := p.levelMean + p.season[t] + p.peak[t] + p.feast[t] + p.shock[t] + p.phi*p.noiseBefore
	variance := p.walk*p.walk + (1-p.phi*p.phi)*p.sigma*p.sigma + p.se*p.se
	return normal{mean, math.Sqrt(variance)}
}

func between(r *rand.Rand, low, high float64) float64 { return low + (high-low)*r.Float64() }

func sign(r *rand.Rand) float64 {
	if r.Float64() < 0.5 {
		return -1
	}
	return 1
}

// student5 has five degrees of freedom and variance 1.
func student5(r *rand.Rand) float64 {
	var chi float64
	for range 5 {
		z := r.NormFloat64()
		chi += z * z
	}
	return r.NormFloat64() / math.Sqrt(chi/5) * math.Sqrt(3.0/5)
}
