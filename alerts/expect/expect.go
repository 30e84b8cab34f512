// Package expect says what was to be expected of a month before it was known.
// It is pure: no clock, no database. It imports alerts/calendar and etl/panel,
// and must not import alerts.
package expect

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/etl/panel"
)

// A Point is one month of a series. SE is NaN when unknown.
type Point struct {
	Month panel.Month
	Value float64
	SE    float64
}

// A Question asks what is to be expected of a month.
type Question struct {
	Past    []Point // ascending; months may be missing, those from Next on are not looked at
	Next    panel.Month
	Profile string // of the calendar: rail, tax, gov, ...
	Share   bool   // values are shares between 0 and 1
	// NextSE is the sampling error of Next as a part of its value; NaN when it
	// is not known: then Next is measured as well as the newest month was.
	NextSE float64
}

// A Model turns a history into a forecast.
type Model interface {
	// Expect answers a question. ok is false, with the reason, when the
	// history does not carry a forecast.
	Expect(q Question) (f Forecast, reason string, ok bool)
	// Learn is the model with what the series of a month have in common, by
	// profile. The same questions in the same order teach the same.
	Learn(of []Question) Model
}

// A Forecast is the expectation of a month.
type Forecast struct {
	Expected, Low, High float64 // median and 95 % interval, in the series' unit
	SD                  float64 // that of a normal distribution with this interval, on the scale of logarithms, or of logits for a share
	DF                  float64 // degrees of freedom of the Student-t, where there is no better spread
	Share               bool
	Parts               Parts
	// Seasonal says that the month is expected to stand out: season and
	// holiday part together are above two standard deviations.
	Seasonal bool
	// Odd are the months of the history that were set aside, ascending.
	Odd []Odd

	spread  spread
	widened float64 // factor that the spread was widened by
}

// Parts multiply to the expectation: Level is that of the newest month before,
// without season and holidays, in the series' unit, the others are factors
// minus one, and Level*(1+Trend)*(1+Season)*(1+Holiday)*(1+Category) is
// Expected. Category is what the apps of a category have in common this month,
// if anything. Of a share the odds multiply, p/(1-p).
type Parts struct{ Level, Trend, Season, Holiday, Category float64 }

// Z is how many standard deviations a value lies from the expectation.
func (f Forecast) Z(value float64) float64 {
	s := scaleOf(f.Share)
	return (s.to(value) - s.to(f.Expected)) / f.SD
}

// P is the two-sided probability of a value at least as far out as this one.
func (f Forecast) P(value float64) float64 {
	if len(f.spread) == 0 {
		t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: f.DF}
		return 2 * t.CDF(-math.Abs(f.Z(value)))
	}
	x := scaleOf(f.Share).to(value)
	return heavyTail(2 * math.Min(f.spread.below(x), f.spread.above(x)))
}

// Uncalibrated is P as the model alone has it, before the interval is widened
// for what few series teach and the tail made heavier. The calibration is
// measured by it.
func (f Forecast) Uncalibrated(value float64) float64 {
	s, x := f.spread.widened(1/f.widened), scaleOf(f.Share).to(value)
	return 2 * math.Min(s.below(x), s.above(x))
}
