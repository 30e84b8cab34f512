package expect

import (
	"gonum.org/v1/gonum/mat"
)

// The standard deviations that a model is fitted by; see sizes.
const (
	irregular = iota // of one month
	walk             // of the level's step, a month
	seasonal         // of a month of the year
	drift            // of the step of a month of the year, a year
	yearly           // of season and holidays from year to year, as a part of their size
	nSizes
)

// sizes are standard deviations on the scale of the series.
type sizes [nSizes]float64

// A prior is what is known of a series before it is seen.
type prior struct {
	mean, sd sizes // of the logarithms of the sizes
	// season is the covariance of the twelve months of the year, of mean
	// variance 1; nil takes them as independent.
	season         *mat.SymDense
	slope, slopeSD float64 // a month
	// effects is the second moment of two effects; two that are not in it are
	// as in ownEffect.
	effects map[[2]effect]float64
}

// ignorance is the prior of a series about whose profile nothing was learned:
// noise of 3 % a month, a level that walks 2 %, seasons of 14 %.
var ignorance = prior{
	mean:    sizes{-3.5, -4, -2, -5, -2.5},
	sd:      sizes{1, 1.2, 1, 1, 0.5},
	slopeSD: 0.02,
}

const (
	levelSD   = 5   // of the first level: nothing is known
	windowSD  = 0.3 // of the effect of a window whose days all fall in a month
	unusualSD = 1.5 // of an unusual month
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

// moments are the second moments of all pairs of effects.
func (p prior) moments(of []effect) [][]float64 {
	out := make([][]float64, len(of))
	for i, a := range of {
		out[i] = make([]float64, len(of))
		for j, b := range of {
			v, learned := p.effects[[2]effect{a, b}]
			if !learned {
				v = ownEffect(a, b)
			}
			out[i][j] = v
		}
	}
	return out
}

// seasonOf is the covariance of two months of the year, per unit of variance.
func (p prior) seasonOf(a, b int) float64 {
	switch {
	case p.season != nil:
		return p.season.At(a, b)
	case a == b:
		return 1
	}
	return 0
}
