package alerts

import (
	"fmt"
	"math"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

var thresholdCross = Rule{
	Name:  "threshold_cross",
	Zh:    "向上突破阈值；回落一定幅度后才会再次告警",
	En:    "Crosses a threshold upwards; told again only after a fall of hysteresis below it.",
	Lasts: staysAbove,
	Needs: func(p Params) (out []Need) {
		for _, t := range p.Thresholds {
			if t.Segment() != panel.All {
				out = append(out, Need{Indicator: MUD, Dimension: t.Dimension, Apps: []panel.AppID{t.App}})
			}
		}
		return out
	},
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, t := range p.Thresholds {
			s, ok := h.Find(t.App, t.Segment(), MUD)
			now, have := s.at(h.Month)
			if !ok || !have {
				continue
			}
			if f, crossed := judgeThreshold(s, now, t, p); crossed {
				out = append(out, f)
			}
		}
		return out
	},
}

// judgeThreshold walks the history to find out whether the crossing that the
// month is above was told before.
func judgeThreshold(s Series, now expect.Point, t Threshold, p Params) (f Finding, crossed bool) {
	level := t.Wan * 1e4
	past := s.before(now.Month)
	armed := true
	for _, pt := range past {
		switch {
		case pt.Value < level*(1-p.hysteresis()):
			armed = true
		case surelyAbove(pt, level):
			armed = false
		}
	}
	if !armed || now.Value < level {
		return Finding{}, false
	}
	f = aboutSeries("threshold_cross", s, now, p)
	fact := crossFact(level)
	if b, ok := last(s.Breaks, now.Month); ok && len(past) == 0 {
		return f.because(fact).unless(NotEvaluable, b.What), true
	}
	if !surelyAbove(now, level) {
		return f.because(fact).unless(Noise, withinError), true
	}
	if n := len(past); n == 0 || past[n-1].Month != now.Month-1 {
		fact = firstSeenAbove(level)
	}
	f.Label = fact.Zh
	return f.because(fact), true
}

// surelyAbove: the 95 % interval lies above the level; without a sampling error
// the value is taken as it is.
func surelyAbove(pt expect.Point, level float64) bool {
	if math.IsNaN(pt.SE) {
		return pt.Value >= level
	}
	return pt.Value-z95*pt.SE >= level
}

func crossFact(level float64) Fact {
	return Fact{fmt.Sprintf("突破 %s", devicesZh(level)), fmt.Sprintf("crossed %s", devicesEn(level))}
}

func firstSeenAbove(level float64) Fact {
	return Fact{
		fmt.Sprintf("首次观测即高于 %s（上月无数据）", devicesZh(level)),
		fmt.Sprintf("first observed above %s (no value the month before)", devicesEn(level)),
	}
}
