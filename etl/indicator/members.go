package indicator

import (
	"fmt"
	"math"

	"panelwatch/etl/panel"
)

// memberChanges compare a member with itself: 占比变化 over a year, TGI变化 over
// a month.
func (c computation) memberChanges(k panel.Key) (rows []Row) {
	if r, ok := c.shareChange(k); ok {
		rows = append(rows, r)
	}
	if r, ok := c.tgiChange(k); ok {
		rows = append(rows, r)
	}
	return rows
}

func (c computation) shareChange(k panel.Key) (Row, bool) {
	const name = "share_change_pp"
	then := c.history[c.month-12]
	in, ok := c.now.shareOf(k)
	if !ok {
		return Row{}, false
	}
	base, ok := then.shareOf(k)
	if !ok {
		return null(name, k.App, k.Segment, c.now.Basis, NoBase), true
	}
	if why := c.against(then, k.Segment); why != nil {
		return null(name, k.App, k.Segment, c.now.Basis, why...), true
	}
	r, ok := apply(shareChange, append(in, base...)...)
	if !ok {
		return null(name, k.App, k.Segment, c.now.Basis, NoBase), true
	}
	return row(name, k, r, min(in[0].N, base[0].N), c.changeFlags(name, in[0], base[0])...), true
}

// shareOf are a member and its app.
func (f *Facts) shareOf(k panel.Key) ([]Quantity, bool) {
	part, hasPart := f.devices(k.App, k.Segment)
	whole, hasWhole := f.devices(k.App, panel.All)
	return []Quantity{part, whole}, hasPart && hasWhole
}

// shareChange is 100 x (x0/x1 - x2/x3), percentage points.
func shareChange(x []float64) (float64, bool) {
	if x[1] == 0 || x[3] == 0 {
		return 0, false
	}
	return 100 * (x[0]/x[1] - x[2]/x[3]), true
}

func (c computation) tgiChange(k panel.Key) (Row, bool) {
	const name = "tgi_change"
	then := c.history[c.month-1]
	if !c.now.hasTGI(k) {
		return Row{}, false
	}
	if !then.hasTGI(k) {
		return null(name, k.App, k.Segment, c.now.Basis, NoBase), true
	}
	why := c.against(then, k.Segment)
	if c.now.Terms.TGIBase != then.Terms.TGIBase {
		why = append(why, TGIBaseDiffers)
	}
	if why != nil {
		return null(name, k.App, k.Segment, c.now.Basis, why...), true
	}
	return c.tgiDifference(name, k, then)
}

// tgiDifference is computed where both months have counts, else taken of what
// the vendor printed for both.
func (c computation) tgiDifference(name string, k panel.Key, then *Facts) (Row, bool) {
	in, counted := c.now.tgiOf(k)
	base, countedThen := then.tgiOf(k)
	if counted && countedThen {
		if r, ok := apply(tgiChange, append(in, base...)...); ok {
			return row(name, k, r, min(in[0].N, base[0].N), c.changeFlags(name, in[0], base[0])...), true
		}
	}
	printed := Printed{Measure: "tgi", App: k.App, Segment: k.Segment}
	now, ok := c.now.Delivered[printed]
	before, okThen := then.Delivered[printed]
	if !ok || !okThen {
		return null(name, k.App, k.Segment, c.now.Basis, NoBase), true
	}
	return row(name, k, Result{Value: now - before, SE: math.NaN(), Basis: panel.FromVendor}, 0), true
}

func (f *Facts) hasTGI(k panel.Key) bool {
	if f == nil {
		return false
	}
	_, printed := f.Delivered[Printed{Measure: "tgi", App: k.App, Segment: k.Segment}]
	_, counted := f.tgiOf(k)
	return printed || counted
}

// tgiOf are a member, its app, the member of all devices, and all devices.
func (f *Facts) tgiOf(k panel.Key) ([]Quantity, bool) {
	in, ok := f.shareOf(k)
	base, hasBase := f.shareOf(panel.Key{App: panel.AllNetwork, Segment: k.Segment})
	return append(in, base...), ok && hasBase
}

func tgiChange(x []float64) (float64, bool) {
	now, ok := tgi(x[:4])
	before, okBefore := tgi(x[4:])
	return now - before, ok && okBefore
}

// countsAbove counts, for every threshold of a member, the members of the
// dimension that reach it.
func (c computation) countsAbove() (rows []Row) {
	done := map[panel.Key]bool{}
	for _, t := range c.settings.Thresholds {
		seg := panel.Segment{Dimension: t.Segment.Dimension, Member: fmt.Sprintf("D>=%.0f", t.Devices)}
		k := panel.Key{App: t.App, Segment: seg}
		if t.Segment == panel.All || done[k] {
			continue
		}
		done[k] = true
		if r, ok := c.countAbove(k, t.Devices); ok {
			rows = append(rows, r)
		}
	}
	return rows
}

// countAbove has the error of independent members, each above with the
// probability that its own error leaves.
func (c computation) countAbove(k panel.Key, limit float64) (Row, bool) {
	var count, variance float64
	found := false
	for _, s := range c.members(k.App) {
		d, ok := c.now.devices(k.App, s)
		if !ok || s.Dimension != k.Segment.Dimension || s.Member == panel.Unknown {
			continue
		}
		found = true
		if d.Value() >= limit {
			count++
		}
		r, _ := apply(identity, d)
		p := probabilityAbove(d.Value()-limit, r.SE)
		variance += p * (1 - p) // NaN where the basis has no error
	}
	return row("count_above", k, Result{Value: count, SE: math.Sqrt(variance), Basis: c.now.Basis}, 0), found
}

// probabilityAbove is that of a normal distribution with this mean to be above 0.
func probabilityAbove(distance, se float64) float64 {
	if se == 0 && distance >= 0 {
		return 1
	}
	return math.Erfc(-distance/se/math.Sqrt2) / 2
}
