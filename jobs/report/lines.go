package report

import (
	"math"
	"strings"
)

func (l lines) height(width float64) float64 { return math.Min(300, 130+width/4) }

func (l lines) draw(p *paper) {
	values := l.values()
	f := frame{
		left: room(values, l.kind), top: 22, right: p.width - 14, bottom: p.height - 40,
		low: values[0], high: values[len(values)-1],
	}
	f.first, f.last = extent([]series{l.line})
	p.grid(f, values, l.kind)
	if l.hours {
		p.hours(f)
	} else {
		p.months(f)
	}
	if l.limit > 0 {
		p.line(f.left, f.y(l.limit), f.right, f.y(l.limit), "limit")
	}
	p.path(bandOf(l.line, f), "band")
	p.path(lineOf(l.line, f), "line")
	p.labels(l.line, f)
}

func (l lines) values() []float64 {
	low, high := 0.0, l.limit
	if l.tight {
		low, high = math.Inf(1), math.Inf(-1)
	}
	low, high = reach(low, high, l.line)
	if math.IsInf(low, 0) || math.IsInf(high, 0) {
		low, high = 0, 1
	}
	return steps(low, high)
}

// extent is the first and the last month or hour of lines.
func extent(all []series) (first, last int) {
	first, last = math.MaxInt, math.MinInt
	for _, s := range all {
		for _, p := range s.points {
			first, last = min(first, p.at), max(last, p.at)
		}
	}
	return first, last
}

// lineOf is a path that breaks where a month is missing.
func lineOf(s series, f frame) string {
	var d strings.Builder
	for i, p := range s.points {
		if math.IsNaN(p.v) {
			continue
		}
		step := "M"
		if i > 0 && s.points[i-1].at == p.at-1 && !math.IsNaN(s.points[i-1].v) {
			step = "L"
		}
		d.WriteString(step + px(f.x(p.at)) + " " + px(f.y(p.v)))
	}
	return d.String()
}

// bandOf goes along the upper ends of the intervals and back along the lower.
// A stretch without error has no band.
func bandOf(s series, f frame) string {
	var d strings.Builder
	for from := 0; from < len(s.points); {
		to := from
		for to < len(s.points) && !math.IsNaN(s.points[to].v) && !math.IsNaN(s.points[to].se) &&
			(to == from || s.points[to].at == s.points[to-1].at+1) {
			to++
		}
		if to-from > 1 {
			d.WriteString(stretch(s.points[from:to], f))
		}
		from = max(to, from+1)
	}
	return d.String()
}

func stretch(points []point, f frame) string {
	var d strings.Builder
	for i, p := range points {
		step := "L"
		if i == 0 {
			step = "M"
		}
		d.WriteString(step + px(f.x(p.at)) + " " + px(f.y(p.v+z95*p.se)))
	}
	for i := len(points) - 1; i >= 0; i-- {
		p := points[i]
		d.WriteString("L" + px(f.x(p.at)) + " " + px(f.y(p.v-z95*p.se)))
	}
	return d.String() + "Z"
}

// labels draws the marked points. A label that has no room beside its point is
// left out: the table has the number.
func (p *paper) labels(s series, f frame) {
	for i := len(s.points) - 1; i >= 0; i-- {
		point := s.points[i]
		if !point.mark || math.IsNaN(point.v) {
			continue
		}
		x, y := f.x(point.at), f.y(point.v)
		p.dot(x, y, 3.5, "mark")
		for _, place := range []struct {
			dx, dy float64
			a      anchor
		}{{0, -9, atMiddle}, {4, -9, atEnd}, {-4, -9, atStart}, {0, 20, atMiddle}, {4, 20, atEnd}, {-4, 20, atStart}} {
			if p.fits(x+place.dx, y+place.dy, place.a, point.label) && y+place.dy < f.bottom {
				p.write(x+place.dx, y+place.dy, place.a, "value", point.label)
				break
			}
		}
	}
}
