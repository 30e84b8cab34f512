package chart

import (
	"strings"
	"unicode"

	"gonum.org/v1/plot/vg"
)

var (
	subtitleStyle = style{size: 11}
	sourceStyle   = style{size: 9}
)

const sourceBaseline = 12 * vg.Length(1)

// head draws title, subtitle and source, and returns the height below which
// the chart itself may stand.
func (p *page) head(h Head) (top vg.Length) {
	lines, st := p.fitTitle(clean(h.Title), width-2*margin)
	y := height - 20 - 0.88*st.size
	for _, line := range lines {
		p.write("title", st, ink, line, vg.Point{X: margin, Y: y}, 0)
		y -= 1.3 * st.size
	}
	y += 1.3*st.size - 21
	sub := p.shorten(subtitleStyle, clean(h.Subtitle), width-2*margin)
	p.write("subtitle", subtitleStyle, grey, sub, vg.Point{X: margin, Y: y}, 0)
	src := p.shorten(sourceStyle, clean(h.Source), width-2*margin)
	p.write("source", sourceStyle, grey, src, vg.Point{X: margin, Y: sourceBaseline}, 0)
	return y - 0.12*subtitleStyle.size
}

// fitTitle sets a title at 18 points when it fits on one line, a little
// smaller when that makes it fit, and else on two lines.
func (p *page) fitTitle(title string, room vg.Length) ([]string, style) {
	st := style{bold: true}
	for st.size = 18; st.size >= 15; st.size-- {
		if p.measure(st, title) <= room {
			return []string{title}, st
		}
	}
	first, rest := p.halve(st, title, room)
	if rest == "" {
		return []string{p.shorten(st, first, room)}, st
	}
	return []string{first, p.shorten(st, rest, room)}, st
}

// halve breaks s into two lines of about one length, rather than leaving a
// word alone on the second.
func (p *page) halve(st style, s string, room vg.Length) (first, rest string) {
	for short := 0.5 * room; short < room; short += 0.04 * room {
		first, rest = p.breakLine(st, s, short)
		if rest != "" && p.measure(st, first) <= short && p.measure(st, rest) <= p.measure(st, first) {
			return first, rest
		}
	}
	return p.breakLine(st, s, room)
}

// breakLine cuts s at the last place where a line may break and its start
// still fits: after a space or between Chinese characters, never before
// punctuation.
func (p *page) breakLine(st style, s string, room vg.Length) (first, rest string) {
	runes := []rune(s)
	cut := 0
	for i := 1; i < len(runes); i++ {
		if !mayBreak(runes[i-1], runes[i]) {
			continue
		}
		if p.measure(st, strings.TrimRight(string(runes[:i]), " ")) > room {
			break
		}
		cut = i
	}
	if cut == 0 {
		return s, ""
	}
	return strings.TrimRight(string(runes[:cut]), " "), string(runes[cut:])
}

func mayBreak(before, after rune) bool {
	if unicode.IsPunct(after) || after == ' ' {
		return false
	}
	return before == ' ' || unicode.Is(unicode.Han, before) && unicode.Is(unicode.Han, after) ||
		strings.ContainsRune("，。；：、", before)
}
