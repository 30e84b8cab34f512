package chart

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/*.png")

// drawn is what the tests look at: charts of every kind.
type drawn interface {
	PNG() ([]byte, error)
	Alt() string
	draw() (*page, error)
}

var samples = map[string]drawn{
	"record_high": recordHigh(), "gaps": withGaps(), "growth_en": growth(),
	"places": placesLine(), "top20": top20(), "six_en": six(), "around": around(),
	"tiers": tiers(), "preferences_en": preferences(), "busy_hour": busyHour(), "busy_hour_en": busyHourBy(),
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

func decode(t *testing.T, data []byte) *image.RGBA {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 1440 || b.Dy() != 810 {
		t.Fatalf("size %v, want 1440x810", b)
	}
	out := image.NewRGBA(img.Bounds())
	draw.Draw(out, out.Bounds(), img, image.Point{}, draw.Src)
	return out
}

func compare(t *testing.T, got, want *image.RGBA) {
	t.Helper()
	const tolerance, few = 48, 200 // of 255; of 1.17 million pixels
	different := 0
	for i := 0; i < len(got.Pix); i += 4 {
		if apart(got.Pix[i:], want.Pix[i:]) > tolerance {
			different++
		}
	}
	if different > few {
		t.Errorf("%d pixels differ from the stored chart, want at most %d", different, few)
	}
}

// apart is the largest difference of two pixels' red, green and blue.
func apart(a, b []uint8) (most uint8) {
	for c := range 3 {
		most = max(most, max(a[c], b[c])-min(a[c], b[c]))
	}
	return most
}
