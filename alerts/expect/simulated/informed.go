package simulated

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"panelwatch/etl/panel"
)

// informed is the last month as somebody expects it who knows the generator,
// the archetype, and of this series the amounts of noise and the month of a
// level shift, but none of its components: those it has to tell apart by the
// history, as every method has to. Gaussian regression does it.
func (a archetype) informed(p parts, x []float64) normal {
	n := len(x)
	k := mat.NewSymDense(n, nil)
	mean := make([]float64, n)
	for i := range n {
		mean[i] = a.priorMean(p, i)
		for j := range i + 1 {
			k.SetSym(i, j, a.priorCov(p, i, j))
		}
	}
	h := n - 1
	var chol mat.Cholesky
	if !chol.Factorize(k.SliceSym(0, h)) {
		panic("simulated: covariance is not positive definite")
	}
	cross, resid := mat.NewVecDense(h, nil), mat.NewVecDense(h, nil)
	for j := range h {
		cross.SetVec(j, k.At(h, j))
		resid.SetVec(j, x[j]-mean[j])
	}
	var weights mat.VecDense
	if err := chol.SolveVecTo(&weights, cross); err != nil {
		panic(err)
	}
	return normal{mean[h] + mat.Dot(&weights, resid), math.Sqrt(k.At(h, h) - mat.Dot(&weights, cross))}
}

func (a archetype) priorMean(p parts, t int) float64 {
	m := p.first + panel.Month(t)
	peak, _ := a.moments()
	return 6 + 0.006*float64(t) + peak[int(m.OfYear())-1] + a.feast*a.bell.shareIn(m) + a.shock*shockIn[m]
}

func (a archetype) priorCov(p parts, i, j int) float64 {
	mi, mj := p.first+panel.Month(i), p.first+panel.Month(j)
	ci, cj := int(mi.OfYear())-1, int(mj.OfYear())-1
	v := 3 + 0.008*0.008*float64(i*j)
	for s := 1; s <= j; s++ {
		v += 0.03 * 0.006 * 0.006 * float64((i-s)*(j-s))
	}
	v += p.walk * p.walk * float64(j+1)
	if p.shiftAt >= 0 && i >= p.shiftAt && j >= p.shiftAt {
		v += 0.055833
	}
	if ci == cj {
		v += a.monthSD * a.monthSD
	}
	peak, second := a.moments()
	v += second[ci][cj] - peak[ci]*peak[cj]
	f := a.bell.shareIn(mi) * a.bell.shareIn(mj) * a.feast * a.feast
	v += f * 0.64 / 12
	if mi.Year() == mj.Year() {
		v += 0.06*0.06*second[ci][cj] + 0.12*0.12*f*(1+0.64/12)
	}
	v += a.shock * a.shock * shockIn[mi] * shockIn[mj] / 12
	v += p.sigma * p.sigma * math.Pow(p.phi, float64(i-j))
	if i == j {
		v += p.se * p.se
	}
	return v
}

type moment struct {
	mean   [12]float64
	second [12][12]float64
}

var momentsOf = map[string]moment{}

func (a archetype) moments() ([12]float64, [12][12]float64) {
	if m, ok := momentsOf[a.profile]; ok {
		return m.mean, m.second
	}
	r := rand.New(rand.NewPCG(1, 2))
	var m moment
	const draws = 20000
	for range draws {
		p := a.peaks(r)
		for i, v := range p {
			m.mean[i] += v / draws
			for j, w := range p {
				m.second[i][j] += v * w / draws
			}
		}
	}
	momentsOf[a.profile] = m
	return m.mean, m.second
}

// LR is the likelihood ratio.
func (a archetype) lr(p parts, i normal, z float64, last panel.Month) float64 {
	w := (1 - p.phi*p.phi) * p.sigma * p.sigma
	rest := math.Max(0, i.sd*i.sd-w)
	d := z * i.sd
	hyp := math.Hypot(p.sigma, p.se)
	dens := func(x float64) float64 {
		var v float64
		for _, c := range chi {
			s := math.Sqrt(rest + w*c)
			v += math.Exp(-x*x/2/s/s) / s / float64(len(chi))
		}
		return v
	}
	var odd float64
	const k = 25
	for q := range k {
		s := (3 + 5*(float64(q)+.5)/k) * hyp
		odd += (dens(d-s) + dens(d+s)) / k * .2
	}
	end, ends := false, 0.0
	for _, m := range a.ends {
		ends++
		end = end || m == last.OfYear()
	}
	odds := 0.5
	if ends == 0 {
		for q := range k {
			s := (3 + 5*(float64(q)+.5)/k) * hyp
			odd += dens(d+s) / k * .1
		}
	} else if end {
		pe := (.25 + .75*ends/12) / ends
		odds *= pe
		odd *= pe
		peak, _ := a.moments()
		e := peak[int(last.OfYear())-1] + a.feast*a.bell.shareIn(last)
		for q := range k {
			odd += dens(d+e*(.6+.4*(float64(q)+.5)/k)) / k * .1 / ends
		}
	} else {
		pe := .75 / 12
		odds *= pe
		odd *= pe
	}
	return math.Log(odd / dens(d) / odds)
}

var chi = func() (out []float64) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var c float64
		for range 5 {
			z := r.NormFloat64()
			c += z * z
		}
		out = append(out, 5/c*.6)
	}
	return out
}()
