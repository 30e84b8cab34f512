package alerts

import (
	"fmt"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

var holidayPeak = Rule{
	Name: "holiday_peak",
	Zh:   "节假日或其预售期所在月份高于平常：创新高或超出预期为告警，在预期内则如期告知",
	En:   "A month with a holiday or its ticket presale rises above the ordinary: fired when a record or above the band, expected when the season foretold it.",
	Check: func(h History, k Knowledge, p Params) (out []Finding) {
		for _, s := range h.totals() {
			if f, ok := judgeHolidayPeak(s, h.Month, k, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// judgeHolidayPeak is silent when no window touches the month, when the month
// does not rise, and when it rises inside its band without being a peak.
func judgeHolidayPeak(s Series, m panel.Month, k Knowledge, p Params) (f Finding, ok bool) {
	now, have := s.at(m)
	if !have {
		return Finding{}, false
	}
	f = aboutSeries("holiday_peak", s, now, p)
	if !k.Calendar.Covers(m) && k.Calendar.Moves(s.Profile, calendar.Presale, calendar.Holiday) {
		return f.unless(NotEvaluable, beyondCalendar(k.Calendar.CoversThrough())), true
	}
	w, found := mainWindow(k.Calendar.Windows(s.Profile, m), calendar.Presale, calendar.Holiday)
	record, isRecord := judgeRecord(s, m, p)
	isRecord = isRecord && record.Verdict == Fired
	if !found || !isRecord && !rises(now, since(s.before(m), m-12), p) {
		return Finding{}, false
	}
	fc, reason, can := k.expects(s, m)
	if !can && !isRecord {
		return f.unless(NotEvaluable, lacking(s.Breaks, 0, m, noForecast(len(s.before(m)), reason))), true
	}
	if can {
		f = f.expecting(fc)
	}
	f.Label, f.LabelEn = windowFact(w).Zh, windowFact(w).En
	if isRecord {
		f = f.because(record.Facts...)
	}
	f = f.because(windowFact(w))
	switch above := can && now.Value > fc.High; {
	case isRecord || above:
		return f, true
	case fc.Seasonal && now.Value >= fc.Low:
		f.Verdict = Expected
		return f, true
	}
	return Finding{}, false
}

// rises reports whether a month stands above the median of the year before it
// by at least p.MinEffect and by more than its sampling error. It takes some
// months to know a median.
func rises(now expect.Point, year []expect.Point, p Params) bool {
	if len(year) < p.ordinary() {
		return false
	}
	ordinary := medianValue(year)
	return now.Value >= ordinary*(1+p.MinEffect) && differs(now, expect.Point{Value: ordinary, SE: 0})
}

// mainWindow is the one that moves most people in the month: the longest
// holiday, by the share of its window that falls in the month.
func mainWindow(ws []calendar.Window, kinds ...calendar.Kind) (best calendar.Window, found bool) {
	weight := func(w calendar.Window) float64 { return w.Share * float64(max(1, w.DaysOff)) }
	for _, w := range ws {
		if place(kinds, w.Kind) < len(kinds) && (!found || weight(w) > weight(best)) {
			best, found = w, true
		}
	}
	return best, found
}

// windowFact names a window with its first sale or its dates, where they are
// sure enough to be told.
func windowFact(w calendar.Window) Fact {
	switch {
	case !w.Confirmed:
		return Fact{w.Zh + "期间", "during the " + w.En}
	case w.Kind == calendar.Presale:
		return Fact{
			fmt.Sprintf("%s %s 起", w.Zh, w.FirstSale.Format("1/2")),
			fmt.Sprintf("%s from %s", w.En, w.FirstSale.Format("Jan 2")),
		}
	}
	return Fact{
		fmt.Sprintf("%s %s–%s", w.Zh, w.First.Format("1/2"), w.Last.Format("1/2")),
		fmt.Sprintf("%s %s–%s", w.En, w.First.Format("Jan 2"), w.Last.Format("Jan 2")),
	}
}
