package expect

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

// Structural adds up, on the scale of logarithms or logits, a level that
// walks, a slope, a season, holidays, and noise: the known one of sampling and
// an unknown one. All are Gaussian, so that the forecast is a conditional
// expectation. Their sizes are not known: the answer is an average over many,
// each weighed by the history, and over what may have been odd in it, a month
// or a shift of the level. What the series of a profile have in common is
// learned from all of them.
type Structural struct {
	Calendar *calendar.Calendar

	priors map[common]prior
}

var _ Model = Structural{}

// common says which series teach each other.
type common struct {
	profile string
	share   bool
}

const minHistory = 23 // months before the one asked for

// Expect needs 23 months before the one asked for, the newest at most twelve
// months ago, and one in the same month of an earlier year. Months may be
// missing; after a gap the interval is wider.
func (s Structural) Expect(q Question) (Forecast, string, bool) {
	past := q.usable()
	if reason := refuse(past, q.Next); reason != "" {
		return Forecast{}, reason, false
	}
	f, ok := s.fit(q, past)
	if !ok {
		return Forecast{}, "the history is not regular enough to be fitted", false
	}
	return f.forecast(f.predict()), "", true
}

func refuse(past []Point, next panel.Month) string {
	if len(past) < minHistory {
		return fmt.Sprintf("history too short (%d months)", len(past))
	}
	if last := past[len(past)-1].Month; next-last > 12 {
		return fmt.Sprintf("no value since %s", last)
	}
	for _, p := range past {
		if p.Month.OfYear() == next.OfYear() {
			return ""
		}
	}
	return fmt.Sprintf("no earlier %s in the history", next.OfYear())
}

// A history is a series on its scale, less what the prior says of it, and the
// month to come.
type history struct {
	scale   scale
	share   bool
	month   []panel.Month // the month to come is the last
	y       []float64     // of the months before it
	noise   []float64     // sampling variance
	effects []effect
	x       [][]float64 // exposure of each month to each effect
	means   []float64   // of the effects
	moments [][]float64 // their covariance
	usual   [12]float64
	centre  float64
	slope   float64
}

func (s Structural) read(q Question, past []Point, p prior) history {
	h := history{scale: scaleOf(q.Share), share: q.Share, month: monthsOf(past, q.Next), slope: p.slope, usual: p.usual}
	h.effects, h.x = s.exposures(q.Profile, h.month)
	for k, e := range h.effects {
		if e.unusual != 0 {
			h.x[len(past)][k] = 0 // that a month is unusual is not known before it
		}
	}
	h.means, h.moments = p.of(h.effects)
	for i, pt := range past {
		h.y = append(h.y, h.scale.to(pt.Value)-h.expectation(i))
	}
	h.centre = median(h.y)
	for i := range h.y {
		h.y[i] -= h.centre
	}
	for _, c := range q.errors(past) {
		h.noise = append(h.noise, c*c)
	}
	return h
}

// age is the number of months from the first to month i.
func (h history) age(i int) float64 { return float64(h.month[i] - h.month[0]) }

// expectation is what the prior says of month i.
func (h history) expectation(i int) float64 {
	return h.centre + h.slope*h.age(i) + h.usual[ofYear(h.month[i])] + dot(h.x[i], h.means)
}

// forecast puts a prediction back on the series' own scale.
func (f *fitted) forecast(p prediction) Forecast {
	h := f.history
	low, high := p.spread.interval(0.05)
	sd := (high - low) / 2 / distuv.UnitNormal.Quantile(0.975)
	return Forecast{
		Expected: h.scale.from(p.level + p.trend + p.season + p.holiday), Low: h.scale.from(low), High: h.scale.from(high),
		SD: sd, DF: tails, Share: h.share, spread: p.spread, widened: widenedBy(f.prior.series),
		Parts: Parts{
			Level: h.scale.from(p.level), Trend: math.Expm1(p.trend),
			Season: math.Expm1(p.season), Holiday: math.Expm1(p.holiday),
		},
		Seasonal: p.season+p.holiday > 2*sd,
		Odd:      p.odd,
	}
}
