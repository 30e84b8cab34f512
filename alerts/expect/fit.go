package expect

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"
)

// A fitted model knows its history, what is fixed of it, and the points that
// it averages over.
type fitted struct {
	history history
	kernel  kernel
	prior   prior
	fixed   []event // events that are certain
	points  []point
}

const (
	scouts  = 24  // points that the prior is looked at by
	settled = 48  // points that the answer is averaged over
	certain = 0.9 // weight of an event that is no longer doubted
	aside   = 5   // standard deviation that a month set aside is given
)

// fit averages over the prior's sizes, fixes the events that are certain, one
// by one, and averages once more where the history says the sizes lie. It
// fails when no covariance is positive definite.
func (s Structural) fit(q Question, past []Point) (f *fitted, ok bool) {
	if f, ok = s.scout(q, past); !ok {
		return nil, false
	}
	mean, sd := f.sizes()
	for i := range sd {
		sd[i] = math.Min(f.prior.sd[i], math.Max(0.3*f.prior.sd[i], 1.3*sd[i]))
	}
	return f, f.average(settled, mean, sd)
}

// scout is the fit before its last step.
func (s Structural) scout(q Question, past []Point) (f *fitted, ok bool) {
	p, learned := s.priors[common{q.Profile, q.Share}]
	if !learned {
		p = ignorance
	}
	h := s.read(q, past, p)
	f = &fitted{history: h, kernel: newKernel(h, p), prior: p}
	peaks := f.peaks(make([]float64, 12))
	f.kernel.years(h, peaks, f.effects(make([]float64, len(h.effects))))
	for range len(h.y)/6 + 1 {
		if ok = f.average(scouts, p.mean, p.sd); !ok {
			return nil, false
		}
		e, found := f.certain()
		if !found {
			break
		}
		f.fix(e)
	}
	season, effects := f.own()
	f.kernel.years(h, f.peaks(season), f.effects(effects))
	return f, true
}

// average weighs points of a normal distribution of the sizes against each
// other: by the history and by the prior.
func (f *fitted) average(n int, mean, sd sizes) bool {
	f.points = f.points[:0]
	memory := f.scratch()
	for i := range n {
		s, density := draw(i, mean, sd)
		p, ok := f.at(s, memory)
		if !ok {
			continue
		}
		p.weight += f.prior.density(s) - density
		f.points = append(f.points, p)
	}
	if len(f.points) == 0 {
		return false
	}
	weights := make([]float64, len(f.points))
	for i, p := range f.points {
		weights[i] = p.weight
	}
	total := normalise(weights)
	for i := range f.points {
		f.points[i].weight = weights[i]
	}
	return !math.IsNaN(total)
}

// draw is the i-th point of Halton's sequence, and the logarithm of its
// density.
func draw(i int, mean, sd sizes) (s sizes, density float64) {
	for k, base := range []int{2, 3, 5, 7, 11, 13} {
		z := distuv.UnitNormal.Quantile(halton(i+1, base))
		s[k] = mean[k] + sd[k]*z
		density -= z*z/2 + math.Log(sd[k])
	}
	return s, density
}

func halton(i, base int) (x float64) {
	for f := 1 / float64(base); i > 0; i, f = i/base, f/float64(base) {
		x += f * float64(i%base)
	}
	return x
}

func (p prior) density(s sizes) (v float64) {
	for i := range s {
		z := (s[i] - p.mean[i]) / p.sd[i]
		v -= z*z/2 + math.Log(p.sd[i])
	}
	return v
}

// sizes are mean and standard deviation of the sizes given the history.
func (f *fitted) sizes() (mean, sd sizes) {
	for i := range mean {
		var square float64
		for _, p := range f.points {
			mean[i] += p.weight * p.sizes[i]
			square += p.weight * p.sizes[i] * p.sizes[i]
		}
		sd[i] = math.Sqrt(math.Max(0, square-mean[i]*mean[i]))
	}
	return mean, sd
}

// likeliest are the sizes with the most weight.
func (f *fitted) likeliest() point {
	return slices.MaxFunc(f.points, func(a, b point) int {
		switch {
		case a.weight < b.weight:
			return -1
		case a.weight > b.weight:
			return 1
		}
		return 0
	})
}

// likely is the event with the most weight, over all points and suppositions,
// and its mean size.
func (f *fitted) likely() (e event, weight, size float64) {
	n := len(f.history.y)
	weights, sizes := make([]float64, len(kinds)*n), make([]float64, len(kinds)*n)
	for _, p := range f.points {
		for _, c := range p.components {
			if c.event.shape != "" {
				i := slices.Index(kinds, c.event.kind)*n + c.event.at
				weights[i] += p.weight * c.weight
				sizes[i] += p.weight * c.weight * c.size
			}
		}
	}
	best := floats.MaxIdx(weights)
	return event{kind: kinds[best/n], at: best % n}, weights[best], sizes[best] / math.Max(weights[best], negligible)
}

// certain is the event that is hardly doubted, if there is one and it is not
// one of most years in the same month: then it is the season.
func (f *fitted) certain() (e event, found bool) {
	e, weight, size := f.likely()
	e.sd = math.Max(aside, 2*math.Abs(size))
	return e, weight > certain && !f.isSeason(e)
}

func (f *fitted) isSeason(e event) bool {
	years, odd, month := 0, 1, f.history.month
	for i, m := range month[:len(f.history.y)] {
		if ofYear(m) != ofYear(month[e.at]) {
			continue
		}
		years++
		if f.history.noise[i] >= aside*aside {
			odd++
		}
	}
	return e.shape == Single && odd > 1 && 2*odd > years
}

// fix gives an event a size of its own: a single month is set aside, a shift
// belongs to the trend.
func (f *fitted) fix(e event) {
	f.fixed = append(f.fixed, e)
	from, to := e.covers(f.kernel.n)
	if e.shape == Single {
		for i := from; i < to; i++ {
			f.history.noise[i] += e.sd * e.sd
		}
		return
	}
	for i := from; i < to; i++ {
		for j := from; j <= i; j++ {
			f.kernel.parts[partTrend][i*f.kernel.n+j] += e.sd * e.sd
		}
	}
}
