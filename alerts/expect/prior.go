package expect

import (
	"gonum.org/v1/gonum/mat"

	"panelwatch/etl/panel"
)

// The standard deviations that a model is made of; see sizes.
const (
	irregular = iota // of one month
	walk             // of the level's step, a month
	seasonal         // of a month of the year, from that of its profile
	drift            // of the step of a month of the year, a year
	yearly           // of the season from year to year, as a part of its size
	yearlyHo         // the same of windows and unusual months
	nSizes
)

// sizes are logarithms of standard deviations on the scale of the series.
type sizes [nSizes]float64

// A prior is what is known of a series before it is seen.
type prior struct {
	series   int // that it was learned from
	mean, sd sizes
	usual    [12]float64 // the season of the profile, January first
	// season is the covariance of the twelve months of the year around it, of
	// mean variance 1; nil takes them as independent.
	season         *mat.SymDense
	slope, slopeSD float64 // a month
	// effects are means and moments the covariances of windows and unusual
	// months; those not in them are as in ownEffect.
	effects map[effect]float64
	moments map[[2]effect]float64
}

// ignorance is the prior of a series about whose profile nothing was learned:
// noise of 3 % a month, a level that walks 2 %, seasons of 14 %.
var ignorance = prior{
	mean:    sizes{-3.5, -4, -2, -5, -2.5, -2.5},
	sd:      sizes{1, 1.2, 1, 1, 0.5, 0.5},
	slopeSD: 0.02,
}

const (
	levelSD   = 5     // of the first level: nothing is known
	bendSD    = 0.001 // of the step of the slope, a month
	windowSD  = 0.3   // of the effect of a window whose days all fall in a month
	unusualSD = 1.5   // of an unusual month
)

func ownEffect(a, b effect) float64 {
	switch {
	case a != b:
		return 0
	case a.unusual != 0:
		return unusualSD * unusualSD
	}
	return windowSD * windowSD
}

// means and covariances of the effects.
func (p prior) of(effects []effect) (means []float64, moments [][]float64) {
	means, moments = make([]float64, len(effects)), make([][]float64, len(effects))
	for i, a := range effects {
		means[i], moments[i] = p.effects[a], make([]float64, len(effects))
		for j, b := range effects {
			v, learned := p.moments[[2]effect{a, b}]
			if !learned {
				v = ownEffect(a, b)
			}
			moments[i][j] = v
		}
	}
	return means, moments
}

// seasonOf is the covariance of two months of the year, 0 to 11, per unit of
// variance.
func (p prior) seasonOf(a, b int) float64 {
	switch {
	case p.season != nil:
		return p.season.At(a, b)
	case a == b:
		return 1
	}
	return 0
}

func ofYear(m panel.Month) int { return int(m.OfYear()) - 1 }
