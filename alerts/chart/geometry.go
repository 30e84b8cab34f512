package chart

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"gonum.org/v1/plot/vg"

	"panelwatch/etl/panel"
)

var (
	axisStyle = style{size: 10}
	yearStyle = style{size: 10, bold: true}
)

const (
	foot          = 64 * vg.Length(1) // of the plot, above the bottom edge
	monthBaseline = foot - 16
	yearBaseline  = foot - 31
)

// A geometry knows where a month and a value stand on the page.
type geometry struct {
	unit        Unit
	head        Head
	points      []Point // ascending, finite
	first, last panel.Month
	scale       scale
	plot        vg.Rectangle
}

// frame leaves room for the labels of the value axis.
func (g *geometry) frame(p *page, top vg.Length) {
	var widest vg.Length
	for _, v := range g.scale.ticks {
		widest = max(widest, p.measure(axisStyle, g.scale.label(v, g.unit, g.head.script())))
	}
	g.plot = vg.Rectangle{Min: point(margin+widest+10, foot), Max: point(width-margin, top-12)}
}

// apart is the distance of two months; half of it is left free on both sides.
func (g *geometry) apart() vg.Length {
	return g.plot.Size().X / vg.Length(g.last-g.first+1)
}

func (g *geometry) x(m panel.Month) vg.Length {
	return g.plot.Min.X + (vg.Length(m-g.first)+0.5)*g.apart()
}

func (g *geometry) y(v float64) vg.Length {
	return g.plot.Min.Y + vg.Length(g.scale.at(v))*g.plot.Size().Y
}

func (g *geometry) grid(p *page) {
	for _, v := range g.scale.ticks {
		c := gridGrey
		if v == 0 && g.scale.low < 0 {
			c = zeroGrey
		}
		y := g.y(v)
		p.stroke(c, 0.75, []vg.Point{point(g.plot.Min.X, y), point(g.plot.Max.X, y)})
		p.write("tick", axisStyle, grey, g.scale.label(v, g.unit, g.head.script()), point(g.plot.Min.X-10, y-3.6), 1)
	}
}

// months writes 01 04 07 10 under the plot, and each year once under its
// January, or under its first label where the series has no January.
func (g *geometry) months(p *page) {
	step := monthStep(int(g.last-g.first)+1, float64(g.apart()))
	yearEnd := vg.Length(0) // right edge of the last year written
	for m := g.first; m <= g.last; m++ {
		if m%step != 0 {
			continue
		}
		at := point(g.x(m), monthBaseline)
		year := strconv.Itoa(m.Year())
		if step >= 12 {
			p.write("month", yearStyle, body, year, at, 0.5)
			continue
		}
		p.write("month", axisStyle, grey, twoDigits(m), at, 0.5)
		if m.OfYear() == time.January || yearEnd == 0 && g.untilJanuary(m) > 40 {
			at.Y = yearBaseline
			p.write("year", yearStyle, body, year, at, 0.5)
			yearEnd = at.X + p.measure(yearStyle, year)/2
		}
	}
}

// untilJanuary is the distance from m to the next January, or a long way when
// the series ends before.
func (g *geometry) untilJanuary(m panel.Month) vg.Length {
	january := m - m%12 + 12
	if january > g.last {
		return width
	}
	return g.x(january) - g.x(m)
}

func twoDigits(m panel.Month) string { return m.String()[len(m.String())-2:] }

// drawBand fills each stretch of the expectation: upper edge forward, lower
// edge back. A month alone is a short column.
func (g *geometry) drawBand(p *page, bands []Band) {
	known := slices.DeleteFunc(slices.Clone(bands), func(b Band) bool { return !finite(b.Low) || !finite(b.High) })
	slices.SortStableFunc(known, func(a, b Band) int { return cmp.Compare(a.Month, b.Month) })
	for _, run := range stretches(known, func(b Band) panel.Month { return b.Month }) {
		if len(run) == 1 {
			half := min(0.4*g.apart(), 9)
			x := g.x(run[0].Month)
			p.rect(band, vg.Rectangle{Min: point(x-half, g.y(run[0].Low)), Max: point(x+half, g.y(run[0].High))})
			continue
		}
		var edge []vg.Point
		for _, b := range run {
			edge = append(edge, point(g.x(b.Month), g.y(b.High)))
		}
		for _, b := range slices.Backward(run) {
			edge = append(edge, point(g.x(b.Month), g.y(b.Low)))
		}
		p.fill(band, edge)
	}
}

// drawLine draws each stretch of the series; a month alone is a dot, a
// provisional one a ring.
func (g *geometry) drawLine(p *page) {
	for _, run := range g.lines() {
		p.stroke(lineBlue, 2, run)
		if len(run) == 1 {
			p.dot(lineBlue, run[0], 2.2)
		}
	}
	for _, pt := range g.points {
		if pt.Provisional {
			at := point(g.x(pt.Month), g.y(pt.Value))
			p.dot(lineBlue, at, 3.6)
			p.dot(white, at, 2)
		}
	}
}

// lines are the points of the page that each stretch of the series connects.
func (g *geometry) lines() (out [][]vg.Point) {
	for _, run := range stretches(g.points, func(pt Point) panel.Month { return pt.Month }) {
		var line []vg.Point
		for _, pt := range run {
			line = append(line, point(g.x(pt.Month), g.y(pt.Value)))
		}
		out = append(out, line)
	}
	return out
}
