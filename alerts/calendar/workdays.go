package calendar

import (
	"time"

	"panelwatch/etl/panel"
)

// Workday reports whether people work on a day: Monday to Friday unless the
// yearly notice declares it off, Saturday and Sunday when it declares them to
// be worked. Where the notices are not known only the day of the week counts.
func (c *Calendar) Workday(day time.Time) bool {
	if off, declared := c.off.declared[day]; declared {
		return !off
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// AfterWorkdays is the n-th working day after a day. sure is false when the
// notices do not cover all days up to it.
func (c *Calendar) AfterWorkdays(day time.Time, n int) (then time.Time, sure bool) {
	for then = day; n > 0; {
		if then = then.AddDate(0, 0, 1); c.Workday(then) {
			n--
		}
	}
	return then, c.Covers(panel.MonthIn(day)) && c.Covers(panel.MonthIn(then))
}
