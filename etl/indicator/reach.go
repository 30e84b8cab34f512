package indicator

import (
	"time"

	"panelwatch/etl/panel"
)

// A Reach is what the numbers of a month are computed from of another month.
// Its terms always belong to it.
type Reach int

// The reaches, each with all of those before it.
const (
	Totals     Reach = iota // devices of every app
	Cities                  // and of each of its cities
	Everything              // all that was delivered
)

// ReachOf says what Month reads of a month up to m, when it computes m: the
// month itself, the one before and the same month of last year are compared
// member by member, the others by their totals and, where m closes a year,
// those of the year by their cities.
func ReachOf(m, earlier panel.Month) Reach {
	switch {
	case earlier >= m-1, earlier == m-12:
		return Everything
	}
	return DistantReachOf(m, earlier)
}

// DistantReachOf says what Distant reads of a month before m. Of m itself it
// reads the same, and the growth that a vendor printed.
func DistantReachOf(m, earlier panel.Month) Reach {
	if m.OfYear() == time.December && earlier > m-12 {
		return Cities
	}
	return Totals
}

// distant are the indicators that look at other months than those that
// ReachOf gives everything of; of 同比, that of two months does.
var distant = map[string]bool{
	"annual_mean": true, "annual_mean_change": true, "annual_peak": true, "cagr6": true, "holiday_effect": true,
	"local_peak": true, "ratio_to_base": true, "record_high": true, "seasonal_index": true, "series_correlation": true,
}

// Distant are those rows of Month that a correction of months long before m
// can move. The others follow from m, the month before and the same month of
// last year.
func Distant(h History, m panel.Month, s Settings) []Row {
	c := computation{history: h, now: h[m], month: m, settings: s}
	var rows []Row
	for _, app := range c.apps() {
		rows = append(rows, c.distant(app)...)
	}
	sortRows(rows)
	return rows
}

func (c computation) distant(app panel.AppID) []Row {
	rows := c.distantChanges(app)
	rows = append(rows, c.records(app)...)
	return append(rows, c.years(app)...)
}

// Distant picks the rows that the function Distant computes.
func (r Results) Distant() (rows []Row) {
	for _, x := range r.Rows {
		if distant[x.Indicator] && x.Segment.Dimension != panel.Hour || x.Segment == JanFeb {
			rows = append(rows, x)
		}
	}
	return rows
}
