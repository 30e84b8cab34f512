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
// expectation; their sizes are fitted to the history. Odd months of the history
// are found and set aside. What the series of a profile have in common is
// learned from all of them.
type Structural struct {
	Calendar *calendar.Calendar

	priors map[string]prior // by profile
}

var _ Model = Structural{}

const minHistory = 23 // months before the one asked for

// Expect needs 23 months before the one asked for, the newest at most twelve
// months ago, and one in the same month of an earlier year. Months may be
// missing; after a gap the interval is wider.
func (s Structural) Expect(q Question) (Forecast, string, bool) {
	past := q.usable()
	if reason := refuse(past, q.Next); reason != "" {
		return Forecast{}, reason, false
	}
	f := s.fit(q, past)
	p, ok := f.predict()
	if !ok {
		return Forecast{}, "the history is not regular enough to be fitted", false
	}
	return f.forecast(p), "", true
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

// A history is a series on its scale, less its median and the slope of its
// profile, and the month to come.
type history struct {
	scale   scale
	share   bool
	month   []panel.Month // the month to come is the last
	y       []float64     // of the months before it
	noise   []float64     // sampling variance
	effects []effect
	x       [][]float64 // exposure of each month to each effect
	centre  float64
	slope   float64
}

func (s Structural) read(q Question, past []Point, p prior) history {
	h := history{scale: scaleOf(q.Share), share: q.Share, month: monthsOf(past, q.Next), slope: p.slope}
	for _, pt := range past {
		h.y = append(h.y, h.scale.to(pt.Value))
	}
	h.centre = median(h.y)
	for i := range h.y {
		h.y[i] -= h.centre + h.slope*h.age(i)
	}
	for _, c := range q.errors(past) {
		h.noise = append(h.noise, c*c)
	}
	h.effects, h.x = s.exposures(q.Profile, h.month)
	return h
}

// age is the number of months from the first to month i.
func (h history) age(i int) float64 { return float64(h.month[i] - h.month[0]) }

// forecast puts a prediction back on the series' own scale.
func (f *fitted) forecast(p prediction) Forecast {
	h := f.history
	half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: p.df}.Quantile(0.975) * p.sd
	mean := p.level + p.trend + p.season + p.holiday
	return Forecast{
		Expected: h.scale.from(mean), Low: h.scale.from(mean - half), High: h.scale.from(mean + half),
		SD: p.sd, DF: p.df, Share: h.share,
		Parts: Parts{
			Level: h.scale.from(p.level), Trend: math.Expm1(p.trend),
			Season: math.Expm1(p.season), Holiday: math.Expm1(p.holiday),
		},
		Seasonal: p.season+p.holiday > 2*p.sd,
		Odd:      p.odd,
	}
}
