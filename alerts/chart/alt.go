package chart

import (
	"fmt"
	"strings"
)

// Alt says what the chart shows to those who do not see it: title, value,
// interval, and the mark's label.
func (l Line) Alt() string {
	parts := []string{clean(l.Title)}
	if s := l.altPoint(); s != "" {
		parts = append(parts, s)
	}
	return strings.Join(parts, sentenceEnd(l.Language)) + strings.TrimSpace(sentenceEnd(l.Language))
}

// altPoint describes the marked month, or the newest one.
func (l Line) altPoint() string {
	month, label := l.newest()
	if l.Mark != nil {
		month, label = l.Mark.Month, clean(l.Mark.Label)
	}
	v, ok := l.value(month)
	if !ok {
		return ""
	}
	s := fmt.Sprintf(pick(l.Language, "%s：%s", "%s: %s"), month, l.format(v, l.Unit))
	for _, b := range l.Band {
		if b.Month == month && finite(b.Low) && finite(b.High) {
			s += fmt.Sprintf(pick(l.Language, "，预期 %s 至 %s", ", expected %s to %s"),
				l.format(b.Low, l.Unit), l.format(b.High, l.Unit))
		}
	}
	if label != "" {
		s += pick(l.Language, "，", ", ") + label
	}
	return s
}

// Alt says what the bars show: title and the first rows.
func (b RankBars) Alt() string {
	const told = 5
	var rows []string
	for _, r := range b.Rows[:min(told, len(b.Rows))] {
		rows = append(rows, fmt.Sprintf("%d %s %s", r.Rank, clean(r.Name), b.format(r.Value, b.Unit)))
	}
	s := clean(b.Title) + sentenceEnd(b.Language) + strings.Join(rows, pick(b.Language, "，", ", "))
	if rest := len(b.Rows) - told; rest > 0 {
		s += fmt.Sprintf(pick(b.Language, "，另有 %d 项", ", and %d more"), rest)
	}
	return s + strings.TrimSpace(sentenceEnd(b.Language))
}

func sentenceEnd(language string) string { return pick(language, "。", ". ") }

func pick(language, zh, en string) string {
	if language == English {
		return en
	}
	return zh
}
