package chart

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/*.png")

// drawn is what the tests look at: Line and RankBars.
type drawn interface {
	PNG() ([]byte, error)
	Alt() string
	draw() (*page, error)
}

var samples = map[string]drawn{
	"record_high": recordHigh(), "gaps": withGaps(), "growth_en": growth(),
	"places": placesLine(), "top20": top20(), "six_en": six(),
}

// TestGolden compares each chart with the stored one. A pixel may differ a
// little between platforms (floating point), a few pixels may differ a lot;
// more is another picture, to be looked at and accepted with -update.
func TestGolden(t *testing.T) {
	for name, c := range samples {
		t.Run(name, func(t *testing.T) {
			got, err := c.PNG()
			if err != nil {
				t.Fatal(err)
			}
			again, err := c.PNG()
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, again) {
				t.Error("drawn twice, the bytes differ")
			}
			file := filepath.Join("testdata", name+".png")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, decode(t, got), decode(t, want))
		})
	}
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 1440 || b.Dy() != 810 {
		t.Fatalf("size %v, want 1440x810", b)
	}
	return img
}

func compare(t *testing.T, got, want image.Image) {
	t.Helper()
	const tolerance, few = 48 << 8, 200 // of 65535; of 1.17 million pixels
	different := 0
	for y := range 810 {
		for x := range 1440 {
			r, g, b, _ := got.At(x, y).RGBA()
			wr, wg, wb, _ := want.At(x, y).RGBA()
			if apart(r, wr) > tolerance || apart(g, wg) > tolerance || apart(b, wb) > tolerance {
				different++
			}
		}
	}
	if different > few {
		t.Errorf("%d pixels differ from the stored chart, want at most %d", different, few)
	}
}

func apart(a, b uint32) uint32 { return max(a, b) - min(a, b) }
