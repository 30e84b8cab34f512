package alerts

import (
	"fmt"
	"math"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// The share of an app's largest members, such as its five largest provinces,
// against the same month of the year before: the season falls out.
var concentrationChange = Rule{
	Name:  "concentration_change",
	Zh:    "前几大成员合计占比较上年同月的变化达到阈值（百分点），且超出抽样误差：首次达到、翻倍时及每年12月告知",
	En:    "The share of the largest members moved by the limit (pp) on the year before, beyond sampling error: told when newly so, when doubled, and each December.",
	Lasts: saidAgain,
	Needs: func(p Params) []Need { return []Need{{Indicator: TopShare, Dimension: p.Dimension}} },
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		var of []Series
		for _, s := range h.Series {
			if s.Indicator == TopShare && s.Segment.Dimension == p.Dimension {
				of = append(of, s)
			}
		}
		for _, s := range of {
			if f, ok := judgeConcentration(s, h.Month, p, p.critical(len(of))); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

func judgeConcentration(s Series, m panel.Month, p Params, z float64) (f Finding, ok bool) {
	now, have := s.at(m)
	if !have {
		return Finding{}, false
	}
	f = about("concentration_change", m, Subject{App: s.App, Segment: s.Segment}, p)
	f.Series, f.Indicator, f.Value, f.SE, f.Unit = s, TopShare, now.Value, now.SE, Ratio
	change, known := overYear(s, m)
	switch {
	case !known:
		return f.unless(NotEvaluable, lacking(s.Breaks, m-12, m, missing(m-12))), true
	case math.Abs(change.Value) < p.Limit:
		return Finding{}, false
	}
	f.Z = change.Value / change.SE
	f = f.because(concentrationFact(now, change))
	side := math.Copysign(1, change.Value)
	if !beyond(z, change, 0, side) {
		return f.unless(Noise, withinError), true
	}
	if told, before := changeTold(s, m, p, side, z); before && !dueAgain(m, 12, told) {
		return f.lasting(toldIn(told)), true
	}
	return f, true
}

// overYear is the difference to the same month of the year before, with the
// error of independent months.
func overYear(s Series, m panel.Month) (expect.Point, bool) {
	now, have := s.at(m)
	base, haveBase := s.at(m - 12)
	return expect.Point{Month: m, Value: now.Value - base.Value, SE: math.Hypot(now.SE, base.SE)}, have && haveBase
}

// changeTold finds the month that told a change over the year which lasts.
func changeTold(s Series, m panel.Month, p Params, side, z float64) (told panel.Month, before bool) {
	var past []reading
	for _, pt := range s.before(m + 1) {
		change, known := overYear(s, pt.Month)
		if !known {
			continue
		}
		r := reading{month: pt.Month, size: side * change.Value}
		r.sure = side*change.Value >= p.Limit && beyond(z, change, 0, side)
		r.over = surely(change, side*p.Limit, -side)
		past = append(past, r)
	}
	return toldBefore(past, p.again())
}

func concentrationFact(now, change expect.Point) Fact {
	zh, en := signedPoints(change.Value)
	zhError, enError := plusMinus(change)
	return Fact{
		fmt.Sprintf("最大几个成员合计占比 %s，较上年同月 %s%s", percent(now.Value), zh, zhError),
		fmt.Sprintf("%s in the largest members together, %s%s on the year before", percent(now.Value), en, enError),
	}
}
