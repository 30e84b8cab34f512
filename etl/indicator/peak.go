package indicator

import (
	"math"

	"panelwatch/etl/panel"
)

// localPeak says whether the month before was a 小高峰: a peak is known only
// when the month after it is. A plateau counts by its first month, which is
// where At points.
func (c computation) localPeak(now Quantity) Row {
	absent := func(why ...Flag) Row {
		return null("local_peak", now.Key.App, panel.All, now.Basis, why...)
	}
	peak, why := c.earlier(now.Key, c.month-1)
	if why != nil {
		return absent(why...)
	}
	left, why := c.earlier(now.Key, peak.Month-1)
	for why == nil && left.Value() == peak.Value() {
		peak = left
		left, why = c.earlier(now.Key, peak.Month-1)
	}
	if why != nil {
		return absent(why...)
	}
	out := row("local_peak", now.Key, Result{SE: math.NaN(), Basis: now.Basis}, peak.N)
	out.At = peak.Month
	if left.Value() > peak.Value() || now.Value() >= peak.Value() {
		return out
	}
	foot := c.foot(peak, left, now)
	if peak.Value()-foot.Value() < c.settings.MinProminence*peak.Value() {
		return out
	}
	out.Value, out.Flags = 1, withinError(peak, foot)
	return out
}

// foot is what the prominence of a peak is measured from: the higher of the
// lowest month before it, back to a higher one or a year, and the month after.
func (c computation) foot(peak, left, after Quantity) Quantity {
	lowest := left
	for m := left.Month; m > peak.Month-12; m-- {
		d, why := c.earlier(peak.Key, m)
		if why != nil || d.Value() > peak.Value() {
			break
		}
		if d.Value() < lowest.Value() {
			lowest = d
		}
	}
	if after.Value() > lowest.Value() {
		return after
	}
	return lowest
}

// earlier is the devices of an earlier month, or why it cannot be compared.
func (c computation) earlier(k panel.Key, m panel.Month) (Quantity, []Flag) {
	d, ok := c.history[m].devices(k.App, k.Segment)
	if !ok {
		return d, []Flag{NoBase}
	}
	return d, c.against(c.history[m], k.Segment)
}

// withinError flags a statement that one quantity is above another where their
// difference is not beyond 1.96 of its errors.
func withinError(above, below Quantity) []Flag {
	gap, ok := apply(difference, above, below)
	if ok && gap.Value < 1.96*gap.SE {
		return []Flag{WithinError}
	}
	return nil
}
