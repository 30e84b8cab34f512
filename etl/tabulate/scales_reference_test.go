package tabulate_test

import (
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// scales holds the factors by which the weights of each stratum grow when one
// group is left out: W / (W - W_g), W over all devices of the stratum.
//
// A stratum whose devices are all in one group has nobody to stand in for
// them: it keeps its estimate in that replicate.
type scales [][1 + panel.Groups]scale

// A scale has the factor of a stratum's full sum T and that of the group's
// own part T_g, so that the replicate is full*T - own*T_g.
type scale struct{ full, own float64 }

func newScales(p *extract.Panel) scales {
	weights := make([][1 + panel.Groups]float64, len(p.Strata))
	devices := make([][1 + panel.Groups]int, len(p.Strata))
	for _, d := range p.Devices {
		weights[d.Stratum][0] += d.Weight
		weights[d.Stratum][d.Group] += d.Weight
		devices[d.Stratum][0]++
		devices[d.Stratum][d.Group]++
	}
	s := make(scales, len(p.Strata))
	for stratum, w := range weights {
		for g := range s[stratum] {
			factor := w[0] / (w[0] - w[g])
			switch {
			case g == 0:
				s[stratum][g] = scale{1, 0}
			case devices[stratum][g] == devices[stratum][0]:
				s[stratum][g] = scale{1, 0}
			default:
				s[stratum][g] = scale{factor, factor}
			}
		}
	}
	return s
}

// sums accumulates weighted sums of a fixed number of quantities in numbered
// cells: per stratum, and scaled per group. From these two every replicate
// follows, whatever the number of strata:
//
//	T_(g) = sum over strata s of W_s/(W_s - W_sg) * (T_s - T_sg)
type sums struct {
	scales     scales
	quantities int
	n          []int
	inGroup    []int32   // cell, group: devices of n
	strata     []float64 // cell, stratum, quantity
	groups     []float64 // cell, group, quantity: own factor x T_sg
}

func newSums(s scales, cells, quantities int) *sums {
	return &sums{
		scales: s, quantities: quantities,
		n:       make([]int, cells),
		inGroup: make([]int32, cells*(1+panel.Groups)),
		strata:  make([]float64, cells*len(s)*quantities),
		groups:  make([]float64, cells*(1+panel.Groups)*quantities),
	}
}

// add counts one device in a cell. Devices have to come in the same order
// each time for the sums to be the same to the last bit.
func (s *sums) add(cell int, d *extract.Device, quantities ...float64) {
	s.n[cell]++
	s.inGroup[cell*(1+panel.Groups)+d.Group]++
	own := s.scales[d.Stratum][d.Group].own * d.Weight
	stratum := s.strata[(cell*len(s.scales)+d.Stratum)*s.quantities:]
	group := s.groups[(cell*(1+panel.Groups)+d.Group)*s.quantities:]
	for i, q := range quantities {
		stratum[i] += d.Weight * q
		group[i] += own * q
	}
}

// estimate is a quantity of a cell with its replicates.
func (s *sums) estimate(cell, quantity int) (e panel.Estimate) {
	for g := range e {
		at := cell*(1+panel.Groups) + g
		nobodyLeft := int(s.inGroup[at]) == s.n[cell] // then 0 it is, without rounding
		for stratum, scale := range s.scales {
			if nobodyLeft && scale[g].own != 0 {
				continue
			}
			e[g] += scale[g].full * s.strata[(cell*len(s.scales)+stratum)*s.quantities+quantity]
		}
		if !nobodyLeft {
			e[g] -= s.groups[at*s.quantities+quantity]
		}
	}
	return e
}
