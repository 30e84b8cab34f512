package report

import (
	"math"

	"panelwatch/etl/panel"
)

// A Chart says in its title what its picture shows.
type Chart struct {
	Title, Subtitle Text
	picture         picture
}

// A picture draws itself on paper of a given width; its height follows.
type picture interface {
	height(width float64) float64
	draw(p *paper)
}

// A point of a line: V is NaN where there is none, SE where its error is
// unknown.
type point struct {
	at    int // month, or hour
	v, se float64
	mark  bool
	label string // of a marked point
}

type series struct {
	name   string
	points []point
}

// A lines picture has one line in the accent colour, with its band; a limit is
// drawn across where it is above zero.
type lines struct {
	kind  kind
	line  series
	hours bool
	tight bool // the axis need not begin at zero
	limit float64
}

// A panels picture has one small picture for each series, the others in grey.
type panels struct {
	kind  kind
	all   []series
	hours bool
}

// A bar has its value at its end.
type bar struct {
	name  string
	v, se float64
	note  string // after the value
	light bool   // not what the chart speaks of
}

// A group of bars has a heading of its own, or none.
type group struct {
	head Text
	bars []bar
}

type bars struct {
	kind   kind
	groups []group
	limit  float64 // drawn down through all bars, if above zero
}

// An overlap has two bars, laid so that what they share lies one above the other.
type overlap struct {
	kind         kind
	a, b         string
	onlyA, onlyB float64
	both         float64
}

// series makes a line of one column, with its errors if it has a column of them.
func (v view) series(name, column, se string) series {
	s := series{name: name}
	for i := range v.sheet.Rows {
		p := point{at: int(v.monthOf(i)), v: v.num(i, column), se: math.NaN()}
		if v.has("hour") {
			p.at = int(v.num(i, "hour"))
		}
		if se != "" {
			p.se = v.num(i, se)
		}
		s.points = append(s.points, p)
	}
	return s
}

// marked labels the highest point and the newest, or those that are asked for.
func (s series) marked(k kind, which ...int) series {
	for _, i := range which {
		if i >= 0 && i < len(s.points) && !math.IsNaN(s.points[i].v) {
			s.points[i].mark = true
			s.points[i].label = k.print(s.points[i].v)
		}
	}
	return s
}

func (s series) highest() int {
	best := -1
	for i, p := range s.points {
		if !math.IsNaN(p.v) && (best < 0 || p.v > s.points[best].v) {
			best = i
		}
	}
	return best
}

func (s series) newest() int { return len(s.points) - 1 }

// hasError says whether the error of any point is known.
func (s series) hasError() bool {
	for _, p := range s.points {
		if !math.IsNaN(p.se) {
			return true
		}
	}
	return false
}

// subtitle says what a picture shows: measure, unit, span, and what of its
// error.
func subtitle(measure Text, unit Text, span Text, errorKnown bool, band Text) Text {
	how := band
	if !errorKnown {
		how = unknownError
	}
	head := Text{measure.Zh + "（" + unit.Zh + "）", measure.En + " (" + unit.En + ")"}
	return joined(same(" · "), head, span, how)
}

var (
	isBand    = Text{"阴影为 95% 区间", "shaded: 95% interval"}
	isWhisker = Text{"须线为 95% 区间", "whiskers: 95% interval"}
)

// span is from the first to the last month of a view.
func (v view) span() Text {
	if v.len() == 0 {
		return Text{}
	}
	first, last := v.monthOf(0), v.monthOf(0)
	for i := range v.sheet.Rows {
		first, last = min(first, v.monthOf(i)), max(last, v.monthOf(i))
	}
	if first == last {
		return same(first.String())
	}
	return Text{first.String() + " 至 " + last.String(), first.String() + " to " + last.String()}
}

func monthName(at int) Text { return spell(panel.Month(at)) }
