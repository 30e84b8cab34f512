package expect

import (
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

// Hyper are the standard deviations that a structural model is fitted by, all
// on the log scale of the series.
type Hyper struct {
	Irregular float64 // of one month
	Level     float64 // of the level's step, a month
	Season    float64 // of a calendar month
	Drift     float64 // of a calendar month's step, a year
	Peak      float64 // of a calendar month from year to year, as a part of its size
}

// A Prior is what is known of a profile's series before one is seen.
type Prior struct {
	Mean, SD [5]float64 // of the logarithms of Hyper
	// Season is the covariance of the twelve calendar months, of mean
	// variance 1; nil takes them as independent.
	Season         *mat.SymDense
	Slope, SlopeSD float64 // a month
	// Holiday is the covariance of the effects of two windows; nil takes them
	// as independent.
	Holiday map[[2]string]float64
}

// Structural adds, on the log scale, a level that walks, a slope, a season
// that may drift, moving holidays and noise of known and of unknown variance;
// odd months of the history are found and set aside.
type Structural struct {
	Calendar *calendar.Calendar
	Priors   map[string]Prior // by profile
	Unusual  func(panel.Month) bool
}

// DefaultPrior is that of a series about which nothing is known.
var DefaultPrior = Prior{
	Mean:    [5]float64{-3.5, -4, -2, -5, -2.5},
	SD:      [5]float64{1, 1.2, 1, 1, 0.5},
	SlopeSD: slopeSD,
}

// history is a series on the log scale, less its median, and the month to
// come, which has no y.
type history struct {
	month         []panel.Month // the month to come is the last
	y             []float64
	c2            []float64 // sampling variance
	x             [][]float64
	names         []string // of the columns of x
	centre, slope float64
}

func (s Structural) read(past []Point, next panel.Month, profile string, prior Prior) history {
	h := history{}
	var logs []float64
	for _, p := range past {
		logs = append(logs, math.Log(p.Value))
	}
	h.centre = median(logs)
	c := relativeSE(past)
	h.slope = prior.Slope
	for i, p := range past {
		h.month = append(h.month, p.Month)
		h.y = append(h.y, logs[i]-h.centre-h.slope*float64(p.Month-past[0].Month))
		h.c2 = append(h.c2, s.variance(p, c))
	}
	h.month = append(h.month, next)
	h.c2 = append(h.c2, s.variance(Point{Month: next, Value: 1, SE: c}, c))
	h.x, h.names = s.exposures(profile, h.month)
	return h
}

const unusualSD = 1.5

func (s Structural) variance(p Point, otherwise float64) float64 {
	c := p.SE / p.Value
	if math.IsNaN(c) {
		c = otherwise
	}
	return c * c
}

// exposures are the moving parts of the profile's windows.
func (s Structural) exposures(profile string, months []panel.Month) (x [][]float64, names []string) {
	if s.Calendar == nil {
		return make([][]float64, len(months)), nil
	}
	windows := map[string]bool{}
	of := make([]map[string]float64, len(months))
	for i, m := range months {
		of[i] = s.Calendar.Exposure(profile, m)
		for name := range of[i] {
			windows[name] = true
		}
		if s.Unusual != nil && s.Unusual(m) {
			name := "~" + m.String()
			of[i][name], windows[name] = 1, true
		}
	}
	names = slices.Sorted(maps.Keys(windows))
	for _, e := range of {
		x = append(x, row(e, names))
	}
	return x, names
}
