package alerts

import (
	"fmt"
	"math"
	"strings"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A sentence is what a finding says, before it is put into a language: who and
// when, how many, why it is told, what was to be expected, how sure it is.
type sentence struct {
	name     string
	segment  panel.Segment
	list     string
	place    bool // about a place in a list: the first fact stands for the level
	month    panel.Month
	level    expect.Point // monthly devices; NaN when there is no level
	basis    panel.Basis
	facts    []Fact
	verdict  Verdict
	forecast *expect.Forecast // nil when there is none
	parts    bool             // say what the forecast is made of
}

// zh reads: 铁路12306 2023-09 月独立设备数 1.19亿台，创 2020-01 以来新高；国庆节预售
// 9/15 起；预期 1.12亿 [1.05, 1.20]，高于预期 6.2%，在区间内；抽样误差 ±0.3%（假定）.
func (s sentence) zh() string {
	head := s.subject() + " " + s.month.String()
	if s.hasLevel() {
		head += " 月独立设备数 " + devicesZh(s.level.Value)
	}
	clauses := make([]string, 0, len(s.facts)+2)
	for _, f := range s.facts {
		clauses = append(clauses, f.Zh)
	}
	if s.forecast != nil && s.hasLevel() {
		clauses = append(clauses, s.expectedZh())
	}
	if s.level.Value > 0 {
		clauses = append(clauses, s.samplingZh())
	}
	if s.place {
		return join(s.markZh()+head, clauses, " ", "；")
	}
	return join(s.markZh()+head, clauses, "，", "；")
}

// en reads: 铁路12306 2023-09: 119.0M devices, highest since 2020-01; National
// Day presale from Sep 15; expected 112.0M [105.0, 120.0], 6.2% above
// expectation, inside the band; sampling error ±0.3% (assumed).
func (s sentence) en() string {
	head := s.subject() + " " + s.month.String()
	if s.hasLevel() {
		head += ": " + devicesEn(s.level.Value)
	}
	clauses := make([]string, 0, len(s.facts)+2)
	for _, f := range s.facts {
		clauses = append(clauses, f.En)
	}
	if s.forecast != nil && s.hasLevel() {
		clauses = append(clauses, s.expectedEn())
	}
	if s.level.Value > 0 {
		clauses = append(clauses, s.samplingEn())
	}
	if s.place {
		return join(s.markEn()+head, clauses, ": ", "; ")
	}
	return join(s.markEn()+head, clauses, ", ", "; ")
}

func (s sentence) hasLevel() bool { return !math.IsNaN(s.level.Value) }

func join(head string, clauses []string, first, between string) string {
	if len(clauses) == 0 {
		return head
	}
	return head + first + strings.Join(clauses, between)
}

func (s sentence) subject() string {
	switch {
	case s.name == "":
		return s.list
	case s.segment != panel.All && aMember(s.segment):
		return s.name + " " + s.segment.Member
	}
	return s.name
}

// markZh says before all else that a sentence is no alert, unless its last
// clause does: noise ends in the reason why it is noise.
func (s sentence) markZh() string {
	switch s.verdict {
	case NotEvaluable:
		return "（无法评估）"
	case Suppressed:
		return "（已抑制）"
	}
	return ""
}

func (s sentence) markEn() string {
	switch s.verdict {
	case NotEvaluable:
		return "(not evaluable) "
	case Suppressed:
		return "(suppressed) "
	}
	return ""
}

func (s sentence) expectedZh() string {
	f, unit := s.forecast, scaleZh(s.forecast.Expected)
	side, where := "高于", "，在区间内"
	if s.level.Value < f.Expected {
		side = "低于"
	}
	if !s.inside() {
		where = ""
	}
	made := ""
	if s.parts {
		made = "（" + decompositionZh(f.Parts) + "）"
	}
	return fmt.Sprintf("预期 %s%s [%s, %s]%s，%s预期 %s%s", unit.number(f.Expected), unit.suffix,
		unit.number(f.Low), unit.number(f.High), made, side, percent(s.deviation()), where)
}

func (s sentence) expectedEn() string {
	f, unit := s.forecast, scaleEn(s.forecast.Expected)
	side, where := "above", ", inside the band"
	if s.level.Value < f.Expected {
		side = "below"
	}
	if !s.inside() {
		where = ""
	}
	made := ""
	if s.parts {
		made = " (" + decompositionEn(f.Parts) + ")"
	}
	return fmt.Sprintf("expected %s%s [%s, %s]%s, %s %s expectation%s", unit.number(f.Expected), unit.suffix,
		unit.number(f.Low), unit.number(f.High), made, percent(s.deviation()), side, where)
}

func (s sentence) inside() bool {
	return s.forecast.Low <= s.level.Value && s.level.Value <= s.forecast.High
}

// deviation is the distance from the expectation, without sign.
func (s sentence) deviation() float64 { return math.Abs(s.level.Value/s.forecast.Expected - 1) }

// samplingZh gives half the 95 % interval, relative to the value.
func (s sentence) samplingZh() string {
	if math.IsNaN(s.level.SE) {
		return "无抽样误差"
	}
	half := "抽样误差 ±" + percent(z95*s.level.SE/s.level.Value)
	if s.basis == panel.Assumed {
		half += "（假定）"
	}
	return half
}

func (s sentence) samplingEn() string {
	if math.IsNaN(s.level.SE) {
		return "no sampling error delivered"
	}
	half := "sampling error ±" + percent(z95*s.level.SE/s.level.Value)
	if s.basis == panel.Assumed {
		half += " (assumed)"
	}
	return half
}
