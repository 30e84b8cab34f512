package alerts

import (
	"fmt"
	"math"

	"panelwatch/etl/panel"
)

var panelBreak = Rule{
	Name: "panel_break",
	Zh:   "数据源的样本量、权重合计、全网设备数或设计效应突变：当月依赖它的结论一律抑制",
	En:   "A source's panel size, sum of weights, universe or design effect jumps beyond what is ordinary: what depends on it is suppressed for the month.",
	Data: true,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, source := range h.sources() {
			if f, ok := judgePanel("panel_break", h, source, p, p.MinEffects); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// judgePanel looks at the quantities that have a least effect. It is silent
// when none of them jumped.
func judgePanel(rule string, h History, source string, p Params, effects map[string]float64) (f Finding, ok bool) {
	now, before, have := h.panelAt(source)
	if !have {
		return Finding{}, false
	}
	f = aboutSource(rule, h.Month, source, p)
	for _, q := range quantities {
		effect, wanted := effects[q.name]
		past := q.known(now, before)
		if v := q.of(now); wanted && v > 0 && !math.IsInf(v, 1) && len(past) > 0 {
			j := jumpTo(level{h.Month, math.Log(v)}, past)
			if far := math.Abs(j.size); far >= math.Log1p(effect) && far > p.Limit*j.scale {
				f = f.because(jumped(q, v, past, j))
			}
		}
	}
	f.Inhibits = everything(h.spokenFor(source))
	return f, len(f.Facts) > 0
}

// aboutSource begins a finding about the data of a source.
func aboutSource(rule string, m panel.Month, source string, p Params) Finding {
	return about(rule, m, Subject{Source: source, Segment: panel.All}, p)
}

// jumped says what a quantity was and is, and how much it moved before.
func jumped(q quantity, now float64, past []level, j jump) Fact {
	last := past[len(past)-1]
	was := math.Exp(last.log)
	change := signed(now/was - 1)
	f := Fact{
		fmt.Sprintf("%s由 %s 的 %s 变为 %s（%s）", q.what.Zh, last.month, q.format(was, false), q.format(now, false), change),
		fmt.Sprintf("%s moved from %s in %s to %s (%s)", q.what.En, q.format(was, true), last.month, q.format(now, true), change),
	}
	if !math.IsNaN(j.most) {
		f.Zh += fmt.Sprintf("，此前每月变动不超过 %s", percent(j.most))
		f.En += fmt.Sprintf(", by no more than %s a month before", percent(j.most))
	}
	return f
}
