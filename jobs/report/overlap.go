package report

func (overlap) height(float64) float64 { return 194 }

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
	nameA, nameB := shortened(o.a, letter, p.width/2), shortened(o.b, letter, p.width/2)
	p.write(2, 16, atStart, "name", nameA+"  "+o.kind.print(o.onlyA+o.both))
	p.rect(2, 26, a-2, 26, "bar")
	p.rect(a, 26, both-a, 26, "bar light")
	p.rect(a, 56, both-a, 26, "bar light")
	p.rect(both, 56, right-both, 26, "bar faint")
	p.write(right, 100, atEnd, "name", nameB+"  "+o.kind.print(o.onlyB+o.both))
	for i, part := range []struct {
		class string
		words Text
		v     float64
	}{
		{"bar", Text{"仅" + nameA, "only " + nameA}, o.onlyA},
		{"bar light", Text{"两者共同", "both"}, o.both},
		{"bar faint", Text{"仅" + nameB, "only " + nameB}, o.onlyB},
	} {
		y := 134 + 22*float64(i)
		p.rect(2, y-10, 11, 11, part.class)
		p.write(19, y, atStart, "label", part.words.First(p.lang)+"  "+o.kind.print(part.v))
	}
}
