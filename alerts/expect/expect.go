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

// A Forecast is the one-step expectation of a month.
type Forecast struct {
	Expected, Low, High float64 // median and 95 % interval, in the series' unit
	SD                  float64 // on the log scale
	DF                  float64 // degrees of freedom of the Student-t that the interval is taken from
	Parts               Parts
	// Seasonal says that the month is expected to stand out: season and
	// holiday part together are above two standard deviations.
	Seasonal bool
}

// Parts multiply to the expectation: Level is the level of the last twelve
// months in the series' unit, the others are factors minus one, and
// Level*(1+Trend)*(1+Season)*(1+Holiday) is Expected.
type Parts struct{ Level, Trend, Season, Holiday float64 }

// Z is how many standard deviations a value lies from the expectation, on the
// log scale.
func (f Forecast) Z(value float64) float64 { return (math.Log(value) - math.Log(f.Expected)) / f.SD }

// P is the two-sided probability of a value at least as far from the
// expectation, by the Student-t of the forecast.
func (f Forecast) P(value float64) float64 {
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: f.DF}
	return 2 * t.CDF(-math.Abs(f.Z(value)))
}

// A Model turns a history into a forecast. ok is false, with the reason, when
// the history does not carry one.
type Model interface {
	Expect(history []Point, next panel.Month, profile string) (f Forecast, reason string, ok bool)
}
