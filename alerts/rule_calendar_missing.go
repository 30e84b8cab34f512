package alerts

import (
	"fmt"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

var calendarMissing = Rule{
	Name:  "calendar_missing",
	Zh:    "日历表未覆盖其后若干个月：不足时告知一次，下月已无日历时再告知一次",
	En:    "The calendar tables do not cover the months ahead: told once when they begin to lack, and again when the very next month is not covered.",
	Lasts: saidAgain,
	Data:  true,
	Check: func(h History, k Knowledge, p Params) []Finding {
		gap, ok := CalendarGap(k.Calendar, h.Month, p.MonthsAhead)
		if !ok {
			return nil
		}
		f := about("calendar_missing", h.Month, Subject{Segment: panel.All}, p).because(gap.What())
		if told := max(gap.Since, h.first()); told < h.Month {
			f = f.lasting(toldIn(told))
		}
		return []Finding{f}
	},
}

// A Gap says that the calendar ends too soon.
type Gap struct {
	Through panel.Month // the last month covered
	Since   panel.Month // the month that first lacked as much
	Now     bool        // not even the next month is covered
	Ahead   int         // how many months are to be covered
}

// CalendarGap says what the tables lack ahead of month m; ok is false when
// they cover so many months after it.
func CalendarGap(c *calendar.Calendar, m panel.Month, ahead int) (g Gap, ok bool) {
	through := c.CoversThrough()
	g = Gap{Through: through, Since: through - panel.Month(ahead) + 1, Ahead: ahead}
	if m >= through {
		g.Since, g.Now = through, true
	}
	return g, m+panel.Month(ahead) > through
}

// What says it in both languages.
func (g Gap) What() Fact {
	f := Fact{
		fmt.Sprintf("放假安排与农历表只到 %s，不足其后 %d 个月", g.Through, g.Ahead),
		fmt.Sprintf("days off and lunar dates end with %s, less than %d months ahead", g.Through, g.Ahead),
	}
	if g.Now {
		f = Fact{
			fmt.Sprintf("放假安排与农历表只到 %s，此后节假日与申报期无法评估", g.Through),
			fmt.Sprintf("days off and lunar dates end with %s: holidays and filing seasons after it are not evaluable", g.Through),
		}
	}
	return f
}

// first is the earliest month that anything is known of, the judged one when
// nothing is.
func (h History) first() panel.Month {
	first := h.Month
	for _, s := range h.Series {
		if len(s.Points) > 0 {
			first = min(first, s.Points[0].Month)
		}
	}
	return first
}
