package expect

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// A component says what comes if one supposition holds: certain sizes, and
// one event or none.
type component struct {
	event    event
	weight   float64 // within its point, summing to 1
	mean, sd float64 // of the month to come, less what the prior says of it
	size     float64 // of the event
}

// A point is one choice of sizes, with all its events.
type point struct {
	sizes      sizes
	weight     float64 // a logarithm until all points are known
	components []component
	// explained is V^-1 of what is left of the history without events, and
	// shift what events add to the level of the newest month.
	explained []float64
	shift     float64
}

// at weighs the history by certain sizes. ok is false when the covariance is
// not positive definite in floating point.
func (f *fitted) at(s sizes, memory *scratch) (p point, ok bool) {
	k, n := f.kernel, f.kernel.n-1
	k.covariance(s, f.history.noise, memory.all)
	next := memory.all[n*k.n : n*k.n+n]
	l, ok := k.cholesky(memory.all, memory.own)
	if !ok {
		return p, false
	}
	p.sizes = s
	for i := range n {
		p.weight -= math.Log(l.Data[i*n+i])
	}
	e := solve(l, append([]float64(nil), f.history.y...))
	p.weight -= dot(e, e) / 2
	u := solve(l, append([]float64(nil), next...))
	variance := memory.all[n*k.n+n] - dot(u, u)
	p.explained, u = solveBack(l, e), solveBack(l, u)
	lapack64.Potri(l)
	bends := map[kind][]bend{}
	for _, k := range kinds {
		bends[k] = k.bends(l, p.explained, u)
	}
	p.suppose(bends, dot(next, p.explained), variance, memory)
	p.setAside(l)
	return p, true
}

const negligible = 1e-7 // weight of a component that is left out

// suppose weighs no event and every event against each other.
func (p *point) suppose(bends map[kind][]bend, mean, variance float64, memory *scratch) {
	none := 1.0
	all := append(memory.components[:0], component{mean: mean, sd: math.Sqrt(variance)})
	logs := append(memory.logs[:0], 0)
	for _, s := range suppositions {
		from, to := s.within(len(p.explained))
		none -= s.chance
		for t := from; t < to; t++ {
			b := bends[s.kind][t]
			logs = append(logs, b.evidence(s.sd)+math.Log(s.chance/float64(to-from)))
			rest, size := b.seen(s.sd)
			all = append(all, component{
				event: event{s.kind, t, s.sd}, size: size,
				mean: mean + b.reach*size, sd: math.Sqrt(variance + b.reach*b.reach*rest),
			})
		}
	}
	logs[0] = math.Log(none)
	p.weight += normalise(logs)
	few := 0
	for i, c := range all {
		if c.weight = logs[i]; c.weight > negligible {
			all[few] = c
			few++
		}
	}
	p.components = slices.Clone(all[:few])
	memory.components, memory.logs = all, logs
}

// normalise turns logarithms into weights that sum to 1, and returns the
// logarithm of what they summed to.
func normalise(logs []float64) float64 {
	top, sum := math.Inf(-1), 0.0
	for _, l := range logs {
		top = math.Max(top, l)
	}
	for i, l := range logs {
		logs[i] = math.Exp(l - top)
		sum += logs[i]
	}
	for i := range logs {
		logs[i] /= sum
	}
	return top + math.Log(sum)
}

// setAside takes the events out of what the history explains.
func (p *point) setAside(inverse blas64.Triangular) {
	n := len(p.explained)
	x := make([]float64, n)
	for _, c := range p.components {
		v := c.weight * c.size
		if c.event.shape == "" {
			continue
		}
		from, to := c.event.covers(n)
		for i := from; i < to; i++ {
			x[i] += v
		}
		if c.event.shape == Shift {
			p.shift += v
		}
	}
	blas64.Symv(-1, blas64.Symmetric{Uplo: blas.Lower, N: n, Stride: n, Data: inverse.Data},
		blas64.Vector{N: n, Inc: 1, Data: x}, 1, blas64.Vector{N: n, Inc: 1, Data: p.explained})
}

// scratch is memory that points use one after the other.
type scratch struct {
	all, own   []float64 // covariances of all months and of the history
	components []component
	logs       []float64
}

func (f *fitted) scratch() *scratch {
	n := f.kernel.n
	return &scratch{all: make([]float64, n*n), own: make([]float64, (n-1)*(n-1))}
}
