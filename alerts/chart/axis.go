package chart

import (
	"math"

	"panelwatch/etl/panel"
)

// A scale maps values to the height of the plot, 0 at its foot and 1 at its top.
type scale struct {
	low, high float64
	inverted  bool
	step      float64
	ticks     []float64
}

// newScale holds every value between low and high, and zero, with a little
// room above; ranks run from the first place at the top to the last.
func newScale(low, high float64, u Unit) scale {
	if u == Places {
		return rankScale(high)
	}
	low, high = math.Min(low, 0), math.Max(high, 0)
	if high-low < 1e-9 {
		high = 1
	}
	span := high - low
	s := scale{low: low, high: high + 0.10*span, step: niceStep(span / 5)}
	if low < 0 {
		s.low -= 0.14 * span
	}
	for k := math.Ceil(s.low / s.step); k*s.step <= s.high; k++ {
		s.ticks = append(s.ticks, k*s.step)
	}
	return s
}

func rankScale(last float64) scale {
	last = math.Max(last, 3)
	s := scale{low: 0.4, high: last + 0.6, inverted: true, step: math.Max(1, niceStep(last/5)), ticks: []float64{1}}
	for v := s.step; v <= last; v += s.step {
		if v > 1 {
			s.ticks = append(s.ticks, v)
		}
	}
	return s
}

// niceStep is the smallest of 1, 2, 4, 5 times a power of ten not below x.
func niceStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, f := range []float64{1, 2, 4, 5} {
		if f*power >= x*(1-1e-9) {
			return f * power
		}
	}
	return 10 * power
}

// at is the height of v between 0 and 1.
func (s scale) at(v float64) float64 {
	h := (v - s.low) / (s.high - s.low)
	if s.inverted {
		return 1 - h
	}
	return h
}

// label writes a tick; one magnitude and one number of decimals serve the
// whole axis.
func (s scale) label(v float64, u Unit, script string) string {
	switch {
	case u == Places:
		return fixed(v, 0, 0)
	case v == 0:
		return "0"
	case u == Ratio:
		return fixed(v, 2, places(s.step*100)) + "%"
	case u == Points:
		return fixed(v, 0, places(s.step))
	}
	m := magnitudeOf(math.Max(math.Abs(s.ticks[0]), math.Abs(s.ticks[len(s.ticks)-1])), script)
	return fixed(v, m.shift, places(s.step/m.size)) + m.word
}

// places is the number of decimals that a multiple of step needs.
func places(step float64) int {
	return max(0, int(-math.Floor(math.Log10(step)+1e-9)))
}

// monthStep is how many months lie between two labels of the time axis, when
// months are so many points apart.
func monthStep(count int, apart float64) panel.Month {
	if count <= 14 {
		return 1
	}
	for _, step := range []panel.Month{3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000} {
		if float64(step)*apart >= 26 {
			return step
		}
	}
	return 12000
}
