package alerts

import (
	"cmp"
	"math"
	"slices"

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
	share   bool
}

type answer struct {
	forecast expect.Forecast
	reason   string
	ok       bool
}

// Learn forgets what the model answered before.
func (r remember) Learn(of []expect.Question) expect.Model {
	return remember{r.model.Learn(of), map[question]answer{}}
}

func (r remember) Expect(asked expect.Question) (expect.Forecast, string, bool) {
	q := question{n: len(asked.Past), next: asked.Next, profile: asked.Profile, share: asked.Share}
	if q.n > 0 {
		q.first = &asked.Past[0]
	}
	a, known := r.known[q]
	if !known {
		a.forecast, a.reason, a.ok = r.model.Expect(asked)
		r.known[q] = a
	}
	return a.forecast, a.reason, a.ok
}

// alone is the forecast of month m from what came before it.
func (k Knowledge) alone(s Series, m panel.Month) (expect.Forecast, string, bool) {
	return k.Model.Expect(s.question(m))
}

// expects is the forecast of month m from what came before it, and from what
// the other apps of its category have in common in that month.
func (k Knowledge) expects(s Series, m panel.Month) (expect.Forecast, string, bool) {
	f, reason, ok := k.alone(s, m)
	if ok && s.Segment == panel.All && s.Indicator == MUD {
		if common, moved := k.categories.wave(s.Category, m, s.App); moved {
			f = f.Moved(common)
		}
	}
	return f, reason, ok
}

// question asks what is to be expected of month m.
func (s Series) question(m panel.Month) expect.Question {
	q := expect.Question{Past: s.before(m), Next: m, Profile: s.Profile, Share: s.Unit == Ratio, NextSE: math.NaN()}
	if now, ok := s.at(m); ok {
		q.NextSE = now.SE / now.Value
	}
	return q
}

// learning lets the model see all series of devices before it is asked about
// one. They come in the order of their apps, so that it learns the same.
func (k Knowledge) learning(h History) Knowledge {
	series := slices.SortedStableFunc(slices.Values(h.totals()), func(a, b Series) int { return cmp.Compare(a.App, b.App) })
	questions := make([]expect.Question, 0, len(series))
	for _, s := range series {
		questions = append(questions, s.question(h.Month))
	}
	k.Model = remember{k.Model, nil}.Learn(questions)
	return k
}

// bands are the forecasts of the last 24 months up to m that have one.
func (k Knowledge) bands(s Series, m panel.Month) []Band {
	var out []Band
	for t := m - 23; t <= m; t++ {
		if f, _, ok := k.alone(s, t); ok {
			out = append(out, Band{t, finite(f.Expected), finite(f.Low), finite(f.High)})
		}
	}
	return out
}
