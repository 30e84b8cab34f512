package chart

import (
	_ "embed"
	"fmt"
	"sync"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// Subsets of Noto Sans CJK SC, OFL-1.1; fonts/subset.sh makes them.
var (
	//go:embed fonts/NotoSansSC-Regular.otf
	regularOTF []byte
	//go:embed fonts/NotoSansSC-Bold.otf
	boldOTF []byte
)

// Fonts are parsed once and only read afterwards.
var (
	parseRegular = sync.OnceValues(func() (*sfnt.Font, error) { return opentype.Parse(regularOTF) })
	parseBold    = sync.OnceValues(func() (*sfnt.Font, error) { return opentype.Parse(boldOTF) })
)

// faces are the two weights a page is set in.
type faces struct{ regular, bold *sfnt.Font }

func loadFaces() (f faces, err error) {
	if f.regular, err = parseRegular(); err != nil {
		return f, fmt.Errorf("parse embedded regular font: %w", err)
	}
	if f.bold, err = parseBold(); err != nil {
		return f, fmt.Errorf("parse embedded bold font: %w", err)
	}
	return f, nil
}

// A style is how a string is set.
type style struct {
	size vg.Length
	bold bool
}

// face returns the face that covers all of s: a bold string with a character
// that only Regular has is set in Regular as a whole. A character that neither
// has would be drawn as an empty box, so it is an error.
func (f faces) face(st style, s string) (font.Face, error) {
	if st.bold {
		if _, ok := missing(f.bold, s); ok {
			return font.Face{Font: font.Font{Size: st.size}, Face: f.bold}, nil
		}
	}
	if r, ok := missing(f.regular, s); !ok {
		return font.Face{}, fmt.Errorf("chart text %q: no glyph for %q (%U)", s, r, r)
	}
	return font.Face{Font: font.Font{Size: st.size}, Face: f.regular}, nil
}

// missing returns the first rune of s that the font lacks; ok when none.
func missing(f *sfnt.Font, s string) (r rune, ok bool) {
	var buf sfnt.Buffer
	for _, r := range s {
		if i, err := f.GlyphIndex(&buf, r); err != nil || i == 0 {
			return r, false
		}
	}
	return 0, true
}
