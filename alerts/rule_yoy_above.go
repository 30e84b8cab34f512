package alerts

import (
	"fmt"
	"math"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

var yoyAbove = Rule{
	Name: "yoy_above",
	Zh:   "同比增长达到阈值，且超出抽样误差",
	En:   "Growth over the year reaches the limit, beyond sampling error.",
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, s := range h.totals() {
			now, have := s.at(h.Month)
			if !have {
				continue
			}
			growth, ok := growthOf(h, s, YoY, 12)
			f := aboutSeries("yoy_above", s, now, p).measuring(growth)
			if !ok {
				out = append(out, f.unless(NotEvaluable, missing(h.Month-12)))
				continue
			}
			if growth.Value < p.Limit {
				continue
			}
			if growth.Value-z95*growth.SE < p.Limit {
				out = append(out, f.unless(Noise, withinError))
				continue
			}
			out = append(out, f.because(yoyFact(growth, p.Limit)))
		}
		return out
	},
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
	zh, en = points(100 * z95 * growth.SE)
	return "（±" + zh + "）", " (±" + en + ")"
}

// measuring replaces the level by a ratio.
func (f Finding) measuring(ratio expect.Point) Finding {
	f.Value, f.SE, f.Unit = ratio.Value, ratio.SE, Ratio
	return f
}

// growthOf is the growth over so many months at the judged month: from the
// indicator's own series when it was computed (with the error of the overlap
// of the two months), else from the level, steps compounded for CAGR6.
func growthOf(h History, level Series, indicator string, steps panel.Month) (expect.Point, bool) {
	if s, ok := h.Find(level.App, level.Segment, indicator); ok {
		if pt, have := s.at(h.Month); have {
			return pt, true
		}
	}
	now, have := level.at(h.Month)
	base, haveBase := level.at(h.Month - steps)
	if !have || !haveBase || base.Value <= 0 {
		return expect.Point{Month: h.Month, Value: math.NaN(), SE: math.NaN()}, false
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
