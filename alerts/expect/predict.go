package expect

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"

	"panelwatch/etl/panel"
)

// Prediction is the month to come on the log scale.
type Prediction struct {
	Mean, SD, DF                     float64
	Level, Season, Holiday, Outliers float64
	Logs                             [5]float64
}

// Predict is the prediction of next from the months before it.
func (s Structural) Predict(past []Point, next panel.Month, profile string) (Prediction, bool) {
	f := s.fitted(past, next, profile)
	return f.predict()
}

func (s Structural) fitted(past []Point, next panel.Month, profile string) *fitted {
	prior, ok := s.Priors[profile]
	if !ok {
		prior = DefaultPrior
	}
	h := s.read(past, next, profile, prior)
	f := &fitted{history: h, kernel: newKernel(h, prior), prior: prior, logs: prior.Mean}
	f.fit(120)
	if Cleaning {
		f.clean(Extra)
	}
	return f
}

func (f *fitted) predict() (p Prediction, ok bool) {
	w, ok := f.whiten(f.logs[:])
	if !ok {
		return p, false
	}
	n := len(f.history.y)
	h := hyper(f.logs[:])
	parts := f.crossing(h)
	whole := make([]float64, n)
	for _, part := range parts {
		axpy(1, part, whole)
	}
	u := w.solve(whole)
	// V^-1 (y - X beta)
	alpha := append([]float64(nil), w.e...)
	blas64.Trsv(blas.Trans, w.l, blas64.Vector{N: n, Inc: 1, Data: alpha})
	p.Level, p.Season, p.Holiday = dot(parts[0], alpha), dot(parts[1], alpha), dot(parts[2], alpha)
	variance := f.kernel.at(h, n, n) - dot(u, u)
	add, more := f.outlierPart(w, u)
	p.Outliers = add
	p.Level += f.history.slope * float64(f.history.month[n]-f.history.month[0])
	p.Mean = p.Level + p.Season + p.Holiday + p.Outliers + f.history.centre
	p.SD, p.DF = math.Sqrt(math.Max(1e-12, variance+more)), math.Max(4, float64(n+1)/4)
	p.Logs = f.logs
	return p, true
}

// Knowing predicts with known hyper-parameters.
func (s Structural) Knowing(past []Point, next panel.Month, profile string, sigma, walk float64, shiftAt int) (Prediction, bool) {
	prior, ok := s.Priors[profile]
	if !ok {
		prior = DefaultPrior
	}
	prior.Mean[0], prior.SD[0] = math.Log(sigma), 0.01
	prior.Mean[1], prior.SD[1] = math.Log(walk), 0.01
	h := s.read(past, next, profile, prior)
	f := &fitted{history: h, kernel: newKernel(h, prior), prior: prior, logs: prior.Mean}
	if shiftAt > 0 {
		f.outliers = append(f.outliers, outlier{shift, shiftAt})
	}
	f.fit(120)
	p, ok := f.predict()
	p.DF = 30
	return p, ok
}

// crossing is the covariance of the month to come with the history: of trend
// and level, season, holidays.
func (f *fitted) crossing(h Hyper) [3][]float64 {
	k, n := f.kernel, len(f.history.y)
	var out [3][]float64
	for part := range out {
		out[part] = make([]float64, n)
	}
	for j := range n {
		at := n*k.n + j
		out[0][j] = k.trend[at] + h.Level*h.Level*k.level[at]
		out[1][j] = h.Season*h.Season*(k.season[at]+h.Peak*h.Peak*k.yearPeak[at]) + h.Drift*h.Drift*k.drift[at]
		out[2][j] = k.holiday[at] + h.Peak*h.Peak*k.yearHoliday[at]
	}
	return out
}

// outlierPart is what the outliers of the history add to the month to come and
// to its variance, with their coefficients by least squares.
func (f *fitted) outlierPart(w whitened, u []float64) (add, variance float64) {
	k, n := len(f.outliers), len(w.y)
	if k == 0 {
		return 0, 0
	}
	// Gram-Schmidt in the order of the outliers: columns v_i = L^-1 x_i = sum_j r_ji q_j.
	r := make([][]float64, k)
	next, beyond := make([]float64, k), make([]float64, k)
	for i, o := range f.outliers {
		x := o.regressor(f.history)
		v := w.solve(x[:n])
		r[i] = make([]float64, k)
		for j := 0; j <= i; j++ {
			r[i][j] = dot(w.basis[j], v)
		}
		next[i], beyond[i] = x[n], x[n]-dot(u, v)
	}
	for j, g := range forward(r, next) {
		add += g * dot(w.basis[j], w.y)
	}
	g := forward(r, beyond)
	return add, dot(g, g)
}

// forward solves r g = x for a lower triangle r.
func forward(r [][]float64, x []float64) []float64 {
	g := make([]float64, len(x))
	for i := range x {
		g[i] = (x[i] - dot(r[i][:i], g[:i])) / r[i][i]
	}
	return g
}

var (
	Cleaning = true
	Extra    = 0.0
	Shapes   = "alt"
)
