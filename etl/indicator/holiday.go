package indicator

import (
	"math"

	"panelwatch/etl/panel"
)

const holidayMonths = 24 // of history behind a 节假日效应

// holidayEffect is the distance of a month with holiday or presale days from
// what it would have been without: ln D of the 24 months before, explained by
// a trend and by the share of such days, with that share set to zero.
func (c computation) holidayEffect(now Quantity) (Row, bool) {
	exposure := c.settings.Holidays[c.settings.Profiles[now.Key.App]]
	if exposure[c.month] == 0 {
		return Row{}, false
	}
	in := []Quantity{now}
	for m := c.month - 1; len(in) <= holidayMonths && m >= c.month-panel.Month(2*holidayMonths); m-- {
		if d, why := c.earlier(now.Key, m); why == nil && d.Value() > 0 {
			in = append(in, d)
		}
	}
	absent := func(why Flag) (Row, bool) {
		return null("holiday_effect", now.Key.App, panel.All, now.Basis, why), true
	}
	if len(in) <= holidayMonths {
		return absent(ShortHistory)
	}
	fit, ok := newTrend(in[1:], c.month, exposure)
	if !ok {
		return absent(NoBase)
	}
	r, ok := apply(fit.effect, in...)
	if !ok {
		return absent(NoBase)
	}
	model := (1 + r.Value) * fit.predictionError(column(in[1:], 0))
	r.SE = math.Hypot(r.SE, model) // NaN stays NaN
	return row("holiday_effect", now.Key, r, now.N, c.mixed(in)...), true
}

// A trend is the least-squares fit of ln D on 1, months from the month asked
// for, and exposure. At that month without exposure the design is (1, 0, 0),
// so that the expectation is the intercept: a fixed weighted sum of ln D.
type trend struct {
	design  [][3]float64
	inverse [3][3]float64 // of X'X
}

func newTrend(past []Quantity, at panel.Month, exposure map[panel.Month]float64) (t trend, ok bool) {
	var xx [3][3]float64
	for _, q := range past {
		x := [3]float64{1, float64(q.Month - at), exposure[q.Month]}
		t.design = append(t.design, x)
		for i := range xx {
			for j := range xx {
				xx[i][j] += x[i] * x[j]
			}
		}
	}
	t.inverse, ok = invert(xx)
	return t, ok
}

// effect is x0 over the expectation from the others, minus one.
func (t trend) effect(x []float64) (float64, bool) {
	b, ok := t.fit(x[1:])
	return x[0]/math.Exp(b[0]) - 1, ok
}

func (t trend) fit(past []float64) (b [3]float64, ok bool) {
	for n, v := range past {
		if v <= 0 {
			return b, false
		}
		for i := range b {
			for j := range b {
				b[i] += t.inverse[i][j] * t.design[n][j] * math.Log(v)
			}
		}
	}
	return b, true
}

// predictionError is that of one further month about the fit, on the log scale.
func (t trend) predictionError(past []float64) float64 {
	b, ok := t.fit(past)
	if !ok {
		return math.NaN()
	}
	var rss float64
	for n, v := range past {
		x := t.design[n]
		e := math.Log(v) - b[0] - b[1]*x[1] - b[2]*x[2]
		rss += e * e
	}
	return math.Sqrt(rss / float64(len(past)-3) * (1 + t.inverse[0][0]))
}

// invert is the inverse by cofactors; ok is false where columns depend on each
// other, as when no month, or every one, had the same exposure.
func invert(a [3][3]float64) (out [3][3]float64, ok bool) {
	minor := func(i, j int) float64 {
		r, s, p, q := (i+1)%3, (i+2)%3, (j+1)%3, (j+2)%3
		return a[r][p]*a[s][q] - a[r][q]*a[s][p]
	}
	det := a[0][0]*minor(0, 0) + a[0][1]*minor(0, 1) + a[0][2]*minor(0, 2)
	if math.Abs(det) <= 1e-12*a[0][0]*a[1][1]*math.Max(a[2][2], 1e-12) {
		return out, false
	}
	for i := range a {
		for j := range a {
			out[j][i] = minor(i, j) / det
		}
	}
	return out, true
}
