package alerts

import (
	"math"
	"slices"

	"panelwatch/etl/panel"
)

// A level is the logarithm of a month's value.
type level struct {
	month panel.Month
	log   float64
}

// A jump is how far a value lies from what the months before lead one to
// expect, on the log scale.
type jump struct {
	size  float64 // the smaller of the distances from the last month and from the year's line
	scale float64 // robust standard deviation of the monthly changes, 0 when unknown
	most  float64 // the largest monthly change before, NaN when there was none
}

const (
	jumpMonths   = 12 // the line is that of so many months
	trendChanges = 4  // changes it takes to know a trend
	scaleChanges = 6  // and how much they scatter
)

// jumpTo measures now against the past, which has a month at least. The trend
// is the median slope between any two months (Theil and Sen). Against the last month alone every return from
// an odd month would be a jump, against the line alone every month after one.
func jumpTo(now level, past []level) jump {
	past = past[max(0, len(past)-jumpMonths-1):]
	changes := monthlyChanges(past)
	trend := 0.0
	if len(changes) >= trendChanges {
		trend = medianOf(slopes(past))
	}
	last := past[len(past)-1]
	byMonth := now.log - last.log - trend*float64(now.month-last.month)
	byLine := now.log - lineAt(now.month, past, trend)
	j := jump{size: byMonth, most: math.NaN()}
	if math.Abs(byLine) < math.Abs(byMonth) {
		j.size = byLine
	}
	if math.Signbit(byLine) != math.Signbit(byMonth) {
		j.size = 0
	}
	if len(changes) >= scaleChanges {
		j.scale = 1.4826 * medianOf(distances(changes, trend))
	}
	if len(changes) > 0 {
		j.most = math.Expm1(slices.Max(distances(changes, 0)))
	}
	return j
}

// monthlyChanges are the changes from month to month; one over a gap is spread
// over it.
func monthlyChanges(past []level) (out []float64) {
	for i := 1; i < len(past); i++ {
		out = append(out, (past[i].log-past[i-1].log)/float64(past[i].month-past[i-1].month))
	}
	return out
}

// slopes are the changes a month between any two months.
func slopes(past []level) (out []float64) {
	for i, later := range past {
		for _, earlier := range past[:i] {
			out = append(out, (later.log-earlier.log)/float64(later.month-earlier.month))
		}
	}
	return out
}

// lineAt is the median of the past, each month carried on to m by the trend.
func lineAt(m panel.Month, past []level, trend float64) float64 {
	carried := make([]float64, len(past))
	for i, p := range past {
		carried[i] = p.log + trend*float64(m-p.month)
	}
	return medianOf(carried)
}

func distances(x []float64, from float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = math.Abs(v - from)
	}
	return out
}

// medianOf is the median of x, which stays as it is.
func medianOf(x []float64) float64 {
	s := slices.Sorted(slices.Values(x))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
