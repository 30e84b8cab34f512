package alerts

import (
	"fmt"

	"panelwatch/etl/panel"
)

// An app that climbs sets a record every month; the next one is told when it
// stands min_effect above the record told last.
var recordHigh = Rule{
	Name: "record_high",
	Zh:   "高于此前所有月份，且超出抽样误差；持续攀升时，较上次告知再升一定幅度才再次告知",
	En:   "Above every earlier month, by more than sampling error; in a climb, told again only by a least rise above the record told last.",
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, s := range h.totals() {
			f, ok := judgeRecord(s, h.Month, p)
			if !ok {
				continue
			}
			if told, before := recordTold(s, h.Month, p); f.told() && before {
				f = f.lasting(toldIn(told))
			}
			out = append(out, f)
		}
		return out
	},
}

// recordTold is the month whose record, told then, is still what the record
// of month m amounts to.
func recordTold(s Series, m panel.Month, p Params) (told panel.Month, before bool) {
	var last float64
	for _, pt := range s.before(m + 1) {
		f, ok := judgeRecord(s, pt.Month, p)
		if ok && f.told() && pt.Value >= last*(1+p.MinEffect) {
			told, last = pt.Month, pt.Value
		}
	}
	return told, told != 0 && told != m
}

// judgeRecord is silent when the month is no record. An app's first months
// are none: it takes p.MinMonths of history, 24 by default.
func judgeRecord(s Series, m panel.Month, p Params) (f Finding, ok bool) {
	now, have := s.at(m)
	past := s.before(m)
	if !have || len(past) == 0 || now.Value <= highest(past).Value {
		return Finding{}, false
	}
	f = aboutSeries("record_high", s, now, p)
	f.Label = "历史新高"
	switch {
	case len(past) < p.minMonths():
		return f.unless(NotEvaluable, lacking(s.Breaks, 0, m, tooShort(len(past)))), true
	case !differs(now, highest(past)):
		return f.because(barelyAbove(highest(past).Month)).unless(Noise, withinError), true
	}
	return f.because(recordSince(past[0].Month)), true
}

func recordSince(m panel.Month) Fact {
	return Fact{fmt.Sprintf("创 %s 以来新高", m), fmt.Sprintf("highest since %s", m)}
}

func barelyAbove(m panel.Month) Fact {
	return Fact{fmt.Sprintf("略高于此前最高的 %s", m), fmt.Sprintf("barely above the highest so far, %s", m)}
}
