package expect

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

// SameMonth expects of a month what the same calendar month was in earlier
// years, relative to the level around it. On the log scale it adds
//
//   - the level of the last twelve months, a weighted median, recent months
//     counting more,
//   - the trend to the month asked for: the median change over a year,
//     shrunk towards none when there are few,
//   - the season: the median of the same calendar month's deviations,
//   - the moving holidays: ridge regression on the exposure of the profile's
//     windows, less the mean exposure of that calendar month.
//
// The scale comes from the model's own one-step errors over the last two
// years. Medians throughout, so that one odd month does not bend the next.
type SameMonth struct{ Calendar *calendar.Calendar }

var _ Model = SameMonth{}

const (
	minHistory  = 24   // months
	minErrors   = 6    // one-step errors that a scale needs
	floorSD     = 0.01 // no series is known better than 1 %
	errorMonths = 24   // one-step errors are taken from so many months
)

// Expect needs at least 24 months with a positive value, one of them in the
// last twelve and one in the same calendar month. Months may be missing; a
// month after a gap has a wider interval.
func (s SameMonth) Expect(history []Point, next panel.Month, profile string) (Forecast, string, bool) {
	past := before(history, next)
	if reason := s.refuse(past, next); reason != "" {
		return Forecast{}, reason, false
	}
	obs := s.observe(past, next, profile)
	errs := obs.stepErrors()
	if len(errs) < minErrors {
		return Forecast{}, fmt.Sprintf("too few comparable months (%d)", len(errs)), false
	}
	c := relativeSE(past)
	sd := max(1.4826*median(absolutes(errs)), math.Hypot(c, floorSD))
	sd *= math.Sqrt(float64(next - past[len(past)-1].Month))
	return forecast(obs.predict(), sd, max(4, float64(len(past))/4)), "", true
}

func (s SameMonth) refuse(past []Point, next panel.Month) string {
	if len(past) < minHistory {
		return fmt.Sprintf("history too short (%d months)", len(past))
	}
	if last := past[len(past)-1].Month; next-last > 12 {
		return fmt.Sprintf("no value since %s", last)
	}
	if !slices.ContainsFunc(past, func(p Point) bool { return p.Month.OfYear() == next.OfYear() }) {
		return fmt.Sprintf("no earlier %s in the history", next.OfYear())
	}
	return ""
}

// forecast puts the logarithms of the parts together; sd is the standard
// deviation on the log scale, df the degrees of freedom.
func forecast(l logParts, sd, df float64) Forecast {
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}
	half := t.Quantile(0.975) * sd
	expected := l.level + l.trend + l.season + l.holiday
	return Forecast{
		Expected: math.Exp(expected), Low: math.Exp(expected - half), High: math.Exp(expected + half),
		SD: sd, DF: df, Seasonal: l.season+l.holiday > 2*sd,
		Parts: Parts{math.Exp(l.level), math.Expm1(l.trend), math.Expm1(l.season), math.Expm1(l.holiday)},
	}
}

// before returns the points before next that have a logarithm, ascending.
func before(history []Point, next panel.Month) []Point {
	var past []Point
	for _, p := range history {
		if p.Month < next && p.Value > 0 && !math.IsInf(p.Value, 1) {
			past = append(past, p)
		}
	}
	slices.SortFunc(past, func(a, b Point) int { return int(a.Month - b.Month) })
	return past
}

// relativeSE is the sampling error of the newest point that has one, as a
// share of its value; the month to come will be measured about as well.
func relativeSE(past []Point) float64 {
	for _, p := range slices.Backward(past) {
		if c := p.SE / p.Value; c >= 0 && !math.IsInf(c, 1) {
			return c
		}
	}
	return 0
}

func absolutes(x []float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = math.Abs(v)
	}
	return out
}

// median of x, which stays as it is; NaN when there is none.
func median(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	s := slices.Clone(x)
	slices.Sort(s)
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
