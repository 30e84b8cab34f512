package chart

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
)

const hoursOfDay = 24

// Hours is a day of 24 hours beside the usual one: each hour's share of the
// day, 0.05 for 5 %. From is the hour that was the busy one, To the one that
// is now.
type Hours struct {
	Head
	Usual, Now         [hoursOfDay]float64
	UsualName, NowName string
	From, To           int
}

// PNG draws the chart. It is an error when an hour has no value or an absurd
// one, or when a character has no glyph in the embedded font.
func (h Hours) PNG() ([]byte, error) { return encode(h.Head, h.draw) }

func (h Hours) draw() (*page, error) {
	if h.From < 0 || h.From >= hoursOfDay || h.To < 0 || h.To >= hoursOfDay {
		return nil, fmt.Errorf("hours %d and %d are not of a day", h.From, h.To)
	}
	most := 0.0
	for hour := range hoursOfDay {
		for _, v := range []float64{h.Usual[hour], h.Now[hour]} {
			if !finite(v) || v < 0 || v > 1 {
				return nil, errors.New("hour " + strconv.Itoa(hour) + ": no share of a day")
			}
			most = max(most, v)
		}
	}
	p, err := newPage()
	if err != nil {
		return nil, err
	}
	top := p.key(p.head(h.Head), []keyed{{zeroGrey, h.UsualName}, {lineBlue, h.NowName}})
	d := &dial{Hours: h, g: &geometry{unit: Ratio, head: h.Head, first: 0, last: hoursOfDay - 1, scale: newScale(0, most, Ratio)}}
	d.g.frame(p, top)
	d.g.grid(p)
	d.hours(p)
	p.stroke(zeroGrey, 2, d.line(h.Usual))
	p.stroke(lineBlue, 2, d.line(h.Now))
	d.mark(p)
	return p, nil
}

// A dial draws the hours; its geometry takes an hour for a month.
type dial struct {
	Hours
	g *geometry
}

func (d *dial) line(day [hoursOfDay]float64) (out []vg.Point) {
	for hour, v := range day {
		out = append(out, point(d.x(hour), d.g.y(v)))
	}
	return out
}

func (d *dial) x(hour int) vg.Length {
	return d.g.plot.Min.X + (vg.Length(hour)+0.5)*d.g.apart()
}

// hours writes every third hour under the plot.
func (d *dial) hours(p *page) {
	for hour := 0; hour < hoursOfDay; hour += 3 {
		p.write("hour", axisStyle, grey, d.clock(hour), point(d.x(hour), monthBaseline), 0.5)
	}
}

func (d *dial) clock(hour int) string {
	return fmt.Sprintf(pick(d.Language, "%d点", "%d:00"), hour)
}

// mark points at the hour that was the busy one and the one that is: their
// labels stand to the outer side of the two, off both lines.
func (d *dial) mark(p *page) {
	from := point(d.x(d.From), d.g.y(d.Usual[d.From]))
	to := point(d.x(d.To), d.g.y(d.Now[d.To]))
	p.dot(white, from, 5)
	p.dot(grey, from, 3.5)
	p.dot(white, to, 6)
	p.dot(red, to, 4.2)
	d.label(p, "usual", from, d.clock(d.From)+" "+d.share(d.Usual[d.From]), d.From <= d.To)
	d.label(p, "mark", to, d.clock(d.To)+" "+d.share(d.Now[d.To]), d.To < d.From)
}

func (d *dial) share(v float64) string { return fixed(v, 2, 2) + "%" }

// label writes a label to the left or right of its point, above or below, as
// near as it lies off the lines and other labels.
func (d *dial) label(p *page, role string, at vg.Point, text string, left bool) {
	st, ink := axisStyle, grey
	if role == "mark" {
		st, ink = markStyle, red
	}
	w := p.measure(st, text)
	x := at.X + 4
	if left {
		x = at.X - w - 4
	}
	x = clamp(x, d.g.plot.Min.X, d.g.plot.Max.X-w)
	for gap := vg.Length(8); gap < height; gap += 4 {
		for _, y := range []vg.Length{at.Y + gap, at.Y - gap - 0.88*st.size} {
			r := p.place(st, text, point(x, y), 0)
			if r.Max.Y <= d.g.plot.Max.Y+10 && r.Min.Y >= d.g.plot.Min.Y+2 && d.clear(p, r) {
				p.write(role, st, ink, text, point(x, y), 0)
				return
			}
		}
	}
	p.fail(fmt.Errorf("no room for %q", text))
}

// clear says whether a box lies off both days and off every text.
func (d *dial) clear(p *page, r vg.Rectangle) bool {
	r.Min, r.Max = r.Min.Sub(point(3, 2)), r.Max.Add(point(3, 2))
	for _, day := range [][hoursOfDay]float64{d.Usual, d.Now} {
		line := d.line(day)
		for i := 1; i < len(line); i++ {
			if cuts(line[i-1], line[i], r) {
				return false
			}
		}
	}
	for _, b := range p.boxes {
		if b.Min.X < r.Max.X && r.Min.X < b.Max.X && b.Min.Y < r.Max.Y && r.Min.Y < b.Max.Y {
			return false
		}
	}
	return true
}

// Alt says what the lines show: title, and the two hours.
func (h Hours) Alt() string {
	d := &dial{Hours: h}
	parts := []string{
		fmt.Sprintf("%s %s %s", clean(h.UsualName), d.clock(h.From), d.share(h.Usual[h.From])),
		fmt.Sprintf("%s %s %s", clean(h.NowName), d.clock(h.To), d.share(h.Now[h.To])),
	}
	return clean(h.Title) + sentenceEnd(h.Language) + strings.Join(parts, pick(h.Language, "，", ", ")) + strings.TrimSpace(sentenceEnd(h.Language))
}
