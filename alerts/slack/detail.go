package slack

import (
	"fmt"
	"math"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/indicator/definitions"
	"panelwatch/etl/panel"
)

// detailPage is one finding for the digest's thread: its sentence, the numbers
// behind it, where they come from.
func detailPage(d alerts.Digest, l voice, f alerts.Finding, chartFailed error) *page {
	p := newPage()
	p.section(icon(f) + " " + clip(l.sentence(f.Zh, f.En), maxSection-10))
	if fields := split(f, l); len(fields) > 0 {
		p.fields(fields, l.colon())
	}
	evidence(p, d, l, f)
	if s := footnote(l, f); s != "" {
		p.context(s)
	}
	if f.TraceID != "" {
		p.context(traceLine(l, f))
		p.section("```" + clip(escape(f.Query), maxSection-10) + "```")
	}
	p.context(origin(d, l, f))
	if chartFailed != nil {
		p.context(clip(l.pick("图表未能绘制", "the chart could not be drawn")+l.colon()+escape(chartFailed.Error()), noteRoom))
	}
	if d.Buttons {
		p.buttons(l)
	}
	return p
}

// split takes the judgement apart: value, expectation, deviation, error.
func split(f alerts.Finding, l voice) (fields []textObject) {
	add := func(zh, en, value string) {
		fields = append(fields, markdown(fmt.Sprintf("*%s*\n%s", l.pick(zh, en), value)))
	}
	switch {
	case finite(f.Value) && f.Rule == restated:
		add("更正幅度", "Correction", sign(f.Value)+l.number(math.Abs(f.Value), f.Unit))
	case finite(f.Value):
		add("实际", "Actual", l.number(f.Value, f.Unit))
	}
	if finite(f.Expected) {
		add("预期", "Expected", l.number(f.Expected, f.Unit))
		add("95% 区间", "95% interval", l.number(f.Low, f.Unit)+" – "+l.number(f.High, f.Unit))
		add("偏离预期", "Deviation", deviation(l, f))
	}
	if finite(f.SE) && finite(f.Value) {
		add("抽样误差（95%）", "Sampling error (95%)", samplingError(f, l))
	}
	return fields
}

// deviation is relative for what can be divided and a difference otherwise.
func deviation(l voice, f alerts.Finding) string {
	if f.Unit == alerts.Devices && f.Expected > 0 {
		return sign(f.Value-f.Expected) + alerts.Format(math.Abs(f.Value/f.Expected-1), alerts.Ratio, false)
	}
	if f.Unit == alerts.Ratio { // percentages differ by percentage points
		return sign(f.Value-f.Expected) + alerts.Format(100*math.Abs(f.Value-f.Expected), alerts.Points, l.english())
	}
	return sign(f.Value-f.Expected) + l.number(math.Abs(f.Value-f.Expected), f.Unit)
}

func samplingError(f alerts.Finding, l voice) string {
	half := 1.96 * f.SE
	s := "±"
	switch {
	case f.Unit == alerts.Devices && f.Value > 0:
		s += alerts.Format(half/f.Value, alerts.Ratio, false)
	case f.Unit == alerts.Ratio:
		s += alerts.Format(100*half, alerts.Points, l.english())
	default:
		s += l.number(half, f.Unit)
	}
	if f.Series.Basis == panel.Assumed {
		s += l.pickShort("（假定）", " (assumed)")
	}
	return s
}

func sign(v float64) string {
	if v < 0 {
		return "−"
	}
	return "+"
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// footnote says in one line what the number of a finding is: its name, its
// formula and its edge cases.
func footnote(l voice, f alerts.Finding) string {
	d, ok := definitions.Of(f.Indicator)
	if !ok {
		return ""
	}
	line := func(name, edge string) string {
		return fmt.Sprintf("*%s* `%s` · %s", escape(name), escape(d.Formula), escape(edge))
	}
	return clip(l.join(line(d.Zh, d.EdgeCases.Zh), line(d.En, d.EdgeCases.En)), noteRoom)
}

// traceLine names the number, so that a command leads from it to its bytes.
func traceLine(l voice, f alerts.Finding) string {
	return fmt.Sprintf("%s%s`%s` · `panelwatch trace %s`", l.pick("编号", "Number"), l.colon(), f.TraceID, f.TraceID)
}

// origin names extract, rules and subject, so that a number leads back to its
// source.
func origin(d alerts.Digest, l voice, f alerts.Finding) string {
	rules := make([]string, 0, 1+len(f.Also))
	for _, r := range append([]string{f.Rule}, f.Also...) {
		rules = append(rules, "`"+escape(r)+"`")
	}
	line := fmt.Sprintf("%s%s%s · %s", l.pick("规则", "Rules"), l.colon(), strings.Join(rules, " "), dataLine(d, l))
	if warning := syntheticWarning(d, l); warning != "" {
		line = warning + "\n" + line
	}
	return clip(line, 2*noteRoom)
}
