package report

import "math"

// Heights of a row of bars, of the heading of a group and of the bar itself.
const (
	rowHeight  = 27.0
	headHeight = 30.0
	barHeight  = 13.0
)

func (b bars) height(float64) float64 {
	h := 8.0
	for _, g := range b.groups {
		h += float64(len(g.bars)) * rowHeight
		if g.head.Zh != "" {
			h += headHeight
		}
	}
	if b.limit > 0 {
		h += 20
	}
	return h
}

// A field is where bars stand: names left of it, values and notes right of
// the longest bar.
type field struct {
	names, left, right float64
	low, high          float64
	notes              float64 // right edge of the notes
}

func (f field) x(v float64) float64 {
	return f.left + (f.right-f.left)*(v-f.low)/(f.high-f.low)
}

func (b bars) draw(p *paper) {
	f, y := b.field(p.width), 4.0
	if b.limit > 0 {
		y += 20
		x := f.x(b.limit)
		p.write(math.Min(x, f.right), 14, atMiddle, "tick", b.kind.print(b.limit))
		p.line(x, 20, x, p.height-4, "limit")
	}
	for _, g := range b.groups {
		if g.head.Zh != "" {
			p.write(0, y+20, atStart, "name", shortened(g.head.First(p.lang), letter, p.width))
			y += headHeight
		}
		for _, one := range g.bars {
			b.one(p, f, one, y)
			y += rowHeight
		}
	}
	if f.low < 0 {
		p.line(f.x(0), 4, f.x(0), p.height-4, "axis")
	}
}

// field divides the width between names, bars, values and notes.
func (b bars) field(width float64) field {
	var names, values, notes float64
	low, high := 0.0, b.limit
	for _, g := range b.groups {
		for _, one := range g.bars {
			names = math.Max(names, widthOf(one.name, letter))
			values = math.Max(values, widthOf(b.kind.print(one.v)+tail(b.kind), letter))
			if one.note != "" {
				notes = math.Max(notes, widthOf(one.note, small)+10)
			}
			low, high = reach(low, high, series{points: []point{{v: one.v, se: one.se}}})
		}
	}
	if high == low {
		high = low + 1
	}
	names = math.Min(names+2, width*0.34)
	f := field{names: names, left: names + 10, right: width - values - notes - 12, low: low, high: high, notes: width - 2}
	if low < 0 {
		f.left += values + 8 // values of falling bars stand left of them
	}
	return f
}

// one draws a bar with its whisker; what it is, before it; its value, behind.
func (b bars) one(p *paper, f field, one bar, y float64) {
	middle := y + rowHeight/2
	p.write(f.names, middle+4, atEnd, "label", shortened(one.name, letter, f.names))
	if one.note != "" {
		p.write(f.notes, middle+4, atEnd, "note", one.note)
	}
	if missing(one.v) {
		p.write(f.x(0)+6, middle+4, atStart, "tick", "—")
		return
	}
	class := "bar"
	if one.light {
		class = "bar light"
	}
	from, to := math.Min(f.x(0), f.x(one.v)), math.Max(f.x(0), f.x(one.v))
	p.rect(from, middle-barHeight/2, to-from, barHeight, class)
	low, high := one.v, one.v
	if !missing(one.se) {
		low, high = one.v-z95*one.se, one.v+z95*one.se
		p.whisker(f.x(low), f.x(high), middle)
	}
	words := b.kind.print(one.v) + tail(b.kind)
	if one.v < 0 {
		p.write(math.Min(f.x(low), from)-6, middle+4, atEnd, "value", words)
		return
	}
	p.write(math.Max(f.x(high), to)+6, middle+4, atStart, "value", words)
}

// whisker spans an interval. One narrower than its own ends is drawn as the
// ends alone.
func (p *paper) whisker(left, right, y float64) {
	for _, class := range []string{"halo", "whisker"} {
		p.line(left, y, right, y, class)
		p.line(left, y-4, left, y+4, class)
		p.line(right, y-4, right, y+4, class)
	}
}
