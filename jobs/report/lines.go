package report

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

func (l lines) height(width float64) float64 { return math.Min(300, 130+width/4) }

func (l lines) draw(p *paper) {
	values := l.values()
	f := frame{
		left: room(values, l.kind), top: 22, right: p.width - margin(l.line), bottom: p.height - 42,
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

// labels draws the marked points, the highest first. A label that has no room
// beside its point is left out: the table has the number.
func (p *paper) labels(s series, f frame) {
	var marked []point
	for _, point := range s.points {
		if point.mark && !math.IsNaN(point.v) {
			marked = append(marked, point)
			x, y := f.x(point.at), f.y(point.v)
			p.dot(x, y, 3.5, "mark")
			p.dots = append(p.dots, box{x - 5, y - 5, x + 5, y + 5})
		}
	}
	slices.SortStableFunc(marked, func(a, b point) int { return cmp.Compare(b.v, a.v) })
	for _, point := range marked {
		p.label(point, s, f)
	}
}

// label finds room beside a point: best where the line does not pass.
func (p *paper) label(of point, s series, f frame) {
	x, y := f.x(of.at), f.y(of.v)
	spots := []spot{
		{x, y - 10, atMiddle},
		{x + 9, y + 4, atStart},
		{x, y + 21, atMiddle},
		{x - 2, y - 10, atStart},
		{x + 2, y - 10, atEnd},
		{x - 2, y + 21, atStart},
		{x + 2, y + 21, atEnd},
	}
	if of.at == f.last {
		spots[0], spots[1] = spots[1], spots[0]
	}
	for _, free := range []bool{true, false} {
		for _, at := range spots {
			b := boxOf(at.x, at.y, at.a, of.label)
			if b.bottom < f.bottom && p.fits(at.x, at.y, at.a, of.label) && !(free && s.crosses(b, f)) {
				p.write(at.x, at.y, at.a, "value", of.label)
				return
			}
		}
	}
}

// A spot is where a label may stand.
type spot struct {
	x, y float64
	a    anchor
}

// crosses says whether the line passes through a box.
func (s series) crosses(b box, f frame) bool {
	const parts = 12
	for i := 1; i < len(s.points); i++ {
		from, to := s.points[i-1], s.points[i]
		for k := 0.0; k <= parts; k++ {
			x := f.x(from.at) + (f.x(to.at)-f.x(from.at))*k/parts
			y := f.y(from.v) + (f.y(to.v)-f.y(from.v))*k/parts
			if b.left < x && x < b.right && b.top < y && y < b.bottom {
				return true
			}
		}
	}
	return false
}

// margin is the room that the label of the newest point takes right of it.
func margin(all ...series) (w float64) {
	w = 14
	for _, s := range all {
		if n := s.newest(); n >= 0 && s.points[n].mark {
			w = math.Max(w, widthOf(s.points[n].label, letter)+12)
		}
	}
	return w
}
