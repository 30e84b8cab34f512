package identities

import (
	"fmt"
	"maps"
	"slices"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// dauAboveMUD: no day has more devices than the month.
func (b *book) dauAboveMUD() (notes []extract.Note) {
	for _, s := range b.of(extract.DAUAverage) {
		daily := b.at[s]
		monthly, ok := b.devices(s.app, s.segment)
		if ok && above(daily.low(), monthly.high()) {
			notes = append(notes, daily.note(DAUAboveMUD, fmt.Sprintf(
				"日均 %s of %s are more than the %s of the month", devices(daily), s.app, devices(monthly))))
		}
	}
	return notes
}

// disjoint are the dimensions in which a device has exactly one member.
var disjoint = []string{panel.Province, panel.City, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital}

// A breakdown is what an app's members of one dimension sum to.
type breakdown struct {
	app       panel.AppID
	dimension string
	sum, half float64
	members   map[string]bool
	last      figure
}

// complete says whether all members were delivered. Cities never are: the
// catalogue has a choice of them.
func (d *breakdown) complete(members []string) bool {
	if d.dimension == panel.City {
		return false
	}
	for _, m := range members {
		if !d.members[m] {
			return false
		}
	}
	return len(members) > 0
}

// breakdowns adds up a measure by app and dimension.
func (b *book) breakdowns(measure string) []*breakdown {
	byKey := map[subject]*breakdown{}
	var all []*breakdown
	for _, s := range b.of(measure) {
		if s.other != "" || !slices.Contains(disjoint, s.segment.Dimension) {
			continue
		}
		k := subject{app: s.app, segment: panel.Segment{Dimension: s.segment.Dimension}}
		d := byKey[k]
		if d == nil {
			d = &breakdown{app: s.app, dimension: s.segment.Dimension, members: map[string]bool{}}
			byKey[k] = d
			all = append(all, d)
		}
		f := b.at[s]
		d.sum, d.half, d.last = d.sum+f.Value.Value, d.half+f.half, f
		d.members[s.segment.Member] = true
	}
	return all
}

// off says whether the members make more than the total, or, all being there,
// less.
func (d *breakdown) off(total, half float64, members []string) bool {
	return above(d.sum-d.half, total+half) || d.complete(members) && above(total-half, d.sum+d.half)
}

// membersTotal: the members of a dimension make up the app, or a part of it
// where not all are delivered.
func (b *book) membersTotal(members map[string][]string) (notes []extract.Note) {
	for _, d := range b.breakdowns(extract.Devices) {
		total, ok := b.devices(d.app, panel.All)
		if ok && d.off(total.Value.Value, total.half, members[d.dimension]) {
			notes = append(notes, d.last.note(MembersTotal, fmt.Sprintf(
				"the members of %s of %s sum to %s, its total is %s", d.dimension, d.app, wan(d.sum), devices(total))))
		}
	}
	return notes
}

// sharesTotal: shares of a dimension sum to 100 %.
func (b *book) sharesTotal(members map[string][]string) (notes []extract.Note) {
	for _, d := range b.breakdowns(extract.Share) {
		if d.off(1, 0, members[d.dimension]) {
			notes = append(notes, d.last.note(SharesTotal, fmt.Sprintf(
				"the shares of %s of %s sum to %s %%, more than rounding from 100", d.dimension, d.app, panel.Decimal(d.sum, 2, 2))))
		}
	}
	return notes
}

// universe: 全网 is what the manifest says it is, within 0.01 % as weights are.
func (b *book) universe(control float64) (notes []extract.Note) {
	all, ok := b.devices(panel.AllNetwork, panel.All)
	slack := 1e-4 * control
	if control <= 0 || !ok || !above(all.low(), control+slack) && !above(control-slack, all.high()) {
		return nil
	}
	return []extract.Note{all.note(UniverseTotal, fmt.Sprintf("全网 is %s, the control total of the manifest %s", devices(all), wan(control)))}
}

// overlaps: what two apps share is a part of each, and what an app has for
// itself is the rest.
func (b *book) overlaps() (notes []extract.Note) {
	for _, s := range b.of(extract.OverlapDevices) {
		both := b.at[s]
		for _, side := range [][2]panel.AppID{{s.app, s.other}, {s.other, s.app}} {
			app, ok := b.side(side[0], side[1])
			if ok && above(both.low(), app.high()) {
				notes = append(notes, both.note(OverlapAboveApp, fmt.Sprintf(
					"%s have both %s and %s, but only %s have %s", devices(both), s.app, s.other, devices(app), side[0])))
			}
		}
		notes = append(notes, b.exclusive(both)...)
	}
	return notes
}

// side is an app of a pair: as the table of pairs has it, else as the app has it.
func (b *book) side(app, other panel.AppID) (figure, bool) {
	if f, ok := b.at[subject{extract.Devices, app, other, panel.All}]; ok {
		return f, true
	}
	return b.devices(app, panel.All)
}

func (b *book) exclusive(both figure) []extract.Note {
	only, ok := b.at[subject{extract.ExclusiveShare, both.App, both.Other, both.Segment}]
	app, has := b.side(both.App, both.Other)
	if !ok || !has {
		return nil
	}
	sum := only.Value.Value*app.Value.Value + both.Value.Value
	slack := only.half*app.high() + only.high()*app.half + both.half + app.half
	if !above(sum-slack, app.Value.Value) && !above(app.Value.Value, sum+slack) {
		return nil
	}
	return []extract.Note{only.note(ExclusiveTotal, fmt.Sprintf(
		"%s %% of %s without %s and %s with it make %s, its total is %s", panel.Decimal(only.Value.Value, 2, 1),
		both.App, both.Other, devices(both), wan(sum), devices(app)))}
}

func devices(f figure) string { return wan(f.Value.Value) }

// wan prints devices as the report does.
func wan(v float64) string { return panel.Decimal(v, -4, 1) + " 万台" }

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
