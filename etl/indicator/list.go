package indicator

import (
	"cmp"
	"maps"
	"slices"

	"panelwatch/etl/panel"
)

// ranks places the members of every list by MUD: ties share a rank and are
// ordered by app id; members on too few devices are not ranked. A month under
// other terms is no month before.
func (c computation) ranks() (out []Ranked) {
	then := c.history[c.month-1]
	if c.against(then, panel.All) != nil {
		then = nil
	}
	for _, list := range c.settings.Lists {
		before := positions(c.place(list, then))
		for _, r := range c.place(list, c.now) {
			r.Previous = before[r.App]
			r.State = state(r, list.Size)
			out = append(out, r)
		}
	}
	return out
}

func (c computation) place(list panel.ListOf, f *Facts) []Ranked {
	var members []Quantity
	for _, app := range list.Apps {
		if d, ok := f.devices(app, panel.All); ok && !c.settings.thin(d, c.settings.MinChange) {
			members = append(members, d)
		}
	}
	slices.SortFunc(members, func(a, b Quantity) int {
		return cmp.Or(cmp.Compare(b.Value(), a.Value()), cmp.Compare(a.Key.App, b.Key.App))
	})
	out := make([]Ranked, len(members))
	for i, d := range members {
		r, _ := apply(identity, d)
		out[i] = Ranked{List: list.Name, App: d.Key.App, Rank: i + 1, Devices: row("mud", d.Key, r, d.N)}
		if i > 0 && d.Value() == members[i-1].Value() {
			out[i].Rank = out[i-1].Rank
		}
		out[i].InList = out[i].Rank <= list.Size
	}
	return out
}

func positions(ranked []Ranked) map[panel.AppID]int {
	at := map[panel.AppID]int{}
	for _, r := range ranked {
		at[r.App] = r.Rank
	}
	return at
}

func state(r Ranked, size int) string {
	was := r.Previous > 0 && r.Previous <= size
	switch {
	case r.Previous == 0 || was == r.InList:
		return Stayed
	case r.InList:
		return Entered
	}
	return Left
}

// overlaps gives 独占 and 重合 of every pair the facts hold.
func (c computation) overlaps() (out []Overlap) {
	pairs := slices.SortedFunc(maps.Keys(c.now.Overlaps), panel.Pair.Compare)
	for _, p := range pairs {
		if o, ok := c.overlap(p, c.now.Overlaps[p]); ok {
			out = append(out, o)
		}
	}
	return out
}

func (c computation) overlap(p panel.Pair, w Pairwise) (Overlap, bool) {
	a, okA := c.side(p.A, w.A)
	b, okB := c.side(p.B, w.B)
	if !okA || !okB || !w.Both.Has {
		return Overlap{}, false
	}
	// Common devices are a part of A's: their error goes together with A's.
	both := c.now.quantity(panel.Key{App: p.A, Segment: panel.Segment{Dimension: "with", Member: string(p.B)}}, w.Both, w.N)
	bothOfB := both
	bothOfB.Key.App = p.B
	var flags []Flag
	if both.Value() > min(a.Value(), b.Value()) {
		flags = append(flags, Conflict)
	}
	of := func(name string, k panel.AppID, f formula, in ...Quantity) Row {
		r, ok := apply(f, in...)
		if !ok {
			return null(name, k, panel.All, c.now.Basis, NoBase)
		}
		return row(name, panel.Key{App: k, Segment: panel.All}, r, w.N, flags...)
	}
	return Overlap{
		Pair:       p,
		Both:       of("overlap_devices", p.A, identity, both),
		ExclusiveA: of("exclusive_share", p.A, exclusive, a, both),
		ExclusiveB: of("exclusive_share", p.B, exclusive, b, bothOfB),
		RateA:      of("overlap_rate", p.A, quotient(1), both, a),
		RateUnion:  of("overlap_rate_union", p.A, jaccard, a, b, both),
	}, true
}

// side is an app of a pair: as the pair table has it, else the app's own MUD.
func (c computation) side(app panel.AppID, s Sum) (Quantity, bool) {
	if s.Has {
		return c.now.quantity(panel.Key{App: app, Segment: panel.All}, s, 0), true
	}
	return c.now.devices(app, panel.All)
}

func exclusive(x []float64) (float64, bool) {
	if x[0] == 0 {
		return 0, false
	}
	return (x[0] - x[1]) / x[0], true
}

func jaccard(x []float64) (float64, bool) {
	union := x[0] + x[1] - x[2]
	if union == 0 {
		return 0, false
	}
	return x[2] / union, true
}

// hours gives the 24-hour profile as delivered: hourly data are a product of
// their own, shares of the day's device-hours.
func (c computation) hours() (out []HourShare) {
	for p, v := range c.now.Delivered {
		if p.Measure != "hourly_share" {
			continue
		}
		var hour int
		for _, d := range p.Segment.Member {
			hour = hour*10 + int(d-'0')
		}
		out = append(out, HourShare{App: p.App, Network: p.Network, Hour: hour, Share: v, Basis: panel.FromVendor})
	}
	slices.SortFunc(out, func(a, b HourShare) int {
		return cmp.Or(cmp.Compare(a.App, b.App), cmp.Compare(a.Network, b.Network), cmp.Compare(a.Hour, b.Hour))
	})
	return out
}
