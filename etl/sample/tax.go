package sample

import (
	"math"
	"slices"

	"panelwatch/etl/panel"
)

// tax is the app whose level before 2023 is solved from a published ratio.
const tax panel.AppID = "geshui"

const (
	// taxMeanRatio: the mean of 2023 over that of the three years before, as printed (+45.0 %).
	taxMeanRatio = 1.450
	taxYear      = 2023
)

// rampEnd is the month from which the level of 个人所得税 needs no lowering.
var rampEnd = panel.MustMonth("2022-07")

// taxLevels gives 个人所得税 its yearly peaks from knots.csv and its other
// months from tax.csv, as parts of the peak level of the time. Before rampEnd
// these are lowered, the more the earlier, until the published ratio of
// yearly means holds.
func (h *history) taxLevels(sd float64) series {
	peaks := h.knots[string(tax)]
	full, pinned := h.taxShape(peaks, sd), map[panel.Month]bool{}
	for _, k := range peaks {
		pinned[k.month] = true
	}
	lowered := func(k float64) (s series) {
		for i, v := range full {
			m := first + panel.Month(i)
			if early := float64(rampEnd-m) / float64(rampEnd-first); early > 0 && !pinned[m] {
				v *= math.Exp(-k * early)
			}
			s[i] = v
		}
		return s
	}
	ratio := func(k float64) float64 {
		s := lowered(k)
		before := (s.mean(taxYear-3) + s.mean(taxYear-2) + s.mean(taxYear-1)) / 3
		return s.mean(taxYear) / before
	}
	return lowered(bisect(ratio, taxMeanRatio, -2, 4)).rounded()
}

// taxShape is the shape of the year times the level of the peaks, which is
// interpolated between them and flat before the first and after the last.
func (h *history) taxShape(peaks []knot, sd float64) (s series) {
	begin, end := peaks[0], peaks[len(peaks)-1]
	begin.month, begin.pinned = first, false
	end.month, end.pinned = last, false
	r := stream(h.seed, "devices/"+string(tax))
	level := along(slices.Concat([]knot{begin}, peaks, []knot{end}), h.seasons["none"], 0, r)
	for i := range s {
		m := first + panel.Month(i)
		s[i] = level[i] * h.tax[m.Year()][m.OfYear()-1] * math.Exp(noise(r, sd))
	}
	for _, k := range peaks {
		s[k.month-first] = k.wan
	}
	return s
}
