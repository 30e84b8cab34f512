package chart

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot/vg"
)

var keyStyle = style{size: 10.5}

// keyed is a colour with its meaning.
type keyed struct {
	colour color.Color
	name   string
}

// key writes the meaning of colours in one row below the subtitle, and returns
// the height below which the chart may stand.
func (p *page) key(top vg.Length, all []keyed) vg.Length {
	x, y := margin, top-20
	room := (width - 2*margin) / vg.Length(len(all))
	for _, k := range all {
		name := p.shorten(keyStyle, clean(k.name), room-32)
		p.rect(k.colour, vg.Rectangle{Min: point(x, y-1), Max: point(x+10, y+9)})
		p.write("key", keyStyle, body, name, point(x+15, y), 0)
		x += 15 + p.measure(keyStyle, name) + 18
	}
	return y - 4
}

// whisker is a 95 % interval lying across the end of a bar.
func (p *page) whisker(from, to, y, half vg.Length) {
	p.stroke(body, 1, []vg.Point{point(from, y), point(to, y)})
	p.stroke(body, 1, []vg.Point{point(from, y-half), point(from, y+half)})
	p.stroke(body, 1, []vg.Point{point(to, y-half), point(to, y+half)})
}

// rest counts what was not drawn, at the right end of the source line.
func (p *page) rest(h Head, n int) {
	if n > 0 {
		p.write("footnote", sourceStyle, grey, fmt.Sprintf(pick(h.Language, "…另有 %d 项", "…and %d more"), n), point(width-margin, sourceBaseline), 1)
	}
}

// encode draws a chart and makes its bytes; an error names the chart.
func encode(h Head, draw func() (*page, error)) ([]byte, error) {
	p, err := draw()
	if err != nil {
		return nil, fmt.Errorf("draw %q: %w", h.Title, err)
	}
	data, err := p.png()
	if err != nil {
		return nil, fmt.Errorf("draw %q: %w", h.Title, err)
	}
	return data, nil
}
