package expect

import (
	"math"
	"slices"
)

// Moved is the forecast when everybody of a category deviates by so much, as a
// logarithm, or a logit of a share.
func (f Forecast) Moved(by float64) Forecast {
	s := scaleOf(f.Share)
	for _, v := range []*float64{&f.Expected, &f.Low, &f.High} {
		*v = s.from(s.to(*v) + by)
	}
	f.spread = slices.Clone(f.spread)
	for i := range f.spread {
		f.spread[i].mean += by
	}
	f.Parts.Category = (1+f.Parts.Category)*math.Exp(by) - 1
	return f
}
