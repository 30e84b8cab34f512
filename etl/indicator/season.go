package indicator

import (
	"math"

	"panelwatch/etl/panel"
)

// Months of the pandemic say little of a usual season.
var (
	pandemicFrom, pandemicTo = panel.MustMonth("2020-02"), panel.MustMonth("2022-12")
	pandemicWeight           = 0.25
)

// seasonalIndex is what the same month of earlier years stood at against the
// twelve months around it, 100 = an average month. It needs half a year after
// the month it looks at, so that the year itself never counts.
func (c computation) seasonalIndex(now Quantity) Row {
	months := 0
	for m, f := range c.history {
		if _, ok := f.devices(now.Key.App, panel.All); ok && m <= c.month && c.against(f, panel.All) == nil {
			months++
		}
	}
	var sum, weights float64
	for m := c.month - 12; months >= 24 && m > c.month-panel.Month(12*len(c.history)); m -= 12 {
		level, ok := c.centred(now.Key, m)
		d, why := c.earlier(now.Key, m)
		if !ok || why != nil {
			continue
		}
		w := 1.0
		if m >= pandemicFrom && m <= pandemicTo {
			w = pandemicWeight
		}
		sum += w * 100 * d.Value() / level
		weights += w
	}
	if weights == 0 {
		return null("seasonal_index", now.Key.App, panel.All, now.Basis, ShortHistory)
	}
	return row("seasonal_index", now.Key, Result{Value: sum / weights, SE: math.NaN(), Basis: now.Basis}, now.N)
}

// centred is the mean of twelve months around m: from half of the sixth before
// to half of the sixth after it.
func (c computation) centred(k panel.Key, m panel.Month) (level float64, ok bool) {
	for lag := panel.Month(-6); lag <= 6; lag++ {
		d, why := c.earlier(k, m+lag)
		if why != nil {
			return 0, false
		}
		w := 1.0
		if lag == -6 || lag == 6 {
			w = 0.5
		}
		level += w * d.Value() / 12
	}
	return level, level > 0
}
