package slack

import (
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// ComposeReminder writes a heads-up for a route's channel. extracts are those that
// its numbers rest on. The same reminder gives the same bytes.
func ComposeReminder(r alerts.Reminder, route alerts.Route, c *panel.Catalogue, extracts []alerts.ExtractNote) (alerts.Message, error) {
	d := alerts.Digest{Month: r.Month, Channel: route.Channel, Language: route.Language, Extracts: extracts, Route: route, Catalogue: c}
	l := voiceOf(d)
	p := newPage()
	p.header("🔔 " + l.pick(r.Title.Zh, l.inEnglish(r.Title.En)))
	warning := syntheticWarning(d, l)
	if warning != "" && r.Basis.Zh != "" {
		p.section("*" + warning + "*")
	}
	if left := p.lines("", bullets(r.Lines, l), findingsRoom); left > 0 {
		p.context(l.more(left, "未列出", "not listed"))
	}
	if r.Basis.Zh != "" {
		p.context(l.sentence(r.Basis.Zh, r.Basis.En) + " · " + dataLine(d, l))
	}
	subject := unique(strings.Join(strings.Fields(r.Subject), " "), map[string]int{})
	return message(d, alerts.KindReminder, subject, p)
}

func bullets(facts []alerts.Fact, l voice) (lines []string) {
	for _, f := range facts {
		lines = append(lines, clip("• "+l.sentence(f.Zh, f.En), longestLine))
	}
	return lines
}
