package indicator

import (
	"math"
	"time"

	"panelwatch/etl/panel"
)

// changes compare a month's MUD with an earlier month's: 环比 and 同比. A missing
// base gives NULL, never zero.
func (c computation) changes(app panel.AppID) []Row {
	now, ok := c.now.devices(app, panel.All)
	if !ok {
		return nil
	}
	return []Row{c.change("mom", now, 1, growth(1)), c.change("yoy", now, 12, growth(1))}
}

// distantChanges compare it with others: 近6个月复合增长率 and 为某月的倍数,
// and in February 同比 of two months.
func (c computation) distantChanges(app panel.AppID) []Row {
	now, ok := c.now.devices(app, panel.All)
	if !ok {
		return nil
	}
	rows := []Row{c.toBase(now), c.change("cagr6", now, c.settings.CAGRSteps, growth(c.settings.CAGRSteps))}
	if c.month.OfYear() == time.February {
		rows = append(rows, c.twoMonths(now))
	}
	return rows
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
