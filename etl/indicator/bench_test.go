package indicator_test

import (
	"fmt"
	"testing"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// BenchmarkMonth computes a December of 100 apps with 60 members each, with
// all replicates and four years of history.
func BenchmarkMonth(b *testing.B) {
	last := panel.MustMonth("2023-12")
	h := indicator.History{}
	for m := last - 47; m <= last; m++ {
		cells := map[panel.Key]panel.Estimate{}
		for i := range 100 {
			app := panel.AppID(fmt.Sprint("app", i))
			cells[panel.Key{App: app, Segment: panel.All}] = shaken(1e6+1e4*float64(m%12), 100).Estimate
			for j := 0; j < 60 && (m >= last-1 || m == last-12); j++ {
				s := panel.Segment{Dimension: panel.Province, Member: fmt.Sprint(j)}
				cells[panel.Key{App: app, Segment: s}] = shaken(1e4, 10).Estimate
				cells[panel.Key{App: panel.AllNetwork, Segment: s}] = shaken(1e7, 10).Estimate
			}
		}
		cells[panel.Key{App: panel.AllNetwork, Segment: panel.All}] = panel.Constant(1e9)
		h[m] = panelMonth(m, cells)
	}
	for b.Loop() {
		indicator.Month(h, last, settings)
	}
}
