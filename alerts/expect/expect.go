// Package expect says what was to be expected of a month before it was known.
// It is pure: no clock, no database.
package expect

import (
	"panelwatch/alerts/calendar"
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
	Parts               Parts
	// Seasonal says that the month is expected to stand out: season and
	// holiday part together are above two standard deviations.
	Seasonal bool
}

// Parts are factors minus one: (1+Trend)*(1+Season)*(1+Holiday) times the
// level of the last twelve months is Expected.
type Parts struct{ Level, Trend, Season, Holiday float64 }

// A Model turns a history into a forecast. ok is false, with the reason, when
// the history does not carry one.
type Model interface {
	Expect(history []Point, next panel.Month, profile string) (f Forecast, reason string, ok bool)
}

var _ = calendar.Calendar{}
