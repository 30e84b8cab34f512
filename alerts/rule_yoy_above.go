package alerts

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A growth over the year lasts for months once it is there. An analyst wants
// to hear of it when the limit is newly reached, when it has doubled, and in
// December, as the balance of the year.
var yoyAbove = Rule{
	Name:  "yoy_above",
	Zh:    "同比增长达到阈值，且超出抽样误差：首次达到、翻倍时及每年12月告知",
	En:    "Growth over the year reaches the limit, beyond sampling error: told when newly reached, when doubled, and each December.",
	Lasts: saidAgain,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, s := range h.totals() {
			if f, ok := judgeYear(h, s, p); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// judgeYear is silent when the app grows less than the limit.
func judgeYear(h History, s Series, p Params) (f Finding, ok bool) {
	now, have := s.at(h.Month)
	if !have {
		return Finding{}, false
	}
	growth, known := growthOf(h, s, YoY, 12, h.Month)
	f = aboutSeries("yoy_above", s, now, p).measuring(growth, h.publishes(s.App, YoY))
	switch {
	case !known:
		return f.unless(NotEvaluable, lacking(s.Breaks, h.Month-12, h.Month, missing(h.Month-12))), true
	case growth.Value < p.Limit:
		return Finding{}, false
	}
	f = f.because(yoyFact(growth, p.Limit))
	if !surely(growth, p.Limit, +1) {
		return f.unless(Noise, withinError), true
	}
	told, before := toldBefore(readings(s.before(h.Month+1), +1, p.Limit, func(m panel.Month) (expect.Point, bool) {
		return growthOf(h, s, YoY, 12, m)
	}), p.again())
	if before && !dueAgain(h.Month, 12, told) {
		return f.lasting(toldIn(told)), true
	}
	return f, true
}

// readings are the growths of the months of points against a limit, on the
// side (+1 above, -1 below) that the rule looks at.
func readings(points []expect.Point, side, limit float64, growth func(panel.Month) (expect.Point, bool)) (out []reading) {
	for _, pt := range points {
		if g, ok := growth(pt.Month); ok {
			out = append(out, reading{pt.Month, side * g.Value, surely(g, limit, side), surely(g, limit, -side)})
		}
	}
	return out
}

// surely reports whether a growth lies at or beyond a limit on one side (+1
// above, -1 below) by more than sampling error, where that is known.
func surely(growth expect.Point, limit, side float64) bool { return beyond(z95, growth, limit, side) }

// beyond is surely for z standard errors.
func beyond(z float64, growth expect.Point, limit, side float64) bool {
	se := growth.SE
	if math.IsNaN(se) {
		se = 0
	}
	return side*(growth.Value-limit) >= z*se
}

// critical is how many standard errors count as beyond error when a setting
// makes so many tests a month: 1.96, and at a rate p.FDR of false alarms over
// all of them (Bonferroni) what that takes. It is the same in every month, so
// that what was told before can be found again.
func (p Params) critical(tests int) float64 {
	if p.FDR == 0 || tests == 0 {
		return z95
	}
	return max(z95, distuv.UnitNormal.Quantile(1-p.FDR/float64(2*tests)))
}

func yoyFact(growth expect.Point, limit float64) Fact {
	zh, en := plusMinus(growth)
	return Fact{
		fmt.Sprintf("同比 %s%s，达到阈值 %s", signed(growth.Value), zh, percent(limit)),
		fmt.Sprintf("%s%s on the year before, at or above %s", signed(growth.Value), en, percent(limit)),
	}
}

// plusMinus is half the 95 % interval of a growth, in percentage points; empty
// when its error is unknown.
func plusMinus(growth expect.Point) (zh, en string) {
	if math.IsNaN(growth.SE) {
		return "", ""
	}
	half, places := 100*z95*growth.SE, 1
	if half < 0.05 {
		places = 2 // not ±0.0
	}
	zh, en = panel.Decimal(half, 0, places)+"个百分点", panel.Decimal(half, 0, places)+" pp"
	return "（±" + zh + "）", " (±" + en + ")"
}

// measuring replaces the level by a ratio that comes from an indicator.
func (f Finding) measuring(ratio expect.Point, indicator string) Finding {
	f.Value, f.SE, f.Unit, f.Indicator = ratio.Value, ratio.SE, Ratio, indicator
	return f
}

// publishes is the indicator that an app's growth comes from: its own where it
// was published for the month, else the devices it was computed of.
func (h History) publishes(app panel.AppID, indicator string) string {
	if s, ok := h.Find(app, panel.All, indicator); ok {
		if _, have := s.at(h.Month); have {
			return indicator
		}
	}
	return MUD
}

// growthOf is the growth over so many months at month m: from the
// indicator's own series when it was computed (with the error of the overlap
// of the two months), else from the level, steps compounded for CAGR6.
func growthOf(h History, level Series, indicator string, steps, m panel.Month) (expect.Point, bool) {
	if s, ok := h.Find(level.App, level.Segment, indicator); ok {
		if pt, have := s.at(m); have {
			return pt, true
		}
	}
	now, have := level.at(m)
	base, haveBase := level.at(m - steps)
	if !have || !haveBase || base.Value <= 0 {
		return expect.Point{Month: m, Value: math.NaN(), SE: math.NaN()}, false
	}
	root := 1.0
	if indicator == CAGR6 {
		root = float64(steps)
	}
	return growthBetween(base, now, root), true
}

// growthBetween is (now/base)^(1/root) - 1 with the standard error of
// independent months.
func growthBetween(base, now expect.Point, root float64) expect.Point {
	factor := math.Pow(now.Value/base.Value, 1/root)
	se := factor / root * math.Hypot(now.SE/now.Value, base.SE/base.Value)
	return expect.Point{Month: now.Month, Value: factor - 1, SE: errorOrNaN(se)}
}
