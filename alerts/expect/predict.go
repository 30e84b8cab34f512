package expect

import (
	"cmp"
	"math"
	"slices"
)

// A prediction is of the month to come, on the scale. The parts add up to its
// mean.
type prediction struct {
	level, trend, season, holiday float64
	spread                        spread
	odd                           []Odd
}

// predict averages over the points. The level is that of an ordinary month,
// the median of the twelve.
func (f *fitted) predict() (p prediction) {
	h, n := f.history, len(f.history.y)
	var newest, next, season, holiday float64
	months := make([]float64, 12)
	for _, at := range f.points {
		w := at.sizes.weights()
		level := func(i int) float64 { return dot(f.kernel.row(i, &w, partTrend, partWalk), at.explained) }
		newest += at.weight * (level(n-1) + at.shift)
		next += at.weight * (level(n) + at.shift)
		season += at.weight * dot(f.kernel.row(n, &w, partSeason, partDrift, partYearly), at.explained)
		holiday += at.weight * dot(f.kernel.row(n, &w, partHoliday, partYearlyHo), at.explained)
		addTo(months, at.weight, f.season(at))
	}
	addTo(months, 1, h.usual[:])
	ordinary := median(months)
	p.level = h.centre + newest + h.slope*h.age(n-1) + ordinary
	p.trend = next - newest + h.slope*(h.age(n)-h.age(n-1))
	p.season = season + h.usual[ofYear(h.month[n])] - ordinary
	p.holiday = holiday + dot(h.x[n], h.means)
	p.spread = f.spread(h.expectation(n)).widened(widenedBy(f.prior.series))
	p.odd = f.odd()
	return p
}

// season are the twelve months of the year at a point, January first, around
// those of the profile.
func (f *fitted) season(at point) []float64 {
	out, w := make([]float64, 12), at.sizes.weights()
	for c := range out {
		for j, e := range at.explained {
			out[c] += w[partSeason] * f.prior.seasonOf(c, ofYear(f.history.month[j])) * e
		}
	}
	return out
}

// own are season and effects of the series at the likeliest point, around
// those of the profile.
func (f *fitted) own() (season, effects []float64) {
	at := f.likeliest()
	effects = make([]float64, len(f.history.effects))
	for a := range effects {
		for j, e := range at.explained {
			effects[a] += dot(f.history.x[j], f.kernel.moments[a]) * e
		}
	}
	return f.season(at), effects
}

// peaks are what stands out of each month, given its own season around that of
// the profile: from the median month.
func (f *fitted) peaks(own []float64) []float64 {
	season := slices.Clone(f.history.usual[:])
	addTo(season, 1, own)
	base := median(season)
	var out []float64
	for _, m := range f.history.month {
		out = append(out, season[ofYear(m)]-base)
	}
	return out
}

// effects are what windows and unusual months do to each month, given how the
// own effects differ from those of the profile.
func (f *fitted) effects(own []float64) []float64 {
	var out []float64
	for _, x := range f.history.x {
		out = append(out, dot(x, f.history.means)+dot(x, own))
	}
	return out
}

// spread is the distribution of the month to come; around is what the prior
// says of it.
func (f *fitted) spread(around float64) spread {
	var all spread
	for _, p := range f.points {
		for _, c := range p.components {
			all = append(all, bump{p.weight * c.weight, around + c.mean, c.sd})
		}
	}
	return all.merged()
}

// odd are the months with an event that is likelier than not, ascending.
func (f *fitted) odd() (out []Odd) {
	for _, e := range f.fixed {
		from, to := e.covers(len(f.history.y))
		if e.shape == Shift {
			out = append(out, f.told(e.shape, from, f.size(e, from, to)))
			continue
		}
		for i := from; i < to; i++ {
			out = append(out, f.told(e.shape, i, f.size(e, i, i+1)))
		}
	}
	if e, weight, size := f.likely(); weight > 0.5 {
		for i := range max(1, e.months) {
			out = append(out, f.told(e.shape, e.at+i, size))
		}
	}
	slices.SortFunc(out, func(a, b Odd) int { return cmp.Compare(a.Month, b.Month) })
	return out
}

func (f *fitted) told(shape Shape, at int, size float64) Odd {
	return Odd{f.history.month[at], shape, math.Expm1(size)}
}

// size is what the history says of a fixed event, from its months.
func (f *fitted) size(e event, from, to int) (size float64) {
	for _, p := range f.points {
		for _, v := range p.explained[from:to] {
			size += p.weight * e.sd * e.sd * v
		}
	}
	return size
}
