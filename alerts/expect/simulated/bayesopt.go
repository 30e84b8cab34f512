package simulated

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

var BayesOpt = false

// optimal is z of one who knows the generator but nothing of the series.
func (a archetype) optimal(p parts, x []float64) float64 {
	n := len(x)
	h := n - 1
	q := p
	q.sigma, q.walk, q.phi, q.shiftAt = 1e-9, 0, 0, -1
	base := mat.NewSymDense(n, nil)
	mean := make([]float64, n)
	for i := range n {
		mean[i] = a.priorMean(p, i)
		for j := range i + 1 {
			base.SetSym(i, j, a.priorCov(q, i, j))
		}
	}
	type comp struct{ lw, m, s float64 }
	var cs []comp
	top := math.Inf(-1)
	for d := 1; d <= 40; d++ {
		sigma := .012 * math.Exp(1.2*halton(d, 2))
		walk := sigma * (.15 + .5*halton(d, 3))
		phi := .3 * halton(d, 5)
		k := mat.NewSymDense(n, nil)
		for i := range n {
			for j := range i + 1 {
				k.SetSym(i, j, base.At(i, j)+walk*walk*float64(j+1)+sigma*sigma*math.Pow(phi, float64(i-j)))
			}
		}
		var chol mat.Cholesky
		chol.Factorize(k.SliceSym(0, h))
		cross, r := mat.NewVecDense(h, nil), mat.NewVecDense(h, nil)
		for j := range h {
			cross.SetVec(j, k.At(h, j))
			r.SetVec(j, x[j]-mean[j])
		}
		var alpha, beta mat.VecDense
		chol.SolveVecTo(&alpha, r)
		chol.SolveVecTo(&beta, cross)
		var inv mat.SymDense
		chol.InverseTo(&inv)
		m, s2 := mat.Dot(cross, &alpha), k.At(h, h)-mat.Dot(cross, &beta)
		lw := -chol.LogDet()/2 - mat.Dot(r, &alpha)/2
		add := func(lw, m, s float64) {
			cs = append(cs, comp{lw, m + mean[h], s})
			top = math.Max(top, lw)
		}
		add(lw+math.Log(.7), m, math.Sqrt(s2))
		t2 := 0.055833
		var c, dd float64
		g := 1.0
		for t := h - 1; t >= 3; t-- {
			c += alpha.AtVec(t)
			g -= beta.AtVec(t)
			dd += inv.At(t, t)
			for i := t + 1; i < h; i++ {
				dd += 2 * inv.At(i, t)
			}
			if t > n-3 {
				continue
			}
			s := t2 / (1 + t2*dd)
			add(lw+math.Log(.3/float64(n-5))-math.Log(1+t2*dd)/2+c*c*s/2, m+g*s*c, math.Sqrt(s2+g*g*s))
		}
	}
	var lo, hi, sum float64
	t := distuv.StudentsT{Sigma: 1, Nu: 30}
	for _, c := range cs {
		w := math.Exp(c.lw - top)
		sum += w
		z := (x[h] - c.m) / c.s
		lo += w * t.CDF(z)
		hi += w * t.CDF(-z)
	}
	if lo < hi {
		return distuv.UnitNormal.Quantile(math.Max(lo/sum, 1e-16))
	}
	return -distuv.UnitNormal.Quantile(math.Max(hi/sum, 1e-16))
}

func halton(i, b int) float64 {
	f, r := 1.0, 0.0
	for ; i > 0; i /= b {
		f /= float64(b)
		r += f * float64(i%b)
	}
	return r
}
