package expect

import (
	"slices"

	"gonum.org/v1/gonum/blas/blas64"
)

// A conditional answers what the history says about unknowns, at certain
// sizes.
type conditional struct {
	l         blas64.Triangular
	explained []float64 // V^-1 y
	n         int
}

func (f *fitted) conditional(s sizes) (c conditional, ok bool) {
	memory := f.scratch()
	f.kernel.covariance(s, f.history.noise, memory.all)
	l, ok := f.kernel.cholesky(memory.all, memory.own)
	if !ok {
		return c, false
	}
	return conditional{l, solveBack(l, solve(l, slices.Clone(f.history.y))), len(f.history.y)}, true
}

// of are count unknowns with prior means and covariances, and their covariance
// with month t of the history.
func (c conditional) of(count int, means []float64, prior, with func(a, t int) float64) unknowns {
	out := unknowns{slices.Clone(means), make([][]float64, count)}
	u := make([][]float64, count)
	for a := range count {
		u[a] = make([]float64, c.n)
		for t := range u[a] {
			u[a][t] = with(a, t)
		}
		out.mean[a] += dot(u[a], c.explained)
		solve(c.l, u[a])
	}
	for a := range count {
		out.cov[a] = make([]float64, count)
		for b := range count {
			out.cov[a][b] = prior(a, b) - dot(u[a], u[b])
		}
	}
	return out
}
