package expect

import (
	"cmp"
	"maps"
	"slices"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

// An effect moves the months that are exposed to it: a window of the calendar,
// by the share of its days that fall in the month, or one unusual month.
type effect struct {
	window  string
	unusual panel.Month
}

func (e effect) compare(o effect) int {
	return cmp.Or(cmp.Compare(e.window, o.window), cmp.Compare(e.unusual, o.unusual))
}

// exposures are those of each month to each effect that any month is exposed
// to.
func (s Structural) exposures(profile string, months []panel.Month) ([]effect, [][]float64) {
	of := make([]map[effect]float64, len(months))
	all := map[effect]bool{}
	for i, m := range months {
		of[i] = s.exposure(profile, m)
		for e := range of[i] {
			all[e] = true
		}
	}
	effects := slices.SortedFunc(maps.Keys(all), effect.compare)
	x := make([][]float64, len(months))
	for i := range months {
		x[i] = make([]float64, len(effects))
		for k, e := range effects {
			x[i][k] = of[i][e]
		}
	}
	return effects, x
}

func (s Structural) exposure(profile string, m panel.Month) map[effect]float64 {
	out := map[effect]float64{}
	if s.Calendar == nil {
		return out
	}
	for _, w := range s.Calendar.Windows(profile, m) {
		if w.Kind != calendar.Filing { // it lies the same every year: season
			out[effect{window: w.Zh}] += w.Share
		}
	}
	if _, unusual := s.Calendar.Unusual(m); unusual {
		out[effect{unusual: m}] = 1
	}
	return out
}
