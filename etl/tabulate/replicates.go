package tabulate

import "panelwatch/etl/panel"

// scales holds the factors by which the weights of each stratum grow when one
// group is left out: W / (W - W_g), W over all devices of the stratum.
//
// A stratum whose devices are all in one group has nobody to stand in for
// them: it keeps its estimate in that replicate.
type scales [][1 + panel.Groups]scale

// A scale has the factor of a stratum's full sum T and that of the group's
// own part T_g, so that the replicate is full*T - own*T_g.
type scale struct{ full, own float64 }

// A burden is the weight and number of devices in a part of a stratum.
type burden struct {
	weight  float64
	devices int
}

// newScales takes, by stratum, the load of the whole (index 0) and of each
// group.
func newScales(strata [][1 + panel.Groups]burden) scales {
	s := make(scales, len(strata))
	for stratum, of := range strata {
		for g := range s[stratum] {
			s[stratum][g] = scale{1, 0}
			if g > 0 && of[g].devices < of[0].devices {
				factor := of[0].weight / (of[0].weight - of[g].weight)
				s[stratum][g] = scale{factor, factor}
			}
		}
	}
	return s
}

// A shape is the layout of one kind of sums: a row for each stratum and
// target that go together, a number of items in each row, and quantities of
// each item, the last of which is the number of devices without weights.
type shape struct {
	rows       []rowOf
	targets    int
	items      int
	quantities int
}

type rowOf struct{ stratum, target int32 }

func (s shape) size() int { return len(s.rows) * s.items * s.quantities }

// width is how many numbers a row has.
func (s shape) width() int { return s.items * s.quantities }

// A tally is sums of the whole sample per row, and of each group per target,
// the latter scaled. From these two every replicate follows, whatever the
// number of strata:
//
//	T_(g) = sum over strata s of W_s/(W_s - W_sg) * (T_s - T_sg)
type tally struct {
	shape
	scales  scales
	byRow   []float64
	byGroup [1 + panel.Groups][]float64 // nil for a group without devices
	rowsOf  [][]int32                   // of a target
}

func newTally(s shape, scales scales) *tally {
	t := &tally{shape: s, scales: scales, byRow: make([]float64, s.size()), rowsOf: make([][]int32, s.targets)}
	for i, r := range s.rows {
		t.rowsOf[r.target] = append(t.rowsOf[r.target], int32(i))
	}
	return t
}

// add takes the sums of one group. For the result to be the same to the last
// bit, groups have to come in order.
func (t *tally) add(group int, sums []float64) {
	own := make([]float64, t.targets*t.width())
	width := t.width()
	for i, r := range t.rows {
		from, total := sums[i*width:(i+1)*width], t.byRow[i*width:(i+1)*width]
		to := own[int(r.target)*width:][:width]
		factor := t.scales[r.stratum][group].own
		for j, v := range from {
			if v == 0 {
				continue
			}
			total[j] += v
			if j%t.quantities == t.quantities-1 {
				to[j] += v // devices are counted, not scaled
			} else {
				to[j] += factor * v
			}
		}
	}
	t.byGroup[group] = own
}

// n is the number of devices behind an item of a target.
func (t *tally) n(target, item int) (n int) {
	for _, row := range t.rowsOf[target] {
		n += int(t.byRow[int(row)*t.width()+(item+1)*t.quantities-1])
	}
	return n
}

// estimate is a quantity of an item with its replicates. n is what the method
// of this name tells.
func (t *tally) estimate(target, item, quantity, n int) (e panel.Estimate) {
	at := item*t.quantities + quantity
	for g := range e {
		var own []float64
		nobodyLeft := false // then 0 it is, without rounding
		if t.byGroup[g] != nil {
			own = t.byGroup[g][target*t.width():]
			nobodyLeft = int(own[(item+1)*t.quantities-1]) == n
		}
		for _, row := range t.rowsOf[target] {
			s := t.scales[t.rows[row].stratum][g]
			if !nobodyLeft || s.own == 0 {
				e[g] += s.full * t.byRow[int(row)*t.width()+at]
			}
		}
		if own != nil && !nobodyLeft {
			e[g] -= own[at]
		}
	}
	return e
}
