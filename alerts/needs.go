package alerts

import (
	"cmp"
	"slices"

	"panelwatch/etl/panel"
)

// A Need is a kind of series that a rule reads besides the monthly devices of
// whole apps: an indicator over the members of a dimension.
type Need struct {
	Indicator string
	Dimension string
	Months    int           // only the newest so many, the judged one among them; 0 for all
	Apps      []panel.AppID // of these alone; none: of every app
}

// Needs are what the rules that have settings read, each kind once.
func (s Settings) Needs() (out []Need) {
	for _, r := range Rules {
		for _, p := range s[r.Name] {
			for _, n := range r.reads(p) {
				i := slices.IndexFunc(out, n.alike)
				if i < 0 {
					out = append(out, n)
					continue
				}
				out[i] = out[i].and(n)
			}
		}
	}
	for i := range out {
		slices.Sort(out[i].Apps)
		out[i].Apps = slices.Compact(out[i].Apps)
	}
	slices.SortFunc(out, func(a, b Need) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Dimension, b.Dimension))
	})
	return out
}

func (n Need) alike(o Need) bool { return n.Indicator == o.Indicator && n.Dimension == o.Dimension }

// and is what serves both needs.
func (n Need) and(o Need) Need {
	was := n.Months
	if n.Months = max(n.Months, o.Months); o.Months == 0 || was == 0 {
		n.Months = 0
	}
	if len(n.Apps) == 0 || len(o.Apps) == 0 {
		n.Apps = nil
	} else {
		n.Apps = slices.Concat(n.Apps, o.Apps)
	}
	return n
}

// reads are a rule's own needs, and the devices of the members that the setting
// names. A setting that goes by category or list may be about any app.
func (r Rule) reads(p Params) (out []Need) {
	if r.Needs != nil {
		out = r.Needs(p)
	}
	if p.Dimension != "" && p.Dimension != panel.Hour {
		out = append(out, Need{Indicator: MUD, Dimension: p.Dimension})
	}
	for i := range out {
		if len(p.Apps) > 0 && len(p.Categories)+len(p.Lists) == 0 {
			out[i].Apps = slices.Clone(p.Apps)
		}
	}
	return out
}
