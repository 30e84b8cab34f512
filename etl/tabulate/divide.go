package tabulate

import (
	"slices"
	"sort"
	"sync"

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
// and cuts the groups into buckets. runs are where each run of a group and
// stratum begins, and the end.
func (c *census) divide(r *roster, order []ranked) (sorted []ranked, runs []int) {
	strata := len(r.stratumName)
	runs = make([]int, (1+panel.Groups)*strata+1)
	for _, x := range order {
		runs[x.run+1]++
	}
	for i := 1; i < len(runs); i++ {
		runs[i] += runs[i-1]
	}
	for g := 1; g <= panel.Groups; g++ {
		r.buckets[g] = len(r.first)
		for from, end := runs[g*strata], runs[(g+1)*strata]; from < end; from += r.perBucket {
			r.first = append(r.first, int32(from))
		}
	}
	r.buckets[1+panel.Groups] = len(r.first)
	r.first = append(r.first, int32(len(order)))
	sorted = large[ranked](len(order))
	at := slices.Clone(runs)
	for _, x := range order {
		sorted[at[x.run]] = x
		at[x.run]++
	}
	return sorted, runs
}

// fill moves the candidates to their places.
func (r *roster) fill(c *census, order []ranked, runs []int, workers int) {
	n := len(order)
	r.directory = newDirectory(n)
	r.long = c.long
	r.weights, r.strata = large[float64](n), large[uint16](n)
	for k := range kinds {
		r.profiles[k] = large[uint32](n)
	}
	r.settleIn(c, order, runs, workers)
	c.candidates = nil
	for run, from := range runs[:len(runs)-1] {
		stratum, g := run%len(r.loads), run/len(r.loads)
		for _, weight := range r.weights[from:runs[run+1]] {
			for _, g := range [2]int{0, g} {
				l := &r.loads[stratum][g]
				l.weight += weight
				l.devices++
			}
		}
	}
}

// settleIn gives every worker a range of hashes, whose slots lie together.
// What would go beyond them is put in at the end.
func (r *roster) settleIn(c *census, order []ranked, runs []int, workers int) {
	beyond := make([][]settler, workers)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			from, to := uint64(w)<<32/uint64(workers), uint64(w+1)<<32/uint64(workers)
			beyond[w] = r.settleRange(c, order, runs, from, to)
		})
	}
	all.Wait()
	for _, list := range beyond {
		for _, s := range list {
			r.put(s.hash, s.ordinal)
		}
	}
}

// A settler is a device and the hash that says where it belongs.
type settler struct {
	hash    uint64
	ordinal int
}

// settleRange takes the devices whose upper half of the hash is in a range.
func (r *roster) settleRange(c *census, order []ranked, runs []int, from, to uint64) (beyond []settler) {
	end := r.start(to << 32)
	if to == 1<<32 {
		end = uint64(len(r.slots))
	}
	at := func(run []ranked, hash uint64) int {
		return sort.Search(len(run), func(i int) bool { return uint64(run[i].hash) >= hash })
	}
	for run, first := range runs[:len(runs)-1] {
		devices := order[first:runs[run+1]]
		low, high := at(devices, from), at(devices, to)
		bucket := r.bucketOf(first + low)
		for i := first + low; i < first+high; i++ {
			for int(r.first[bucket+1]) <= i {
				bucket++
			}
			d := c.at(order[i])
			r.weights[i], r.strata[i] = d.weight, d.stratum
			for k := range kinds {
				r.profiles[k][i] = d.profiles[k]
			}
			r.records[i] = record{d.name, home{uint16(bucket), uint16(i - int(r.first[bucket]))}}
			s := settler{d.hash(), i}
			if !r.putBefore(end, s) {
				beyond = append(beyond, s)
			}
		}
	}
	return beyond
}

// bucketOf is the bucket of a device.
func (r *roster) bucketOf(ordinal int) int {
	return sort.Search(len(r.first)-1, func(b int) bool { return int(r.first[b+1]) > ordinal })
}

// putBefore enters a device unless that would be at end or behind it.
func (r *roster) putBefore(end uint64, s settler) bool {
	for at := r.start(s.hash); at < end; at++ {
		if r.slots[at] == 0 {
			r.slots[at] = slotOf(s.hash, s.ordinal)
			return true
		}
	}
	return false
}
