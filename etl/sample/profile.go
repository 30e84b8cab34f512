package sample

import (
	"math"

	"panelwatch/etl/panel"
)

// A profile is a trait with its share of the app's devices by month, in %.
type profile struct {
	trait
	share series
}

// shareNoise is the standard deviation of a share's logarithm from month to
// month; the last month has none, so that it prints what was published.
const shareNoise = 0.003

// profiles draws the shares of every app, grouped by app.
func (h *history) profiles() map[panel.AppID][]profile {
	out := map[panel.AppID][]profile{}
	for _, t := range h.traits {
		out[t.app] = append(out[t.app], profile{t, h.drift(t)})
	}
	for _, ps := range out {
		for _, dimension := range []string{panel.Province, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital} {
			close100(ps, dimension)
		}
	}
	return out
}

// drift is the share of a trait over time.
func (h *history) drift(t trait) (s series) {
	r := stream(h.seed, "share/"+string(t.app)+"/"+t.segment.Dimension+"/"+t.segment.Member)
	season := h.seasons[t.season]
	for i := range s {
		m := first + panel.Month(i)
		s[i] = (t.share + t.driftPP*float64(m-last)/12) * season[m.OfYear()-1]
		if z := noise(r, shareNoise); m != last {
			s[i] *= math.Exp(z)
		}
	}
	return s
}

// close100 makes the disjoint members of a dimension add up to 100 %.
func close100(ps []profile, dimension string) {
	var sum series
	for _, p := range ps {
		if p.segment.Dimension == dimension {
			for i, v := range p.share {
				sum[i] += v
			}
		}
	}
	for j := range ps {
		if ps[j].segment.Dimension == dimension {
			for i := range sum {
				ps[j].share[i] *= 100 / sum[i]
			}
		}
	}
}

// tgi is the trait's index against all devices, 100 = average.
func (h *history) tgi(segment panel.Segment, share float64) float64 {
	return 100 * share / h.base[segment]
}
