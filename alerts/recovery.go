package alerts

import (
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// recovering reports whether a month outside its band, on one side (+1 above,
// -1 below), only comes back from one on the other side shortly before: that
// one drew the expectation along, and the month goes no further than what was
// expected of it before.
func recovering(k Knowledge, s Series, m panel.Month, side float64, p Params) bool {
	now, have := s.at(m)
	if !have {
		return false
	}
	for t := m - p.recovery(); t < m; t++ {
		odd, haveOdd := s.at(t)
		fc, _, can := k.expects(s, t)
		if !haveOdd || !can || !outside(odd.Value, fc, -side) || !beyondError(odd, fc) {
			continue
		}
		if fc, _, can := k.foretold(s, t, m); can && !outside(now.Value, fc, side) {
			return true
		}
	}
	return false
}

// comingBack is why a month above (+1) or below (-1) its band is not told.
func comingBack(side float64) Fact {
	if side > 0 {
		return Fact{"由此前异常低位回升，未超过变动前的预期", "coming back from an unexpected low, not above what was expected before it"}
	}
	return Fact{"由此前异常高位回落，未低于变动前的预期", "coming back from an unexpected high, not below what was expected before it"}
}

// foretold is the forecast of month m from what was known when month known had
// not come yet.
func (k Knowledge) foretold(s Series, known, m panel.Month) (expect.Forecast, string, bool) {
	q := s.question(m)
	q.Past = s.before(known)
	return k.Model.Expect(q)
}
