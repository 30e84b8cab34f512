package alerts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A Reminder is a heads-up: what is about to begin, or what is late. Its
// subject and month say what it is about, for good: told once, however often
// it is asked for.
type Reminder struct {
	Month   panel.Month
	Subject string
	Title   Fact
	Lines   []Fact // what it says, in order
	Basis   Fact   // what the numbers in it rest on; empty where there are none

	Apps []panel.AppID // that it is about; empty where it is about none
}

// Upcoming says of which windows a reminder is wanted.
type Upcoming struct {
	Apps []panel.AppID
	Lead int // days before a window opens
}

// Opening lists the windows of the apps wanted that open within the lead from
// today (a date, midnight UTC), by first day: each with what the model expects
// of the months that it touches, from what is known in h.
func Opening(h History, k Knowledge, u Upcoming, today time.Time) (out []Reminder) {
	h = clean(h)
	k = k.learning(h)
	opening := map[string][]Series{}
	windows := map[string]calendar.Window{}
	for _, s := range h.totals() {
		for _, w := range openingFor(s, k, u, today) {
			subject := "window_opening " + w.First.Format(time.DateOnly) + " " + w.Zh
			opening[subject], windows[subject] = append(opening[subject], s), w
		}
	}
	for subject, series := range opening {
		out = append(out, aboutWindow(subject, windows[subject], series, h, k))
	}
	slices.SortFunc(out, func(a, b Reminder) int { return cmp.Compare(a.Subject, b.Subject) })
	return out
}

// openingFor are the windows of an app that open within the lead.
func openingFor(s Series, k Knowledge, u Upcoming, today time.Time) (out []calendar.Window) {
	if !slices.Contains(u.Apps, s.App) {
		return nil
	}
	last := today.AddDate(0, 0, u.Lead)
	for m := panel.MonthIn(today); m <= panel.MonthIn(last); m++ {
		for _, w := range k.Calendar.Windows(s.Profile, m) {
			if w.Kind != calendar.Course && panel.MonthIn(w.First) == m && !w.First.Before(today) && !w.First.After(last) {
				out = append(out, w)
			}
		}
	}
	return out
}

func aboutWindow(subject string, w calendar.Window, series []Series, h History, k Knowledge) Reminder {
	r := Reminder{
		Month: panel.MonthIn(w.First), Subject: subject, Title: opens(w), Lines: []Fact{dated(w)},
		Basis: Fact{fmt.Sprintf("预期依据截至 %s 的数据", h.Month), fmt.Sprintf("expectations from data up to %s", h.Month)},
	}
	for _, s := range series {
		r.Apps = append(r.Apps, s.App)
		for m := max(panel.MonthIn(w.First), h.Month+1); m <= panel.MonthIn(w.Last); m++ {
			r.Lines = append(r.Lines, foreseen(s, m, k))
		}
	}
	return r
}

// opens names the window with its first day.
func opens(w calendar.Window) Fact {
	return Fact{
		fmt.Sprintf("预告：%s %s 开始", w.Zh, w.First.Format("1/2")),
		fmt.Sprintf("Ahead: %s from %s", w.En, w.First.Format("Jan 2")),
	}
}

// dated gives the dates of a window, and says where they are not confirmed.
func dated(w calendar.Window) Fact {
	f := Fact{
		fmt.Sprintf("%s %s–%s", w.Zh, w.First.Format("2006-01-02"), w.Last.Format("2006-01-02")),
		fmt.Sprintf("%s %s to %s", w.En, w.First.Format("2006-01-02"), w.Last.Format("2006-01-02")),
	}
	if w.Kind == calendar.Presale {
		f.Zh += fmt.Sprintf("：首个放假日 %s（共放假 %d 天）的车票 %s 起售", w.FirstOff.Format("1/2"), w.DaysOff, w.FirstSale.Format("1/2"))
		f.En += fmt.Sprintf(": tickets for the first of %s off, %s, go on sale %s", counted(w.DaysOff, "day"), w.FirstOff.Format("Jan 2"), w.FirstSale.Format("Jan 2"))
	}
	if !w.Day.IsZero() && !w.Day.Equal(w.FirstOff) {
		f.Zh += fmt.Sprintf("，%s 当天的车票 %s 起售", w.Day.Format("1/2"), w.DaySale.Format("1/2"))
		f.En += fmt.Sprintf(", those for %s itself %s", w.Day.Format("Jan 2"), w.DaySale.Format("Jan 2"))
	}
	if w.Confirmed {
		return f
	}
	return Fact{f.Zh + "（日期未确认）", f.En + " (dates not confirmed)"}
}

// foreseen is what is expected of an app's month, beside the year before.
func foreseen(s Series, m panel.Month, k Knowledge) Fact {
	f := Fact{fmt.Sprintf("%s %s：", s.Name, m), fmt.Sprintf("%s %s: ", s.Name, m)}
	fc, reason, ok := k.expects(s, m)
	if ok {
		zh, en := scaleZh(fc.Expected), scaleEn(fc.Expected)
		f.Zh += fmt.Sprintf("预期 %s [%s, %s]", devicesZh(fc.Expected), zh.number(fc.Low), zh.number(fc.High))
		f.En += fmt.Sprintf("expected %s [%s, %s]", devicesEn(fc.Expected), en.number(fc.Low), en.number(fc.High))
	} else {
		why := noForecast(len(s.before(m)), reason)
		f.Zh += "无法给出预期（" + why.Zh + "）"
		f.En += "no expectation (" + why.En + ")"
	}
	then := lastYear(s, m, fc, ok)
	return Fact{f.Zh + "；" + then.Zh, f.En + "; " + then.En}
}

func lastYear(s Series, m panel.Month, fc expect.Forecast, ok bool) Fact {
	then, have := s.at(m - 12)
	if !have {
		return Fact{fmt.Sprintf("上年同月（%s）无数", m-12), fmt.Sprintf("no number of the year before (%s)", m-12)}
	}
	f := Fact{
		fmt.Sprintf("上年同月（%s）%s", m-12, devicesZh(then.Value)),
		fmt.Sprintf("%s in %s, the year before", devicesEn(then.Value), m-12),
	}
	if change := fc.Expected/then.Value - 1; ok && then.Value > 0 && !math.IsInf(change, 0) {
		f.Zh += "，预期较其 " + signed(change)
		f.En += ", expected " + signed(change)
	}
	return f
}

// Lacking is the reminder that the calendar ends too soon after the month of
// today; ok is false when it covers so many months after it.
func Lacking(c *calendar.Calendar, ahead int, today time.Time) (r Reminder, ok bool) {
	gap, ok := CalendarGap(c, panel.MonthIn(today), ahead)
	r = Reminder{
		Month: gap.Through, Subject: calendarMissing.Name, Title: Fact{"日历表待补", "The calendar needs another year"},
		Lines: []Fact{gap.What(), {
			"通知发布后，请在配置目录的 calendar/days_off.csv 补入新一年的放假与调休日期",
			"once the notice is out, add the year's days off and make-up days to calendar/days_off.csv of the configuration folder",
		}},
	}
	if gap.Now {
		r.Subject += " now"
	}
	return r, ok
}
