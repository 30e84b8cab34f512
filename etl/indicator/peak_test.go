package indicator_test

import (
	"testing"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

func TestLocalPeakIsOfTheMonthBefore(t *testing.T) {
	s := settings
	s.MinProminence = 0.1
	none, noBase := []indicator.Flag(nil), []indicator.Flag{indicator.NoBase}
	for _, c := range []struct {
		name   string
		values []float64 // millions, from January 2023; 0 is missing
		want   float64
		at     string
		flags  []indicator.Flag
	}{
		{"a peak", []float64{8, 10, 8}, 1, "2023-02", none},
		{"still rising", []float64{8, 10, 11}, 0, "2023-02", none},
		{"falling all the time", []float64{11, 10, 8}, 0, "2023-02", none},
		{"exactly prominent enough", []float64{9, 10, 9}, 1, "2023-02", none},
		{"too flat on the right", []float64{8, 10, 9.5}, 0, "2023-02", none},
		{"a shoulder of a higher one", []float64{12, 9.5, 10, 8}, 0, "2023-03", none},
		{"lowest month further back", []float64{12, 8, 9.5, 10, 8}, 1, "2023-04", none},
		{"a plateau counts by its first month", []float64{8, 10, 10, 8}, 1, "2023-02", none},
		{"a plateau that goes on", []float64{8, 10, 10}, 0, "2023-02", none},
		{"a plateau at the beginning is an end", []float64{10, 10, 8}, nan, "", noBase},
		{"the first month is an end", []float64{10, 8}, nan, "", noBase},
		{"a month missing", []float64{8, 0, 10, 8}, nan, "", noBase},
	} {
		t.Run(c.name, func(t *testing.T) {
			scaled := make([]float64, len(c.values))
			for i, v := range c.values {
				scaled[i] = v * 1e6
			}
			h, m := monthly("2023-01", scaled...)
			got := find(t, indicator.Month(h, m, s), "local_peak", "a", panel.All)
			wants(t, got, c.want, nan, c.flags...)
			if c.at != "" && got.At != panel.MustMonth(c.at) {
				t.Errorf("at %s, want %s", got.At, c.at)
			}
		})
	}
}

// What the estimates say is flagged where 1.96 errors could undo it.
func TestWithinError(t *testing.T) {
	k := panel.Key{App: "a", Segment: panel.All}
	for _, c := range []struct {
		off   float64 // of one replicate of the middle, error off x sqrt(79/80)
		flags []indicator.Flag
	}{
		{100_000, nil}, // 1.96 x 99 373 < 200 000
		{103_000, []indicator.Flag{indicator.WithinError}},
	} {
		h := indicator.History{}
		for i, v := range []indicator.Sum{shaken(8e5, 0), shaken(1e6, c.off), shaken(8e5, 0)} {
			m := panel.MustMonth("2023-01") + panel.Month(i)
			h[m] = panelMonth(m, map[panel.Key]panel.Estimate{k: v.Estimate})
		}
		s := settings
		s.RecordMonths = 1
		s.Thresholds = []indicator.Threshold{{App: "a", Segment: panel.All, Devices: 8e5 + 1}}
		february := indicator.Month(h, panel.MustMonth("2023-02"), s)
		wants(t, find(t, indicator.Month(h, panel.MustMonth("2023-03"), s), "local_peak", "a", panel.All), 1, nan, c.flags...)
		wants(t, find(t, february, "record_high", "a", panel.All), 1, nan, c.flags...)
		wants(t, find(t, february, "threshold_cross", "a", panel.All), 1, nan, c.flags...)
	}
}
