package tabulate

import (
	"math/bits"
	"slices"

	"panelwatch/etl/panel"
)

// Quantities of a cell, and of a count of devices.
const (
	devices = iota
	deviceDays
	uses
	seconds
	counted // devices without weights
	quantities
)

const (
	daysOfMonth   = 32   // room for day 1 to 31
	countedQ      = 2    // quantities of a count: weights, devices
	maxPairedApps = 256  // every pair has replicates
	maxLooseApps  = 4096 // every pair is counted at all
)

// A plan says what is tabulated: which cells, days and pairs there are, and
// where each is kept.
type plan struct {
	roster     *roster
	apps       []panel.AppID
	byDay      bool
	minSeconds uint64
	segments   []panel.Segment // all first, then those of the roster that are wanted
	categories []string
	categoryOf []int16 // of an app, -1 for none
	pairs      []panel.Pair
	everyPair  bool                  // pairs are numbered as a triangle
	loosePairs int                   // how many pairs are counted without replicates, as a triangle; 0 if none
	rowsOf     [len(kinds)][][]int32 // of a profile: rows of cells
	idle       [len(kinds)]bool      // kinds that no cell needs
	scales     scales

	cells, days, together, unions shape
}

func newPlan(r *roster, apps []panel.AppID, cat *panel.Catalogue, o Options, byDay bool, minSeconds int) *plan {
	p := &plan{roster: r, apps: apps, byDay: byDay, minSeconds: uint64(minSeconds), segments: []panel.Segment{panel.All}}
	p.scales = newScales(r.loads)
	p.layCells(o.Dimensions)
	perStratum := make([]rowOf, len(r.stratumName))
	for i := range perStratum {
		perStratum[i].stratum = int32(i)
	}
	if byDay {
		p.days = shape{perStratum, 1, len(apps) * daysOfMonth, countedQ}
	}
	p.layPairs(o.Pairs)
	p.together = shape{perStratum, 1, len(p.pairs), countedQ}
	p.layCategories(cat, slices.Contains(o.Dimensions, panel.Category))
	p.unions = shape{perStratum, 1, len(p.categories), countedQ}
	return p
}

// layCells finds which rows of cells each profile adds to. The first kind has
// the row of all devices.
func (p *plan) layCells(dimensions []string) {
	target := make([]int32, len(p.roster.segments))
	for i, s := range p.roster.segments {
		if target[i] = -1; slices.Contains(dimensions, s.Dimension) {
			target[i] = int32(len(p.segments))
			p.segments = append(p.segments, s)
		}
	}
	p.cells = shape{targets: len(p.segments), items: len(p.apps) + 1, quantities: quantities}
	known := map[rowOf]int32{}
	row := func(r rowOf) int32 {
		i, ok := known[r]
		if !ok {
			i = int32(len(p.cells.rows))
			known[r] = i
			p.cells.rows = append(p.cells.rows, r)
		}
		return i
	}
	for k := range kinds {
		p.idle[k] = k > 0
		for _, profile := range p.roster.interned[k] {
			var rows []int32
			if k == 0 {
				rows = append(rows, row(rowOf{profile.stratum, 0}))
			}
			for _, s := range profile.segments {
				if target[s] >= 0 {
					rows = append(rows, row(rowOf{profile.stratum, target[s]}))
				}
			}
			p.rowsOf[k] = append(p.rowsOf[k], rows)
			p.idle[k] = p.idle[k] && len(rows) == 0
		}
	}
}

// layPairs takes every pair of apps, or the given ones where there are too
// many apps for the replicates of all.
func (p *plan) layPairs(wanted []panel.Pair) {
	if p.everyPair = len(p.apps) <= maxPairedApps; p.everyPair {
		for b := range p.apps {
			for a := range b {
				p.pairs = append(p.pairs, panel.Pair{A: p.apps[a], B: p.apps[b]})
			}
		}
		return
	}
	if len(p.apps) <= maxLooseApps {
		p.loosePairs = triangle(0, len(p.apps))
	}
	for _, pair := range wanted {
		if pair.A > pair.B {
			pair.A, pair.B = pair.B, pair.A
		}
		p.pairs = append(p.pairs, pair)
	}
	slices.SortFunc(p.pairs, panel.Pair.Compare)
	p.pairs = slices.Compact(p.pairs)
}

// triangle numbers pairs a < b.
func triangle(a, b int) int { return b*(b-1)/2 + a }

func (p *plan) layCategories(cat *panel.Catalogue, wanted bool) {
	for _, id := range p.apps {
		app, _ := cat.App(id)
		to := -1
		if wanted && app.Category != "" {
			if to = slices.Index(p.categories, app.Category); to < 0 {
				to = len(p.categories)
				p.categories = append(p.categories, app.Category)
			}
		}
		p.categoryOf = append(p.categoryOf, int16(to))
	}
}

// shapes are those of all sums, in a fixed order.
func (p *plan) shapes() [4]shape { return [4]shape{p.cells, p.days, p.together, p.unions} }

// all are the sums in the order of shapes.
func (s *groupSums) all() [4][]float64 {
	return [4][]float64{s.cells, s.days, s.together, s.unions}
}

// An act is what one device did with one app in the month.
type act struct {
	app  int
	days uint32 // a bit for each day, or in month grain how many
	sum  uint64 // packed uses and seconds
}

// A groupSums is the sums of one group being made.
type groupSums struct {
	*plan
	profiles [len(kinds)][]float64 // profile x app x quantity
	days     []float64             // stratum x app x day x quantity
	together []float64
	unions   []float64
	cells    []float64
	seen     []bool // categories of one device
	loose    *pairCounts
}

func newGroupSums(p *plan) *groupSums {
	s := &groupSums{plan: p, seen: make([]bool, len(p.categories)), loose: newPairCounts(p.loosePairs)}
	for k := range kinds {
		if !p.idle[k] {
			s.profiles[k] = make([]float64, len(p.rowsOf[k])*p.cells.width())
		}
	}
	s.days, s.together = make([]float64, p.days.size()), make([]float64, p.together.size())
	s.unions, s.cells = make([]float64, p.unions.size()), make([]float64, p.cells.size())
	return s
}

func (s *groupSums) clear() {
	for k := range kinds {
		clear(s.profiles[k])
	}
	clear(s.days)
	clear(s.together)
	clear(s.unions)
	clear(s.cells)
	s.loose.clear()
}

// device adds a device with all it did.
func (s *groupSums) device(ordinal int, acts []act) {
	r := s.roster
	w, stratum := r.weights[ordinal], int(r.strata[ordinal])
	for k := range kinds {
		if s.idle[k] {
			continue
		}
		cells := s.profiles[k][int(r.profiles[k][ordinal])*s.plan.cells.width():][:s.plan.cells.width()]
		whole := cells[len(cells)-quantities:]
		whole[devices] += w
		whole[counted]++
		for _, a := range acts {
			s.act(cells[a.app*quantities:], w, a)
		}
	}
	if s.byDay {
		s.daily(s.days[stratum*s.plan.days.width():], w, acts)
	}
	s.pairUp(s.together[stratum*s.plan.together.width():], w, acts)
	if len(s.categories) > 0 {
		s.categorize(s.unions[stratum*s.plan.unions.width():], w, acts)
	}
}

func (s *groupSums) act(cell []float64, w float64, a act) {
	days := float64(a.days)
	if s.byDay {
		days = float64(bits.OnesCount32(a.days))
	}
	cell = cell[:quantities]
	cell[devices] += w
	cell[deviceDays] += w * days
	cell[uses] += w * float64(a.sum>>secondsBits)
	cell[seconds] += w * float64(a.sum&secondsMask)
	cell[counted]++
}

func (s *groupSums) daily(days []float64, w float64, acts []act) {
	for _, a := range acts {
		own := days[a.app*daysOfMonth*countedQ:][:daysOfMonth*countedQ]
		for left := a.days; left != 0; left &= left - 1 {
			day := bits.TrailingZeros32(left)
			own[day*countedQ] += w
			own[day*countedQ+1]++
		}
	}
}

// pairUp counts the pairs of apps that a device used both of.
func (s *groupSums) pairUp(together []float64, w float64, acts []act) {
	if !s.everyPair {
		s.pairsWanted(together, w, acts)
		if s.loosePairs > 0 {
			s.loose.add(w, acts)
		}
		return
	}
	for i := range acts {
		row := triangle(0, acts[i].app)
		for _, b := range acts[:i] {
			at := (row + b.app) * countedQ
			together[at] += w
			together[at+1]++
		}
	}
}

func (s *groupSums) pairsWanted(together []float64, w float64, acts []act) {
	used := func(id panel.AppID) bool {
		return slices.ContainsFunc(acts, func(a act) bool { return s.apps[a.app] == id })
	}
	for i, p := range s.pairs {
		if len(acts) > 1 && used(p.A) && used(p.B) {
			together[i*countedQ] += w
			together[i*countedQ+1]++
		}
	}
}

// categorize counts the categories of which a device used any app.
func (s *groupSums) categorize(unions []float64, w float64, acts []act) {
	clear(s.seen)
	for _, a := range acts {
		if to := s.categoryOf[a.app]; to >= 0 && !s.seen[to] {
			s.seen[to] = true
			unions[int(to)*countedQ] += w
			unions[int(to)*countedQ+1]++
		}
	}
}

// rollUp turns sums of profiles into those of cells.
func (s *groupSums) rollUp() {
	width := s.plan.cells.width()
	for k := range kinds {
		for i, rows := range s.rowsOf[k] {
			if len(rows) == 0 {
				continue
			}
			from := s.profiles[k][i*width : (i+1)*width]
			for _, row := range rows {
				to := s.cells[int(row)*width:][:width]
				for j, v := range from {
					to[j] += v
				}
			}
		}
	}
}
