package expect

import (
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"
	"gonum.org/v1/gonum/mat"
)

const (
	worth = 4 // series that ignorance counts for
	// what ignorance says of an effect once others are seen, as a part of its
	// standard deviation before
	less = 1.0 / 3
	turn = 3 // rounds, each from what the one before has learned
)

// Learn finds what the series of each profile have in common (empirical
// Bayes): how large their noise, steps and seasons are, how their season goes,
// their slope, and what holidays and unusual months do. Few series teach
// little: ignorance counts for four.
func (s Structural) Learn(of []Question) Model {
	for range turn {
		fits := map[string][]*fitted{}
		for i, f := range s.fitAll(of) {
			if f != nil {
				fits[of[i].Profile] = append(fits[of[i].Profile], f)
			}
		}
		s.priors = map[string]prior{}
		for profile, fs := range fits {
			s.priors[profile] = learned(fs)
		}
	}
	return s
}

// fitAll fits the histories that can be, side by side on all processors.
func (s Structural) fitAll(of []Question) []*fitted {
	out := make([]*fitted, len(of))
	var all errgroup.Group
	all.SetLimit(runtime.GOMAXPROCS(0))
	for i, q := range of {
		if past := q.usable(); refuse(past, q.Next) == "" {
			all.Go(func() error { out[i] = s.fit(q, past); return nil })
		}
	}
	_ = all.Wait()
	return out
}

// learned is the prior of a profile from its series.
func learned(fits []*fitted) prior {
	p := prior{}
	p.mean, p.sd = commonSizes(fits)
	known := make([]posterior, 0, len(fits))
	for _, f := range fits {
		if w, ok := f.whiten(); ok {
			known = append(known, posterior{f, w, w.explained()})
		}
	}
	p.season = commonSeason(known)
	p.slope, p.slopeSD = commonSlope(known)
	p.effects = commonEffects(known)
	return p
}

// commonSizes are median and spread of the logarithms.
func commonSizes(fits []*fitted) (mean, sd sizes) {
	n := float64(len(fits))
	for i := range mean {
		var at []float64
		for _, f := range fits {
			at = append(at, f.logs[i])
		}
		mean[i] = (n*median(at) + worth*ignorance.mean[i]) / (n + worth)
		for j := range at {
			at[j] -= mean[i]
		}
		spread := 1.4826 * median(absolutes(at))
		v := (n*spread*spread + worth*ignorance.sd[i]*ignorance.sd[i]) / (n + worth)
		sd[i] = math.Min(1, math.Max(0.25, math.Sqrt(v)))
	}
	return mean, sd
}

// A posterior is what is known of a fitted series.
type posterior struct {
	*fitted
	whitened
	explained []float64
}

// moments are mean and covariance of unknowns whose covariances with the
// history are rows and whose prior covariance is between.
func (p posterior) moments(rows [][]float64, between func(a, b int) float64) (mean []float64, second [][]float64) {
	n := len(rows)
	mean, second = make([]float64, n), make([][]float64, n)
	u := make([][]float64, n)
	for a, row := range rows {
		mean[a], u[a] = dot(row, p.explained), p.solve(row)
	}
	for a := range n {
		second[a] = make([]float64, n)
		for b := range n {
			second[a][b] = mean[a]*mean[b] + between(a, b) - dot(u[a], u[b])
		}
	}
	return mean, second
}

// commonSeason is the second moment of the twelve months of the year, brought
// to mean variance 1.
func commonSeason(of []posterior) *mat.SymDense {
	sum := mat.NewSymDense(12, nil)
	for _, p := range of {
		v := math.Exp(2 * p.logs[seasonal])
		rows := make([][]float64, 12)
		for c := range rows {
			for _, m := range p.history.month[:len(p.history.y)] {
				rows[c] = append(rows[c], v*p.prior.seasonOf(c, int(m%12)))
			}
		}
		_, second := p.moments(rows, func(a, b int) float64 { return v * p.prior.seasonOf(a, b) })
		for a := range 12 {
			for b := range a + 1 {
				sum.SetSym(a, b, sum.At(a, b)+second[a][b])
			}
		}
	}
	return withIgnorance(sum, float64(len(of)))
}

func withIgnorance(sum *mat.SymDense, n float64) *mat.SymDense {
	scale := mat.Trace(sum) / 12
	if scale == 0 {
		return nil
	}
	for a := range 12 {
		for b := range a + 1 {
			v := sum.At(a, b) * n / scale
			if a == b {
				v += worth
			}
			sum.SetSym(a, b, v/(n+worth))
		}
	}
	return sum
}

// commonSlope is the mean slope, and how far slopes lie from it.
func commonSlope(of []posterior) (mean, sd float64) {
	n := float64(len(of))
	slopes, v := make([]float64, len(of)), worth*ignorance.slopeSD*ignorance.slopeSD
	for i, p := range of {
		own := p.prior.slopeSD * p.prior.slopeSD
		row := make([]float64, len(p.history.y))
		for j := range row {
			row[j] = own * p.history.age(j)
		}
		at, second := p.moments([][]float64{row}, func(int, int) float64 { return own })
		slopes[i] = p.history.slope + at[0]
		mean += slopes[i] / (n + worth)
		v += second[0][0] - at[0]*at[0]
	}
	for _, s := range slopes {
		v += (s - mean) * (s - mean)
	}
	return mean, math.Sqrt(v / (n + worth))
}

// commonEffects are the second moments of the effects of windows and unusual
// months.
func commonEffects(of []posterior) map[[2]effect]float64 {
	sum, counts := map[[2]effect]float64{}, map[[2]effect]float64{}
	for _, p := range of {
		effects, moments := p.history.effects, p.kernel.moments
		rows := make([][]float64, len(effects))
		for a := range rows {
			for _, x := range p.history.x[:len(p.history.y)] {
				rows[a] = append(rows[a], dot(x, moments[a]))
			}
		}
		_, second := p.moments(rows, func(a, b int) float64 { return moments[a][b] })
		for i, a := range effects {
			for j, b := range effects {
				sum[[2]effect{a, b}] += second[i][j]
				counts[[2]effect{a, b}]++
			}
		}
	}
	for pair, n := range counts {
		own := ownEffect(pair[0], pair[1])
		if pair[0].unusual == 0 {
			own *= less * less
		}
		sum[pair] = (sum[pair] + worth*own) / (n + worth)
	}
	return sum
}
