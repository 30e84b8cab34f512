package alerts

import (
	"fmt"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

var filingSeason = Rule{
	Name: "filing_season",
	Zh:   "申报期内的年度高峰：每年首次冲高时告知一次，再创年内新高时再告知",
	En:   "The surge of the tax filing season: told at its first month of the year, and again at a new maximum of the season.",
	Check: func(h History, k Knowledge, p Params) (out []Finding) {
		for _, s := range h.totals() {
			if f, ok := judgeFiling(s, h.Month, k, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// judgeFiling works from two ordinary months on, so that a series that begins
// in January has its first season told.
func judgeFiling(s Series, m panel.Month, k Knowledge, p Params) (f Finding, ok bool) {
	now, have := s.at(m)
	if !have {
		return Finding{}, false
	}
	f = aboutSeries("filing_season", s, now, p)
	if !k.Calendar.Covers(m) && k.Calendar.Moves(s.Profile, calendar.Filing) {
		return f.unless(NotEvaluable, beyondCalendar(k.Calendar.CoversThrough())), true
	}
	w, found := mainWindow(k.Calendar.Windows(s.Profile, m), calendar.Filing)
	if !found {
		return Finding{}, false
	}
	ordinary := ordinaryMonths(s, m, k.Calendar)
	if len(ordinary) < 2 {
		return f.unless(NotEvaluable, lacking(s.Breaks, m-12, m, tooShort(len(ordinary)))), true
	}
	base := medianValue(ordinary)
	surges := func(pt expect.Point) bool { return surge(pt, base, p.MinEffect) }
	if !surges(now) || toldEarlier(now, s, w, surges) {
		return Finding{}, false
	}
	f.Verdict, f.Label, f.LabelEn = Expected, w.Zh, w.En
	return f.because(filingFact(w, now.Value/base-1)), true
}

// ordinaryMonths are the months of the last twelve before m that lie outside
// the filing season.
func ordinaryMonths(s Series, m panel.Month, c *calendar.Calendar) (out []expect.Point) {
	for _, pt := range since(s.before(m), m-12) {
		if _, filing := mainWindow(c.Windows(s.Profile, pt.Month), calendar.Filing); !filing {
			out = append(out, pt)
		}
	}
	return out
}

// toldEarlier reports whether the season's surge was told in an earlier month
// that is as high as this one, as far as sampling error can tell.
func toldEarlier(now expect.Point, s Series, w calendar.Window, surges func(expect.Point) bool) bool {
	for _, pt := range since(s.before(now.Month), panel.MonthIn(w.First)) {
		if surges(pt) && !differs(now, pt) {
			return true
		}
	}
	return false
}

func filingFact(w calendar.Window, rise float64) Fact {
	f := windowFact(w)
	return Fact{
		fmt.Sprintf("%s，高于平常月份中位数 %s", f.Zh, percent(rise)),
		fmt.Sprintf("%s, %s above the median of ordinary months", f.En, percent(rise)),
	}
}
