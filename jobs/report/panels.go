package report

import "math"

// Sizes of the small pictures of panels.
const (
	panelHeight = 172.0
	panelGap    = 22.0
)

func (g panels) columns(width float64) int {
	if len(g.all) == 1 || width < 420 {
		return 1
	}
	return 2
}

func (g panels) rows(width float64) int {
	n := g.columns(width)
	return (len(g.all) + n - 1) / n
}

func (g panels) height(width float64) float64 {
	if len(g.all) == 1 {
		return lines{}.height(width)
	}
	return float64(g.rows(width)) * panelHeight
}

func (g panels) draw(p *paper) {
	low, high := reach(0, 0, g.all...)
	values := steps(low, high)
	first, last := extent(g.all)
	n := g.columns(p.width)
	wide := (p.width - float64(n-1)*panelGap) / float64(n)
	high = p.height / float64(g.rows(p.width))
	for i := range g.all {
		left, top := float64(i%n)*(wide+panelGap), float64(i/n)*high
		f := frame{
			left: left + room(values, g.kind), top: top + 40, right: left + wide - margin(g.all...), bottom: top + high - 44,
			first: first, last: last, low: values[0], high: values[len(values)-1],
		}
		p.write(left, top+14, atStart, "name", shortened(g.all[i].name, letter, wide))
		g.one(p, i, f, values)
	}
}

// one draws a small picture: its own line over the others.
func (g panels) one(p *paper, i int, f frame, values []float64) {
	p.grid(f, every(values, 2), g.kind)
	if g.hours {
		p.hours(f)
	} else {
		p.months(f)
	}
	for j, s := range g.all {
		if j != i {
			p.path(lineOf(s, f), "other")
		}
	}
	p.path(bandOf(g.all[i], f), "band")
	p.path(lineOf(g.all[i], f), "line")
	p.labels(g.all[i], f)
}

// every keeps one of n values, if there are enough of them.
func every(values []float64, n int) (kept []float64) {
	if len(values) <= 4 {
		return values
	}
	for i := 0; i < len(values); i += n {
		kept = append(kept, values[i])
	}
	return kept
}

func missing(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
