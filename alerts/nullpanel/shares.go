package nullpanel

import (
	"cmp"
	"slices"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

const largest = 5 // members whose share is their concentration

// shares are an app's part of the universe, the devices of its parts, and the
// share of the largest of them.
func shares(t Truth, a App, whole []panel.Estimate, parts [][]panel.Estimate, last panel.Month) (out []alerts.Series) {
	universe := panel.Constant(t.Universe)
	penetration := begin(a, panel.All, alerts.Penetration, alerts.Ratio)
	for i, e := range whole {
		penetration.Points = append(penetration.Points, point(monthAt(i, whole, last), ratio(e, universe)))
	}
	out = append(out, penetration)
	for k, part := range a.Parts {
		s := begin(a, part.Segment, alerts.MUD, alerts.Devices)
		for i, e := range parts[k] {
			s.Points = append(s.Points, point(monthAt(i, whole, last), e))
		}
		out = append(out, s)
	}
	if len(a.Parts) > largest {
		out = append(out, concentration(a, whole, parts, last))
	}
	return out
}

func concentration(a App, whole []panel.Estimate, parts [][]panel.Estimate, last panel.Month) alerts.Series {
	s := begin(a, panel.Segment{Dimension: a.Parts[0].Segment.Dimension, Member: alerts.LargestMembers}, alerts.TopShare, alerts.Ratio)
	for i, e := range whole {
		var of []panel.Estimate
		for _, part := range parts {
			of = append(of, part[i])
		}
		slices.SortFunc(of, func(a, b panel.Estimate) int { return cmp.Compare(b[0], a[0]) })
		var top panel.Estimate
		for _, part := range of[:largest] {
			for g, v := range part {
				top[g] += v
			}
		}
		s.Points = append(s.Points, point(monthAt(i, whole, last), ratio(top, e)))
	}
	return s
}

func ratio(a, b panel.Estimate) (e panel.Estimate) {
	for g := range e {
		e[g] = a[g] / b[g]
	}
	return e
}

func monthAt(i int, months []panel.Estimate, last panel.Month) panel.Month {
	return last - panel.Month(len(months)-1-i)
}
