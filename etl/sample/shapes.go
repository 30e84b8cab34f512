package sample

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"panelwatch/etl/panel"
)

// Names in knots.csv besides apps.
const (
	universeSeries = string(panel.AllNetwork)
	paymentSeries  = "支付"
)

// A knot is a month through which a series passes, in 万台; a pinned one
// exactly.
type knot struct {
	month  panel.Month
	wan    float64
	pinned bool
}

// An appShape is a row of apps.csv.
type appShape struct {
	id         panel.AppID
	season     string
	swing      float64 // change from June to December of every year, beside the season
	noise      float64 // standard deviation of the logarithm
	stickiness float64 // daily average / monthly devices
	uses       float64 // a device and day of use
	minutes    float64 // a device and day of use
}

// A trait is a row of profile.csv: a member's share of an app's devices.
type trait struct {
	app         panel.AppID
	segment     panel.Segment
	share       float64 // % in the last month
	driftPP     float64 // percentage points a year
	season      string
	publishedIn string // the published table that has the last month's figure
}

// shapes are the tables that the history is drawn from.
type shapes struct {
	apps    []appShape
	knots   map[string][]knot
	seasons map[string][]float64
	events  map[string]map[panel.Month]float64 // factors of months that stand apart
	tax     map[int][]float64                  // by year, parts of the year's peak
	traits  []trait
	base    map[panel.Segment]float64 // % of all devices
	hours   map[string][]float64
	top20   []topApp
	err     error
}

// rows reads one table row by row and keeps the first error.
func (s *shapes) rows(name string, row func(t *table, i int)) {
	t := readTable(name)
	for i := range t.rows {
		row(t, i)
	}
	s.err = cmp.Or(s.err, t.err)
}

// loadShapes reads all tables but those of the panel's people.
func loadShapes() (*shapes, error) {
	s := &shapes{
		knots: map[string][]knot{}, seasons: map[string][]float64{"none": slices.Repeat([]float64{1}, 12)},
		events: map[string]map[panel.Month]float64{}, tax: map[int][]float64{}, base: map[panel.Segment]float64{}, hours: map[string][]float64{},
	}
	s.rows("data/apps.csv", s.addApp)
	s.rows("data/knots.csv", func(t *table, i int) {
		name := t.text(i, "series")
		s.knots[name] = append(s.knots[name], knot{t.month(i, "month"), t.number(i, "wan"), t.text(i, "pin") == "yes"})
	})
	s.rows("data/seasons.csv", func(t *table, i int) {
		s.seasons[t.text(i, "season")] = t.numbers(i, t.header[1:]...)
	})
	s.rows("data/events.csv", s.addEvent)
	s.rows("data/tax.csv", func(t *table, i int) {
		for year := first.Year(); year <= last.Year(); year++ {
			s.tax[year] = append(s.tax[year], t.number(i, strconv.Itoa(year)))
		}
	})
	s.rows("data/profile.csv", s.addTrait)
	s.rows("data/base.csv", func(t *table, i int) {
		s.base[panel.Segment{Dimension: t.text(i, "dimension"), Member: t.text(i, "member")}] = t.number(i, "share")
	})
	s.rows("data/hours.csv", func(t *table, i int) {
		for _, day := range t.header[1:] {
			s.hours[day] = append(s.hours[day], t.number(i, day))
		}
	})
	s.rows(top20File, func(t *table, i int) { s.top20 = append(s.top20, readTopApp(t, i)) })
	s.markPublished()
	return s, s.err
}

func (s *shapes) addApp(t *table, i int) {
	s.apps = append(s.apps, appShape{
		id:         panel.AppID(t.text(i, "app")),
		season:     t.text(i, "season"),
		swing:      t.number(i, "swing_pct") / 100,
		noise:      t.number(i, "noise_pct") / 100,
		stickiness: t.number(i, "stickiness"),
		uses:       t.number(i, "uses_per_day"),
		minutes:    t.number(i, "minutes_per_day"),
	})
}

func (s *shapes) addEvent(t *table, i int) {
	name := t.text(i, "series")
	if s.events[name] == nil {
		s.events[name] = map[panel.Month]float64{}
	}
	s.events[name][t.month(i, "month")] = 1 + t.number(i, "pct")/100
}

// yearOf is an app's year: the factors of its season, with its swing laid
// over them as a straight line from June to December and back.
func (s *shapes) yearOf(a appShape) []float64 {
	year := slices.Clone(s.seasons[a.season])
	for i := range year {
		sinceJune := float64((i + 7) % 12)
		year[i] *= math.Pow(1+a.swing, min(sinceJune, 12-sinceJune)/6-0.5)
	}
	return year
}

func (s *shapes) addTrait(t *table, i int) {
	s.traits = append(s.traits, trait{
		app:     panel.AppID(t.text(i, "app")),
		segment: panel.Segment{Dimension: t.text(i, "dimension"), Member: t.text(i, "member")},
		share:   t.number(i, "share"),
		driftPP: t.number(i, "pp_per_year"),
		season:  t.text(i, "season"),
	})
}
