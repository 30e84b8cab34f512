package indicator

import (
	"math"

	"panelwatch/etl/panel"
)

// Unusual are months that say little of a usual season, such as those of a
// pandemic, and their weight, from 0 to 1, among the others.
type Unusual struct {
	From, To panel.Month
	Weight   float64
}

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
		w := c.settings.weight(m)
		sum += w * 100 * d.Value() / level
		weights += w
	}
	if weights == 0 {
		return null("seasonal_index", now.Key.App, panel.All, now.Basis, ShortHistory)
	}
	return row("seasonal_index", now.Key, Result{Value: sum / weights, SE: math.NaN(), Basis: now.Basis}, now.N)
}

func (s Settings) weight(m panel.Month) float64 {
	w := 1.0
	for _, u := range s.Unusual {
		if m >= u.From && m <= u.To {
			w = min(w, u.Weight)
		}
	}
	return w
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
