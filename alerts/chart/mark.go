package chart

import (
	"slices"

	"gonum.org/v1/plot/vg"
)

var markStyle = style{size: 12, bold: true}

// drawMark puts a red point on a white halo and writes its value and label
// where they cover nothing.
func (g *geometry) drawMark(p *page, m *Mark) {
	if m == nil {
		return
	}
	i := slices.IndexFunc(g.points, func(pt Point) bool { return pt.Month == m.Month })
	if i < 0 {
		return
	}
	pt := g.points[i]
	at := point(g.x(pt.Month), g.y(pt.Value))
	p.dot(white, at, 6)
	p.dot(red, at, 4.2)
	if pt.Provisional {
		p.dot(white, at, 2.2)
	}
	label := g.head.format(pt.Value, g.unit)
	if m.Label != "" {
		label += "  " + clean(m.Label)
	}
	g.writeMark(p, at, label)
}

// writeMark tries the places around a point, best first, and takes the first
// one whose box lies within the plot and off the line, or the best one within.
func (g *geometry) writeMark(p *page, at vg.Point, label string) {
	label = p.shorten(markStyle, label, g.plot.Size().X)
	w := p.measure(markStyle, label)
	best, found := vg.Point{}, false
	for _, c := range g.candidates(at, w) {
		r := p.place(markStyle, label, c, 0)
		if !g.inside(r) {
			continue
		}
		if !g.crossed(r) {
			best, found = c, true
			break
		}
		if !found {
			best, found = c, true
		}
	}
	if !found { // no room anywhere near: the top left corner of the plot
		best = point(g.plot.Min.X, g.plot.Max.Y-0.88*markStyle.size)
	}
	g.underlay(p, p.place(markStyle, label, best, 0))
	p.write("mark", markStyle, red, label, best, 0)
}

// candidates are left ends of baselines: above and below the point, centred
// and pushed into the plot, then beside it, then further away.
func (g *geometry) candidates(at vg.Point, w vg.Length) (out []vg.Point) {
	centre := clamp(at.X-w/2, g.plot.Min.X, g.plot.Max.X-w)
	left, right := clamp(at.X-w+6, g.plot.Min.X, g.plot.Max.X-w), clamp(at.X-6, g.plot.Min.X, g.plot.Max.X-w)
	for _, gap := range []vg.Length{10, 18, 28, 42, 60} {
		above, below := at.Y+gap, at.Y-gap-0.88*markStyle.size
		out = append(out, point(centre, above), point(left, above), point(right, above))
		if gap == 10 {
			out = append(out, point(at.X-w-12, at.Y-4), point(at.X+12, at.Y-4))
		}
		out = append(out, point(centre, below), point(left, below), point(right, below))
	}
	return out
}

func clamp(v, low, high vg.Length) vg.Length { return max(low, min(v, high)) }

func (g *geometry) inside(r vg.Rectangle) bool {
	const slack = 0.01
	return r.Min.X >= g.plot.Min.X-slack && r.Max.X <= g.plot.Max.X+slack &&
		r.Min.Y >= g.plot.Min.Y+2 && r.Max.Y <= g.plot.Max.Y+8
}

// crossed says whether the series runs through r, a little enlarged.
func (g *geometry) crossed(r vg.Rectangle) bool {
	const room = 3
	r.Min, r.Max = r.Min.Sub(point(room, room)), r.Max.Add(point(room, room))
	for _, run := range g.lines() {
		for i := range run {
			if cuts(run[max(0, i-1)], run[i], r) {
				return true
			}
		}
	}
	return false
}

// cuts says whether the segment a-b meets r (Liang and Barsky's clipping).
func cuts(a, b vg.Point, r vg.Rectangle) bool {
	from, to := vg.Length(0), vg.Length(1)
	d := b.Sub(a)
	for _, side := range [4][2]vg.Length{
		{-d.X, a.X - r.Min.X}, {d.X, r.Max.X - a.X}, {-d.Y, a.Y - r.Min.Y}, {d.Y, r.Max.Y - a.Y},
	} {
		slope, room := side[0], side[1]
		switch {
		case slope == 0 && room < 0:
			return false
		case slope < 0:
			from = max(from, room/slope)
		case slope > 0:
			to = min(to, room/slope)
		}
	}
	return from <= to
}

// underlay keeps grid and band from showing through the label.
func (g *geometry) underlay(p *page, r vg.Rectangle) {
	r.Min, r.Max = r.Min.Sub(point(3, 1)), r.Max.Add(point(3, 1))
	p.rect(veil, r)
}
