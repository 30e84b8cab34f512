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
	// Planted is what was added to the logarithm of the last month, Noise the
	// standard deviation of a month's noise and Peak what season and holiday
	// peaks add to the last month.
	Planted, Noise, Peak float64
	// Oracle is the last month as somebody expects it who knows all components
	// and parameters, Informed as one who knows the generator and the amounts
	// of noise, but not the components.
	Oracle, Informed Normal
}

// A Normal distribution of a logarithm.
type Normal struct{ Mean, SD float64 }

// Z is how many standard deviations a value lies from the mean.
func (n Normal) Z(value float64) float64 { return (math.Log(value) - n.Mean) / n.SD }

// Months is the length of the series.
func (s Series) Months() int { return len(s.Values) }

// Lengths are the numbers of months that series have, in turn.
var Lengths = []int{24, 36, 48, 60}

// Make draws n series; half of them, by chance, end in an anomaly. The same
// seed gives the same series.
func Make(seed uint64, n int) []Series {
	r := rand.New(rand.NewPCG(seed, 0x70616e656c))
	out := make([]Series, n)
	for i := range out {
		out[i] = drawn(r, i, r.Float64() < 0.5)
	}
	return out
}

// Batch draws n series of which exactly odd end in an anomaly.
func Batch(seed uint64, n, odd int) []Series {
	r := rand.New(rand.NewPCG(seed, 0x6261746368))
	rank := r.Perm(n)
	out := make([]Series, n)
	for i := range out {
		out[i] = drawn(r, i, rank[i] < odd)
	}
	return out
}

// drawn is the i-th series: archetypes take turns, then lengths.
func drawn(r *rand.Rand, i int, odd bool) Series {
	a := archetypes[i%len(archetypes)]
	return a.draw(r, Lengths[i/len(archetypes)%len(Lengths)], odd)
}

func (a archetype) draw(r *rand.Rand, n int, odd bool) Series {
	class := Clean
	if odd {
		class = classOf(r)
	}
	if class == MissingPeak && len(a.ends) == 0 {
		class = Low
	}
	last := lastMonth(r, a, class)
	p := a.parts(r, last, n)
	x := p.sum()
	s := Series{
		Profile: a.profile, Class: class, Last: last, SE: p.se,
		Noise: math.Hypot(p.sigma, p.se), Peak: p.peak[n-1] + p.feast[n-1],
		Oracle: p.foreseen(n - 1), Informed: a.informed(p, x),
	}
	s.Planted = s.plant(r)
	x[n-1] += s.Planted
	for _, v := range x {
		s.Values = append(s.Values, math.Exp(v))
	}
	return s
}

// plant is the anomaly of the class.
func (s Series) plant(r *rand.Rand) float64 {
	switch size := between(r, 3, 8) * s.Noise; s.Class {
	case High:
		return size
	case Low:
		return -size
	case MissingPeak:
		return -between(r, 0.6, 1) * s.Peak
	}
	return 0
}

func classOf(r *rand.Rand) Class {
	switch u := r.Float64(); {
	case u < 0.4:
		return High
	case u < 0.8:
		return Low
	}
	return MissingPeak
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
