package slack

import (
	"fmt"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// Shares of the budget, in characters: what is told first may take most.
const (
	findingsRoom = 4800
	noteRoom     = 600
	longestLine  = 1200
)

// restated is the rule whose findings are about an earlier month.
const restated = "restated"

// digestPage is the month at a glance.
func digestPage(d alerts.Digest, l language, told []alerts.Finding) *page {
	p := newPage()
	p.header(headline(d, l, told))
	if warning := syntheticWarning(d, l); warning != "" {
		p.section("*" + warning + "*")
	}
	p.context(dataLine(d, l))
	if s := notice(d, l); s != "" {
		p.section(s)
	}
	tell(p, d, l, told)
	lists(p, d, l)
	corrections(p, d, l)
	for _, s := range []string{ties(d, l), unsureLine(d, l), watchList(d, l)} {
		if s != "" {
			p.context(clip(s, noteRoom))
		}
	}
	life(p, d, l)
	p.context(coverageLine(d.Coverage, l))
	return p
}

// headline names the month and its first finding, and never stops in the
// middle of it.
func headline(d alerts.Digest, l language, told []alerts.Finding) string {
	month := d.Month.String()
	if len(told) == 0 {
		return month + " " + l.pick("无异常", "nothing unusual")
	}
	f := told[0]
	zh, en := gist(d, f, f.Zh, zhFact), gist(d, f, f.En, enFact)
	if n := len(told) - 1; n > 0 {
		zh += fmt.Sprintf("，另有 %d 项", n)
		en += fmt.Sprintf(", and %d more", n)
	}
	full := month + " " + l.pick(zh, en)
	if length(full) <= maxHeader {
		return full
	}
	return month + " " + l.pick(fmt.Sprintf("有 %d 项值得关注", len(told)), fmt.Sprintf("%d findings", len(told)))
}

func zhFact(f alerts.Fact) string { return f.Zh }

func enFact(f alerts.Fact) string { return f.En }

// gist is name and main fact, or the first clause of the sentence.
func gist(d alerts.Digest, f alerts.Finding, sentence string, in func(alerts.Fact) string) string {
	if len(f.Facts) > 0 {
		name := nameOf(d, f)
		if s := f.Subject.Segment; s != panel.All {
			name += " " + s.Member
		}
		return escape(name + " " + in(f.Facts[0]))
	}
	first, _, _ := strings.Cut(sentence, "；")
	first, _, _ = strings.Cut(first, "; ")
	return escape(first)
}

// syntheticWarning says that numbers are made up, and by what.
func syntheticWarning(d alerts.Digest, l language) string {
	for _, e := range d.Extracts {
		if e.Synthetic != "" {
			return clip("⚠️ "+l.pick("示例数据，非真实统计", "sample data, not real statistics")+l.colon()+escape(e.Synthetic), noteRoom)
		}
	}
	return ""
}

// dataLine names extract, revision and basis of what was read.
func dataLine(d alerts.Digest, l language) string {
	parts := make([]string, 0, len(d.Extracts))
	for _, e := range d.Extracts {
		parts = append(parts, extractName(e, l))
	}
	line := l.pick("数据", "Data") + l.colon() + strings.Join(parts, "; ")
	if len(parts) == 0 {
		line = l.pick("数据：无交付", "Data: no delivery")
	}
	return clip(line, noteRoom)
}

func extractName(e alerts.ExtractNote, l language) string {
	s := fmt.Sprintf("%s (%s) %s r%d · %s", escape(e.Vendor), escape(e.Source), e.Month, e.Revision, basis(e.Basis, l))
	if e.Synthetic != "" {
		s += " · " + l.pick("示例数据", "sample data")
	}
	return s
}

func basis(b panel.Basis, l language) string {
	switch b {
	case panel.FromPanel:
		return l.pick("抽样误差由样本估计", "sampling error from the panel")
	case panel.Assumed:
		return l.pick("抽样误差为假定", "sampling error assumed")
	}
	return l.pick("无抽样误差", "no sampling error")
}

// tell lists the told findings by verdict, as many as there is room for.
func tell(p *page, d alerts.Digest, l language, told []alerts.Finding) {
	var fired, expected, corrected []string
	for _, f := range told {
		line := clip(icon(f)+" "+l.join(escape(f.Zh), escape(f.En)), longestLine) + numbered(f)
		if mark := markOf(d, l, f, fewMoves); mark != "" {
			line += "\n✎ " + mark
		}
		switch {
		case f.Rule == restated:
			corrected = append(corrected, line)
		case f.Verdict == alerts.Fired:
			fired = append(fired, line)
		default:
			expected = append(expected, line)
		}
	}
	room := findingsRoom
	left := 0
	for _, g := range []struct {
		zh, en string
		lines  []string
	}{{"触发", "Fired", fired}, {"符合季节预期", "Expected", expected}, {"更正", "Restated", corrected}, {"撤回", "Withdrawn", withdrawn(d, l)}} {
		if len(g.lines) == 0 {
			continue
		}
		before := p.room
		left += p.lines(fmt.Sprintf("*%s (%d)*", l.pick(g.zh, g.en), len(g.lines)), g.lines, room)
		room -= before - p.room
	}
	if left > 0 {
		p.context(l.more(left, "见线程", "see thread"))
	}
}

// numbered ends a line with the id of its number.
func numbered(f alerts.Finding) string {
	if f.TraceID == "" {
		return ""
	}
	return " `" + f.TraceID + "`"
}

func coverageLine(c alerts.Coverage, l language) string {
	return l.join(
		fmt.Sprintf("评估 %d 项（规则 %d 条）：触发 %d，符合季节预期 %d，抽样误差内 %d，不可评估 %d，已抑制 %d",
			c.Subjects, c.Rules, c.Fired, c.Expected, c.Noise, c.NotEvaluable, c.Suppressed),
		fmt.Sprintf("%d evaluated by %d rules: %d fired, %d expected, %d within noise, %d not evaluable, %d suppressed",
			c.Subjects, c.Rules, c.Fired, c.Expected, c.Noise, c.NotEvaluable, c.Suppressed))
}
