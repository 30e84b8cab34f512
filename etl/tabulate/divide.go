package tabulate

import (
	"slices"

	"panelwatch/etl/panel"
)

// label gives segments, strata and profiles their final numbers, which do not
// depend on the order in which they were met.
func (c *census) label(r *roster) {
	segments, segment, strata, stratum := c.intake.Labels()
	r.segments, r.stratumName = segments, strata
	r.loads = make([][1 + panel.Groups]burden, len(strata))
	var renumbered [len(kinds)][]uint32
	for k := range kinds {
		r.interned[k], renumbered[k] = relabel(c.profiles[k].values, segment, stratum)
	}
	for _, list := range c.candidates {
		for i := range list {
			d := &list[i]
			d.stratum = uint16(stratum[d.stratum])
			for k := range kinds {
				d.profiles[k] = renumbered[k][d.profiles[k]]
			}
		}
	}
}

// relabel puts profiles in order of stratum and segments.
func relabel(profiles []profile, segment, stratum []int32) (sorted []profile, to []uint32) {
	order := make([]int, len(profiles))
	for i := range profiles {
		order[i] = i
		p := &profiles[i]
		p.stratum = stratum[p.stratum]
		for j, s := range p.segments {
			p.segments[j] = segment[s]
		}
		slices.Sort(p.segments)
	}
	slices.SortFunc(order, func(x, y int) int {
		a, b := profiles[x], profiles[y]
		if a.stratum != b.stratum {
			return int(a.stratum - b.stratum)
		}
		return slices.Compare(a.segments, b.segments)
	})
	to = make([]uint32, len(profiles))
	for i, old := range order {
		sorted = append(sorted, profiles[old])
		to[old] = uint32(i)
	}
	return sorted, to
}

// divide orders the devices by group and stratum, keeping the order within,
// and cuts the groups into buckets.
func (c *census) divide(r *roster, order []ranked) []ranked {
	runs := len(r.stratumName)
	at := make([]int, (1+panel.Groups)*runs+1)
	run := func(x ranked) int { d := c.at(x); return int(d.group)*runs + int(d.stratum) }
	for _, x := range order {
		at[run(x)+1]++
	}
	for i := 1; i < len(at); i++ {
		at[i] += at[i-1]
	}
	for g := 1; g <= panel.Groups; g++ {
		r.buckets[g] = len(r.first)
		for from, end := at[g*runs], at[(g+1)*runs]; from < end; from += r.perBucket {
			r.first = append(r.first, int32(from))
		}
	}
	r.buckets[1+panel.Groups] = len(r.first)
	r.first = append(r.first, int32(len(order)))
	sorted := make([]ranked, len(order))
	for _, x := range order {
		i := run(x)
		sorted[at[i]] = x
		at[i]++
	}
	return sorted
}

// fill moves the candidates to their places.
func (r *roster) fill(c *census, order []ranked) {
	n := len(order)
	r.records, r.weights, r.strata = make([]record, n), make([]float64, n), make([]uint16, n)
	for k := range kinds {
		r.profiles[k] = make([]uint32, n)
	}
	bucket := 0
	for i, x := range order {
		for int(r.first[bucket+1]) <= i {
			bucket++
		}
		d := c.at(x)
		r.records[i] = record{d.name, uint16(bucket), uint16(i - int(r.first[bucket]))}
		r.weights[i], r.strata[i] = d.weight, d.stratum
		for k := range kinds {
			r.profiles[k][i] = d.profiles[k]
		}
		for _, g := range [2]uint8{0, d.group} {
			l := &r.loads[d.stratum][g]
			l.weight += d.weight
			l.devices++
		}
	}
	c.candidates = nil
	r.index()
}
