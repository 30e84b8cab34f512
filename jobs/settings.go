package jobs

import (
	"maps"

	"panelwatch/alerts/calendar"
	"panelwatch/configs"
	"panelwatch/etl/indicator"
	"panelwatch/etl/indicator/definitions"
	"panelwatch/etl/panel"
)

// settingsUpTo are the settings as far as they concern month m: a calendar
// that has learnt another year changes nothing of the months before.
func (r *run) settingsUpTo(m panel.Month) indicator.Settings {
	s := r.indicatorSettings()
	for _, days := range s.Holidays {
		maps.DeleteFunc(days, func(later panel.Month, _ float64) bool { return later > m })
	}
	return s
}

// formulaVersions change when a formula does, so that all months are computed
// anew.
func formulaVersions() map[string]int {
	versions := map[string]int{}
	for _, d := range definitions.All() {
		versions[d.Name] = d.Version
	}
	return versions
}

// holidays is, for each profile of the catalogue, the share of the days of
// each month that are in windows of holidays or presale, at most 1.
func holidays(c *calendar.Calendar, apps *panel.Catalogue) map[string]map[panel.Month]float64 {
	out := map[string]map[panel.Month]float64{}
	for _, a := range apps.Apps {
		if _, done := out[a.Profile]; !done {
			out[a.Profile] = exposure(c, a.Profile)
		}
	}
	return out
}

func exposure(c *calendar.Calendar, profile string) map[panel.Month]float64 {
	share := map[panel.Month]float64{}
	for m := c.CoversFrom(); m <= c.CoversThrough(); m++ {
		var days float64
		for _, w := range c.Windows(profile, m) {
			if w.Kind == calendar.Presale || w.Kind == calendar.Holiday {
				days += w.Share * (w.Last.Sub(w.First).Hours()/24 + 1)
			}
		}
		if days > 0 {
			share[m] = min(1, days/float64(m.Days()))
		}
	}
	return share
}

func correlations(i configs.Indicators) (out []indicator.Correlation) {
	for _, c := range i.Correlations {
		out = append(out, indicator.Correlation{App: c.App, A: c.Cities[0], B: c.Cities[1]})
	}
	return out
}
