package indicator

import (
	"cmp"
	"slices"

	"panelwatch/etl/panel"
)

// profile are the numbers of an app's segments: MUD, 占比, TGI, use per device
// and day by member, and the concentration of each dimension.
func (c computation) profile(app panel.AppID) (rows []Row) {
	byDimension := map[string][]Quantity{}
	var dimensions []string
	for _, s := range c.members(app) {
		k := panel.Key{App: app, Segment: s}
		rows = append(rows, c.counts(k)...)
		rows = append(rows, c.intensity(k)...)
		rows = append(rows, c.shares(k)...)
		rows = append(rows, c.memberChanges(k)...)
		d, ok := c.now.devices(app, s)
		if !ok || s.Member == panel.Unknown {
			continue
		}
		if len(byDimension[s.Dimension]) == 0 {
			dimensions = append(dimensions, s.Dimension)
		}
		byDimension[s.Dimension] = append(byDimension[s.Dimension], d)
	}
	for _, dimension := range dimensions {
		rows = append(rows, c.topShare(app, dimension, byDimension[dimension])...)
	}
	return rows
}

// shares gives 占比 and TGI of one member: computed from the counts where they
// allow it, as the vendor printed them otherwise.
func (c computation) shares(k panel.Key) (rows []Row) {
	part, hasPart := c.now.devices(k.App, k.Segment)
	whole, hasWhole := c.now.devices(k.App, panel.All)
	if hasPart && hasWhole {
		if r, ok := apply(quotient(1), part, whole); ok {
			rows = append(rows, row("share", k, r, part.N, c.settings.levelFlags(part)...))
		}
	} else if r, ok := c.delivered("share", "share", k); ok {
		rows = append(rows, r)
	}
	if r, ok := c.tgi(k, part, whole, hasPart && hasWhole); ok {
		rows = append(rows, r)
	}
	return rows
}

func (c computation) tgi(k panel.Key, part, whole Quantity, counted bool) (Row, bool) {
	baseMember, ok := c.now.devices(panel.AllNetwork, k.Segment)
	base, hasBase := c.now.devices(panel.AllNetwork, panel.All)
	if counted && ok && hasBase {
		if r, ok := apply(tgi, part, whole, baseMember, base); ok {
			return row("tgi", k, r, part.N, c.settings.levelFlags(part)...), true
		}
	}
	return c.delivered("tgi", "tgi", k)
}

// tgi is 100 x (part/whole) / (base member/base).
func tgi(x []float64) (float64, bool) {
	if x[1] == 0 || x[2] == 0 || x[3] == 0 {
		return 0, false
	}
	return 100 * (x[0] / x[1]) / (x[2] / x[3]), true
}

func (c computation) topShare(app panel.AppID, dimension string, members []Quantity) []Row {
	whole, ok := c.now.devices(app, panel.All)
	if !ok || dimension == panel.Occupation {
		return nil
	}
	k := panel.Key{App: app, Segment: panel.Segment{Dimension: dimension, Member: "TOP"}}
	if len(members) < c.settings.TopN {
		return []Row{null("top_share", app, k.Segment, c.now.Basis, FewMembers)}
	}
	slices.SortStableFunc(members, func(a, b Quantity) int { return cmp.Compare(b.Value(), a.Value()) })
	in := append(slices.Clone(members[:c.settings.TopN]), whole)
	r, ok := apply(sumOver, in...)
	if !ok {
		return nil
	}
	return []Row{row("top_share", k, r, whole.N)}
}

// sumOver is the sum of all but the last input over the last.
func sumOver(x []float64) (float64, bool) {
	var sum float64
	for _, v := range x[:len(x)-1] {
		sum += v
	}
	if x[len(x)-1] == 0 {
		return 0, false
	}
	return sum / x[len(x)-1], true
}
