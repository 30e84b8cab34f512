package alerts

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/etl/panel"
)

// A Swapped is a pair of a list whose order is another than in the base month.
type Swapped struct {
	Over, Under         panel.AppID // Over stands above Under now
	OverName, UnderName string
	Base                panel.Month
	// Real is the probability that both orders are true, the one now and the
	// one then, each app's devices being normal about their estimates; NaN
	// when no error is known.
	Real float64
	Sure bool // told, or told before: beyond error among all pairs of the month
}

// swapped lists the pairs of a move.
func (r rankMove) swapped() (out []Swapped) {
	for _, s := range r.all {
		sure := slices.ContainsFunc(r.sure, func(o swap) bool { return o.pair() == s.pair() })
		out = append(out, Swapped{s.over.App, s.under.App, s.over.Name, s.under.Name, r.base, s.real, sure})
	}
	return out
}

// bothTrue is the probability that now is above zero and base below it, where
// both are normal about what was seen; change is now less base, and carries
// what their errors have in common.
func bothTrue(now, base, change difference) float64 {
	common := (now.se*now.se + base.se*base.se - change.se*change.se) / (2 * now.se * base.se)
	return bothPositive(now.z(), -base.z(), -common)
}

// bothPositive is the probability that two normals with these means, standard
// deviation 1 and this correlation are both above zero.
func bothPositive(a, b, correlation float64) float64 {
	if math.IsNaN(a) || math.IsNaN(b) || math.IsNaN(correlation) {
		return math.NaN()
	}
	r := max(-0.999, min(0.999, correlation))
	left := math.Sqrt(1 - r*r)
	density := func(x float64) float64 {
		return distuv.UnitNormal.Prob(x-a) * distuv.UnitNormal.CDF((b+r*(x-a))/left)
	}
	const wide = 8 // standard deviations hold all that counts
	return min(1, quad.Fixed(density, max(0, a-wide), max(0, a)+wide, 200, nil, 0))
}
