package expect

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/optimize"
)

// A fitted model has sizes that fit its history, and the history's outliers.
type fitted struct {
	history  history
	kernel   kernel
	prior    prior
	logs     sizes // logarithms of the sizes
	outliers []outlier
}

func (s Structural) fit(q Question, past []Point) *fitted {
	p, learned := s.priors[q.Profile]
	if !learned {
		p = ignorance
	}
	h := s.read(q, past, p)
	f := &fitted{history: h, kernel: newKernel(h, p), prior: p, logs: p.mean}
	f.maximise(120)
	f.setAside()
	return f
}

func (f *fitted) sizes() (s sizes) {
	for i, l := range f.logs {
		s[i] = math.Exp(l)
	}
	return s
}

// Whitened are y and the outliers' regressors multiplied by the inverse of L,
// the residual of y on the regressors, and what the likelihood needs of them.
type whitened struct {
	l      blas64.Triangular
	y, e   []float64
	basis  [][]float64 // orthonormal, spans the regressors
	logDet float64
}

// whiten fails when the covariance is not positive definite in floating point,
// or the regressors are not independent.
func (f *fitted) whiten() (w whitened, ok bool) {
	n := len(f.history.y)
	return f.whitenIn(make([]float64, n*n))
}

// whitenIn is whiten with L in the memory that is given.
func (f *fitted) whitenIn(data []float64) (w whitened, ok bool) {
	n := len(f.history.y)
	l, ok := f.kernel.cholesky(f.sizes(), f.history.noise, data)
	if !ok {
		return whitened{}, false
	}
	w.l = l
	for i := range n {
		w.logDet += math.Log(l.Data[i*n+i])
	}
	w.y = w.solve(f.history.y)
	w.e = slices.Clone(w.y)
	for _, o := range f.outliers {
		if !w.add(o.regressor(f.history)[:n]) {
			return w, false
		}
	}
	return w, true
}

// solve is L^-1 x.
func (w whitened) solve(x []float64) []float64 {
	out := slices.Clone(x)
	blas64.Trsv(blas.NoTrans, w.l, blas64.Vector{N: len(out), Inc: 1, Data: out})
	return out
}

// explained is V^-1 (y - X beta): what a covariance with the history is
// multiplied by to give the conditional expectation.
func (w whitened) explained() []float64 {
	out := slices.Clone(w.e)
	blas64.Trsv(blas.Trans, w.l, blas64.Vector{N: len(out), Inc: 1, Data: out})
	return out
}

// across is what a regressor has that the others have not.
func (w whitened) across(x []float64) []float64 {
	v := w.solve(x)
	for _, b := range w.basis {
		addTo(v, -dot(b, v), b)
	}
	return v
}

// add projects a further regressor out of e.
func (w *whitened) add(x []float64) bool {
	v := w.across(x)
	norm := math.Sqrt(dot(v, v))
	if norm < 1e-9 {
		return false
	}
	for i := range v {
		v[i] /= norm
	}
	w.logDet += math.Log(norm)
	addTo(w.e, -dot(v, w.e), v)
	w.basis = append(w.basis, v)
	return true
}

// objective is minus the logarithm of the posterior of the sizes, by
// restricted likelihood. It is called one at a time.
func (f *fitted) objective() func(logs []float64) float64 {
	try, n := *f, len(f.history.y)
	data := make([]float64, n*n)
	return func(logs []float64) float64 {
		copy(try.logs[:], logs)
		w, ok := try.whitenIn(data)
		if !ok {
			return math.Inf(1)
		}
		v := w.logDet + dot(w.e, w.e)/2
		for i, m := range f.prior.mean {
			d := (logs[i] - m) / f.prior.sd[i]
			v += d * d / 2
		}
		return v
	}
}

// maximise goes to the mode of the posterior from where it stands.
func (f *fitted) maximise(rounds int) {
	settings := &optimize.Settings{
		MajorIterations: rounds,
		Converger:       &optimize.FunctionConverge{Absolute: 1e-4, Iterations: 12},
	}
	problem := optimize.Problem{Func: f.objective()}
	result, err := optimize.Minimize(problem, f.logs[:], settings, &optimize.NelderMead{SimplexSize: 0.5})
	if result != nil && (err == nil || result.Status == optimize.IterationLimit) {
		copy(f.logs[:], result.X)
	}
}
