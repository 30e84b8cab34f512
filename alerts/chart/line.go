package chart

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"panelwatch/etl/panel"
)

// A Line is a monthly series, what was expected of it, and the month that the
// finding is about.
type Line struct {
	Head
	Unit   Unit
	Points []Point // NaN, like an absent month, breaks the line
	Band   []Band  // may be empty, may have gaps
	Mark   *Mark   // nil or a month without value: nothing is marked
}

// A Point is one month's value. A provisional value is drawn hollow.
type Point struct {
	Month       panel.Month
	Value       float64
	Provisional bool
}

// A Band is the interval in which a month's value was expected.
type Band struct {
	Month     panel.Month
	Low, High float64
}

// A Mark points at a month. Its label, such as "国庆预售 +9.3%", is written
// after the value.
type Mark struct {
	Month panel.Month
	Label string
}

// PNG draws the chart. It is an error when nothing can be drawn, when a value
// is absurd, or when a character has no glyph in the embedded font.
func (l Line) PNG() ([]byte, error) { return encode(l.Head, l.draw) }

func (l Line) draw() (*page, error) {
	g, err := l.geometry()
	if err != nil {
		return nil, err
	}
	p, err := newPage()
	if err != nil {
		return nil, err
	}
	top := p.head(l.Head)
	g.frame(p, top)
	g.grid(p)
	g.months(p)
	g.drawBand(p, l.Band)
	g.drawLine(p)
	g.drawMark(p, l.Mark)
	return p, nil
}

// geometry sorts the points and finds the ranges they span.
func (l Line) geometry() (*geometry, error) {
	g := &geometry{unit: l.Unit, head: l.Head}
	low, high := math.Inf(1), math.Inf(-1)
	for _, pt := range l.Points {
		if err := checkRange(pt.Month.String(), pt.Value); err != nil {
			return nil, err
		}
		if finite(pt.Value) {
			g.points = append(g.points, pt)
			low, high = math.Min(low, pt.Value), math.Max(high, pt.Value)
		}
	}
	if len(g.points) == 0 {
		return nil, errors.New("no month has a value")
	}
	slices.SortStableFunc(g.points, func(a, b Point) int { return cmp.Compare(a.Month, b.Month) })
	g.first, g.last = g.points[0].Month, g.points[len(g.points)-1].Month
	for _, b := range l.Band {
		if err := errors.Join(checkRange(b.Month.String(), b.Low), checkRange(b.Month.String(), b.High)); err != nil {
			return nil, err
		}
		if finite(b.Low) && finite(b.High) {
			low, high = math.Min(low, b.Low), math.Max(high, b.High)
			g.first, g.last = min(g.first, b.Month), max(g.last, b.Month)
		}
	}
	g.scale = newScale(low, high, l.Unit)
	return g, nil
}

// value returns the point of a month.
func (l Line) value(m panel.Month) (float64, bool) {
	for _, pt := range l.Points {
		if pt.Month == m && finite(pt.Value) {
			return pt.Value, true
		}
	}
	return 0, false
}

// stretches cuts ascending items wherever a month is missing between two of
// them.
func stretches[T any](items []T, month func(T) panel.Month) (out [][]T) {
	start := 0
	for i := 1; i <= len(items); i++ {
		if i == len(items) || month(items[i])-month(items[i-1]) > 1 {
			out = append(out, items[start:i])
			start = i
		}
	}
	return out
}

// point is a shorthand for a place on the page.
func point(x, y vg.Length) vg.Point { return vg.Point{X: x, Y: y} }

// newest is the last month with a value, and no label.
func (l Line) newest() (m panel.Month, label string) {
	for _, pt := range l.Points {
		if finite(pt.Value) {
			m = max(m, pt.Month)
		}
	}
	return m, ""
}
