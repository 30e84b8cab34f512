package expect

import (
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
	"gonum.org/v1/gonum/mat"

	"panelwatch/etl/panel"
)

const (
	worth = 4 // series that ignorance counts for where series differ
	doubt = 1 // series that it counts for where they are alike
	// what ignorance says of an effect once others are seen, as a part of its
	// standard deviation before
	less = 1.0 / 3
	turn = 4 // rounds, each from what the one before has learned
	// bounds of what is learned about the spread of the sizes: of the sizes of
	// seasons and of the others
	leastSeason, least = 0.15, 0.1
)

// Learn finds what the series of each profile have in common (empirical Bayes
// by expectation and maximisation): how large their noise, steps and seasons
// are, how their season goes, their slope, what holidays and unusual months
// do, and how far single series lie from all that. Few series teach little:
// ignorance counts as some more.
func (s Structural) Learn(of []Question) Model {
	all := s.allEffects(of)
	for range turn {
		known := map[common][]posterior{}
		for i, p := range s.posteriors(of, all) {
			if p != nil {
				c := common{of[i].Profile, of[i].Share}
				known[c] = append(known[c], *p)
			}
		}
		s.priors = map[common]prior{}
		for c, ps := range known {
			s.priors[c] = learned(ps, all[c.profile])
		}
	}
	return s
}

// allEffects are the effects that any month of a profile is exposed to.
func (s Structural) allEffects(of []Question) map[string][]effect {
	months := map[string][]panel.Month{}
	for _, q := range of {
		months[q.Profile] = append(months[q.Profile], monthsOf(q.usable(), q.Next)...)
	}
	out := map[string][]effect{}
	for profile, ms := range months {
		slices.Sort(ms)
		out[profile], _ = s.exposures(profile, slices.Compact(ms))
	}
	return out
}

// posteriors are those of the histories that can be fitted, side by side on
// all processors.
func (s Structural) posteriors(of []Question, effects map[string][]effect) []*posterior {
	out := make([]*posterior, len(of))
	var all errgroup.Group
	all.SetLimit(runtime.GOMAXPROCS(0))
	for i, q := range of {
		if past := q.usable(); refuse(past, q.Next) == "" {
			all.Go(func() error {
				if f, ok := s.scout(q, past); ok {
					out[i] = f.posterior(effects[q.Profile])
				}
				return nil
			})
		}
	}
	_ = all.Wait()
	return out
}

// learned is the prior of a profile from its series.
func learned(known []posterior, effects []effect) prior {
	p := prior{series: len(known)}
	p.mean, p.sd = commonSizes(known)
	scale := p.commonSeason(known)
	p.mean[seasonal] = math.Log(scale) / 2
	p.sd[seasonal] = math.Max(leastSeason, 1/math.Sqrt(float64(len(known))+1))
	p.commonSlope(known)
	p.commonEffects(known, effects)
	return p
}

func commonSizes(known []posterior) (mean, sd sizes) {
	n := float64(len(known)) + doubt
	for i := range mean {
		mean[i] = doubt * ignorance.mean[i] / n
		for _, p := range known {
			mean[i] += p.mean[i] / n
		}
		off := ignorance.mean[i] - mean[i]
		v := doubt * (ignorance.sd[i]*ignorance.sd[i] + off*off)
		for _, p := range known {
			off := p.mean[i] - mean[i]
			v += p.sd[i]*p.sd[i] + off*off
		}
		sd[i] = math.Min(ignorance.sd[i], math.Max(least, math.Sqrt(v/n)))
	}
	return mean, sd
}

// commonSeason learns the season of the profile and how single series differ
// from it; it returns their mean variance.
func (p *prior) commonSeason(known []posterior) (scale float64) {
	n := float64(len(known))
	var own float64
	for _, k := range known {
		addTo(p.usual[:], 1/(n+doubt), k.season.mean)
		own += k.scale / n
	}
	p.season = mat.NewSymDense(12, nil)
	for a := range 12 {
		for b := range a + 1 {
			v := doubt * p.usual[a] * p.usual[b]
			if a == b {
				v += worth * own
			}
			for _, k := range known {
				v += k.season.cov[a][b] + (k.season.mean[a]-p.usual[a])*(k.season.mean[b]-p.usual[b])
			}
			p.season.SetSym(a, b, v/(n+worth+doubt))
		}
	}
	scale = mat.Trace(p.season) / 12
	p.season.ScaleSym(1/scale, p.season)
	return scale
}

// commonSlope learns the mean slope, and how far slopes lie from it.
func (p *prior) commonSlope(known []posterior) {
	n, v := float64(len(known))+worth, worth*ignorance.slopeSD*ignorance.slopeSD
	for _, k := range known {
		p.slope += k.slope.mean[0] / n
	}
	for _, k := range known {
		off := k.slope.mean[0] - p.slope
		v += k.slope.cov[0][0] + off*off
	}
	p.slopeSD = math.Sqrt(v / n)
}

// commonEffects learns means and covariances of the effects of windows and
// unusual months. Of an effect that a series was not exposed to it knows what
// the prior did.
func (p *prior) commonEffects(known []posterior, effects []effect) {
	n := float64(len(known))
	means := make([]float64, len(effects))
	for _, k := range known {
		addTo(means, 1/(n+doubt), k.moving.mean)
	}
	p.effects, p.moments = map[effect]float64{}, map[[2]effect]float64{}
	for i, a := range effects {
		p.effects[a] = means[i]
		for j, b := range effects {
			own := ownEffect(a, b)
			if a.unusual == 0 {
				own *= less * less
			}
			v := worth*own + doubt*means[i]*means[j]
			for _, k := range known {
				v += k.moving.cov[i][j] + (k.moving.mean[i]-means[i])*(k.moving.mean[j]-means[j])
			}
			p.moments[[2]effect{a, b}] = v / (n + worth + doubt)
		}
	}
}
