package nullpanel

import (
	"cmp"
	"math"
	"slices"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

const listMonths = 14 // lists are given for so many months: a year and what rules look back

// series are an app's devices, and their growth over twelve and six months as
// the warehouse has it: with the error of the replicates of both months.
func series(a App, levels []panel.Estimate, last panel.Month) []alerts.Series {
	mud, yoy := begin(a, panel.All, alerts.MUD, alerts.Devices), begin(a, panel.All, alerts.YoY, alerts.Ratio)
	cagr := begin(a, panel.All, alerts.CAGR6, alerts.Ratio)
	for i, e := range levels {
		m := monthAt(i, levels, last)
		mud.Points = append(mud.Points, point(m, e))
		if i >= 12 {
			yoy.Points = append(yoy.Points, growth(m, levels[i-12], e, 1))
		}
		if i >= 6 {
			cagr.Points = append(cagr.Points, growth(m, levels[i-6], e, 6))
		}
	}
	return []alerts.Series{mud, yoy, cagr}
}

func begin(a App, of panel.Segment, indicator string, unit alerts.Unit) alerts.Series {
	return alerts.Series{
		App: a.ID, Name: a.Name, Profile: a.Profile, Category: a.Category, Segment: of,
		Indicator: indicator, Unit: unit, Basis: panel.FromPanel,
	}
}

func point(m panel.Month, e panel.Estimate) expect.Point {
	return expect.Point{Month: m, Value: e[0], SE: e.StandardError()}
}

// growth is (now/base)^(1/steps) - 1, replicate by replicate.
func growth(m panel.Month, base, now panel.Estimate, steps float64) expect.Point {
	var e panel.Estimate
	for g := range e {
		e[g] = math.Pow(now[g]/base[g], 1/steps) - 1
	}
	return point(m, e)
}

// list ranks the apps that have devices enough in the sample.
func (p Panel) list(t Truth, l List, levels map[panel.AppID][]panel.Estimate, last panel.Month, months int) alerts.List {
	out := alerts.List{Name: l.Name, Size: l.Size, Months: map[panel.Month][]alerts.Entry{}}
	least := float64(p.MinRanked) * t.Universe / float64(p.Devices)
	for back := range min(listMonths, months) {
		var entries []alerts.Entry
		for _, id := range l.Apps {
			if e := levels[id][months-1-back]; e[0] > 0 && e[0] >= least {
				entries = append(entries, alerts.Entry{
					App: id, Name: t.name(id), Devices: e[0], SE: e.StandardError(), Basis: panel.FromPanel, Estimate: &e,
					DAU: math.NaN(), CAGR6: math.NaN(),
				})
			}
		}
		out.Months[last-panel.Month(back)] = placed(entries)
	}
	return out
}

// placed gives equal numbers equal places.
func placed(entries []alerts.Entry) []alerts.Entry {
	slices.SortFunc(entries, func(a, b alerts.Entry) int {
		return cmp.Or(cmp.Compare(b.Devices, a.Devices), cmp.Compare(a.App, b.App))
	})
	for i := range entries {
		entries[i].Rank = i + 1
		if i > 0 && entries[i].Devices == entries[i-1].Devices {
			entries[i].Rank = entries[i-1].Rank
		}
	}
	return entries
}

func (t Truth) name(id panel.AppID) string {
	for _, a := range t.Apps {
		if a.ID == id {
			return a.Name
		}
	}
	return string(id)
}
