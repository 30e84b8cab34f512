package chart

import (
	"fmt"

	"gonum.org/v1/plot/vg"
)

// tieMarks draws one bracket beside each run of rows that are tied.
func (t *table) tieMarks(p *page) {
	for start := 0; start < len(t.rows); {
		end := start + 1
		for end < len(t.rows) && t.rows[end].Tied {
			end++
		}
		if end-start > 1 {
			half := 0.3 * t.pitch
			t.bracket(p, margin, t.top-(vg.Length(start)+0.5)*t.pitch+half, t.top-(vg.Length(end)-0.5)*t.pitch-half)
		}
		start = end
	}
}

func (t *table) bracket(p *page, x, top, foot vg.Length) {
	p.stroke(zeroGrey, 1.25, []vg.Point{point(x+4, top), point(x, top), point(x, foot), point(x+4, foot)})
}

// footnote explains the bracket and counts the rows left out, at the right
// end of the source line.
func (t *table) footnote(p *page, all int) {
	text := ""
	for _, r := range t.rows[1:] {
		if r.Tied {
			text = pick(t.Language, "[ 名次差在抽样误差内", "[ order within sampling error")
		}
	}
	if rest := all - len(t.rows); rest > 0 {
		text += fmt.Sprintf(pick(t.Language, "  …另有 %d 项", "  …and %d more"), rest)
	}
	at := point(width-margin, sourceBaseline)
	p.write("footnote", sourceStyle, grey, clean(text), at, 1)
}
