package alerts

import (
	"fmt"

	"panelwatch/etl/panel"
)

var recordHigh = Rule{
	Name: "record_high",
	Zh:   "高于此前所有月份，且超出抽样误差",
	En:   "Above every earlier month, by more than sampling error.",
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, s := range h.totals() {
			if f, ok := judgeRecord(s, h.Month, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
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
		return f.unless(NotEvaluable, tooShort(len(past))), true
	case !differs(now, highest(past)):
		return f.unless(Noise, withinError), true
	}
	return f.because(recordSince(past[0].Month)), true
}

func recordSince(m panel.Month) Fact {
	return Fact{fmt.Sprintf("创 %s 以来新高", m), fmt.Sprintf("highest since %s", m)}
}

func (p Params) minMonths() int {
	if p.MinMonths > 0 {
		return p.MinMonths
	}
	return 24
}
