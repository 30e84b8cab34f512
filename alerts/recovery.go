package alerts

import (
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// recovering reports whether a month that lies above its band only comes back
// from a low one shortly before: the low month drew the expectation down, and
// the month is no higher than what was expected of it before the low.
func recovering(k Knowledge, s Series, m panel.Month, p Params) bool {
	now, have := s.at(m)
	if !have {
		return false
	}
	for t := m - p.recovery(); t < m; t++ {
		low, haveLow := s.at(t)
		fc, _, can := k.expects(s, t)
		if !haveLow || !can || !outside(low.Value, fc, -1) || !beyondError(low, fc) {
			continue
		}
		if fc, _, can := k.foretold(s, t, m); can && now.Value <= fc.High {
			return true
		}
	}
	return false
}

var comingBack = Fact{"由此前异常低位回升，未超过变动前的预期", "coming back from an unexpected low, not above what was expected before it"}

// foretold is the forecast of month m from what was known when month known had
// not come yet.
func (k Knowledge) foretold(s Series, known, m panel.Month) (expect.Forecast, string, bool) {
	q := s.question(m)
	q.Past = s.before(known)
	return k.Model.Expect(q)
}
