package alerts

import (
	"fmt"
	"math"
	"slices"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A peak that the calendar foretold and that did not come. The month of the
// peak is not known beforehand where the calendar opens a filing season: that
// is judged when the season closes.
var missingPeak = Rule{
	Name: "missing_peak",
	Zh:   "日历或季节预示的高峰没有出现：申报期结束仍无冲高，或当月远低于预期高峰",
	En:   "A peak that calendar or season foretold did not come: a filing season closed without a surge, or a month far below its expected peak.",
	Check: func(h History, k Knowledge, p Params) (out []Finding) {
		limit, _ := batchLimit(h, k, p.FDR)
		for _, s := range h.totals() {
			now, have := s.at(h.Month)
			if !have {
				continue
			}
			if w, filing := mainWindow(k.Calendar.Windows(s.Profile, h.Month), calendar.Filing); filing {
				if f, ok := judgeSeason(s, now, w, k, p); ok {
					out = append(out, f)
				}
			} else if f, ok := judgeMissing(s, now, k, p, limit); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// judgeSeason speaks in the last month of a filing season. It is silent when
// one of the season's months surged.
func judgeSeason(s Series, now expect.Point, w calendar.Window, k Knowledge, p Params) (f Finding, ok bool) {
	if panel.MonthIn(w.Last) != now.Month {
		return Finding{}, false
	}
	f = aboutSeries("missing_peak", s, now, p)
	first := panel.MonthIn(w.First)
	season := since(s.before(now.Month+1), first)
	ordinary := ordinaryMonths(s, now.Month, k.Calendar)
	base := medianValue(ordinary)
	highestNow := highest(season)
	switch {
	case len(ordinary) >= 2 && surge(highestNow, base, p.MinEffect):
		return Finding{}, false
	case len(ordinary) < 2:
		return f.unless(NotEvaluable, lacking(s.Breaks, first-12, now.Month, tooShort(len(ordinary)))), true
	case len(season) <= int(now.Month-first):
		return f.unless(NotEvaluable, seasonIncomplete(len(season), int(now.Month-first)+1)), true
	case !surgedBefore(s, first, k.Calendar, p.MinEffect):
		return f.unless(NotEvaluable, noSurgeBefore), true
	}
	f = f.because(noSurge(w, highestNow, base))
	if highestNow.Value+z95*errorOrZero(highestNow.SE) >= base*(1+p.MinEffect) {
		return f.unless(Noise, withinError), true
	}
	f.Label = "申报期无高峰"
	return f, true
}

// surge reports whether a month stands above the ordinary ones by at least
// effect and by more than its sampling error.
func surge(pt expect.Point, base, effect float64) bool {
	return pt.Value >= base*(1+effect) && differs(pt, expect.Point{Value: base})
}

// surgedBefore reports whether an earlier filing season of the series had a
// surge: an app that never had one misses none.
func surgedBefore(s Series, first panel.Month, c *calendar.Calendar, effect float64) bool {
	for _, pt := range s.before(first) {
		if _, filing := mainWindow(c.Windows(s.Profile, pt.Month), calendar.Filing); !filing {
			continue
		}
		ordinary := ordinaryMonths(s, pt.Month, c)
		if len(ordinary) >= 2 && surge(pt, medianValue(ordinary), effect) {
			return true
		}
	}
	return false
}

// judgeMissing compares a month with the peak that its season foretold. It
// misses the peak when it lacks more than half of it, so that it is nearer to
// a month without one; a month that is merely low is left to unexpected_low.
func judgeMissing(s Series, now expect.Point, k Knowledge, p Params, limit float64) (f Finding, ok bool) {
	fc, _, can := k.expects(s, now.Month)
	if !can || !lacksPeak(now, fc, p) {
		return Finding{}, false
	}
	f = aboutSeries("missing_peak", s, now, p).expecting(fc).because(peakLacking(fc))
	told, before := missedBefore(s, now.Month, k, p)
	switch {
	case !beyondError(now, fc):
		return f.unless(Noise, withinError), true
	case fc.P(now.Value) > limit:
		return f.unless(Noise, beyondChance), true
	case before:
		return f.lasting(toldIn(told)), true
	}
	f.Label = "预期高峰未出现"
	return f, true
}

func lacksPeak(now expect.Point, fc expect.Forecast, p Params) bool {
	half := math.Sqrt(1 + peakOf(fc))
	return fc.Seasonal && outside(now.Value, fc, -1) && now.Value <= fc.Expected/half && 1-now.Value/fc.Expected >= p.MinEffect
}

// peakOf is how far season and holidays lift the expectation: 0.32 for 32 %.
func peakOf(fc expect.Forecast) float64 { return (1+fc.Parts.Season)*(1+fc.Parts.Holiday) - 1 }

// missedBefore: a season of two months that does not come is told in the first.
func missedBefore(s Series, m panel.Month, k Knowledge, p Params) (told panel.Month, before bool) {
	var past []reading
	for t := m; t > m-12; t-- {
		pt, have := s.at(t)
		fc, _, can := k.expects(s, t)
		if !have || !can || !lacksPeak(pt, fc, p) {
			break
		}
		past = append(past, reading{month: t, size: math.Log(fc.Expected / pt.Value), sure: beyondError(pt, fc)})
	}
	slices.Reverse(past)
	return toldBefore(past, p.again())
}

func errorOrZero(se float64) float64 {
	if math.IsNaN(se) {
		return 0
	}
	return se
}

func seasonIncomplete(have, want int) Fact {
	return Fact{
		fmt.Sprintf("申报期 %d 个月中只有 %d 个月有数据", want, have),
		fmt.Sprintf("only %d of the season's %d months have a value", have, want),
	}
}

func noSurge(w calendar.Window, best expect.Point, base float64) Fact {
	f := windowFact(w)
	return Fact{
		fmt.Sprintf("%s内没有出现往年的高峰，最高为 %s，较平常月份中位数 %s", f.Zh, best.Month, signed(best.Value/base-1)),
		fmt.Sprintf("no surge in the %s: at most %s above the median of ordinary months, in %s", f.En, percent(best.Value/base-1), best.Month),
	}
}

func peakLacking(fc expect.Forecast) Fact {
	return Fact{
		fmt.Sprintf("预期的高峰（季节与节假日合计 %s）没有出现", signed(peakOf(fc))),
		fmt.Sprintf("the expected peak (season and holidays %s) did not come", signed(peakOf(fc))),
	}
}

var (
	noSurgeBefore = Fact{"往年申报期没有高峰可比", "no earlier season with a surge to compare with"}
	beyondChance  = Fact{"属偶然波动范围", "not beyond chance"}
)
