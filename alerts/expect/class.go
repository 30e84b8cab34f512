package expect

import (
	"math"
	"slices"

	"panelwatch/etl/panel"
)

// A Class says how a month stands to what was expected of it.
type Class string

// Classes. A month outside its interval is one of the first five; one inside
// is a record, a peak, or ordinary.
const (
	LevelShift     Class = "level_shift"     // the month before was as odd, on the same side
	Recovery       Class = "recovery"        // high after a fall, and not yet back where it fell from
	MissingPeak    Class = "missing_peak"    // low where season and holidays foretold a peak
	UnexpectedHigh Class = "unexpected_high" // above the interval
	UnexpectedLow  Class = "unexpected_low"  // below the interval
	RecordHigh     Class = "record_high"     // above every month before, of two years or more
	ExpectedPeak   Class = "expected_peak"   // season and holidays foretold it
	Ordinary       Class = "ordinary"
)

const (
	recoveryMonths = 3  // after a fall
	recordMonths   = 24 // of history that a record needs
)

// Class says how a value of the month asked for stands to the forecast.
func (f Forecast) Class(q Question, value float64) Class {
	past := q.usable()
	high, low := value > f.High, value < f.Low
	switch {
	case (high || low) && f.stays(past, value):
		return LevelShift
	case high && f.recovers(q, past, value):
		return Recovery
	case low && f.Seasonal:
		return MissingPeak
	case high:
		return UnexpectedHigh
	case low:
		return UnexpectedLow
	case len(past) >= recordMonths && value > highest(past):
		return RecordHigh
	case f.Seasonal:
		return ExpectedPeak
	}
	return Ordinary
}

// stays reports whether the newest month before was odd too, and the value
// lies nearer to where that month left the level than to the forecast.
func (f Forecast) stays(past []Point, value float64) bool {
	last := past[len(past)-1].Month
	s := scaleOf(f.Share)
	for _, o := range f.Odd {
		if o.Month == last {
			off, was := s.to(value)-s.to(f.Expected), math.Log1p(o.Effect)
			return off*was > 0 && math.Abs(off) > math.Abs(was)/2
		}
	}
	return false
}

// recovers reports whether the level fell in the last three months, and the
// value is not above where it fell from.
func (f Forecast) recovers(q Question, past []Point, value float64) bool {
	for _, o := range f.Odd {
		if o.Effect < 0 && q.Next-o.Month <= recoveryMonths {
			i, _ := slices.BinarySearchFunc(past, o.Month, func(p Point, m panel.Month) int { return int(p.Month - m) })
			return i > 0 && value < past[i-1].Value
		}
	}
	return false
}

func highest(past []Point) float64 {
	top := math.Inf(-1)
	for _, p := range past {
		top = math.Max(top, p.Value)
	}
	return top
}
