package indicator

import "panelwatch/etl/panel"

// levels are the numbers of one month alone: MUD, daily average, use per
// device and day, penetration.
func (c computation) levels(app panel.AppID) []Row {
	k := panel.Key{App: app, Segment: panel.All}
	rows := c.counts(k)
	rows = append(rows, c.intensity(k)...)
	if d, ok := c.now.devices(app, panel.All); ok {
		rows = append(rows, c.penetrations(d)...)
	}
	return rows
}

func (c computation) counts(k panel.Key) (rows []Row) {
	if d, ok := c.now.devices(k.App, k.Segment); ok {
		if r, ok := apply(identity, d); ok {
			rows = append(rows, row("mud", k, r, d.N, c.settings.levelFlags(d)...))
		}
	}
	if k.Segment != panel.All {
		return rows
	}
	if days, ok := c.now.sum(k.App, k.Segment, deviceDays); ok {
		if r, ok := apply(perDay(c.month.Days()), days); ok {
			rows = append(rows, row("dau_avg", k, dailyError(r, days, c.month.Days()), days.N, c.settings.levelFlags(days)...))
		}
	}
	return rows
}

// dailyError replaces the assumed error of a mean of days: declared samples
// say nothing of how days go together, so the error of one single day is
// taken, an upper bound.
func dailyError(r Result, days Quantity, n int) Result {
	if days.Basis != panel.Assumed {
		return r
	}
	day := days
	day.Estimate = panel.Constant(days.Value() / float64(n))
	if one, ok := apply(identity, day); ok {
		r.SE = one.SE
	}
	return r
}

// intensity is per day of use: the days on which a device did not use the app
// do not count.
func (c computation) intensity(k panel.Key) (rows []Row) {
	days, has := c.now.sum(k.App, k.Segment, deviceDays)
	for _, want := range []struct {
		name string
		of   measure
		per  float64
	}{
		{"uses_per_device_day", uses, 1},
		{"minutes_per_device_day", seconds, 60},
	} {
		if r, ok := c.delivered(want.name, want.name, k); ok {
			rows = append(rows, r)
			continue
		}
		total, ok := c.now.sum(k.App, k.Segment, want.of)
		if !ok || !has {
			continue
		}
		r, ok := apply(quotient(want.per), total, days)
		if !ok {
			continue
		}
		if r.Basis != panel.FromPanel {
			r = unknownError(r) // totals of uses and seconds are no counts of devices
		}
		rows = append(rows, row(want.name, k, r, days.N, c.settings.levelFlags(days)...))
	}
	if r, ok := c.minutesPerUse(k); ok {
		rows = append(rows, r)
	}
	return rows
}

func (c computation) penetrations(d Quantity) (rows []Row) {
	if u, ok := c.now.universe(); !ok {
		rows = append(rows, null("penetration_all", d.Key.App, panel.All, d.Basis, NoBase))
	} else if r, ok := apply(quotient(1), d, u); ok {
		rows = append(rows, row("penetration_all", d.Key, r, d.N, c.settings.levelFlags(d)...))
	}
	category, ok := c.settings.Categories[d.Key.App]
	if !ok {
		return rows
	}
	base, ok := c.now.devices(panel.AllNetwork, panel.Segment{Dimension: panel.Category, Member: category})
	if !ok {
		return rows
	}
	if r, ok := apply(quotient(1), d, base); ok {
		rows = append(rows, row("penetration_industry", d.Key, r, d.N, c.settings.levelFlags(d)...))
	}
	return rows
}

func deviceDays(c cells, k panel.Key) Sum { return c[k].DeviceDays }

func identity(x []float64) (float64, bool) { return x[0], true }

func perDay(days int) formula {
	return func(x []float64) (float64, bool) { return x[0] / float64(days), true }
}

// quotient is x0 / x1 / per, undefined on a zero base.
func quotient(per float64) formula {
	return func(x []float64) (float64, bool) {
		if x[1] == 0 {
			return 0, false
		}
		return x[0] / x[1] / per, true
	}
}
