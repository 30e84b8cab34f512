package calendar

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"
)

// Anchors say what the days of a window are counted from.
const (
	firstOff = "first_off" // the first day off
	allOff   = "days_off"  // from the first, to the last day off
	festival = "festival"  // the lunar date
	dates    = "dates"     // the same dates every year
)

// A rule is one row of windows.csv.
type rule struct {
	profiles        []string
	kind            Kind
	holiday, anchor string
	from, to        int       // days from the anchor, unless it is dates
	begin, end      time.Time // in year 1, when the anchor is dates
	valid           span
	confirmed       bool
	zh, en          string
}

var forever = span{time.Time{}, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}

func readRules(fsys fs.FS) ([]rule, error) {
	t := openTable(fsys, "windows.csv", "profile", "kind", "holiday", "anchor", "from", "to",
		"valid_from", "valid_to", "confirmed", "zh", "en")
	var rules []rule
	for t.next() {
		r := rule{
			profiles: strings.Fields(t.text("profile")),
			kind:     Kind(t.oneOf("kind", string(Presale), string(Holiday), string(Filing), string(Course))),
			holiday:  t.text("holiday"), anchor: t.oneOf("anchor", firstOff, allOff, festival, dates),
			valid:     span{t.dateOr("valid_from", forever.first), t.dateOr("valid_to", forever.last)},
			confirmed: t.oneOf("confirmed", "yes", "no") == "yes",
			zh:        t.text("zh"), en: t.text("en"),
		}
		r.readDays(t)
		r.check(t)
		rules = append(rules, r)
	}
	return rules, t.err
}

func (r *rule) readDays(t *table) {
	if r.anchor == dates {
		r.begin, r.end = t.dayOfYear("from"), t.dayOfYear("to")
		if r.end.Before(r.begin) {
			t.fail("to", "before from")
		}
		return
	}
	r.from, r.to = t.number("from"), t.number("to")
	if r.anchor != allOff && r.to < r.from {
		t.fail("to", "before from")
	}
}

func (r *rule) check(t *table) {
	known := slices.Sorted(maps.Values(holidayOf))
	switch {
	case len(r.profiles) == 0:
		t.fail("profile", "empty")
	case r.zh == "" || r.en == "":
		t.fail("zh", "both names are needed")
	case r.anchor == dates && r.holiday != "":
		t.fail("holiday", "dates belong to no holiday")
	case r.anchor == festival && !slices.Contains(lunarFestivals, r.holiday):
		t.fail("holiday", "not in lunar.csv")
	case r.anchor != dates && !slices.Contains(known, r.holiday):
		t.fail("holiday", "no such holiday")
	}
	if (r.kind == Presale) != (r.anchor == firstOff) {
		t.fail("anchor", "presale, and only presale, counts from first_off")
	}
}

// windows lays the rule out over all years of the tables.
func (r rule) windows(off daysOff, lunar lunarDays, firstYear, lastYear int) []Window {
	var out []Window
	switch r.anchor {
	case firstOff:
		for _, block := range off.blocks[r.holiday] {
			out = r.place(out, block.first, block, block, lunar.dayWithin(r.holiday, block))
		}
	case allOff:
		for _, block := range off.blocks[r.holiday] {
			out = r.place(out, block.first, block, block, time.Time{})
		}
	case festival:
		for _, d := range lunar.dates[r.holiday] {
			block, _ := off.blockOn(r.holiday, d)
			out = r.place(out, d, span{d, d}, block, d)
		}
	case dates:
		for y := firstYear; y <= lastYear; y++ {
			year := span{r.begin.AddDate(y-1, 0, 0), r.end.AddDate(y-1, 0, 0)}
			out = r.place(out, year.first, year, span{}, time.Time{})
		}
	}
	return out
}

// place appends the window around one occurrence, when the rule was valid on
// its anchor day. base is what from and to are counted from, block the days
// off (zero when there are none or they are not known), day the holiday itself.
func (r rule) place(out []Window, anchor time.Time, base, block span, day time.Time) []Window {
	if !r.valid.holds(anchor) {
		return out
	}
	end := base.first
	if r.anchor == allOff || r.anchor == dates {
		end = base.last
	}
	w := Window{
		Kind: r.kind, Zh: r.zh, En: r.en, Confirmed: r.confirmed,
		First: base.first.AddDate(0, 0, r.from), Last: end.AddDate(0, 0, r.to),
	}
	if !block.first.IsZero() {
		w.FirstOff, w.DaysOff = block.first, block.days()
	}
	if r.kind == Presale {
		w.FirstSale = w.First
		if !day.IsZero() {
			w.Day, w.DaySale = day, day.AddDate(0, 0, r.from)
		}
	}
	return append(out, w)
}
