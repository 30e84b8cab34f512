package indicator

import (
	"math"
	"slices"
	"time"

	"panelwatch/etl/panel"
)

// changes compare a month's MUD with an earlier month's: 环比, 同比 and
// 近6个月复合增长率. A missing base gives NULL, never zero.
func (c computation) changes(app panel.AppID) []Row {
	now, ok := c.now.devices(app, panel.All)
	if !ok {
		return nil
	}
	rows := []Row{
		c.toBase(now),
		c.change("mom", now, 1, growth(1)),
		c.change("yoy", now, 12, growth(1)),
		c.change("cagr6", now, c.settings.CAGRSteps, growth(c.settings.CAGRSteps)),
	}
	if c.month.OfYear() == time.February {
		rows = append(rows, c.twoMonths(now))
	}
	return rows
}

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

// toBase is the multiple of a fixed month; no month is compared with a later one.
func (c computation) toBase(now Quantity) Row {
	if c.settings.BaseMonth > c.month {
		return null("ratio_to_base", now.Key.App, panel.All, now.Basis, NoBase)
	}
	return c.change("ratio_to_base", now, int(c.month-c.settings.BaseMonth), quotient(1))
}

func (c computation) change(name string, now Quantity, lag int, f formula) Row {
	then := c.history[c.month-panel.Month(lag)]
	base, ok := then.devices(now.Key.App, now.Key.Segment)
	if !ok {
		if printed, has := c.delivered(name, name, now.Key); has {
			return printed
		}
		return null(name, now.Key.App, now.Key.Segment, now.Basis, NoBase)
	}
	if why := c.against(then, now.Key.Segment); why != nil {
		return null(name, now.Key.App, now.Key.Segment, now.Basis, why...)
	}
	r, ok := apply(f, now, base)
	if !ok {
		return null(name, now.Key.App, now.Key.Segment, now.Basis, NoBase)
	}
	return row(name, now.Key, r, min(now.N, base.N), c.changeFlags(name, now, base)...)
}

func (c computation) changeFlags(name string, now, base Quantity) (flags []Flag) {
	if now.Basis != base.Basis {
		flags = append(flags, BasisChanged)
	}
	if name == "mom" && (now.Month.OfYear() == time.February || base.Month.OfYear() == time.February) {
		flags = append(flags, February)
	}
	if c.settings.thin(now, c.settings.MinChange) || c.settings.thin(base, c.settings.MinChange) {
		flags = append(flags, LowBase)
	}
	return flags
}

// growth is (x0/x1)^(1/steps) - 1, undefined on a base that is not positive.
func growth(steps int) formula {
	return func(x []float64) (float64, bool) {
		if x[1] <= 0 || x[0] < 0 {
			return 0, false
		}
		return math.Pow(x[0]/x[1], 1/float64(steps)) - 1, true
	}
}

func unknownError(r Result) Result {
	r.SE = math.NaN()
	return r
}
