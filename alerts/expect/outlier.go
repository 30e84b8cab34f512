package expect

import (
	"math"
)

// A Shape is how an odd month bends those after it.
type Shape string

// Shapes of odd months.
const (
	Single    Shape = "single"    // the month alone
	Shift     Shape = "shift"     // the level from then on
	Transient Shape = "transient" // dies away, by three tenths a month
)

const decay = 0.7

// An outlier is an odd month of the history, by index.
type outlier struct {
	shape Shape
	at    int
}

// regressor is the shape over the history and the month to come.
func (o outlier) regressor(h history) []float64 {
	x := make([]float64, len(h.month))
	for i := o.at; i < len(x); i++ {
		switch o.shape {
		case Shift:
			x[i] = 1
		case Transient:
			x[i] = math.Pow(decay, float64(h.month[i]-h.month[o.at]))
		}
	}
	x[o.at] = 1
	return x
}

// candidates are the outliers that a history of m months can tell apart: in
// its newest month all shapes are the same.
func candidates(m int) (out []outlier) {
	for t := 1; t < m; t++ {
		out = append(out, outlier{Single, t})
		if t >= 2 && t <= m-2 {
			out = append(out, outlier{Shift, t}, outlier{Transient, t})
		}
	}
	return out
}

// setAside looks for outliers, the largest first, at most one for six months,
// and drops again those that the others explain.
func (f *fitted) setAside() {
	m := len(f.history.y)
	limit := ljung(m)
	for len(f.outliers) < m/6 {
		found, t := f.largest()
		if t < limit {
			break
		}
		f.outliers = append(f.outliers, found)
		f.maximise(60)
	}
	for len(f.outliers) > 0 {
		i, t := f.weakest()
		if t >= limit {
			break
		}
		f.outliers = f.without(i)
		f.maximise(60)
	}
}

func (f *fitted) without(i int) []outlier {
	return append(f.outliers[:i:i], f.outliers[i+1:]...)
}

// largest is the candidate with the largest |t|.
func (f *fitted) largest() (best outlier, t float64) {
	w, ok := f.whiten()
	if !ok {
		return best, 0
	}
	for _, o := range candidates(len(f.history.y)) {
		if x := w.t(o, f.history); x > t && !f.isSeason(o) {
			best, t = o, x
		}
	}
	return best, t
}

// isSeason reports whether an outlier would be one of most years in the same
// month: then it is the season.
func (f *fitted) isSeason(o outlier) bool {
	years, odd, month := 0, 1, f.history.month
	for i := range f.history.y {
		if month[i].OfYear() == month[o.at].OfYear() {
			years++
		}
	}
	for _, other := range f.outliers {
		if month[other.at].OfYear() == month[o.at].OfYear() {
			odd++
		}
	}
	return odd > 1 && 2*odd > years
}

// weakest is the outlier with the smallest |t|, given the others.
func (f *fitted) weakest() (index int, t float64) {
	t = math.Inf(1)
	for i, o := range f.outliers {
		rest := *f
		rest.outliers = f.without(i)
		w, ok := rest.whiten()
		if !ok {
			continue
		}
		if x := w.t(o, f.history); x < t {
			index, t = i, x
		}
	}
	return index, t
}

// t is how far an outlier's coefficient lies from zero, in robust standard
// deviations, without sign.
func (w whitened) t(o outlier, h history) float64 {
	v := w.across(o.regressor(h)[:len(w.e)])
	norm := math.Sqrt(dot(v, v))
	if norm < 1e-6 {
		return 0
	}
	return math.Abs(dot(v, w.e)) / norm / w.spread()
}

// spread is a robust standard deviation of the whitened residuals, between 0.3
// and 1, the value that the model expects. Months of which next to nothing was
// known, such as the first, do not count.
func (w whitened) spread() float64 {
	n := len(w.e)
	sd := make([]float64, n)
	for i := range sd {
		sd[i] = w.l.Data[i*n+i]
	}
	usual := median(sd)
	var e []float64
	for i, r := range w.e {
		if sd[i] < 5*usual {
			e = append(e, math.Abs(r))
		}
	}
	m := float64(len(e))
	free := math.Max(6, m-13-float64(len(w.basis)))
	return math.Min(1, math.Max(0.3, 1.4826*median(e)*math.Sqrt(m/free)))
}

// ljung is the critical value of the largest of m values of |t| at 5 %
// (Ljung, On outlier detection in time series, 1993).
func ljung(m int) float64 {
	p := 2 - math.Sqrt(1.05)
	a := math.Sqrt(2 * math.Log(float64(m)))
	b := a - (math.Log(math.Log(float64(m)))+math.Log(4*math.Pi))/(2*a)
	return b - math.Log(-math.Log(p)/2)/a
}
