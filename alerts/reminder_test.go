package alerts_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

func date(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

// says is all that reminders say, in one language.
func says(rs []alerts.Reminder, pick func(alerts.Fact) string) string {
	var lines []string
	for _, r := range rs {
		lines = append(lines, r.Month.String()+" "+r.Subject, pick(r.Title))
		for _, f := range append(r.Lines, r.Basis) {
			if s := pick(f); s != "" {
				lines = append(lines, s)
			}
		}
	}
	return strings.Join(lines, "\n")
}

func zhOf(f alerts.Fact) string { return f.Zh }

func enOf(f alerts.Fact) string { return f.En }

// ahead asks what opens within seven days, from data up to a month.
func ahead(t *testing.T, model expect.Model, data, today string) []alerts.Reminder {
	t.Helper()
	values := flat(30, 10000)
	h := alerts.History{Month: panel.MustMonth(data), Series: []alerts.Series{
		wan("tielu12306", "铁路12306", "rail", data, 0.002, values...),
		wan("geshui", "个人所得税", "tax", data, 0.002, values[:8]...),
		wan("zhifubao", "支付宝", "bank", data, 0.002, values...),
	}}
	k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: model}
	return alerts.Opening(h, k, alerts.Upcoming{Apps: []panel.AppID{"tielu12306", "geshui"}, Lead: 7}, date(today))
}

func TestOpeningSaysWhatIsExpected(t *testing.T) {
	got := ahead(t, expecting(11900, true), "2023-07", "2023-09-08")
	wantZh := `2023-09 window_opening 2023-09-15 国庆节预售
预告：国庆节预售 9/15 开始
国庆节预售 2023-09-15–2023-09-29：首个放假日 9/29（共放假 8 天）的车票 9/15 起售，10/1 当天的车票 9/17 起售
铁路12306 2023-09：预期 1.19亿台 [1.13, 1.25]；上年同月（2022-09）1.00亿台，预期较其 +19.0%
预期依据截至 2023-07 的数据`
	wantEn := `2023-09 window_opening 2023-09-15 国庆节预售
Ahead: National Day presale from Sep 15
National Day presale 2023-09-15 to 2023-09-29: tickets for the first of 8 days off, Sep 29, go on sale Sep 15, those for Oct 1 itself Sep 17
铁路12306 2023-09: expected 119.0M devices [113.1, 125.0]; 100.0M devices in 2022-09, the year before, expected +19.0%
expectations from data up to 2023-07`
	if diff := cmp.Diff([]string{wantZh, wantEn}, []string{says(got, zhOf), says(got, enOf)}); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// A window of several months says each, without a number where none is known;
// one that lies in months already delivered says only its dates.
func TestOpeningOfTheFilingSeason(t *testing.T) {
	short := fixed{reason: "history too short (8 months)"}
	want := `2024-03 window_opening 2024-03-01 个税年度汇算申报期
预告：个税年度汇算申报期 3/1 开始
个税年度汇算申报期 2024-03-01–2024-06-30
个人所得税 2024-03：无法给出预期（历史过短（8 个月））；上年同月（2023-03）无数
个人所得税 2024-04：无法给出预期（历史过短（8 个月））；上年同月（2023-04）无数
个人所得税 2024-05：无法给出预期（历史过短（8 个月））；上年同月（2023-05）1.00亿台
个人所得税 2024-06：无法给出预期（历史过短（8 个月））；上年同月（2023-06）1.00亿台
预期依据截至 2023-12 的数据`
	if diff := cmp.Diff(want, says(ahead(t, short, "2023-12", "2024-02-23"), zhOf)); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if got := says(ahead(t, short, "2024-06", "2024-02-23"), zhOf); strings.Contains(got, "个人所得税 2024") {
		t.Errorf("months that are known are foretold:\n%s", got)
	}
}

func TestOpeningIsToldWithinItsLead(t *testing.T) {
	for _, tc := range []struct{ today, want string }{
		{"2023-09-07", ""},
		{"2023-09-08", "window_opening 2023-09-15 国庆节预售"},
		{"2023-09-15", "window_opening 2023-09-15 国庆节预售"},
		{"2023-09-16", ""},
		{"2023-07-20", ""},
		{"2023-01-01", "window_opening 2023-01-07 春节预售"},
		{"2023-01-16", "window_opening 2023-01-22 春节后半月"},
		{"2022-12-31", "window_opening 2023-01-07 春节预售"},  // across the year
		{"2021-04-12", "window_opening 2021-04-17 劳动节预售"}, // dates not confirmed
		{"2026-12-30", ""}, // nothing is known of 2027
		{"2026-09-06", "window_opening 2026-09-11 中秋节预售"}, // of its own in 2026
		{"2026-09-11", "window_opening 2026-09-11 中秋节预售\nwindow_opening 2026-09-17 国庆节预售"},
	} {
		var got []string
		for _, r := range ahead(t, quiet, "2023-07", tc.today) {
			got = append(got, r.Subject)
			if unsure := strings.Contains(says([]alerts.Reminder{r}, zhOf), "日期未确认"); unsure != strings.HasPrefix(tc.today, "2021") {
				t.Errorf("%s: says that the dates are not confirmed: %t", tc.today, unsure)
			}
		}
		if strings.Join(got, "\n") != tc.want {
			t.Errorf("%s: got %q, want %q", tc.today, got, tc.want)
		}
	}
}

func TestOverdue(t *testing.T) {
	c := shippedCalendar(t)
	for _, tc := range []struct{ last, today, want string }{
		{"2023-08", "2023-10-24", ""},
		{"2023-08", "2023-10-25", "2023-09 extract_overdue vendor\n逾期未到：数据源 vendor 2023-09\n" +
			"2023-09 的数据应于 2023-10-24 前交付（月末后 14 个工作日）\n已生效的最新月份为 2023-08，其后缺 1 个月"},
		{"2023-06", "2023-09-25", "2023-08 extract_overdue vendor\n逾期未到：数据源 vendor 2023-08\n" +
			"2023-08 的数据应于 2023-09-20 前交付（月末后 14 个工作日）\n已生效的最新月份为 2023-06，其后缺 2 个月"},
		{"2026-12", "2027-03-01", "2027-01 extract_overdue vendor\n逾期未到：数据源 vendor 2027-01\n" +
			"2027-01 的数据应于 2027-02-18 前交付（月末后 14 个工作日）；放假安排未知，按周一至周五计\n已生效的最新月份为 2026-12，其后缺 1 个月"},
	} {
		got := ""
		if r, ok := alerts.Overdue(alerts.Promise{Source: "vendor", Last: panel.MustMonth(tc.last), Workdays: 14}, c, date(tc.today)); ok {
			got = says([]alerts.Reminder{r}, zhOf)
		}
		if got != tc.want {
			t.Errorf("%s on %s: got\n%s\nwant\n%s", tc.last, tc.today, got, tc.want)
		}
	}
}

func TestLackingCalendar(t *testing.T) {
	c := shippedCalendar(t) // through 2026-12
	for _, tc := range []struct{ today, month, subject string }{
		{"2025-11-30", "", ""},
		{"2025-12-01", "2026-12", "calendar_missing"},
		{"2026-11-30", "2026-12", "calendar_missing"},
		{"2026-12-01", "2026-12", "calendar_missing now"},
		{"2027-05-01", "2026-12", "calendar_missing now"},
	} {
		r, ok := alerts.Lacking(c, 13, date(tc.today))
		if ok != (tc.subject != "") || ok && (r.Subject != tc.subject || r.Month.String() != tc.month) {
			t.Errorf("%s: %t %s %s, want %s", tc.today, ok, r.Month, r.Subject, tc.subject)
		}
	}
}
