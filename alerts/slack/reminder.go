package slack

import (
	"strings"

	"panelwatch/alerts"
)

// ComposeReminder writes a heads-up for one channel. extracts are those that
// its numbers rest on. The same reminder gives the same bytes.
func ComposeReminder(r alerts.Reminder, channel, inLanguage string, extracts []alerts.ExtractNote) (alerts.Message, error) {
	l := language(inLanguage)
	d := alerts.Digest{Month: r.Month, Channel: channel, Language: inLanguage, Extracts: extracts}
	p := newPage()
	p.header("🔔 " + l.pick(r.Title.Zh, r.Title.En))
	warning := syntheticWarning(d, l)
	if warning != "" && r.Basis.Zh != "" {
		p.section("*" + warning + "*")
	}
	if left := p.lines("", bullets(r.Lines, l), findingsRoom); left > 0 {
		p.context(l.more(left, "未列出", "not listed"))
	}
	if r.Basis.Zh != "" {
		p.context(l.join(escape(r.Basis.Zh), escape(r.Basis.En)) + " · " + dataLine(d, l))
	}
	subject := unique(strings.Join(strings.Fields(r.Subject), " "), map[string]int{})
	return message(d, alerts.KindReminder, subject, p)
}

func bullets(facts []alerts.Fact, l language) (lines []string) {
	for _, f := range facts {
		lines = append(lines, clip("• "+l.join(escape(f.Zh), escape(f.En)), longestLine))
	}
	return lines
}
