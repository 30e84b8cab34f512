package calendar_test

import (
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

func shipped(t *testing.T) *calendar.Calendar {
	t.Helper()
	c, err := calendar.Load(os.DirFS("../../configs/calendar"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func find(t *testing.T, c *calendar.Calendar, profile, month, zh string) calendar.Window {
	t.Helper()
	for _, w := range c.Windows(profile, panel.MustMonth(month)) {
		if w.Zh == zh {
			return w
		}
	}
	t.Fatalf("%s %s: no window %s in %v", profile, month, zh, c.Windows(profile, panel.MustMonth(month)))
	return calendar.Window{}
}

func TestFirstSaleIsFourteenDaysBeforeTheFirstDayOff(t *testing.T) {
	c := shipped(t)
	for _, tc := range []struct{ month, zh, off, sale string }{
		{"2023-09", "国庆节预售", "2023-09-29", "2023-09-15"}, // one block with Mid-Autumn
		{"2023-04", "劳动节预售", "2023-04-29", "2023-04-15"},
		{"2023-01", "春节预售", "2023-01-21", "2023-01-07"},
		{"2022-12", "元旦预售", "2022-12-31", "2022-12-17"},
		{"2026-09", "国庆节预售", "2026-10-01", "2026-09-17"},
	} {
		w := find(t, c, "rail", tc.month, tc.zh)
		if got := w.FirstOff.Format(time.DateOnly); got != tc.off {
			t.Errorf("%s %s: first day off %s, want %s", tc.month, tc.zh, got, tc.off)
		}
		if got := w.FirstSale.Format(time.DateOnly); got != tc.sale || !w.Confirmed {
			t.Errorf("%s %s: first sale %s (confirmed %t), want %s", tc.month, tc.zh, got, w.Confirmed, tc.sale)
		}
	}
	for _, w := range c.Windows("rail", panel.MustMonth("2023-09")) {
		if w.Zh == "中秋节预售" {
			t.Error("2023-09: Mid-Autumn shares National Day's block and must not be a window of its own")
		}
	}
	if w := find(t, c, "rail", "2020-04", "劳动节预售"); w.Confirmed {
		t.Error("2020-04: the lead before 2022 is not confirmed")
	}
}

func TestSpringFestivalExposure(t *testing.T) {
	c := shipped(t)
	before := map[string][2]float64{ // share of [-15,-1] in January, February
		"2019": {.733, .267}, "2020": {1, 0}, "2021": {.267, .733}, "2022": {1, 0}, "2023": {1, 0},
		"2024": {.4, .6}, "2025": {1, 0}, "2026": {0, 1},
	}
	after := map[string][3]float64{ // share of [0,14] in January, February, March
		"2019": {0, 1, 0}, "2020": {.467, .533, 0}, "2021": {0, 1, 0}, "2022": {0, 1, 0}, "2023": {.667, .333, 0},
		"2024": {0, 1, 0}, "2025": {.2, .8, 0}, "2026": {0, .8, .2},
	}
	check := func(month, zh string, want float64) {
		got := c.Exposure("gov", panel.MustMonth(month))[zh]
		if math.Abs(got-want) > .0005 {
			t.Errorf("%s %s: exposure %.3f, want %.3f", month, zh, got, want)
		}
	}
	for year, want := range before {
		check(year+"-01", "春节前半月", want[0])
		check(year+"-02", "春节前半月", want[1])
	}
	for year, want := range after {
		check(year+"-01", "春节后半月", want[0])
		check(year+"-02", "春节后半月", want[1])
		check(year+"-03", "春节后半月", want[2])
	}
}

func TestEveryWindowIsSpreadOverItsMonthsOnce(t *testing.T) {
	c := shipped(t)
	for _, profile := range []string{"rail", "tax", "road", "utility", "gov", "bank"} {
		sum := map[string]float64{}
		for m := panel.MustMonth("2019-01"); m <= c.CoversThrough(); m++ {
			for _, w := range c.Windows(profile, m) {
				if w.Share <= 0 || w.Share > 1 || w.Last.Before(m.Start()) || !w.First.Before((m + 1).Start()) {
					t.Errorf("%s %s: %s %s..%s share %v", profile, m, w.Zh, w.First, w.Last, w.Share)
				}
				sum[w.Zh+w.First.Format(time.DateOnly)] += w.Share
			}
		}
		for name, s := range sum {
			if math.Abs(s-1) > 1e-9 && !strings.HasPrefix(name, "元旦预售2018") && !strings.HasPrefix(name, "春节") {
				t.Errorf("%s %s: shares sum to %v", profile, name, s)
			}
		}
		if len(sum) == 0 {
			t.Errorf("%s: no windows", profile)
		}
	}
}

func TestFilingWindowAndCoverage(t *testing.T) {
	c := shipped(t)
	w := find(t, c, "tax", "2020-06", "个税年度汇算申报期")
	if got := w.First.Format(time.DateOnly) + ".." + w.Last.Format(time.DateOnly); got != "2020-03-01..2020-06-30" {
		t.Errorf("filing window %s", got)
	}
	if ws := c.Windows("tax", panel.MustMonth("2020-07")); len(ws) != 0 {
		t.Errorf("July: %v", ws)
	}
	if got := c.CoversThrough().String(); got != "2026-12" {
		t.Errorf("covers through %s", got)
	}
	if c.Covers(panel.MustMonth("2027-01")) || len(c.Windows("tax", panel.MustMonth("2027-03"))) != 0 {
		t.Error("2027 is not announced, the calendar must not speak about it")
	}
	if c.Windows("none", panel.MustMonth("2023-09")) != nil {
		t.Error("profile none has windows")
	}
}

func TestErrorsNameFileLineAndColumn(t *testing.T) {
	good := map[string]string{
		"days_off.csv": "date,name,off\n2023-01-01,元旦,1\n2023-10-01,国庆节,1\n",
		"lunar.csv":    "year,spring_festival,qingming,dragon_boat,mid_autumn\n2023,2023-01-22,2023-04-05,2023-06-22,2023-09-29\n",
		"windows.csv": "profile,kind,holiday,anchor,from,to,valid_from,valid_to,confirmed,zh,en\n" +
			"rail,presale,national_day,first_off,-14,0,,,yes,国庆节预售,National Day presale\n",
	}
	for _, tc := range []struct{ name, file, from, to, want string }{
		{"bad date", "days_off.csv", "2023-10-01", "2023-13-01", `days_off.csv:3:1: date "2023-13-01": not a date`},
		{"order", "days_off.csv", "2023-10-01", "2022-10-01", `days_off.csv:3:1: date "2022-10-01": dates must ascend`},
		{"unknown holiday", "days_off.csv", "国庆节", "国庆", `days_off.csv:3:12: name "国庆": want one of`},
		{"off", "days_off.csv", "国庆节,1", "国庆节,2", `days_off.csv:3:22: off "2": want one of 0, 1`},
		{"lunar year", "lunar.csv", "2023-04-05", "2024-04-05", `lunar.csv:2:17: qingming "2024-04-05": not in 2023`},
		{"kind", "windows.csv", "presale,", "resale,", `windows.csv:2:6: kind "resale": want one of presale, holiday, filing`},
		{"offset", "windows.csv", "-14", "x", `windows.csv:2:37: from "x": not a whole number`},
		{"no such holiday", "windows.csv", "national_day", "doomsday", `windows.csv:2:14: holiday "doomsday": no such holiday`},
		{"column", "windows.csv", "valid_to", "valid_until", `windows.csv:1: no column "valid_to"`},
		{"fields", "lunar.csv", ",2023-09-29", "", `lunar.csv:2:1: wrong number of fields: want as many`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for name, text := range good {
				if name == tc.file {
					text = strings.Replace(text, tc.from, tc.to, 1)
				}
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
			}
			_, err := calendar.Load(fsys)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
	if _, err := calendar.Load(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "days_off.csv") {
		t.Errorf("no files: %v", err)
	}
}
