package tabulate

import (
	"slices"

	"panelwatch/etl/panel"
)

// A total is the sums of all groups.
type total struct {
	plan                          *plan
	cells, days, together, unions *tally
	loose                         *pairCounts
}

func newTotal(p *plan) *total {
	return &total{
		plan: p, cells: newTally(p.cells, p.scales), days: newTally(p.days, p.scales),
		together: newTally(p.together, p.scales), unions: newTally(p.unions, p.scales),
		loose: newPairCounts(p.loosePairs),
	}
}

// add takes the sums of a group. Groups have to come in order.
func (t *total) add(group int, s *groupSums) error {
	t.cells.add(group, s.cells)
	t.days.add(group, s.days)
	t.together.add(group, s.together)
	t.unions.add(group, s.unions)
	t.loose.merge(s.loose)
	return nil
}

// tables turns the sums into estimates.
func (t *total) tables(m panel.Month) *Tables {
	out := &Tables{Month: m, Cells: map[panel.Key]*Cell{}}
	used := make([]bool, len(t.plan.apps))
	for app, id := range append(slices.Clone(t.plan.apps), panel.AllNetwork) {
		for s, segment := range t.plan.segments {
			if n := t.cells.n(s, app); n > 0 {
				out.Cells[panel.Key{App: id, Segment: segment}] = t.cell(s, app, n)
			}
		}
		if app < len(used) {
			_, used[app] = out.Cells[panel.Key{App: id, Segment: panel.All}]
		}
	}
	t.wholeNetwork(out)
	out.Daily, out.Overlaps = t.daily(), t.overlaps(used)
	out.Loose = t.loose.list(t.plan.apps, used, func(p panel.Pair) bool {
		_, found := slices.BinarySearchFunc(out.Overlaps, p, func(o Overlap, p panel.Pair) int { return o.Compare(p) })
		return found
	})
	return out
}

func (t *total) cell(segment, app, n int) *Cell {
	return &Cell{
		Devices:    t.cells.estimate(segment, app, devices, n),
		DeviceDays: t.cells.estimate(segment, app, deviceDays, n),
		Uses:       t.cells.estimate(segment, app, uses, n),
		Seconds:    t.cells.estimate(segment, app, seconds, n),
		N:          n,
	}
}

func (t *total) category(i int) panel.Segment {
	return panel.Segment{Dimension: panel.Category, Member: t.plan.categories[i]}
}

// wholeNetwork adds the devices with any app of a category, and frees the
// number of all devices of rounding: a control total has no error.
func (t *total) wholeNetwork(out *Tables) {
	for i := range t.plan.categories {
		if n := t.unions.n(0, i); n > 0 {
			out.Cells[panel.Key{App: panel.AllNetwork, Segment: t.category(i)}] = &Cell{Devices: t.unions.estimate(0, i, 0, n), N: n}
		}
	}
	if whole, ok := out.Cells[panel.Key{App: panel.AllNetwork, Segment: panel.All}]; ok {
		whole.Devices = panel.Constant(whole.Devices[0])
	}
}

func (t *total) daily() (days []Daily) {
	if !t.plan.byDay {
		return nil
	}
	for app, id := range t.plan.apps {
		for day := 1; day < daysOfMonth; day++ {
			item := app*daysOfMonth + day
			if n := t.days.n(0, item); n > 0 {
				days = append(days, Daily{App: id, Day: day, Devices: t.days.estimate(0, item, 0, n), N: n})
			}
		}
	}
	return days
}

// overlaps are the pairs of apps that were used at all, those without common
// devices too: zero is known then.
func (t *total) overlaps(used []bool) (pairs []Overlap) {
	at := func(id panel.AppID) int { i, _ := slices.BinarySearch(t.plan.apps, id); return i }
	for i, p := range t.plan.pairs {
		if used[at(p.A)] && used[at(p.B)] {
			n := t.together.n(0, i)
			pairs = append(pairs, Overlap{Pair: p, Devices: t.together.estimate(0, i, 0, n), N: n})
		}
	}
	slices.SortFunc(pairs, func(a, b Overlap) int { return a.Compare(b.Pair) })
	return pairs
}
