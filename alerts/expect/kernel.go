package expect

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// Prior standard deviations of what every series has, on the log scale.
const (
	levelSD   = 5    // of the first level: diffuse
	slopeSD   = 0.02 // of the slope, a month
	holidaySD = 0.3  // of the effect of a window that moves from no share of a month to all
)

// A kernel is the covariance of a history and its month to come, by the part
// that it comes from.
type kernel struct {
	n                     int // with the month to come
	trend, holiday        []float64
	level, season, same   []float64 // per unit of variance
	drift                 []float64
	c2                    []float64
	yearPeak, yearHoliday []float64
}

func newKernel(h history, p Prior) kernel {
	n := len(h.month)
	k := kernel{n: n, c2: h.c2}
	for _, part := range []*[]float64{&k.trend, &k.holiday, &k.level, &k.season, &k.drift, &k.yearPeak, &k.yearHoliday} {
		*part = make([]float64, n*n)
	}
	first := h.month[0]
	for i := range n {
		ti, mi := float64(h.month[i]-first), int(h.month[i]%12)
		for j := range i + 1 {
			tj, mj := float64(h.month[j]-first), int(h.month[j]%12)
			at := i*n + j
			k.trend[at] = levelSD*levelSD + p.SlopeSD*p.SlopeSD*ti*tj
			k.level[at] = math.Min(ti, tj)
			k.season[at] = seasonOf(p, mi, mj)
			if mi == mj {
				k.drift[at] = float64(h.month[j].Year() - first.Year())
			}
			k.holiday[at] = p.holidays(h.names, h.x[i], h.x[j])
			if h.month[i].Year() == h.month[j].Year() {
				k.yearPeak[at] = seasonOf(p, mi, mj)
				k.yearHoliday[at] = k.holiday[at]
			}
		}
	}
	return k
}

// holidays is the covariance of the effects of the windows on two months.
func (p Prior) holidays(names []string, a, b []float64) (v float64) {
	for i, x := range a {
		if x == 0 {
			continue
		}
		for j, y := range b {
			switch {
			case y == 0:
			case p.Holiday != nil:
				v += x * y * p.Holiday[[2]string{names[i], names[j]}]
			case i == j && names[i][0] == '~':
				v += x * y * unusualSD * unusualSD
			case i == j:
				v += x * y * holidaySD * holidaySD
			}
		}
	}
	return v
}

func seasonOf(p Prior, a, b int) float64 {
	switch {
	case p.Season != nil:
		return p.Season.At(a, b)
	case a == b:
		return 1
	}
	return 0
}

// at is the covariance of months i and j <= i.
func (k kernel) at(h Hyper, i, j int) float64 {
	x := i*k.n + j
	v := k.trend[x] + k.holiday[x] + h.Level*h.Level*k.level[x] + h.Season*h.Season*k.season[x] + h.Drift*h.Drift*k.drift[x]
	v += h.Peak * h.Peak * (h.Season*h.Season*k.yearPeak[x] + k.yearHoliday[x])
	if i == j {
		v += h.Irregular*h.Irregular + k.c2[i]
	}
	return v
}

// cholesky is the lower triangle L of the history's covariance L L'.
func (k kernel) cholesky(h Hyper, into []float64) (blas64.Triangular, bool) {
	n := k.n - 1
	for i := range n {
		for j := range i + 1 {
			into[i*n+j] = k.at(h, i, j)
		}
	}
	return lapack64.Potrf(blas64.Symmetric{Uplo: blas.Lower, N: n, Stride: n, Data: into})
}
