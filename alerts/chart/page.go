package chart

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// A page is the canvas of one chart. It remembers the box of every text, so
// that labels can keep out of each other's way and tests can see that they do.
// The first error stays and is returned at the end.
type page struct {
	canvas *vgimg.Canvas
	faces  faces
	boxes  []box
	err    error
}

// A box is where a text stands.
type box struct {
	role, text string
	vg.Rectangle
}

func newPage() (*page, error) {
	f, err := loadFaces()
	if err != nil {
		return nil, err
	}
	return &page{canvas: vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(dpi)), faces: f}, nil
}

// clean makes one line of s: any run of white space is one space.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// measure is the width of s in points.
func (p *page) measure(st style, s string) vg.Length {
	f, err := p.faces.face(st, s)
	if err != nil {
		p.fail(err)
		return 0
	}
	return f.Width(s)
}

// place is the box of s with the given point on its baseline; align is 0 for
// left, 0.5 for centred and 1 for right.
func (p *page) place(st style, s string, at vg.Point, align float64) vg.Rectangle {
	w := p.measure(st, s)
	left := at.X - w*vg.Length(align)
	// A Chinese character stands on its em box: 0.88 above, 0.12 below.
	return vg.Rectangle{
		Min: vg.Point{X: left, Y: at.Y - 0.12*st.size},
		Max: vg.Point{X: left + w, Y: at.Y + 0.88*st.size},
	}
}

// write draws s and remembers its box.
func (p *page) write(role string, st style, ink color.Color, s string, at vg.Point, align float64) {
	if s == "" {
		return
	}
	f, err := p.faces.face(st, s)
	if err != nil {
		p.fail(err)
		return
	}
	r := p.place(st, s, at, align)
	p.canvas.SetColor(ink)
	p.canvas.FillString(f, vg.Point{X: r.Min.X, Y: at.Y}, s)
	p.boxes = append(p.boxes, box{role, s, r})
}

// shorten cuts s, with an ellipsis, to the width given.
func (p *page) shorten(st style, s string, room vg.Length) string {
	if p.measure(st, s) <= room {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes) // the longest prefix that fits is in [low, high)
	for high-low > 1 {
		mid := (low + high) / 2
		if p.measure(st, string(runes[:mid])+"…") <= room {
			low = mid
		} else {
			high = mid
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}

func (p *page) fill(c color.Color, points []vg.Point) {
	p.canvas.SetColor(c)
	p.canvas.Fill(path(points, true))
}

func (p *page) stroke(c color.Color, w vg.Length, points []vg.Point) {
	p.canvas.SetColor(c)
	p.canvas.SetLineWidth(w)
	p.canvas.Stroke(path(points, false))
}

func (p *page) rect(c color.Color, r vg.Rectangle) {
	p.fill(c, []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}})
}

func (p *page) dot(c color.Color, at vg.Point, radius vg.Length) {
	var circle vg.Path
	circle.Move(vg.Point{X: at.X + radius, Y: at.Y})
	circle.Arc(at, radius, 0, 2*math.Pi)
	circle.Close()
	p.canvas.SetColor(c)
	p.canvas.Fill(circle)
}

func path(points []vg.Point, closed bool) vg.Path {
	var out vg.Path
	for i, pt := range points {
		if i == 0 {
			out.Move(pt)
		} else {
			out.Line(pt)
		}
	}
	if closed {
		out.Close()
	}
	return out
}

func (p *page) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// png encodes the page.
func (p *page) png() ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, p.canvas.Image()); err != nil {
		return nil, fmt.Errorf("encode chart: %w", err)
	}
	return buf.Bytes(), nil
}
