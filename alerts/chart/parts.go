package chart

import (
	"errors"
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
)

// mostParts can be told apart on a phone.
const mostParts = 10

// Parts shows the parts of something in two periods side by side: a bar for
// the period before and one for now, each with its 95 % interval.
type Parts struct {
	Head
	Unit        Unit
	Before, Now string  // names of the periods; without Before there are bars of now alone
	Limit       float64 // from which on a part is told: a vertical line, none at 0 or NaN
	Parts       []Part  // in the order shown; those after the tenth are counted, not drawn
}

// A Part is one of the parts. NaN for what is not known; its errors are
// standard errors.
type Part struct {
	Name             string
	Before, BeforeSE float64
	Now, SE          float64
	Marked           bool // the finding is about this part
}

// PNG draws the chart. It is an error when there is no part, when a value is
// negative or absurd, or when a character has no glyph in the embedded font.
func (c Parts) PNG() ([]byte, error) { return encode(c.Head, c.draw) }

func (c Parts) draw() (*page, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	p, err := newPage()
	if err != nil {
		return nil, err
	}
	top := p.head(c.Head)
	if c.Before != "" {
		top = p.key(top, []keyed{{barGrey, c.Before}, {barMoved, c.Now}})
	}
	b := c.bars(p, top)
	b.limit(p)
	for i := range b.parts {
		b.part(p, i)
	}
	p.rest(c.Head, len(c.Parts)-len(b.parts))
	return p, nil
}

func (c Parts) check() error {
	if len(c.Parts) == 0 {
		return errors.New("no part to draw")
	}
	for _, part := range c.Parts {
		for _, v := range []float64{part.Before, part.Now} {
			if v < 0 {
				return fmt.Errorf("%s: value %g is negative, a bar starts at zero", part.Name, v)
			}
			if err := checkRange(part.Name, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// Bars know where the parts stand.
type bars struct {
	Parts
	parts []Part
	top   vg.Length // of the first part
	pitch vg.Length // from part to part
	font  style
	left  vg.Length // of the bars
	room  vg.Length // length of the longest
	most  float64   // its value
	// pointed says that the finding is about some of the parts.
	pointed bool
}

func (c Parts) bars(p *page, top vg.Length) *bars {
	b := &bars{Parts: c, parts: c.Parts[:min(len(c.Parts), mostParts)], top: top - 8}
	b.pitch = min(52, (b.top-sourceBaseline-22)/vg.Length(len(b.parts)))
	b.font = style{size: min(12.5, 0.4*b.pitch)}
	var name, value vg.Length
	for _, part := range b.parts {
		name = max(name, p.measure(b.bold(), b.name(p, part)))
		b.pointed = b.pointed || part.Marked
		for _, v := range []float64{part.Before, part.Now} {
			value = max(value, p.measure(b.bold(), c.format(v, c.Unit)))
		}
		b.most = max(b.most, top95(part.Before, part.BeforeSE), top95(part.Now, part.SE))
	}
	if finite(c.Limit) {
		b.most = max(b.most, c.Limit)
	}
	b.left = margin + name + 12
	b.room = width - margin - value - 8 - b.left
	return b
}

// top95 is the upper end of a value's 95 % interval, 0 when not known.
func top95(v, se float64) float64 {
	if !finite(v) {
		return 0
	}
	if finite(se) && se > 0 {
		v += 1.96 * se
	}
	return v
}

func (b *bars) bold() style { return style{size: b.font.size, bold: true} }

func (b *bars) name(p *page, part Part) string { return p.shorten(b.bold(), clean(part.Name), 220) }

func (b *bars) part(p *page, i int) {
	part := b.parts[i]
	middle := b.top - (vg.Length(i)+0.5)*b.pitch
	st, now := b.font, color.Color(barBlue)
	if part.Marked || !b.pointed {
		now = barMoved
	}
	if part.Marked {
		st = b.bold()
	}
	p.write("name", st, ink, b.name(p, part), point(b.left-10, middle-0.36*st.size), 1)
	if b.Before == "" {
		b.bar(p, "now", now, st, part.Now, part.SE, middle, 0.3*b.pitch)
		return
	}
	half := 0.19 * b.pitch
	b.bar(p, "before", barGrey, b.small(), part.Before, part.BeforeSE, middle+half+0.5, half)
	b.bar(p, "now", now, style{size: b.small().size, bold: part.Marked}, part.Now, part.SE, middle-half-0.5, half)
}

// small is the font of two values one above the other.
func (b *bars) small() style { return style{size: min(b.font.size, 0.36*b.pitch)} }

// bar draws one value with its whisker and writes it at the end.
func (b *bars) bar(p *page, role string, fill color.Color, st style, v, se float64, y, half vg.Length) {
	end := b.left
	if finite(v) && b.most > 0 {
		end += vg.Length(v/b.most) * b.room
		p.rect(fill, vg.Rectangle{Min: point(b.left, y-half), Max: point(end, y+half)})
		if finite(se) && se > 0 {
			w := vg.Length(1.96*se/b.most) * b.room
			p.whisker(max(b.left, end-w), end+w, y, 0.5*half)
			end += w
		}
	}
	text, at := b.format(v, b.Unit), point(end+6, y-0.36*st.size)
	p.rect(veil, p.place(st, text, at, 0)) // over the limit's line
	p.write(role, st, body, text, at, 0)
}

// limit draws the line from which on a part is told, and names it below.
func (b *bars) limit(p *page) {
	if !finite(b.Limit) || b.Limit <= 0 || b.most <= 0 {
		return
	}
	x := b.left + vg.Length(b.Limit/b.most)*b.room
	foot := b.top - vg.Length(len(b.parts))*b.pitch
	p.stroke(zeroGrey, 1, []vg.Point{point(x, b.top), point(x, foot)})
	label := pick(b.Language, "阈值 ", "limit ") + b.format(b.Limit, b.Unit)
	p.write("limit", sourceStyle, grey, label, point(clamp(x, b.left+20, width-margin-20), foot-9), 0.5)
}

// Alt says what the bars show: title and the first parts.
func (c Parts) Alt() string {
	const told = 4
	var parts []string
	for _, part := range c.Parts[:min(told, len(c.Parts))] {
		s := clean(part.Name) + " "
		if c.Before != "" {
			s += c.format(part.Before, c.Unit) + "→"
		}
		parts = append(parts, s+c.format(part.Now, c.Unit))
	}
	periods := ""
	if c.Before != "" {
		periods = clean(c.Before) + "→" + clean(c.Now) + pick(c.Language, "：", ": ")
	}
	s := clean(c.Title) + sentenceEnd(c.Language) + periods + strings.Join(parts, pick(c.Language, "，", ", "))
	if rest := len(c.Parts) - told; rest > 0 {
		s += fmt.Sprintf(pick(c.Language, "，另有 %d 项", ", and %d more"), rest)
	}
	return s + strings.TrimSpace(sentenceEnd(c.Language))
}
