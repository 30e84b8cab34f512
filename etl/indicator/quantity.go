// Package indicator holds the formulas: from the estimates of a month and its
// history to every published number with its sampling error. It is pure and
// knows no database, no clock and no file.
package indicator

import (
	"math"
	"slices"

	"panelwatch/etl/panel"
)

// A Quantity is one input of a formula: a value and what is known of its
// sampling error.
type Quantity struct {
	Basis panel.Basis
	// Estimate carries all replicates when Basis is FromPanel, else the value
	// alone at index 0.
	Estimate panel.Estimate
	N        int // unweighted devices behind it, 0 when unknown

	Key    panel.Key   // what it counts
	Month  panel.Month // and when
	Sample Sample      // of its month, when Basis is Assumed
	// Constant marks a control total, which has no sampling error.
	Constant bool
	explain  bool // keep how results came about
}

// A Sample is what an aggregate extract declares of the panel behind it.
type Sample struct {
	Size     int     // devices in the panel
	Deff     float64 // design effect
	Universe float64 // devices projected to
}

// Declared says whether an assumed error can be computed at all.
func (s Sample) Declared() bool { return s.Size > 0 && s.Deff > 0 && s.Universe > 0 }

// Value is the full-sample value.
func (q Quantity) Value() float64 { return q.Estimate[0] }

// A Result is the value of a formula with its error. SE is NaN when unknown.
type Result struct {
	Value, SE float64
	Basis     panel.Basis
	From      *Derivation // nil unless the facts ask for it
}

// A formula computes one number from its inputs; ok is false where it is not
// defined, such as on a zero base.
type formula func(x []float64) (y float64, ok bool)

// apply evaluates f. Panel inputs: f on all 81 replicates. Assumed inputs:
// first-order propagation of the simple-random-sampling covariance, inflated
// by the design effect. Anything else: the value alone.
func apply(f formula, in ...Quantity) (Result, bool) {
	y, ok := f(column(in, 0))
	if !ok || math.IsNaN(y) || math.IsInf(y, 0) {
		return Result{}, false
	}
	basis := commonBasis(in)
	switch basis {
	case panel.FromPanel:
		e, ok := replicate(f, in)
		if !ok {
			return derived(Result{Value: y, SE: math.NaN(), Basis: basis}, f, in), true
		}
		return derived(Result{Value: y, SE: e.StandardError(), Basis: basis}, f, in), true
	case panel.Assumed:
		return derived(Result{Value: y, SE: math.Sqrt(max(0, propagate(f, in))), Basis: basis}, f, in), true
	}
	return derived(Result{Value: y, SE: math.NaN(), Basis: basis}, f, in), true
}

func column(in []Quantity, g int) []float64 {
	x := make([]float64, len(in))
	fillColumn(x, in, g)
	return x
}

func fillColumn(x []float64, in []Quantity, g int) {
	for i := range in {
		q := &in[i] // a copy would be one of all replicates
		x[i] = q.Estimate[g]
		if q.Constant || q.Basis != panel.FromPanel {
			x[i] = q.Estimate[0]
		}
	}
}

// commonBasis is the basis that all inputs with an error share, FromVendor
// when they differ or one has none.
func commonBasis(in []Quantity) panel.Basis {
	var bases []panel.Basis
	for i := range in {
		q := &in[i]
		if !q.Constant && !slices.Contains(bases, q.Basis) {
			bases = append(bases, q.Basis)
		}
	}
	if len(bases) == 1 {
		return bases[0]
	}
	if len(bases) == 0 && len(in) > 0 {
		return in[0].Basis
	}
	return panel.FromVendor
}

func replicate(f formula, in []Quantity) (e panel.Estimate, ok bool) {
	x := make([]float64, len(in))
	for g := range e {
		fillColumn(x, in, g)
		if e[g], ok = f(x); !ok {
			return e, false
		}
	}
	return e, true
}

// propagate is the variance sum_ij f_i f_j cov_ij with numerical derivatives.
func propagate(f formula, in []Quantity) float64 {
	slope := make([]float64, len(in))
	for i, q := range in {
		if !q.Constant {
			slope[i] = derivative(f, in, i)
		}
	}
	var v float64
	for i := range in {
		for j := range in {
			v += slope[i] * slope[j] * covariance(&in[i], &in[j])
		}
	}
	return v
}

func derivative(f formula, in []Quantity, i int) float64 {
	x := column(in, 0)
	h := math.Max(math.Abs(x[i])*1e-5, 1e-9)
	x[i] += h
	up, ok := f(x)
	if !ok {
		return 0
	}
	x[i] -= 2 * h
	down, ok := f(x)
	if !ok {
		return 0
	}
	return (up - down) / (2 * h)
}

// covariance of two counts of devices under simple random sampling:
// U^2 deff/n (p_ab - p_a p_b). Counts of one app and month are nested or
// disjoint; different apps and different months are taken as independent,
// which overstates the error of a change when the panel stays.
func covariance(a, b *Quantity) float64 {
	if a.Constant || b.Constant || a.Month != b.Month || a.Key.App != b.Key.App || !a.Sample.Declared() {
		return 0
	}
	s := a.Sample
	pa, pb := a.Value()/s.Universe, b.Value()/s.Universe
	both, related := jointShare(a.Key.Segment, b.Key.Segment, pa, pb)
	if !related {
		return 0
	}
	return s.Universe * s.Universe * s.Deff / float64(s.Size) * (both - pa*pb)
}

func jointShare(a, b panel.Segment, pa, pb float64) (share float64, related bool) {
	switch {
	case a == b, a == panel.All, b == panel.All:
		return math.Min(pa, pb), true
	case a.Dimension == b.Dimension && a.Dimension != panel.Occupation:
		return 0, true
	}
	return 0, false
}
