package indicator

import (
	"fmt"
	"math"
	"slices"
	"time"

	"panelwatch/etl/panel"
)

// records look back: 历史新高 and 季节指数 over the whole history, 年峰值 over the
// year, 小高峰 over a year, 节假日效应 over two.
func (c computation) records(app panel.AppID) []Row {
	now, ok := c.now.devices(app, panel.All)
	if !ok {
		return nil
	}
	rows := []Row{c.recordHigh(now), c.annualPeak(now), c.localPeak(now), c.seasonalIndex(now)}
	if r, ok := c.holidayEffect(now); ok {
		rows = append(rows, r)
	}
	return rows
}

func (c computation) recordHigh(now Quantity) Row {
	var best Quantity
	months, others := 0, 0 // comparable, and under other terms
	for m, f := range c.history {
		d, ok := f.devices(now.Key.App, panel.All)
		switch {
		case !ok || m >= c.month:
		case c.against(f, panel.All) != nil:
			others++
		default:
			months++
			if d.Value() > best.Value() || d.Value() == best.Value() && m < best.Month {
				best = d
			}
		}
	}
	switch {
	case months < c.settings.RecordMonths && months+others >= c.settings.RecordMonths:
		return null("record_high", now.Key.App, panel.All, now.Basis, ShortHistory, TermsDiffer)
	case months < c.settings.RecordMonths:
		return null("record_high", now.Key.App, panel.All, now.Basis, ShortHistory)
	}
	r := Result{Value: 0, SE: math.NaN(), Basis: now.Basis}
	if now.Value() > best.Value() {
		r.Value = 1
	}
	out := row("record_high", now.Key, r, now.N)
	if r.Value == 1 {
		out.Flags = withinError(now, best)
	}
	out.At = best.Month
	return out
}

func (c computation) annualPeak(now Quantity) Row {
	peak, second, year := now, Quantity{}, []Quantity{now}
	for m := panel.MonthOf(c.month.Year(), time.January); m <= c.month; m++ {
		d, ok := c.history[m].devices(now.Key.App, panel.All)
		if !ok || m == peak.Month {
			continue
		}
		year = append(year, d)
		switch why := c.against(c.history[m], panel.All); {
		case why != nil:
			return null("annual_peak", now.Key.App, panel.All, now.Basis, why...)
		case d.Value() > peak.Value(), d.Value() == peak.Value() && m < peak.Month:
			peak, second = d, peak
		case d.Value() > second.Value():
			second = d
		}
	}
	r, _ := apply(identity, peak)
	out := row("annual_peak", peak.Key, r, peak.N)
	out.At = peak.Month
	if c.month.OfYear() != time.December {
		out.Flags = append(out.Flags, Provisional)
	}
	if gap, ok := apply(difference, peak, second); ok && second.Value() > 0 && gap.Value < 1.96*gap.SE {
		out.Flags = append(out.Flags, ArgmaxOpen)
	}
	out.Flags = append(out.Flags, argmaxShare(peak, year)...)
	return out
}

// argmaxShare says in how many replicates another month is the peak, if in any.
func argmaxShare(peak Quantity, year []Quantity) []Flag {
	if commonBasis(year) != panel.FromPanel {
		return nil
	}
	same := 0
	for g := 1; g <= panel.Groups; g++ {
		if !slices.ContainsFunc(year, func(d Quantity) bool { return d.Estimate[g] > peak.Estimate[g] }) {
			same++
		}
	}
	if same == panel.Groups {
		return nil
	}
	return []Flag{Flag(fmt.Sprintf("argmax_%d_of_%d", same, panel.Groups))}
}

func difference(x []float64) (float64, bool) { return x[0] - x[1], true }

// crossings marks the app and segment whose devices crossed one of their
// thresholds upward this month: one row each, however many thresholds it has.
func (c computation) crossings() (rows []Row) {
	at := map[panel.Key]int{}
	for _, t := range c.settings.Thresholds {
		r, ok := c.crossing(t)
		if !ok {
			continue
		}
		k := panel.Key{App: t.App, Segment: t.Segment}
		if i, known := at[k]; known {
			if r.Value > rows[i].Value {
				rows[i] = r
			}
			continue
		}
		at[k] = len(rows)
		rows = append(rows, r)
	}
	return rows
}

func (c computation) crossing(t Threshold) (Row, bool) {
	now, ok := c.now.devices(t.App, t.Segment)
	if !ok {
		return Row{}, false
	}
	then := c.history[c.month-1]
	before, ok := then.devices(t.App, t.Segment)
	if !ok {
		return null("threshold_cross", t.App, t.Segment, now.Basis, NoBase), true
	}
	if why := c.against(then, t.Segment); why != nil {
		return null("threshold_cross", t.App, t.Segment, now.Basis, why...), true
	}
	r := Result{SE: math.NaN(), Basis: now.Basis}
	if now.Value() >= t.Devices && before.Value() < t.Devices {
		r.Value = 1
		level := Quantity{Basis: now.Basis, Estimate: panel.Constant(t.Devices), Constant: true}
		return row("threshold_cross", now.Key, r, now.N, withinError(now, level)...), true
	}
	return row("threshold_cross", now.Key, r, now.N), true
}
