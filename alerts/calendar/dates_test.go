package calendar_test

import (
	"math"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

func date(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

// Tickets for the holiday itself go on sale later than those for the first day
// off.
func TestFirstSaleOfTheHolidayItself(t *testing.T) {
	c := shipped(t)
	for _, tc := range []struct {
		month, zh, day, sale string
		confirmed            bool
	}{
		{"2023-04", "劳动节预售", "2023-05-01", "2023-04-17", true},
		{"2024-04", "劳动节预售", "2024-05-01", "2024-04-17", true},
		{"2023-09", "国庆节预售", "2023-10-01", "2023-09-17", true}, // in one block with Mid-Autumn
		{"2022-09", "国庆节预售", "2022-10-01", "2022-09-17", true},
		{"2021-02", "春节预售", "2021-02-12", "2021-01-29", false},
		{"2023-01", "春节预售", "2023-01-22", "2023-01-08", true},
		{"2024-02", "春节预售", "2024-02-10", "2024-01-27", true},
		{"2023-06", "端午节预售", "2023-06-22", "2023-06-08", true},
		{"2022-12", "元旦预售", "2023-01-01", "2022-12-18", true},
	} {
		w := find(t, c, "rail", tc.month, tc.zh)
		if got := w.Day.Format(time.DateOnly) + " " + w.DaySale.Format(time.DateOnly); got != tc.day+" "+tc.sale || w.Confirmed != tc.confirmed {
			t.Errorf("%s %s: day and sale %s (confirmed %t), want %s %s", tc.month, tc.zh, got, w.Confirmed, tc.day, tc.sale)
		}
	}
}

// The presale is a dated table: 30 days the day of travel counted, then 15.
func TestPresaleLeadIsDated(t *testing.T) {
	c := shipped(t)
	for _, tc := range []struct {
		month string
		days  int
	}{{"2019-09", 29}, {"2020-09", 29}, {"2021-09", 14}, {"2023-09", 14}} {
		w := find(t, c, "rail", tc.month, "国庆节预售")
		if got := int(w.FirstOff.Sub(w.FirstSale).Hours() / 24); got != tc.days {
			t.Errorf("%s: %d days before the first day off, want %d", tc.month, got, tc.days)
		}
	}
}

// In 2020 a notice of 27 January made Spring Festival three days longer.
func TestSpringFestival2020IsTheExtendedOne(t *testing.T) {
	w := find(t, shipped(t), "road", "2020-01", "春节后半月")
	last := w.FirstOff.AddDate(0, 0, w.DaysOff-1).Format(time.DateOnly)
	if w.FirstOff != date("2020-01-24") || last != "2020-02-02" {
		t.Errorf("days off %s to %s, want 2020-01-24 to 2020-02-02", w.FirstOff.Format(time.DateOnly), last)
	}
}

// A folder of one's own may bring another year; then its exposure is known.
func TestAnotherYearExtendsTheCalendar(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"days_off.csv", "lunar.csv", "windows.csv", "unusual.csv"} {
		data, err := os.ReadFile("../../configs/calendar/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	files["days_off.csv"].Data = append(files["days_off.csv"].Data, "2027-01-01,元旦,1\n2027-02-06,春节,1\n"...)
	c, err := calendar.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.CoversThrough().String(); got != "2027-12" {
		t.Fatalf("covers through %s", got)
	}
	for _, tc := range []struct {
		month, zh string
		want      float64
	}{
		{"2027-01", "春节前半月", .667}, {"2027-02", "春节前半月", .333}, {"2027-02", "春节后半月", 1}, {"2027-03", "春节后半月", 0},
	} {
		if got := c.Exposure("gov", panel.MustMonth(tc.month))[tc.zh]; math.Abs(got-tc.want) > .0005 {
			t.Errorf("%s %s: exposure %.3f, want %.3f", tc.month, tc.zh, got, tc.want)
		}
	}
}

func TestWorkdays(t *testing.T) {
	c := shipped(t)
	for day, want := range map[string]bool{
		"2023-09-28": true, "2023-09-29": false, // Mid-Autumn, a Friday
		"2023-10-06": false, "2023-10-07": true, "2023-10-08": true, // a weekend made up
		"2023-10-14": false, "2023-10-16": true,
		"2030-01-01": true, "2030-01-05": false, // not announced: the day of the week
	} {
		if got := c.Workday(date(day)); got != want {
			t.Errorf("%s: work %t, want %t", day, got, want)
		}
	}
	for _, tc := range []struct {
		from string
		n    int
		want string
		sure bool
	}{
		{"2023-09-30", 1, "2023-10-07", true}, // the first working day is a Saturday
		{"2023-09-30", 3, "2023-10-09", true},
		{"2023-11-30", 10, "2023-12-14", true},
		{"2023-11-30", 0, "2023-11-30", true},
		{"2026-12-31", 1, "2027-01-01", false},
		{"2018-06-01", 1, "2018-06-04", false},
	} {
		then, sure := c.AfterWorkdays(date(tc.from), tc.n)
		if got := then.Format(time.DateOnly); got != tc.want || sure != tc.sure {
			t.Errorf("%d working days after %s: %s (sure %t), want %s", tc.n, tc.from, got, sure, tc.want)
		}
	}
}
