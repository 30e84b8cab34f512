package expect

import (
	"cmp"
	"math"
	"slices"
)

// A prediction is of the month to come, on the scale. The parts add up to its
// mean.
type prediction struct {
	level, trend, season, holiday float64
	sd, df                        float64
	odd                           []Odd
}

// predict is the conditional expectation of the month to come. The level is
// that of an ordinary month, the median of the twelve.
func (f *fitted) predict() (p prediction, ok bool) {
	w, ok := f.whiten()
	if !ok {
		return p, false
	}
	n, a, h := len(f.history.y), w.explained(), f.history
	sizes := f.sizes()
	weights := sizes.weights()
	effects := f.coefficients(w)
	next, newest := f.levelAt(n, &weights, a, effects), f.levelAt(n-1, &weights, a, effects)
	ordinary := median(f.seasons(&weights, a))
	p.level, p.trend = h.centre+newest+ordinary, next-newest
	p.season = dot(f.row(n, &weights, partSeason, partDrift, partYearly), a) - ordinary
	p.holiday = dot(f.row(n, &weights, partHoliday, partYearlyHo), a)
	p.sd, p.df = math.Sqrt(f.variance(w, sizes)), math.Max(4, float64(n+1)/4)
	for i, o := range f.outliers {
		p.odd = append(p.odd, Odd{h.month[o.at], o.shape, math.Expm1(effects[i])})
	}
	slices.SortFunc(p.odd, func(a, b Odd) int { return cmp.Compare(a.Month, b.Month) })
	return p, true
}

// row is the covariance of month i with the history, of some parts.
func (f *fitted) row(i int, weights *[nParts]float64, parts ...int) []float64 {
	out := make([]float64, len(f.history.y))
	for j := range out {
		at := max(i, j)*f.kernel.n + min(i, j)
		for _, part := range parts {
			out[j] += weights[part] * f.kernel.parts[part][at]
		}
	}
	return out
}

// levelAt is the level of month i, with what outliers do to it and without the
// centre.
func (f *fitted) levelAt(i int, weights *[nParts]float64, explained, effects []float64) float64 {
	v := dot(f.row(i, weights, partTrend, partWalk), explained) + f.history.slope*f.history.age(i)
	for k, o := range f.outliers {
		if o.shape != Single {
			v += effects[k] * o.regressor(f.history)[i]
		}
	}
	return v
}

// seasons are the twelve months of the year, January first.
func (f *fitted) seasons(weights *[nParts]float64, explained []float64) []float64 {
	out := make([]float64, 12)
	for c := range out {
		for j, e := range explained {
			out[c] += weights[partSeason] * f.prior.seasonOf(c, int(f.history.month[j]%12)) * e
		}
	}
	return out
}

// coefficients are the effects of the outliers, by generalised least squares.
// The basis comes from them in order: column i is sum_j r_ji q_j.
func (f *fitted) coefficients(w whitened) []float64 {
	k := len(f.outliers)
	r, out := f.triangle(w), make([]float64, k)
	for i := k - 1; i >= 0; i-- {
		out[i] = dot(w.basis[i], w.y)
		for j := i + 1; j < k; j++ {
			out[i] -= r[j][i] * out[j]
		}
		out[i] /= r[i][i]
	}
	return out
}

// triangle has in row i the coordinates of outlier i's regressor in the basis.
func (f *fitted) triangle(w whitened) [][]float64 {
	r := make([][]float64, len(f.outliers))
	for i, o := range f.outliers {
		v := w.solve(o.regressor(f.history)[:len(w.y)])
		for j := range i + 1 {
			r[i] = append(r[i], dot(w.basis[j], v))
		}
	}
	return r
}

// variance is that of the month to come given the history, with what is not
// known of the outliers.
func (f *fitted) variance(w whitened, s sizes) float64 {
	n, weights := len(w.y), s.weights()
	u := w.solve(f.row(n, &weights, 0, 1, 2, 3, 4, 5, 6))
	v := f.kernel.variance(s, f.history.noise, n) - dot(u, u)
	r, g := f.triangle(w), make([]float64, len(f.outliers))
	for i, o := range f.outliers {
		x := o.regressor(f.history)
		g[i] = x[n] - dot(u, w.solve(x[:n]))
		for j := range i {
			g[i] -= r[i][j] * g[j]
		}
		g[i] /= r[i][i]
		v += g[i] * g[i]
	}
	return math.Max(1e-12, v)
}
