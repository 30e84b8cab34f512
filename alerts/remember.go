package alerts

import (
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// remember asks a model only once for each forecast: several rules and the
// chart look at the same months.
type remember struct {
	model expect.Model
	known map[question]answer
}

// A question is identified by where its history lies in memory, which Judge
// does not change while it runs.
type question struct {
	first   *expect.Point
	n       int
	next    panel.Month
	profile string
}

type answer struct {
	forecast expect.Forecast
	reason   string
	ok       bool
}

func (r remember) Expect(history []expect.Point, next panel.Month, profile string) (expect.Forecast, string, bool) {
	q := question{n: len(history), next: next, profile: profile}
	if q.n > 0 {
		q.first = &history[0]
	}
	a, asked := r.known[q]
	if !asked {
		a.forecast, a.reason, a.ok = r.model.Expect(history, next, profile)
		r.known[q] = a
	}
	return a.forecast, a.reason, a.ok
}

// expects is the forecast of month m from what came before it.
func (k Knowledge) expects(s Series, m panel.Month) (expect.Forecast, string, bool) {
	return k.Model.Expect(s.before(m), m, s.Profile)
}

// bands are the forecasts of the last 24 months up to m that have one.
func (k Knowledge) bands(s Series, m panel.Month) []Band {
	var out []Band
	for t := m - 23; t <= m; t++ {
		if f, _, ok := k.expects(s, t); ok {
			out = append(out, Band{t, finite(f.Expected), finite(f.Low), finite(f.High)})
		}
	}
	return out
}
