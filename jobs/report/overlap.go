package report

func (o overlap) height(width float64) float64 {
	if width < 420 {
		return 208
	}
	return 156
}

// draw lays the two bars so that their common part lies one above the other.
func (o overlap) draw(p *paper) {
	if missing(o.onlyA) || missing(o.onlyB) || missing(o.both) {
		p.write(0, 20, atStart, "label", "—")
		return
	}
	total := o.onlyA + o.both + o.onlyB
	scale := (p.width - 4) / total
	a, both := 2+o.onlyA*scale, 2+(o.onlyA+o.both)*scale
	right := p.width - 2
	p.write(2, 16, atStart, "name", o.a+"  "+o.kind.print(o.onlyA+o.both))
	p.rect(2, 26, a-2, 26, "bar")
	p.rect(a, 26, both-a, 26, "bar light")
	p.rect(a, 56, both-a, 26, "bar light")
	p.rect(both, 56, right-both, 26, "bar faint")
	p.write(right, 100, atEnd, "name", o.b+"  "+o.kind.print(o.onlyB+o.both))
	words := []struct{ class, words string }{
		{"bar", Text{"仅" + o.a, "only " + o.a}.First(p.lang) + " " + o.kind.print(o.onlyA)},
		{"bar light", Text{"两者共同", "both"}.First(p.lang) + " " + o.kind.print(o.both)},
		{"bar faint", Text{"仅" + o.b, "only " + o.b}.First(p.lang) + " " + o.kind.print(o.onlyB)},
	}
	x, y := 2.0, 138.0
	for _, w := range words {
		if x > 2 && x+18+widthOf(w.words, letter) > p.width {
			x, y = 2, y+22
		}
		p.rect(x, y-10, 11, 11, w.class)
		p.write(x+17, y, atStart, "label", w.words)
		x += 17 + widthOf(w.words, letter) + 22
	}
}
