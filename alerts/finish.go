package alerts

import (
	"math"

	"panelwatch/alerts/expect"
)

var unknown = expect.Point{Value: math.NaN(), SE: math.NaN()}

// finish gives a finding its sentences and what its chart needs.
func finish(f Finding, h History, k Knowledge) Finding {
	s := sentence{
		name: f.Series.Name, segment: f.Subject.Segment, list: f.Subject.List, month: f.Month, basis: f.Series.Basis,
		facts: f.Facts, verdict: f.Verdict, level: unknown,
	}
	if series, ok := h.Find(f.Subject.App, f.Subject.Segment, MUD); ok {
		f.Series, s.name, s.basis = series, series.Name, series.Basis
		f = f.charted(&s, k)
	} else if e, ok := h.entry(f.Subject); ok {
		s.name, s.basis = e.Name, e.Basis
		s.level.Value, s.level.SE = e.Devices, e.SE
	}
	if !aMember(f.Subject.Segment) {
		s.place = true
	}
	if f.Unit == Places && !f.told() {
		s.place, s.level = true, unknown
	}
	who := f.Subject.who(s.name)
	s.name = who.Zh
	f.Zh = s.zh()
	s.name = who.En
	f.En = s.en()
	f.Value, f.SE, f.Z = finite(f.Value), finite(f.SE), finite(f.Z)
	f.Expected, f.Low, f.High = finite(f.Expected), finite(f.Low), finite(f.High)
	if math.IsNaN(f.Value) {
		f.Indicator = ""
	}
	return f
}

// who names what a finding is about where it is no app: a source, or the
// calendar.
func (s Subject) who(name string) Fact {
	switch {
	case s.Source != "":
		return Fact{"数据源 " + s.Source, "Source " + s.Source}
	case name == "" && s.App == "" && s.List == "":
		return Fact{"日历表", "Calendar"}
	}
	return Fact{name, name}
}

// charted adds the newest level and its forecast to the sentence, and band and
// label to a finding that is told.
func (f Finding) charted(s *sentence, k Knowledge) Finding {
	now, ok := f.Series.at(f.Month)
	if !ok {
		return f
	}
	s.level = now
	if !f.told() {
		return f
	}
	if fc, _, can := k.expects(f.Series, f.Month); can && now.Value > 0 {
		if s.forecast = &fc; f.Unit == Devices {
			f, s.parts = f.expecting(fc), true
		} else if s.inside() {
			s.forecast = nil // about something else, and the level is as usual
		}
		if f.Label != "" {
			f.Label += "，较预期 " + signed(now.Value/fc.Expected-1)
			f.LabelEn += ", " + signed(now.Value/fc.Expected-1) + " on expectation"
		}
	}
	f.Band = k.bands(f.Series, f.Month)
	return f
}

// entry is the list row of a subject in the judged month, or the newest
// earlier one for its name when the month's row is missing.
func (h History) entry(s Subject) (Entry, bool) {
	for _, l := range h.Lists {
		if l.Name != s.List || s.App == "" {
			continue
		}
		for m := h.Month; m >= h.Month-12; m-- {
			if e, ok := entryOf(l.Months[m], s.App); ok {
				if m != h.Month {
					e.Devices, e.SE = math.NaN(), math.NaN()
				}
				return e, true
			}
		}
	}
	return Entry{}, false
}
