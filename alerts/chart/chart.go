// Package chart draws what a finding says: a series with the expectation it
// was judged against, or a ranked list. It turns values into PNG bytes and an
// alternative text, the same values into the same bytes; it knows no rule, no
// database, no clock and no Slack, and must not import them.
package chart

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// Size of every chart: 1440 x 810 pixels, twice what Slack shows on a phone.
const (
	width  = 720 * vg.Length(1) // points
	height = 405 * vg.Length(1)
	dpi    = 144

	margin = 28 * vg.Length(1) // left and right of everything
)

// Chinese and English are the languages of labels and alternative texts.
const (
	Chinese = "zh"
	English = "en"
)

// beyond is the largest value that still makes a readable label.
const beyond = 1e15

var (
	ink      = color.RGBA{0x11, 0x18, 0x27, 0xff}
	body     = color.RGBA{0x37, 0x41, 0x51, 0xff}
	grey     = color.RGBA{0x6b, 0x72, 0x80, 0xff}
	gridGrey = color.RGBA{0xe5, 0xe7, 0xeb, 0xff}
	zeroGrey = color.RGBA{0x9c, 0xa3, 0xaf, 0xff}
	band     = color.NRGBA{0x93, 0xc5, 0xfd, 0x78} // 47 %
	lineBlue = color.RGBA{0x1d, 0x4e, 0xd8, 0xff}
	barGrey  = color.RGBA{0xd1, 0xd5, 0xdb, 0xff}
	barBlue  = color.RGBA{0xbf, 0xdb, 0xfe, 0xff}
	barMoved = color.RGBA{0x25, 0x63, 0xeb, 0xff}
	red      = color.RGBA{0xdc, 0x26, 0x26, 0xff}
	green    = color.RGBA{0x05, 0x96, 0x69, 0xff}
	veil     = color.NRGBA{0xff, 0xff, 0xff, 0xb8}
	white    = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

// A Head is what stands around every chart.
type Head struct {
	Title    string // one sentence that states the finding
	Subtitle string // measure, unit, span, meaning of the band
	Source   string // vendor, extract and revision
	Language string // Chinese unless English
	Numerals string // InWan or InMillion; without it as the language has it
}

// Numerals of devices: 万 and 亿, or M and B.
const (
	InWan     = "wan"
	InMillion = "million"
)

// script is the language whose numerals the labels take.
func (h Head) script() string {
	switch h.Numerals {
	case InWan:
		return Chinese
	case InMillion:
		return English
	}
	return h.Language
}

// format writes a value as the chart's labels have it.
func (h Head) format(v float64, u Unit) string { return written(v, u, h.Language, h.script()) }

// finite says whether v can be drawn: NaN and infinities are missing months.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func checkRange(what string, v float64) error {
	if finite(v) && math.Abs(v) > beyond {
		return fmt.Errorf("%s: value %g is beyond what a chart can show", what, v)
	}
	return nil
}
