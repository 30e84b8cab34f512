package expect

import (
	"math"
)

// A posterior is what is known of a series: of its sizes, and at the likeliest
// of them of season, slope and effects.
type posterior struct {
	mean, sd sizes
	scale    float64  // variance of the season
	season   unknowns // twelve months of the year
	slope    unknowns // one
	moving   unknowns // the effects
}

// unknowns have a mean and a covariance.
type unknowns struct {
	mean []float64
	cov  [][]float64
}

// posterior is nil when the likeliest sizes have no covariance.
func (f *fitted) posterior(effects []effect) *posterior {
	at, p := f.likeliest(), posterior{}
	p.mean, p.sd = f.sizes()
	p.scale = math.Exp(2 * at.sizes[seasonal])
	likely := *f
	likely.history.noise = append([]float64(nil), f.history.noise...)
	if e := at.likeliest(); e.shape != "" {
		likely.kernel.parts[partTrend] = append([]float64(nil), f.kernel.parts[partTrend]...)
		likely.fix(e)
	}
	g, ok := likely.conditional(at.sizes)
	if !ok {
		return nil
	}
	h := f.history
	season := func(a, b int) float64 { return p.scale * f.prior.seasonOf(a, b) }
	p.season = g.of(12, h.usual[:], season, func(c, t int) float64 { return season(c, ofYear(h.month[t])) })
	slope := f.prior.slopeSD * f.prior.slopeSD
	p.slope = g.of(1, []float64{h.slope}, func(int, int) float64 { return slope }, func(_, t int) float64 { return slope * h.age(t) })
	x := h.exposedTo(effects)
	means, moments := f.prior.of(effects)
	p.moving = g.of(len(effects), means, func(a, b int) float64 { return moments[a][b] },
		func(a, t int) float64 { return dot(x[t], moments[a]) })
	return &p
}

// exposedTo is x for more effects than the history's own.
func (h history) exposedTo(effects []effect) [][]float64 {
	column := map[effect]int{}
	for i, e := range effects {
		column[e] = i
	}
	out := make([][]float64, len(h.x))
	for t, x := range h.x {
		out[t] = make([]float64, len(effects))
		for i, v := range x {
			out[t][column[h.effects[i]]] = v
		}
	}
	return out
}

// likeliest is the event with the most weight.
func (p point) likeliest() event {
	best := p.components[0]
	for _, c := range p.components {
		if c.weight > best.weight {
			best = c
		}
	}
	return best.event
}
