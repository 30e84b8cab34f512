package expect

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/etl/panel"
)

var (
	Draws    = 64
	ShiftSD  = 0.25
	ShiftP   = 0.30
	Widen    = 1.0
)

// A part of a mixture.
type Part struct{ W, Mean, SD float64 }

// Mixture predicts by averaging over hyper-parameters and shifts.
func (s Structural) Mixture(past []Point, next panel.Month, profile string) []Part {
	prior, ok := s.Priors[profile]
	if !ok {
		prior = DefaultPrior
	}
	h := s.read(past, next, profile, prior)
	f := &fitted{history: h, kernel: newKernel(h, prior), prior: prior}
	if Gross > 0 {
		f.logs = prior.Mean
		f.grossOnly()
	}
	var parts []Part
	var logW []float64
	for d := range Draws {
		logs := f.draw(d)
		w, ok := f.whiten(logs[:])
		if !ok {
			continue
		}
		f.logs = logs
		base := -w.logDet - dot(w.e, w.e)/2
		p, ok := f.predict()
		if !ok {
			continue
		}
		hy := hyper(logs[:])
		n := len(h.y)
		whole := make([]float64, n)
		for _, part := range f.crossing(hy) {
			axpy(1, part, whole)
		}
		u := w.solve(whole)
		logW = append(logW, base+math.Log(1-ShiftP))
		parts = append(parts, Part{Mean: p.Mean, SD: p.SD})
		if ShiftP == 0 {
			continue
		}
		x := make([]float64, n)
		pt := math.Log(ShiftP / float64(n-3))
		for t := 2; t < n-1; t++ {
			for i := range x {
				x[i] = 0
				if i >= t {
					x[i] = 1
				}
			}
			v := w.solve(x)
			for _, b := range w.basis {
				axpy(-dot(b, v), b, v)
			}
			t2 := ShiftSD * ShiftSD
			dd, c := dot(v, v), dot(v, w.e)
			lw := base + pt - math.Log(1+t2*dd)/2 + c*c*t2/(1+t2*dd)/2
			g := 1 - dot(u, v)
			m := p.Mean + g*t2*c/(1+t2*dd)
			sd := math.Sqrt(p.SD*p.SD + g*g*t2/(1+t2*dd))
			logW, parts = append(logW, lw), append(parts, Part{Mean: m, SD: sd})
		}
	}
	top := math.Inf(-1)
	for _, l := range logW {
		top = math.Max(top, l)
	}
	var sum float64
	for i, l := range logW {
		parts[i].W = math.Exp(l - top)
		sum += parts[i].W
	}
	for i := range parts {
		parts[i].W /= sum
	}
	return parts
}

var Gross = 0.0

func (f *fitted) grossOnly() { f.clean(Gross) }

// draw is the d-th point of a Halton sequence in the prior.
func (f *fitted) draw(d int) (logs [5]float64) {
	for i, b := range []int{2, 3, 5, 7, 11} {
		logs[i] = f.prior.Mean[i] + Widen*f.prior.SD[i]*distuv.UnitNormal.Quantile(halton(d+1, b))
	}
	return logs
}

func halton(i, b int) float64 {
	f, r := 1.0, 0.0
	for ; i > 0; i /= b {
		f /= float64(b)
		r += f * float64(i%b)
	}
	return r
}

// SignedZ is the signed normal score of y under the mixture with t tails.
func SignedZ(parts []Part, y, df float64) float64 {
	var lo, hi float64
	for _, p := range parts {
		z := (y - p.Mean) / p.SD
		t := distuv.StudentsT{Sigma: 1, Nu: df}
		lo += p.W * t.CDF(z)
		hi += p.W * t.CDF(-z)
	}
	if lo < hi {
		return distuv.UnitNormal.Quantile(math.Max(lo, 1e-16))
	}
	return -distuv.UnitNormal.Quantile(math.Max(hi, 1e-16))
}
