package expect

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// The parts that a covariance is the sum of.
const (
	partTrend    = iota // first level, slope and its bends
	partWalk            // steps of the level, per unit of variance
	partSeason          // months of the year, per unit of variance
	partDrift           // their steps from year to year, per unit of variance
	partYearly          // what one year makes of peaks, per unit of variance
	partHoliday         // windows and unusual months
	partYearlyHo        // what one year makes of them, per unit of variance
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
	k := kernel{n: len(h.month), moments: h.moments}
	for i := range k.parts {
		k.parts[i] = make([]float64, k.n*k.n)
	}
	for i := range k.n {
		for j := range i + 1 {
			at := i*k.n + j
			k.parts[partTrend][at] = trendOf(p, h.age(i), h.age(j))
			k.parts[partWalk][at] = math.Min(h.age(i), h.age(j))
			k.parts[partSeason][at] = p.seasonOf(ofYear(h.month[i]), ofYear(h.month[j]))
			if ofYear(h.month[i]) == ofYear(h.month[j]) {
				k.parts[partDrift][at] = float64(h.month[j].Year() - h.month[0].Year())
			}
			k.parts[partHoliday][at] = k.effect(h.x[i], h.x[j])
		}
	}
	return k
}

// trendOf is the covariance of two months j <= i from first level, slope and
// bends: sum over s up to j of (i-s)(j-s).
func trendOf(p prior, i, j float64) float64 {
	bends := j*i*j - (i+j)*j*(j+1)/2 + j*(j+1)*(2*j+1)/6
	return levelSD*levelSD + p.slopeSD*p.slopeSD*i*j + bendSD*bendSD*bends
}

// effect is the covariance of what windows and unusual months do to two months.
func (k kernel) effect(a, b []float64) (v float64) {
	for i, x := range a {
		if x == 0 {
			continue
		}
		for j, y := range b {
			if y != 0 {
				v += x * y * k.moments[i][j]
			}
		}
	}
	return v
}

// years says what a year makes of season and holidays: it multiplies the peaks
// and the effects, which are given month by month, by one factor.
func (k kernel) years(h history, peaks, effects []float64) {
	for i := range k.n {
		for j := range i + 1 {
			if h.month[i].Year() == h.month[j].Year() {
				k.parts[partYearly][i*k.n+j] = peaks[i] * peaks[j]
				k.parts[partYearlyHo][i*k.n+j] = effects[i] * effects[j]
			}
		}
	}
}

// weights are what the parts are multiplied by.
func (s sizes) weights() (w [nParts]float64) {
	square := func(i int) float64 { return math.Exp(2 * s[i]) }
	w[partTrend], w[partHoliday] = 1, 1
	w[partWalk], w[partSeason], w[partDrift] = square(walk), square(seasonal), square(drift)
	w[partYearly], w[partYearlyHo] = square(yearly), square(yearlyHo)
	return w
}

// covariance is that of all months, the lower triangle.
func (k kernel) covariance(s sizes, noise, into []float64) {
	clear(into)
	for part, w := range s.weights() {
		floats.AddScaled(into, w, k.parts[part])
	}
	own := math.Exp(2 * s[irregular])
	for i := range k.n {
		into[i*k.n+i] += own + noise[i]
	}
}

// row is the covariance of month i with the history, of some parts.
func (k kernel) row(i int, w *[nParts]float64, parts ...int) []float64 {
	out := make([]float64, k.n-1)
	for j := range out {
		at := max(i, j)*k.n + min(i, j)
		for _, part := range parts {
			out[j] += w[part] * k.parts[part][at]
		}
	}
	return out
}

// cholesky is the lower triangle L of the history's part of a covariance.
func (k kernel) cholesky(covariance, into []float64) (blas64.Triangular, bool) {
	n := k.n - 1
	for i := range n {
		copy(into[i*n:i*n+i+1], covariance[i*k.n:])
	}
	return lapack64.Potrf(blas64.Symmetric{Uplo: blas.Lower, N: n, Stride: n, Data: into})
}

// solve is L^-1 x, in place.
func solve(l blas64.Triangular, x []float64) []float64 {
	blas64.Trsv(blas.NoTrans, l, blas64.Vector{N: len(x), Inc: 1, Data: x})
	return x
}

// solveBack is L'^-1 x, in place.
func solveBack(l blas64.Triangular, x []float64) []float64 {
	blas64.Trsv(blas.Trans, l, blas64.Vector{N: len(x), Inc: 1, Data: x})
	return x
}
