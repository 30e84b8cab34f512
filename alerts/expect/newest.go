package expect

import (
	"fmt"
	"math"
)

// A Subject is a series whose newest month is to be judged.
type Subject struct {
	Name    string
	Profile string  // of the calendar
	Points  []Point // ascending, the newest is the one to judge; a value is NaN where there is none
	Reason  string  // why the series cannot be judged, empty when it can
}

// A Verdict says how the newest month of a series stands to what was to be
// expected of it from the months before.
type Verdict struct {
	Name   string
	Newest Point
	// Forecast and Class are those of Newest, where Reason is empty; else
	// Reason says why nothing could be judged.
	Forecast Forecast
	Class    Class
	Reason   string
	// Note is what the numbers look like, such as another unit; may be empty.
	Note string
}

// Newest judges the newest month of each series. The model learns first what
// all of them have in common.
func Newest(m Model, of []Subject) []Verdict {
	var questions []Question
	for _, s := range of {
		if s.reason() == "" {
			questions = append(questions, s.question())
		}
	}
	m = m.Learn(questions)
	out := make([]Verdict, len(of))
	for i, s := range of {
		out[i] = s.judge(m)
	}
	return out
}

func (s Subject) newest() Point {
	if len(s.Points) == 0 {
		return Point{Value: math.NaN(), SE: math.NaN()}
	}
	return s.Points[len(s.Points)-1]
}

// question asks about the newest month.
func (s Subject) question() Question {
	now := s.newest()
	return Question{Past: s.Points[:len(s.Points)-1], Next: now.Month, Profile: s.Profile, NextSE: now.SE / now.Value}
}

// reason says what keeps a series from being asked about.
func (s Subject) reason() string {
	now := s.newest()
	switch {
	case s.Reason != "":
		return s.Reason
	case len(s.Points) == 0:
		return "no month"
	case math.IsNaN(now.Value):
		return fmt.Sprintf("no value in %s", now.Month)
	case !(now.Value > 0) || math.IsInf(now.Value, 1):
		return fmt.Sprintf("%v is not above zero: effects are taken as factors", now.Value)
	}
	for _, p := range s.Points {
		if p.Value < 0 {
			return fmt.Sprintf("%v in %s is below zero: effects are taken as factors", p.Value, p.Month)
		}
	}
	return ""
}

func (s Subject) judge(m Model) Verdict {
	v := Verdict{Name: s.Name, Newest: s.newest(), Reason: s.reason()}
	if v.Reason != "" {
		return v
	}
	q := s.question()
	f, reason, ok := m.Expect(q)
	if ok && !f.sound() {
		reason, ok = "the history is too wild to be taken apart", false
	}
	if !ok {
		v.Reason = reason
		return v
	}
	v.Forecast, v.Class = f, f.Class(q, v.Newest.Value)
	v.Note = otherUnit(v.Newest.Value / f.Expected)
	return v
}

// sound says that a forecast is made of numbers, and its parts make it up.
func (f Forecast) sound() bool {
	p := f.Parts
	product := p.Level * (1 + p.Trend) * (1 + p.Season) * (1 + p.Holiday)
	return f.Expected > 0 && f.SD > 0 && math.Abs(product/f.Expected-1) < 1e-3
}

// otherUnit recognises a number that is written in 万, or in ones where the
// others are in 万.
func otherUnit(factor float64) string {
	const wan = 4 // powers of ten
	if off := math.Log10(factor); math.Abs(math.Abs(off)-wan) < 0.3 {
		return fmt.Sprintf("about 10^%.0f times the expectation: written in another unit (万)?", math.Round(off))
	}
	return ""
}
