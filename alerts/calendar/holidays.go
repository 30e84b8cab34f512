package calendar

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"
)

// holidayOf maps the names of the State Council's notices to the names that
// windows.csv uses.
var holidayOf = map[string]string{
	"元旦":  "new_year",
	"春节":  "spring_festival",
	"清明节": "qingming",
	"劳动节": "labour_day",
	"端午节": "dragon_boat",
	"中秋节": "mid_autumn",
	"国庆节": "national_day",
}

// A span is a run of days, both ends included.
type span struct{ first, last time.Time }

func (s span) days() int { return int(s.last.Sub(s.first).Hours()/24) + 1 }

func (s span) holds(d time.Time) bool { return !d.Before(s.first) && !d.After(s.last) }

// daysOff holds the blocks of days off of each holiday. Two holidays in one
// block both have it.
type daysOff struct {
	blocks   map[string][]span
	declared map[time.Time]bool // true for off, false for worked
	years    [2]int             // first and last
}

// blockOn returns the block of days off of a holiday that holds d.
func (o daysOff) blockOn(holiday string, d time.Time) (span, bool) {
	i := slices.IndexFunc(o.blocks[holiday], func(s span) bool { return s.holds(d) })
	if i < 0 {
		return span{}, false
	}
	return o.blocks[holiday][i], true
}

func readDaysOff(fsys fs.FS) (daysOff, error) {
	t := openTable(fsys, "days_off.csv", "date", "name", "off")
	o := daysOff{blocks: map[string][]span{}, declared: map[time.Time]bool{}}
	var before time.Time
	for t.next() {
		d := t.date("date")
		if !d.After(before) {
			t.fail("date", "dates must ascend")
		}
		if before.IsZero() {
			o.years[0] = d.Year()
		}
		before, o.years[1] = d, d.Year()
		o.declared[d] = t.oneOf("off", "0", "1") == "1"
		if !o.declared[d] {
			continue
		}
		for _, name := range strings.Split(t.text("name"), "、") {
			holiday, known := holidayOf[name]
			if !known {
				t.fail("name", "want one of %s", strings.Join(slices.Sorted(maps.Keys(holidayOf)), ", "))
			}
			o.blocks[holiday] = extend(o.blocks[holiday], d)
		}
	}
	if t.err == nil && before.IsZero() {
		t.err = fmt.Errorf("%s: no rows", t.name)
	}
	return o, t.err
}

// extend lengthens the last block by d, or begins a new one.
func extend(blocks []span, d time.Time) []span {
	if n := len(blocks); n > 0 && blocks[n-1].last.AddDate(0, 0, 1).Equal(d) {
		blocks[n-1].last = d
		return blocks
	}
	return append(blocks, span{d, d})
}

// fixedDays are the holidays that have the same date every year.
var fixedDays = map[string]string{"new_year": "01-01", "labour_day": "05-01", "national_day": "10-01"}

// dayWithin is the holiday itself within its block of days off, zero when the
// block does not have it.
func (l lunarDays) dayWithin(holiday string, block span) time.Time {
	for d := block.first; block.holds(d); d = d.AddDate(0, 0, 1) {
		lunar := slices.ContainsFunc(l.dates[holiday], d.Equal)
		if lunar || d.Format("01-02") == fixedDays[holiday] {
			return d
		}
	}
	return time.Time{}
}

// lunarDays holds the date of each lunar festival, year by year.
type lunarDays struct {
	dates map[string][]time.Time
	years [2]int // first and last
}

var lunarFestivals = []string{"spring_festival", "qingming", "dragon_boat", "mid_autumn"}

func readLunar(fsys fs.FS) (lunarDays, error) {
	t := openTable(fsys, "lunar.csv", append([]string{"year"}, lunarFestivals...)...)
	l := lunarDays{dates: map[string][]time.Time{}}
	for t.next() {
		year := t.number("year")
		if l.years[0] == 0 {
			l.years[0] = year
		} else if year != l.years[1]+1 {
			t.fail("year", "years must follow each other, want %d", l.years[1]+1)
		}
		l.years[1] = year
		for _, festival := range lunarFestivals {
			d := t.date(festival)
			if d.Year() != year {
				t.fail(festival, "not in %d", year)
			}
			l.dates[festival] = append(l.dates[festival], d)
		}
	}
	if t.err == nil && l.years[0] == 0 {
		t.err = fmt.Errorf("%s: no rows", t.name)
	}
	return l, t.err
}
