package report

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
)

// Sizes of letters in pictures, in units of the picture, which are pixels.
const (
	letter = 12.0
	small  = 11.0
)

// A paper is a picture in the making. Colours come from the page's style
// sheet, by class.
type paper struct {
	strings.Builder
	width, height float64
	lang          string
	taken, dots   []box // by words, by marked points
}

// A box is a rectangle that words take up.
type box struct{ left, top, right, bottom float64 }

func (b box) meets(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

func px(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0")
}

// An anchor says which part of the words stands at their place.
type anchor string

const (
	atStart  anchor = "start"
	atMiddle anchor = "middle"
	atEnd    anchor = "end"
)

// write puts words with their base line at y.
func (p *paper) write(x, y float64, a anchor, class, words string) {
	p.taken = append(p.taken, boxOf(x, y, a, words))
	fmt.Fprintf(p, `<text x="%s" y="%s" text-anchor="%s" class="%s">%s</text>`, px(x), px(y), a, class, html.EscapeString(words))
}

// fits says whether words at a place are on the paper and touch no others.
func (p *paper) fits(x, y float64, a anchor, words string) bool {
	b := boxOf(x, y, a, words)
	if b.left < 0 || b.top < 0 || b.right > p.width || b.bottom > p.height {
		return false
	}
	return !slices.ContainsFunc(p.taken, b.meets) && !slices.ContainsFunc(p.dots, b.meets)
}

func boxOf(x, y float64, a anchor, words string) box {
	w := widthOf(words, letter)
	switch a {
	case atMiddle:
		x -= w / 2
	case atEnd:
		x -= w
	}
	return box{x, y - letter, x + w, y + 0.35*letter}
}

func (p *paper) line(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(p, `<line x1="%s" y1="%s" x2="%s" y2="%s" class="%s"/>`, px(x1), px(y1), px(x2), px(y2), class)
}

func (p *paper) rect(x, y, w, h float64, class string) {
	fmt.Fprintf(p, `<rect x="%s" y="%s" width="%s" height="%s" class="%s"/>`, px(x), px(y), px(max(w, 0)), px(h), class)
}

func (p *paper) dot(x, y, r float64, class string) {
	fmt.Fprintf(p, `<circle cx="%s" cy="%s" r="%s" class="%s"/>`, px(x), px(y), px(r), class)
}

func (p *paper) path(d, class string) {
	if d != "" {
		fmt.Fprintf(p, `<path d="%s" class="%s"/>`, d, class)
	}
}

// widthOf is how wide words are at most, in the fonts that pages are shown in:
// a Chinese character is as wide as it is high.
func widthOf(words string, size float64) (w float64) {
	for _, r := range words {
		switch {
		case r > 0x2E80:
			w += 1
		case strings.ContainsRune("MWmw%@—", r):
			w += 1
		case r >= 'A' && r <= 'Z':
			w += 0.75
		default:
			w += 0.65
		}
	}
	return w * size
}

// shortened is words that take up at most so much room.
func shortened(words string, size, room float64) string {
	if widthOf(words, size) <= room {
		return words
	}
	letters := []rune(words)
	for len(letters) > 0 && widthOf(string(letters), size)+size > room {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// svg draws a chart at a width. Its name is that of its title and description
// in the page.
func (c Chart) svg(name string, width float64, lang string) string {
	p := &paper{width: width, height: c.picture.height(width), lang: lang}
	fmt.Fprintf(p, `<svg viewBox="0 0 %s %s" role="img" aria-labelledby="%s-t %s-d" xmlns="http://www.w3.org/2000/svg">`, px(p.width), px(p.height), name, name)
	fmt.Fprintf(p, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, name, html.EscapeString(c.Title.In(lang)), name, html.EscapeString(c.Subtitle.In(lang)))
	c.picture.draw(p)
	p.WriteString("</svg>")
	return p.String()
}
