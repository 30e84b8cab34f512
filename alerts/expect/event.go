package expect

import (
	"math"

	"gonum.org/v1/gonum/blas/blas64"

	"panelwatch/etl/panel"
)

// A Shape is how an odd month bends those after it.
type Shape string

// Shapes of odd months.
const (
	Single Shape = "single" // the month alone, or with its neighbours
	Shift  Shape = "shift"  // the level from then on
)

// A kind of event: a shift, or odd months in a row that have the same size.
type kind struct {
	shape  Shape
	months int // of a Single
}

// An event is at a month of a history, by index; no event has no shape.
type event struct {
	kind
	at int
	sd float64 // of its size, before it is seen
}

// A supposition is how often a series has an event of a kind and size.
type supposition struct {
	kind
	chance float64
	sd     float64
}

// A level that moved by a tenth to a third is common; a number in another unit
// is rare but no wonder.
var suppositions = []supposition{
	{kind{Shift, 0}, 0.25, 0.24},
	{kind{Shift, 0}, 0.01, 3},
	{kind{Single, 1}, 0.05, 0.3},
	{kind{Single, 1}, 0.02, 3},
	{kind{Single, 2}, 0.01, 0.5},
	{kind{Single, 3}, 0.01, 0.5},
}

// kinds are those of the suppositions, each once.
var kinds = []kind{{Shift, 0}, {Single, 1}, {Single, 2}, {Single, 3}}

// within are the months of a history that an event can begin in: in the newest
// a shift looks like a single month.
func (k kind) within(n int) (from, to int) {
	if k.shape == Shift {
		return 2, n - 1
	}
	return 0, n - k.months + 1
}

// covers are the months of a history that an event moves.
func (e event) covers(n int) (from, to int) {
	if e.shape == Shift {
		return e.at, n
	}
	return e.at, e.at + e.months
}

// A bend is what an event in a month does, with V the history's covariance, k
// that of the month to come with it and x the event's regressor.
type bend struct {
	pull   float64 // x' V^-1 y
	weight float64 // x' V^-1 x
	reach  float64 // x(next) - k' V^-1 x
}

// seen is the event's variance after the history, and its size.
func (b bend) seen(sd float64) (variance, size float64) {
	variance = sd * sd / (1 + sd*sd*b.weight)
	return variance, variance * b.pull
}

// evidence is the logarithm of how much likelier the history is with the
// event.
func (b bend) evidence(sd float64) float64 {
	variance, _ := b.seen(sd)
	return (math.Log(variance/(sd*sd)) + variance*b.pull*b.pull) / 2
}

// bends are those of a kind by month. inverse has V^-1 in its lower triangle,
// u is V^-1 k.
func (k kind) bends(inverse blas64.Triangular, explained, u []float64) []bend {
	n := len(explained)
	out := make([]bend, n)
	if k.shape == Shift {
		sum := bend{reach: 1}
		for t := n - 1; t >= 0; t-- {
			sum.take(inverse, explained, u, t, n)
			out[t] = sum
		}
		return out
	}
	for t := range n - k.months + 1 {
		for i := t + k.months - 1; i >= t; i-- {
			out[t].take(inverse, explained, u, i, t+k.months)
		}
	}
	return out
}

// take adds month t to those between it and end.
func (b *bend) take(inverse blas64.Triangular, explained, u []float64, t, end int) {
	n := len(explained)
	b.pull, b.reach, b.weight = b.pull+explained[t], b.reach-u[t], b.weight+inverse.Data[t*n+t]
	for i := t + 1; i < end; i++ {
		b.weight += 2 * inverse.Data[i*n+t]
	}
}

// An Odd month is one that the model does not take for usual.
type Odd struct {
	Month  panel.Month
	Shape  Shape
	Effect float64 // factor minus one, on the value or the odds
}
