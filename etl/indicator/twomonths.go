package indicator

import (
	"slices"

	"panelwatch/etl/panel"
)

// JanFeb is January and February taken together: Spring Festival moves between
// them, and with it the growth of either month.
var JanFeb = panel.Segment{Dimension: "period", Member: "01-02"}

// twoMonths is 同比 of the means of January and February.
func (c computation) twoMonths(now Quantity) Row {
	in := []Quantity{now}
	for _, lag := range []panel.Month{1, 12, 13} {
		d, why := c.earlier(now.Key, c.month-lag)
		if why != nil {
			return null("yoy", now.Key.App, JanFeb, now.Basis, why...)
		}
		in = append(in, d)
	}
	r, ok := apply(growthOfTwo, in...)
	if !ok {
		return null("yoy", now.Key.App, JanFeb, now.Basis, NoBase)
	}
	out := row("yoy", panel.Key{App: now.Key.App, Segment: JanFeb}, r, now.N, c.mixed(in)...)
	for _, d := range in {
		out.N = min(out.N, d.N)
		if c.settings.thin(d, c.settings.MinChange) && !slices.Contains(out.Flags, LowBase) {
			out.Flags = append(out.Flags, LowBase)
		}
	}
	return out
}

// growthOfTwo is (x0 + x1)/(x2 + x3) - 1.
func growthOfTwo(x []float64) (float64, bool) {
	return growth(1)([]float64{x[0] + x[1], x[2] + x[3]})
}
