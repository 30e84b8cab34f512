package expect

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// The parts that a covariance is the sum of.
const (
	partTrend    = iota // first level and slope
	partWalk            // steps of the level, per unit of variance
	partSeason          // months of the year, per unit of variance
	partDrift           // their steps from year to year, per unit of variance
	partHoliday         // windows and unusual months
	partYearly          // season in one year, per unit of both variances
	partYearlyHo        // holidays in one year, per unit of variance
	nParts
)

// A kernel is the covariance of a history and its month to come, part by part;
// the lower triangle is filled.
type kernel struct {
	n       int // months, with the month to come
	parts   [nParts][]float64
	moments [][]float64
}

func newKernel(h history, p prior) kernel {
	k := kernel{n: len(h.month), moments: p.moments(h.effects)}
	for i := range k.parts {
		k.parts[i] = make([]float64, k.n*k.n)
	}
	for i := range k.n {
		for j := range i + 1 {
			for part, v := range k.between(h, p, i, j) {
				k.parts[part][i*k.n+j] = v
			}
		}
	}
	return k
}

// between is the covariance of two months, j <= i.
func (k kernel) between(h history, p prior, i, j int) (v [nParts]float64) {
	first := h.month[0]
	ti, tj := h.age(i), h.age(j)
	mi, mj := int(h.month[i]%12), int(h.month[j]%12)
	v[partTrend] = levelSD*levelSD + p.slopeSD*p.slopeSD*ti*tj
	v[partWalk] = math.Min(ti, tj)
	v[partSeason] = p.seasonOf(mi, mj)
	if mi == mj {
		v[partDrift] = float64(h.month[j].Year() - first.Year())
	}
	v[partHoliday] = k.effect(h.x[i], h.x[j])
	if h.month[i].Year() == h.month[j].Year() {
		v[partYearly], v[partYearlyHo] = v[partSeason], v[partHoliday]
	}
	return v
}

// effect is the covariance of what two exposures make of the effects.
func (k kernel) effect(a, b []float64) (v float64) {
	for i, x := range a {
		if x != 0 {
			v += x * dot(b, k.moments[i])
		}
	}
	return v
}

// weights of the parts.
func (s sizes) weights() (w [nParts]float64) {
	season, peak := s[seasonal]*s[seasonal], s[yearly]*s[yearly]
	w[partTrend], w[partHoliday] = 1, 1
	w[partWalk] = s[walk] * s[walk]
	w[partSeason], w[partDrift] = season, s[drift]*s[drift]
	w[partYearly], w[partYearlyHo] = peak*season, peak
	return w
}

// at is the covariance of months i and j <= i without the noise of one month.
func (k kernel) at(w *[nParts]float64, i, j int) (v float64) {
	x := i*k.n + j
	for part := range k.parts {
		v += w[part] * k.parts[part][x]
	}
	return v
}

// variance is that of month i as it will be measured.
func (k kernel) variance(s sizes, noise []float64, i int) float64 {
	w := s.weights()
	return k.at(&w, i, i) + s[irregular]*s[irregular] + noise[i]
}

// cholesky is the lower triangle L of the history's covariance L L', in the
// memory that is given.
func (k kernel) cholesky(s sizes, noise, data []float64) (blas64.Triangular, bool) {
	n, w := k.n-1, s.weights()
	for i := range n {
		row := data[i*n : i*n+i+1]
		clear(row)
		for part, weight := range w {
			addTo(row, weight, k.parts[part][i*k.n:i*k.n+i+1])
		}
		row[i] += s[irregular]*s[irregular] + noise[i]
	}
	return lapack64.Potrf(blas64.Symmetric{Uplo: blas.Lower, N: n, Stride: n, Data: data})
}
