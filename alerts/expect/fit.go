package expect

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/optimize"
)

// A fitted model: hyper-parameters and the outliers of the history.
type fitted struct {
	history  history
	kernel   kernel
	prior    Prior
	logs     [5]float64
	outliers []outlier
}

func hyper(logs []float64) Hyper {
	return Hyper{math.Exp(logs[0]), math.Exp(logs[1]), math.Exp(logs[2]), math.Exp(logs[3]), math.Exp(logs[4])}
}

// whitened are y and the outliers' regressors multiplied by the inverse of L,
// the residual of y on the regressors, and what the likelihood needs of them.
type whitened struct {
	l      blas64.Triangular
	y, e   []float64
	basis  [][]float64 // orthonormal, spans the regressors
	logDet float64
}

func (f *fitted) whiten(logs []float64) (whitened, bool) {
	n := len(f.history.y)
	l, ok := f.kernel.cholesky(hyper(logs), make([]float64, n*n))
	if !ok {
		return whitened{}, false
	}
	w := whitened{l: l}
	for i := range n {
		w.logDet += math.Log(l.Data[i*n+i])
	}
	w.y = w.solve(f.history.y)
	w.e = append([]float64(nil), w.y...)
	for _, o := range f.outliers {
		if !w.add(o.regressor(f.history)[:n]) {
			return w, false
		}
	}
	return w, true
}

// solve is L^-1 x.
func (w whitened) solve(x []float64) []float64 {
	out := append([]float64(nil), x...)
	blas64.Trsv(blas.NoTrans, w.l, blas64.Vector{N: len(out), Inc: 1, Data: out})
	return out
}

// add projects a further regressor out of e.
func (w *whitened) add(x []float64) bool {
	v := w.solve(x)
	for _, b := range w.basis {
		axpy(-dot(b, v), b, v)
	}
	norm := math.Sqrt(dot(v, v))
	if norm < 1e-9 {
		return false
	}
	for i := range v {
		v[i] /= norm
	}
	w.logDet += math.Log(norm)
	axpy(-dot(v, w.e), v, w.e)
	w.basis = append(w.basis, v)
	return true
}

func axpy(a float64, x, y []float64) {
	for i := range x {
		y[i] += a * x[i]
	}
}

// objective is minus the logarithm of the posterior of the hyper-parameters,
// by restricted likelihood.
func (f *fitted) objective(logs []float64) float64 {
	w, ok := f.whiten(logs)
	if !ok {
		return math.Inf(1)
	}
	v := w.logDet + dot(w.e, w.e)/2
	for i, m := range f.prior.Mean {
		d := (logs[i] - m) / f.prior.SD[i]
		v += d * d / 2
	}
	return v
}

// fit finds the mode of the posterior, from where it stands.
func (f *fitted) fit(rounds int) {
	settings := &optimize.Settings{MajorIterations: rounds, Converger: &optimize.FunctionConverge{Absolute: 1e-4, Iterations: 12}}
	result, err := optimize.Minimize(optimize.Problem{Func: f.objective}, f.logs[:], settings, &optimize.NelderMead{SimplexSize: 0.5})
	if result != nil && (err == nil || result.Status == optimize.IterationLimit) {
		copy(f.logs[:], result.X)
	}
}
