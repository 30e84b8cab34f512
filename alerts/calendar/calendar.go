// Package calendar knows Chinese holidays with their days off, the presale
// lead of rail tickets, and the tax filing window, from dated tables. It
// computes no lunar date, reads no clock, and imports nothing but etl/panel.
package calendar

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"panelwatch/etl/panel"
)

// A Kind says why a window moves an app.
type Kind string

// Kinds of windows: tickets go on sale, people are off (or about to be, or
// just back), tax returns are filed.
const (
	Presale Kind = "presale"
	Holiday Kind = "holiday"
	Filing  Kind = "filing"
	// Course is a stretch of the days around a holiday that the expectation
	// looks at; messages never name it.
	Course Kind = "course"
)

// A Window is a span of days that moves the apps of a profile.
type Window struct {
	Kind        Kind
	Zh, En      string    // 国庆节预售, National Day presale
	First, Last time.Time // both included, midnight UTC of the Chinese date
	// Share of the window's days that fall in the month asked for, 0 to 1.
	Share float64
	// FirstOff is the first day off of the holiday and DaysOff the number of
	// days; zero for a filing window. FirstSale is the day on which tickets
	// for FirstOff go on sale; zero unless Kind is Presale.
	FirstOff, FirstSale time.Time
	DaysOff             int
	// Day is the holiday itself and DaySale the day on which its tickets go on
	// sale; zero unless Kind is Presale.
	Day, DaySale time.Time
	// Confirmed is false when the dates are good enough for a model but not
	// to be told.
	Confirmed bool
}

// A Calendar answers for the months its tables cover.
type Calendar struct {
	first, last panel.Month
	windows     map[profileMonth][]Window
	off         daysOff
	unusual     map[panel.Month]Occasion
}

type profileMonth struct {
	profile string
	month   panel.Month
}

// Load reads days_off.csv, lunar.csv, windows.csv and unusual.csv from fsys.
// Errors name file, line and column.
func Load(fsys fs.FS) (*Calendar, error) {
	off, err := readDaysOff(fsys)
	if err != nil {
		return nil, err
	}
	lunar, err := readLunar(fsys)
	if err != nil {
		return nil, err
	}
	rules, err := readRules(fsys)
	if err != nil {
		return nil, err
	}
	unusual, err := readUnusual(fsys)
	if err != nil {
		return nil, err
	}
	first := panel.MonthOf(max(off.years[0], lunar.years[0]), time.January)
	last := panel.MonthOf(min(off.years[1], lunar.years[1]), time.December)
	if first > last {
		return nil, fmt.Errorf("days_off.csv and lunar.csv have no year in common")
	}
	c := &Calendar{first: first, last: last, windows: map[profileMonth][]Window{}, off: off, unusual: unusual}
	for _, r := range rules {
		for _, w := range r.windows(off, lunar, first.Year(), last.Year()) {
			for _, profile := range r.profiles {
				c.add(profile, w)
			}
		}
	}
	c.sort()
	return c, nil
}

// Windows returns the windows of a profile that have at least one day in m,
// by first day. It is empty for months that the tables do not cover.
func (c *Calendar) Windows(profile string, m panel.Month) []Window {
	if !c.Covers(m) {
		return nil
	}
	return slices.Clone(c.windows[profileMonth{profile, m}])
}

// Exposure is the share of each window's days that falls in m, by the
// window's Chinese name, which is the same every year.
func (c *Calendar) Exposure(profile string, m panel.Month) map[string]float64 {
	shares := map[string]float64{}
	for _, w := range c.Windows(profile, m) {
		shares[w.Zh] += w.Share
	}
	return shares
}

// Moves reports whether the tables have windows of one of the kinds that move
// the apps of a profile, in whatever month.
func (c *Calendar) Moves(profile string, kinds ...Kind) bool {
	for key, ws := range c.windows {
		of := func(w Window) bool { return slices.Contains(kinds, w.Kind) }
		if key.profile == profile && slices.ContainsFunc(ws, of) {
			return true
		}
	}
	return false
}

// Covers reports whether the tables speak about m. A window that opens in the
// last covered December for a holiday of the next year is not known yet.
func (c *Calendar) Covers(m panel.Month) bool { return c.first <= m && m <= c.last }

// CoversFrom is the first month that the tables cover.
func (c *Calendar) CoversFrom() panel.Month { return c.first }

// CoversThrough is the last month that the tables cover.
func (c *Calendar) CoversThrough() panel.Month { return c.last }

// Profiles are those that some window moves, sorted.
func (c *Calendar) Profiles() []string {
	seen := map[string]bool{}
	for key := range c.windows {
		seen[key.profile] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// add files a window under every month it touches, unless an earlier row of
// the same kind already covers the same days for the profile.
func (c *Calendar) add(profile string, w Window) {
	days := span{w.First, w.Last}.days()
	for m := panel.MonthIn(w.First); m <= panel.MonthIn(w.Last); m++ {
		key := profileMonth{profile, m}
		if slices.ContainsFunc(c.windows[key], w.sameDays) {
			return
		}
		w.Share = float64(w.daysIn(m)) / float64(days)
		c.windows[key] = append(c.windows[key], w)
	}
}

func (c *Calendar) sort() {
	for _, ws := range c.windows {
		slices.SortStableFunc(ws, func(a, b Window) int {
			return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.Zh, b.Zh))
		})
	}
}

func (w Window) sameDays(o Window) bool {
	return w.Kind == o.Kind && w.First.Equal(o.First) && w.Last.Equal(o.Last)
}

// daysIn counts the window's days that fall in m.
func (w Window) daysIn(m panel.Month) int {
	first, last := w.First, w.Last
	if start := m.Start(); first.Before(start) {
		first = start
	}
	if end := (m + 1).Start().AddDate(0, 0, -1); last.After(end) {
		last = end
	}
	return max(0, span{first, last}.days())
}
