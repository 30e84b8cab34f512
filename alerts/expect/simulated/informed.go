package simulated

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"panelwatch/etl/panel"
)

// informed is the last month as somebody expects it who knows the generator,
// the archetype, and of this series the amounts of noise and the month of a
// level shift, but none of its components: those have to be told apart by the
// history, as every method has to. It is the Gaussian regression with the
// generator's own covariance, so that no method that judges by distances from
// an expectation can do much better.
func (a archetype) informed(p parts, x []float64) Normal {
	h := len(x) - 1
	p.share = make([]float64, len(x))
	for t := range x {
		p.share[t] = a.bell.shareIn(p.first + panel.Month(t))
	}
	k, off := mat.NewSymDense(h+1, nil), mat.NewVecDense(h, nil)
	for i := range x {
		for j := range i + 1 {
			k.SetSym(i, j, a.covariance(p, i, j))
		}
		if i < h {
			off.SetVec(i, x[i]-a.mean(p, i))
		}
	}
	var of mat.Cholesky
	if !of.Factorize(k.SliceSym(0, h)) {
		panic("simulated: the covariance is not positive definite")
	}
	var weights mat.VecDense
	cross := mat.NewVecDense(h, nil)
	for j := range h {
		cross.SetVec(j, k.At(h, j))
	}
	if err := of.SolveVecTo(&weights, cross); err != nil {
		panic(err)
	}
	return Normal{a.mean(p, h) + mat.Dot(&weights, off), math.Sqrt(k.At(h, h) - mat.Dot(&weights, cross))}
}

// mean is what the generator makes of month t on average.
func (a archetype) mean(p parts, t int) float64 {
	m := p.first + panel.Month(t)
	return levelMean + slopeMean*float64(t) + a.peak(m) + a.feast*p.share[t] + a.shock*shockIn[m]
}

func (a archetype) peak(m panel.Month) float64 {
	return a.peaks.fixed[m.OfYear()-1] + a.peaks.mean()*a.peaks.scaled[m.OfYear()-1]
}

// Mean and variance of a level that is uniform between 3 and 9.
const levelMean, levelVar = 6, 3

// covariance is that of months j <= i over all series with the noise and the
// shift of p.
func (a archetype) covariance(p parts, i, j int) float64 {
	mi, mj := p.first+panel.Month(i), p.first+panel.Month(j)
	v := levelVar + slopeSD*slopeSD*float64(i*j) + p.walk*p.walk*float64(j+1)
	// the sum of (i-s)(j-s) over the months s up to j that the slope bends in
	v += bendChance * bendSD * bendSD * float64(j*i*j-(i+j)*j*(j+1)/2+j*(j+1)*(2*j+1)/6)
	if p.shiftAt >= 0 && j >= p.shiftAt {
		v += (shiftLow*shiftLow + shiftLow*shiftHigh + shiftHigh*shiftHigh) / 3
	}
	if mi.OfYear() == mj.OfYear() {
		v += a.monthSD * a.monthSD
	}
	v += a.swings(mi, mj, a.feast*a.feast*p.share[i]*p.share[j]) + a.shock*a.shock*shockIn[mi]*shockIn[mj]*spread(shockLow, shockHigh)
	v += p.sigma * p.sigma * math.Pow(p.phi, float64(i-j))
	if i == j {
		v += p.se * p.se
	}
	return v
}

// swings is the covariance of peaks and Spring Festival, which differ from app
// to app and from year to year; feast is the product of what it does to both.
func (a archetype) swings(i, j panel.Month, feast float64) float64 {
	own := a.peaks.scatter() * a.peaks.scaled[i.OfYear()-1] * a.peaks.scaled[j.OfYear()-1]
	v := own + feast*spread(feastLow, feastHigh)
	if i.Year() == j.Year() {
		v += peakYearSD*peakYearSD*(a.peak(i)*a.peak(j)+own) + feastYearSD*feastYearSD*feast*(1+spread(feastLow, feastHigh))
	}
	return v
}

// spread is the variance of a uniform number.
func spread(low, high float64) float64 { return (high - low) * (high - low) / 12 }
