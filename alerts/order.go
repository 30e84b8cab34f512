package alerts

import (
	"cmp"
	"math"
	"slices"

	"panelwatch/etl/panel"
)

// A difference is log a - log b with its standard error, NaN when unknown.
type difference struct{ d, se float64 }

func (d difference) z() float64 { return d.d / d.se }

// apart is how far two entries of one month are apart. With replicates on
// both the error is that of the difference itself, else the two errors are
// taken as independent.
func apart(a, b Entry) difference {
	return replicated(
		[]weighted{{a, 1}, {b, -1}},
		math.Hypot(a.SE/a.Devices, b.SE/b.Devices),
	)
}

// moved is how far the distance of two entries changed from base to now.
// Replicates take in that the two months share devices.
func moved(aNow, bNow, aBase, bBase Entry) difference {
	return replicated(
		[]weighted{{aNow, 1}, {bNow, -1}, {aBase, -1}, {bBase, 1}},
		math.Hypot(apart(aNow, bNow).se, apart(aBase, bBase).se),
	)
}

type weighted struct {
	entry Entry
	sign  float64
}

// replicated sums the signed logarithms; its error comes from the jackknife
// replicates when every entry has them, else it is otherwise.
func replicated(terms []weighted, otherwise float64) difference {
	var sum panel.Estimate
	have := true
	for _, t := range terms {
		e := t.entry.Estimate
		if have = have && e != nil && t.entry.Basis == panel.FromPanel; have {
			for g, v := range e {
				sum[g] += t.sign * math.Log(v)
			}
		}
	}
	if se := sum.StandardError(); have && !math.IsNaN(se) && !math.IsInf(se, 0) {
		return difference{sum[0], se}
	}
	var d float64
	for _, t := range terms {
		d += t.sign * math.Log(t.entry.Devices)
	}
	return difference{d, errorOrNaN(otherwise)}
}

// A swap is a pair whose order changed: over stands above under now and stood
// below it in the base month. z is the smaller of two: of the distance now,
// and of its change; real is the probability that both orders are true. Both
// are NaN when no error is known.
type swap struct {
	over, under Entry
	z, real     float64
}

// A pair names the apps of a swap.
type pair struct{ over, under panel.AppID }

func (s swap) pair() pair { return pair{s.over.App, s.under.App} }

// other is the entry that an app swapped with.
func (s swap) other(app panel.AppID) Entry {
	if s.over.App == app {
		return s.under
	}
	return s.over
}

// nameOf is the name of one of the two apps.
func (s swap) nameOf(app panel.AppID) string {
	if s.over.App == app {
		return s.over.Name
	}
	return s.under.Name
}

func (s swap) p() float64 { return math.Erfc(math.Abs(s.z) / math.Sqrt2) }

// swaps are the pairs of a list whose order changed from base to now, at
// least one of the two being shown in both months. idle is the number of
// other pairs that noise might have swapped: they belong to the batch.
func swaps(now, base []Entry, size int) (out []swap, idle int) {
	was := map[panel.AppID]Entry{}
	for _, e := range base {
		was[e.App] = e
	}
	shown := func(e, then Entry) bool { return e.Rank <= size && then.Rank <= size }
	for _, over := range now {
		overThen, ok := was[over.App]
		for _, under := range now {
			underThen, have := was[under.App]
			if !ok || !have || over.Devices <= under.Devices || !shown(over, overThen) && !shown(under, underThen) {
				continue
			}
			distance, change := apart(over, under), moved(over, under, overThen, underThen)
			switch {
			case overThen.Devices < underThen.Devices:
				real := bothTrue(distance, apart(overThen, underThen), change)
				out = append(out, swap{over, under, math.Min(distance.z(), change.z()), real})
			case inReach(distance, change):
				idle++
			}
		}
	}
	return out, idle
}

// inReach: noise may swap two apps, or move one across a line, whose mean
// distance over both months is within twice the error of its change. The mean
// says nothing of the change, so that choosing by it leaves the tests fair.
func inReach(distance, change difference) bool {
	return math.Abs(distance.d-change.d/2) <= 2*change.se
}

// involving are the swaps that an app is part of.
func involving(all []swap, app panel.AppID) (out []swap) {
	for _, s := range all {
		if s.over.App == app || s.under.App == app {
			out = append(out, s)
		}
	}
	return out
}

// significant are the swaps beyond 1.96 standard errors whose p is within the
// batch's limit, clearest first.
func significant(all []swap, limit float64) (out []swap) {
	for _, s := range all {
		if s.z >= z95 && s.p() <= limit {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b swap) int { return cmp.Compare(b.z, a.z) })
	return out
}

// testable are the swaps with a known error.
func testable(all []swap) (out []swap) {
	for _, s := range all {
		if !math.IsNaN(s.z) {
			out = append(out, s)
		}
	}
	return out
}

// byRank is a copy of a list's entries, first place first.
func byRank(entries []Entry) []Entry {
	return slices.SortedStableFunc(slices.Values(entries), func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.App, b.App))
	})
}
