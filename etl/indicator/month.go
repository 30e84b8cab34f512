package indicator

import (
	"maps"
	"slices"

	"panelwatch/etl/panel"
)

// A History is the facts of one source by month, up to the month computed, each
// at least as far as ReachOf says.
type History map[panel.Month]*Facts

// Month computes every indicator of month m. It looks at no later month.
func Month(h History, m panel.Month, s Settings) Results {
	c := computation{history: h, now: h[m], month: m, settings: s, segments: segments(h[m])}
	var rows []Row
	rows = append(rows, c.universe()...)
	for _, app := range c.apps() {
		rows = append(rows, c.levels(app)...)
		rows = append(rows, c.changes(app)...)
		rows = append(rows, c.distant(app)...)
		rows = append(rows, c.derived(app)...)
		rows = append(rows, c.profile(app)...)
	}
	rows = append(rows, c.crossings()...)
	rows = append(rows, c.countsAbove()...)
	rows = append(rows, c.hourPeaks()...)
	sortRows(rows)
	return Results{
		Month: m, Rows: rows, Ranks: c.ranks(), Overlaps: c.overlaps(), Hours: c.hours(),
	}
}

type computation struct {
	history  History
	now      *Facts
	month    panel.Month
	settings Settings
	segments map[panel.AppID][]panel.Segment // other than All, in order
}

// apps lists the apps of the month, in order of id, without the universe.
func (c computation) apps() []panel.AppID {
	seen := map[panel.AppID]bool{}
	for k := range c.now.Cells {
		if k.App != panel.AllNetwork {
			seen[k.App] = true
		}
	}
	for p := range c.now.Delivered {
		if p.App != panel.AllNetwork {
			seen[p.App] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// members lists the segments of an app other than All, in order.
func (c computation) members(app panel.AppID) []panel.Segment { return c.segments[app] }

// segments are the members of every app of a month, found in one go.
func segments(f *Facts) map[panel.AppID][]panel.Segment {
	seen := map[panel.Key]bool{}
	for k := range f.Cells {
		if k.Segment != panel.All {
			seen[k] = true
		}
	}
	for p := range f.Delivered {
		if p.Segment != panel.All && p.Segment.Dimension != panel.Hour {
			seen[panel.Key{App: p.App, Segment: p.Segment}] = true
		}
	}
	out := map[panel.AppID][]panel.Segment{}
	for _, k := range slices.SortedFunc(maps.Keys(seen), panel.Key.Compare) {
		out[k.App] = append(out[k.App], k.Segment)
	}
	return out
}

func (c computation) universe() []Row {
	u, ok := c.now.universe()
	if !ok {
		return []Row{null("universe_devices", panel.AllNetwork, panel.All, c.now.Basis, NoBase)}
	}
	r := Result{Value: u.Value(), Basis: u.Basis}
	return []Row{row("universe_devices", u.Key, r, 0)}
}

// delivered is the vendor's own printed ratio as a row.
func (c computation) delivered(indicator, measure string, k panel.Key) (Row, bool) {
	v, ok := c.now.Delivered[Printed{Measure: measure, App: k.App, Segment: k.Segment}]
	if !ok {
		return Row{}, false
	}
	r := null(indicator, k.App, k.Segment, panel.FromVendor, AsDelivered)
	r.Value = v
	return r, true
}
