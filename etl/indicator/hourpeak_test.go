package indicator_test

import (
	"fmt"
	"strings"
	"testing"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

func TestPeaksOfTheDay(t *testing.T) {
	s := settings
	s.MinProminence = 0.1
	for _, c := range []struct {
		name   string
		shares []float64 // percent, from hour 0; 0 is not delivered
		want   string    // an hour each: peak, no, - no verdict
	}{
		{"two peaks", []float64{2, 8, 3, 7, 2}, "^.^"},
		{"too flat on one side", []float64{2, 8, 7.5, 7.6, 2}, "^.."},
		{"a plateau counts by its first hour", []float64{2, 8, 8, 3}, "^."},
		{"a shoulder", []float64{9, 5, 5, 3}, ".."},
		{"the end is no peak", []float64{2, 3, 8}, "."},
		{"an hour missing", []float64{2, 8, 0, 4, 3, 2}, "--."},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := vendor("2023-12", map[panel.AppID]float64{"a": 1e6})
			f.Delivered = map[indicator.Printed]float64{}
			for hour, v := range c.shares {
				at := panel.Segment{Dimension: panel.Hour, Member: fmt.Sprint(hour)}
				if v > 0 {
					f.Delivered[indicator.Printed{Measure: "hourly_share", App: "a", Segment: at, Network: "G"}] = v / 100
				}
			}
			h, m := historyOf(f)
			if got := verdicts(indicator.Month(h, m, s), len(c.shares)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func verdicts(r indicator.Results, hours int) string {
	var out strings.Builder
	for hour := range hours {
		for _, row := range r.Rows {
			if row.Indicator != "local_peak" || row.Segment.Member != fmt.Sprintf("G/%d", hour) {
				continue
			}
			switch {
			case row.Value == 1:
				out.WriteByte('^')
			case row.Value == 0:
				out.WriteByte('.')
			default:
				out.WriteByte('-')
			}
		}
	}
	return out.String()
}
