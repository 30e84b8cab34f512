package slack

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// rankMoved is the rule whose findings share one line of the digest, per list: it
// is the most frequent, and its places say most of it.
const rankMoved = "rank_change"

// factsShown are the clauses of a finding that its line has room for.
const factsShown = 2

// An item of the digest tells one finding, or several of a kind.
type item struct {
	text     string
	findings []alerts.Finding
}

// linesOf tells findings in their order; those about places in one list stand
// together where the first of them does.
func linesOf(d alerts.Digest, l voice, findings []alerts.Finding) (out []item) {
	together := map[string]int{}
	for _, f := range findings {
		group := f.Subject.List
		if f.Rule != rankMoved || f.Was.Rank == 0 {
			out = append(out, item{findings: []alerts.Finding{f}})
			continue
		}
		i, begun := together[group]
		if !begun {
			i = len(out)
			together[group], out = i, append(out, item{})
		}
		out[i].findings = append(out[i].findings, f)
	}
	for i := range out {
		of := out[i].findings
		if len(of) > 1 {
			out[i].text = movesLine(d, l, of)
		} else {
			out[i].text = findingLine(d, l, of[0])
		}
		out[i].text += mentions(d, of) + marks(d, l, of)
	}
	return out
}

// marks say below a line what was corrected of it.
func marks(d alerts.Digest, l voice, of []alerts.Finding) (text string) {
	for _, f := range of {
		mark := markOf(d, l, f, fewMoves)
		if mark == "" {
			continue
		}
		if len(of) > 1 {
			mark = subjectName(d, l, f) + " " + mark
		}
		text += "\n✎ " + mark
	}
	return text
}

// findingLine is a finding at a glance: who, how many, why, and what was to be
// expected. The whole sentence is in its detail.
func findingLine(d alerts.Digest, l voice, f alerts.Finding) string {
	if len(f.Facts) == 0 {
		return clip(icon(f)+" "+l.sentence(f.Zh, f.En), longestLine)
	}
	var zh, en []string
	for _, fact := range f.Facts[:min(factsShown, len(f.Facts))] {
		zh, en = append(zh, l.zh(fact.Zh, fact.En)), append(en, l.en(fact.En, fact.Zh))
	}
	text := l.join(strings.Join(zh, "；"), strings.Join(en, "; "))
	if level := levelOf(f); finite(level) {
		text = l.number(level, alerts.Devices) + " · " + text
	}
	if f.Rule == restated {
		text = fmt.Sprintf("%s · %s", f.Month, text)
	}
	return clip(fmt.Sprintf("%s *%s* %s%s", icon(f), subjectName(d, l, f), text, outlook(l, f)), longestLine)
}

// subjectName is the app with its member, or the list.
func subjectName(d alerts.Digest, l voice, f alerts.Finding) string {
	name := l.name(nameOf(d, f))
	if s := f.Subject.Segment; s != panel.All && s.Member != "" && f.Subject.App != "" {
		name += " " + l.name(s.Member)
	}
	return strings.ReplaceAll(escape(name), "*", "")
}

// levelOf are the devices of the finding's month, NaN where it has none.
func levelOf(f alerts.Finding) float64 {
	if f.Unit == alerts.Devices && finite(f.Value) {
		return f.Value
	}
	if f.Series.Unit == alerts.Devices {
		for _, p := range f.Series.Points {
			if p.Month == f.Month {
				return p.Value
			}
		}
	}
	return math.NaN()
}

// outlook is what was to be expected: of a finding about devices always, of
// another where the month lies outside.
func outlook(l voice, f alerts.Finding) string {
	level := levelOf(f)
	b, known := expectationOf(f)
	if !known || !finite(level) {
		return ""
	}
	inside := b.Low <= level && level <= b.High
	if inside && f.Unit != alerts.Devices {
		return ""
	}
	change := level/b.Expected - 1
	return fmt.Sprintf(" · %s %s%s%s%s", l.pick("预期", "expected"), l.numerals.Expected(b, l.english()), l.pickShort("，", ", "),
		sign(change), alerts.Format(math.Abs(change), alerts.Ratio, false))
}

// expectationOf is what was expected of the devices of a finding's month.
func expectationOf(f alerts.Finding) (alerts.Band, bool) {
	if f.Unit == alerts.Devices && f.Expected > 0 {
		return alerts.Band{Month: f.Month, Expected: f.Expected, Low: f.Low, High: f.High}, true
	}
	at := slices.IndexFunc(f.Band, func(b alerts.Band) bool { return b.Month == f.Month })
	if at < 0 || !(f.Band[at].Expected > 0) {
		return alerts.Band{}, false
	}
	return f.Band[at], true
}

// movesLine tells the moves of one list together, by place: 贵州公安 14→15.
func movesLine(d alerts.Digest, l voice, of []alerts.Finding) string {
	of = slices.SortedStableFunc(slices.Values(of), func(a, b alerts.Finding) int { return cmp.Compare(a.Value, b.Value) })
	base, same := of[0].Was.Month, true
	worst := of[0]
	for _, f := range of {
		same = same && f.Was.Month == base
		if urgency(f) < urgency(worst) {
			worst = f
		}
	}
	var moves []string
	for _, f := range of {
		text := fmt.Sprintf("%s %d→%.0f", subjectName(d, l, f), f.Was.Rank, f.Value)
		if !same {
			text += fmt.Sprintf(l.pickShort("（%s 起）", " (since %s)"), f.Was.Month)
		}
		moves = append(moves, text)
	}
	since := ""
	if same {
		since = l.pick(fmt.Sprintf("，自 %s", base), fmt.Sprintf(" since %s", base))
	}
	head := fmt.Sprintf("%s *%s* %s%s%s", icon(worst), strings.ReplaceAll(escape(l.name(of[0].Subject.List)), "*", ""),
		l.pick(fmt.Sprintf("%d 个应用名次变化超出误差", len(of)), fmt.Sprintf("%d apps moved beyond error", len(of))), since, l.colon())
	return clip(head+strings.Join(moves, l.pickShort("、", ", ")), longestLine)
}

func urgency(f alerts.Finding) int {
	return slices.Index([]alerts.Severity{alerts.High, alerts.Warn, alerts.Info}, f.Severity)
}

// mentions are the owners of findings. They are mentioned here alone: once a
// month, however much of theirs fired.
func mentions(d alerts.Digest, of []alerts.Finding) (text string) {
	if d.Catalogue == nil {
		return ""
	}
	var users []string
	for _, f := range of {
		for _, u := range d.Route.OwnersOf(f, d.Catalogue) {
			if !slices.Contains(users, u) {
				users = append(users, u)
				text += " <@" + u + ">"
			}
		}
	}
	return text
}

// call is what calls everybody in the channel, "" where nothing does.
func call(d alerts.Digest, l voice, told []alerts.Finding) string {
	n := 0
	for _, f := range told {
		if d.Route.Calls(f) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return "<!channel> " + l.pick(fmt.Sprintf("%d 项需要马上查看", n), fmt.Sprintf("%d to be looked at now", n))
}
