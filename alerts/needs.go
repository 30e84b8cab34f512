package alerts

import (
	"cmp"
	"maps"
	"slices"

	"panelwatch/etl/panel"
)

// A Need is a kind of series that a rule reads besides the monthly devices of
// whole apps: an indicator over the members of a dimension.
type Need struct {
	Indicator string
	Dimension string
	Months    int // only the newest so many, the judged one among them; 0 for all
}

// hourMonths are the judged month, the year in which a move may have been told
// before, and the year that each of these is compared with.
const hourMonths = 25

// Needs are what the rules that have settings read, each once.
func (s Settings) Needs() []Need {
	months := map[Need]int{}
	for _, r := range Rules {
		for _, p := range s[r.Name] {
			for _, n := range r.reads(p) {
				kind := Need{Indicator: n.Indicator, Dimension: n.Dimension}
				if known, twice := months[kind]; twice && (known == 0 || n.Months == 0) {
					n.Months = 0
				} else {
					n.Months = max(n.Months, known)
				}
				months[kind] = n.Months
			}
		}
	}
	var out []Need
	for kind, n := range months {
		kind.Months = n
		out = append(out, kind)
	}
	slices.SortFunc(out, func(a, b Need) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Dimension, b.Dimension))
	})
	return out
}

// reads are a rule's own needs, and the devices of the members that the setting
// names.
func (r Rule) reads(p Params) (out []Need) {
	if r.Needs != nil {
		out = r.Needs(p)
	}
	if p.Dimension != "" && p.Dimension != panel.Hour {
		out = append(out, Need{Indicator: MUD, Dimension: p.Dimension})
	}
	return out
}

// Dimensions are those whose members' devices the rules read.
func (s Settings) Dimensions() []string {
	seen := map[string]bool{}
	for _, n := range s.Needs() {
		if n.Indicator == MUD {
			seen[n.Dimension] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
