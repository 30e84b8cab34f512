package indicator

import "panelwatch/etl/panel"

// derived are made of two levels of one month: 粘性, 月人均使用天数 and 月度总有效时长.
func (c computation) derived(app panel.AppID) (rows []Row) {
	k := panel.Key{App: app, Segment: panel.All}
	if seconds, ok := c.now.sum(app, panel.All, seconds); ok {
		if r, ok := apply(over(3600), seconds); ok {
			rows = append(rows, row("total_hours", k, panelError(r), seconds.N, c.settings.levelFlags(seconds)...))
		}
	}
	days, hasDays := c.now.sum(app, panel.All, deviceDays)
	d, ok := c.now.devices(app, panel.All)
	if !ok || !hasDays {
		return rows
	}
	for _, want := range []struct {
		name string
		per  float64
	}{{"stickiness", float64(c.month.Days())}, {"active_days_per_device", 1}} {
		r, ok := apply(quotient(want.per), days, d)
		if !ok {
			rows = append(rows, null(want.name, app, panel.All, d.Basis, NoBase))
			continue
		}
		rows = append(rows, row(want.name, k, panelError(r), d.N, c.settings.levelFlags(d)...))
	}
	return rows
}

// minutesPerUse is the time of one use: from the sums, else from the two
// ratios that the vendor printed.
func (c computation) minutesPerUse(k panel.Key) (Row, bool) {
	time, hasTime := c.now.sum(k.App, k.Segment, seconds)
	uses, hasUses := c.now.sum(k.App, k.Segment, uses)
	if hasTime && hasUses {
		r, ok := apply(quotient(60), time, uses)
		if !ok {
			return null("minutes_per_use", k.App, k.Segment, time.Basis, NoBase), true
		}
		return row("minutes_per_use", k, panelError(r), time.N, c.settings.levelFlags(time)...), true
	}
	minutes, hasMinutes := c.delivered("minutes_per_use", "minutes_per_device_day", k)
	perDay, hasPerDay := c.delivered("minutes_per_use", "uses_per_device_day", k)
	if !hasMinutes || !hasPerDay {
		return Row{}, false
	}
	if perDay.Value == 0 {
		return null("minutes_per_use", k.App, k.Segment, panel.FromVendor, NoBase), true
	}
	minutes.Value /= perDay.Value
	minutes.Flags = nil // computed here, of two printed ratios
	return minutes, true
}

// panelError keeps an error only where replicates gave it: sums of days, uses
// and seconds are no counts of devices, so that a declared sample says nothing
// of them.
func panelError(r Result) Result {
	if r.Basis != panel.FromPanel {
		return unknownError(r)
	}
	return r
}

func seconds(c cells, k panel.Key) Sum { return c[k].Seconds }

func uses(c cells, k panel.Key) Sum { return c[k].Uses }

func over(n float64) formula {
	return func(x []float64) (float64, bool) { return x[0] / n, true }
}
