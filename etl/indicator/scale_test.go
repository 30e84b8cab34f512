package indicator_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"panelwatch/etl/indicator"
)

// Counting in other units changes what is counted, and no ratio, index, share
// or statement made of it.
func TestUnitsOfCountingDoNotMatterToRatios(t *testing.T) {
	counts := []string{"universe_devices", "mud", "dau_avg", "total_hours", "annual_mean", "annual_peak"}
	rapid.Check(t, func(t *rapid.T) {
		by := rapid.Float64Range(0.5, 50).Draw(t, "factor")
		h, m, s := fullHistory()
		before := indicator.Month(h, m, s).Rows
		s.Thresholds[0].Devices *= by
		for _, f := range h {
			scale(f, by)
		}
		after := indicator.Month(h, m, s).Rows
		if len(before) != len(after) {
			t.Fatalf("%d rows, were %d", len(after), len(before))
		}
		for i, was := range before {
			want := was.Value
			if slices.Contains(counts, was.Indicator) {
				want *= by
			}
			got := after[i].Value
			if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
				t.Fatalf("%s of %s %v: got %v, want %v", was.Indicator, was.App, was.Segment, got, want)
			}
		}
	})
}

func scale(f *indicator.Facts, by float64) {
	f.Universe *= by
	for k, c := range f.Cells {
		for _, s := range []*indicator.Sum{&c.Devices, &c.DeviceDays, &c.Uses, &c.Seconds} {
			for g := range s.Estimate {
				s.Estimate[g] *= by
			}
		}
		f.Cells[k] = c
	}
	for p, w := range f.Overlaps {
		for g := range w.Both.Estimate {
			w.Both.Estimate[g] *= by
		}
		f.Overlaps[p] = w
	}
}
