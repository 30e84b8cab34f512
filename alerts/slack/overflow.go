package slack

import (
	"fmt"

	"panelwatch/alerts"
)

// overflowSubject names the reply with the findings that have none.
const overflowSubject = "findings"

// overflow is the one reply about findings that have no detail of their own:
// a table as far as it goes, and all of the month's in a file.
func overflow(d alerts.Digest, l voice, told []alerts.Finding) (alerts.Message, error) {
	rest := told[d.Details:]
	p := newPage()
	p.section("*" + l.pick(fmt.Sprintf("其余 %d 项", len(rest)), fmt.Sprintf("The other %d findings", len(rest))) + "*")
	rows := make([][]string, 0, len(rest))
	for _, f := range rest {
		rows = append(rows, []string{icon(f), l.name(nameOf(d, f)) + segment(l, f), f.Rule, l.pickShort(mainFact(l, f))})
	}
	left := p.table([]string{" ", "App", l.pick("规则", "Rule"), l.pick("结论", "Finding")}, rows, 0, p.room-2*noteRoom)
	if left > 0 {
		p.context(l.more(left, "见 CSV", "see the CSV file"))
	}
	p.context(l.pick(fmt.Sprintf("CSV：本月全部 %d 项及其数字、区间与编号", len(told)), fmt.Sprintf("CSV: all %d of the month with numbers, intervals and ids", len(told))))
	p.context(dataLine(d, l))
	m, err := message(d, alerts.KindOverflow, overflowSubject, p)
	if err != nil {
		return m, err
	}
	m.File = alerts.Attachment{Name: fmt.Sprintf("%s-findings.csv", d.Month), Data: findingsCSV(told)}
	return m, nil
}

func segment(l voice, f alerts.Finding) string {
	if s := f.Subject.Segment; s.Member != "" && s.Dimension != "all" {
		return " " + l.name(s.Member)
	}
	return ""
}

// mainFact is the first clause in each language, as it stands in a cell.
func mainFact(l voice, f alerts.Finding) (zh, en string) {
	zh, en = f.Zh, f.En
	if len(f.Facts) > 0 {
		zh, en = f.Facts[0].Zh, f.Facts[0].En
	}
	return l.numerals.Written(zh, en, false), l.inEnglish(l.numerals.Written(en, zh, true))
}
