package alerts

import (
	"fmt"
	"time"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

// A Promise is when the deliveries of a source are to be expected.
type Promise struct {
	Source   string
	Last     panel.Month // the newest month that is in force
	Workdays int         // after the last day of a month
}

// Due is the last day on which the month after the newest is in time.
func (p Promise) Due(c *calendar.Calendar) time.Time {
	then, _ := c.AfterWorkdays((p.Last+2).Start().AddDate(0, 0, -1), p.Workdays)
	return then
}

// Late is how many months should have come by today (a date, midnight UTC).
func (p Promise) Late(c *calendar.Calendar, today time.Time) (n int) {
	for ; p.Due(c).Before(today); p.Last++ {
		n++
	}
	return n
}

// Overdue is the reminder that a source is late today (a date, midnight UTC).
// It is no rule of Judge: history knows no today. ok is false when nothing is
// late. Its month is the newest that is, so that each month more is told.
func Overdue(p Promise, c *calendar.Calendar, today time.Time) (r Reminder, ok bool) {
	late := p.Last
	var due time.Time
	sure := true
	for {
		then, known := c.AfterWorkdays((late+2).Start().AddDate(0, 0, -1), p.Workdays)
		if !then.Before(today) {
			break
		}
		late, due, sure = late+1, then, known
	}
	n := int(late - p.Last)
	return Reminder{
		Month: late, Subject: "extract_overdue " + p.Source,
		Title: Fact{fmt.Sprintf("逾期未到：数据源 %s %s", p.Source, late), fmt.Sprintf("Overdue: source %s, %s", p.Source, late)},
		Lines: []Fact{p.late(late, due, sure), {
			fmt.Sprintf("已生效的最新月份为 %s，其后缺 %d 个月", p.Last, n),
			fmt.Sprintf("the newest month in force is %s, %s missing since", p.Last, counted(n, "month")),
		}},
	}, n > 0
}

func (p Promise) late(m panel.Month, due time.Time, sure bool) Fact {
	f := Fact{
		fmt.Sprintf("%s 的数据应于 %s 前交付（月末后 %d 个工作日）", m, due.Format(time.DateOnly), p.Workdays),
		fmt.Sprintf("data of %s were due by %s (%s after the month's end)", m, due.Format(time.DateOnly), counted(p.Workdays, "working day")),
	}
	if sure {
		return f
	}
	return Fact{f.Zh + "；放假安排未知，按周一至周五计", f.En + "; days off are not known, Monday to Friday counted"}
}
