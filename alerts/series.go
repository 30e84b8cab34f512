package alerts

import (
	"cmp"
	"math"
	"slices"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// Indicators that findings are about, named as in the warehouse. CAGR6 is over
// six steps; Rank is a place in a list.
const (
	MUD   = "mud"
	YoY   = "yoy"
	CAGR6 = "cagr6"
	Rank  = "rank"

	Penetration = "penetration_all" // of 全网
	Share       = "share"           // of a member in its app
	TopShare    = "top_share"       // of the largest members of a dimension
	TGI         = "tgi"
	HourlyShare = "hourly_share" // the member is network and hour: G/11
)

// LargestMembers stands for the largest members of a dimension together.
const LargestMembers = "TOP"

// UnitOf is the unit of an indicator's values.
func UnitOf(indicator string) Unit {
	switch indicator {
	case MUD:
		return Devices
	case TGI:
		return Index
	}
	return Ratio
}

// z95 standard errors to each side hold 95 % of a normal distribution.
const z95 = 1.96

// totals are the series of monthly devices: over all segments, or of the
// members that the setting names.
func (h History) totals() []Series { return h.levels(h.within) }

// whole are the series of monthly devices over all segments.
func (h History) whole() []Series { return h.levels(within{}) }

func (h History) levels(of within) []Series {
	var out []Series
	for _, s := range h.Series {
		if s.Indicator == MUD && of.holds(s.Segment) {
			out = append(out, s)
		}
	}
	return out
}

// at is the point of month m.
func (s Series) at(m panel.Month) (expect.Point, bool) {
	i, ok := slices.BinarySearchFunc(s.Points, m, func(p expect.Point, m panel.Month) int { return cmp.Compare(p.Month, m) })
	if !ok {
		return expect.Point{}, false
	}
	return s.Points[i], true
}

// before are the points of the months before m, not copied.
func (s Series) before(m panel.Month) []expect.Point {
	i, _ := slices.BinarySearchFunc(s.Points, m, func(p expect.Point, m panel.Month) int { return cmp.Compare(p.Month, m) })
	return s.Points[:i:i]
}

// since are the points from month m on.
func since(points []expect.Point, m panel.Month) []expect.Point {
	i, _ := slices.BinarySearchFunc(points, m, func(p expect.Point, m panel.Month) int { return cmp.Compare(p.Month, m) })
	return points[i:]
}

// highest is the earliest point with the largest value.
func highest(points []expect.Point) expect.Point {
	return slices.MaxFunc(points, func(a, b expect.Point) int { return cmp.Compare(a.Value, b.Value) })
}

func medianValue(points []expect.Point) float64 {
	var values []float64
	for _, p := range points {
		values = append(values, p.Value)
	}
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}

// differs reports whether a lies above b by more than the sampling errors of
// both. Without an error of a nobody can tell, and the difference counts. The
// errors are taken as independent: months that share devices differ by less.
func differs(a, b expect.Point) bool {
	se := a.SE
	if !math.IsNaN(b.SE) {
		se = math.Hypot(a.SE, b.SE)
	}
	return a.Value > b.Value && (math.IsNaN(se) || a.Value-b.Value > z95*se)
}

// clean copies a history without the points that no rule could use: months
// after the judged one, months counted otherwise than it, and values that are
// no number. Series come ascending.
func clean(h History) History {
	out := History{Month: h.Month, Series: make([]Series, len(h.Series)), Restated: h.Restated, Panels: h.Panels, Primary: h.Primary}
	for _, l := range h.Lists {
		out.Lists = append(out.Lists, l.unbroken(h.Month))
	}
	for i, s := range h.Series {
		points := make([]expect.Point, 0, len(s.Points))
		for _, p := range s.Points {
			if p.Month <= h.Month && !math.IsNaN(p.Value) && !math.IsInf(p.Value, 0) {
				points = append(points, expect.Point{Month: p.Month, Value: p.Value, SE: errorOrNaN(p.SE)})
			}
		}
		slices.SortStableFunc(points, func(a, b expect.Point) int { return cmp.Compare(a.Month, b.Month) })
		s.Points = points
		out.Series[i] = s.unbroken(h.Month)
	}
	return out
}

// errorOrNaN takes a negative or infinite standard error for an unknown one.
func errorOrNaN(se float64) float64 {
	if se < 0 || math.IsInf(se, 0) {
		return math.NaN()
	}
	return se
}

// finite turns an infinity into "no such number".
func finite(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}
