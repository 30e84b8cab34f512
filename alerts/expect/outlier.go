package expect

import (
	"math"
	"strings"
)

// A shape is how an outlier bends what comes after it.
type shape int

const (
	additive  shape = iota // one month
	shift                  // from then on
	transient              // dies away
)

const decay = 0.7 // of a transient, a month

// An outlier is an odd month of the history, at index at.
type outlier struct {
	shape shape
	at    int
}

// regressor is the shape over the history and the month to come.
func (o outlier) regressor(h history) []float64 {
	x := make([]float64, len(h.month))
	for i := o.at; i < len(x); i++ {
		switch o.shape {
		case shift:
			x[i] = 1
		case transient:
			x[i] = math.Pow(decay, float64(h.month[i]-h.month[o.at]))
		}
	}
	x[o.at] = 1
	return x
}

// candidates are the outliers that a history of m months can tell apart.
func candidates(m int) (out []outlier) {
	for t := 1; t < m; t++ {
		if strings.Contains(Shapes, "a") {
			out = append(out, outlier{additive, t})
		}
		if t >= 2 && t <= m-2 {
			if strings.Contains(Shapes, "l") {
				out = append(out, outlier{shift, t})
			}
			if strings.Contains(Shapes, "t") {
				out = append(out, outlier{transient, t})
			}
		}
	}
	return out
}

// clean looks for outliers, the largest first, and drops again those that the
// others explain.
func (f *fitted) clean(extra float64) {
	m := len(f.history.y)
	limit := ljung(m) + extra
	for len(f.outliers) < m/6 {
		found, t := f.largest()
		if math.Abs(t) < limit {
			break
		}
		f.outliers = append(f.outliers, found)
		f.fit(60)
	}
	for len(f.outliers) > 0 {
		i, t := f.weakest()
		if t >= limit {
			break
		}
		f.outliers = append(f.outliers[:i:i], f.outliers[i+1:]...)
		f.fit(60)
	}
}

func (f *fitted) largest() (best outlier, t float64) {
	w, ok := f.whiten(f.logs[:])
	if !ok {
		return best, 0
	}
	s := scale(w.e, len(f.outliers))
	for _, o := range candidates(len(f.history.y)) {
		v := w.solve(o.regressor(f.history)[:len(w.e)])
		for _, b := range w.basis {
			axpy(-dot(b, v), b, v)
		}
		norm := math.Sqrt(dot(v, v))
		if norm < 1e-6 {
			continue
		}
		if x := dot(v, w.e) / norm / s; math.Abs(x) > math.Abs(t) {
			best, t = o, x
		}
	}
	return best, t
}

// weakest is the outlier with the smallest t, given the others.
func (f *fitted) weakest() (index int, t float64) {
	t = math.Inf(1)
	all := f.outliers
	for i := range all {
		f.outliers = append(append([]outlier(nil), all[:i]...), all[i+1:]...)
		w, ok := f.whiten(f.logs[:])
		f.outliers = all
		if !ok {
			continue
		}
		v := w.solve(all[i].regressor(f.history)[:len(w.e)])
		for _, b := range w.basis {
			axpy(-dot(b, v), b, v)
		}
		s := scale(w.e, len(all)-1)
		if x := math.Abs(dot(v, w.e)) / math.Sqrt(dot(v, v)) / s; x < t {
			index, t = i, x
		}
	}
	return index, t
}

// scale is a robust standard deviation of the whitened residuals, between 0.3
// and 1, the value that the model expects.
func scale(e []float64, found int) float64 {
	m := float64(len(e))
	s := 1.4826 * median(absolutes(e)) * math.Sqrt(m/math.Max(6, m-13-float64(found)))
	return math.Min(1, math.Max(0.3, s))
}

// ljung is the critical value of the largest of m values of |t| at 5 %
// (Ljung, On outlier detection in time series, 1993).
func ljung(m int) float64 {
	p := 2 - math.Sqrt(1.05)
	a := math.Sqrt(2 * math.Log(float64(m)))
	b := a - (math.Log(math.Log(float64(m)))+math.Log(4*math.Pi))/(2*a)
	return b - math.Log(-math.Log(p)/2)/a
}
