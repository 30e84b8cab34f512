package slack

import (
	"fmt"
	"slices"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// correctionRoom is the share of the digest's budget for corrected places.
const correctionRoom = 900

// notice opens a digest that is not as it was told.
func notice(d alerts.Digest, l voice) string {
	c := d.Correction
	if c == nil || c.State == "" {
		return ""
	}
	return "✎ " + l.pick("*订正*", "*Corrected*") + because(d, l) + l.colon() + counted(c, l)
}

// counted is how much a correction changed, of each kind that there is.
func counted(c *alerts.Correction, l voice) string {
	var zh, en []string
	for _, k := range []struct {
		n      int
		zh, en string
	}{
		{len(c.Changed), "改动 %d 项", "%d changed"},
		{len(c.Withdrawn), "撤回 %d 项", "%d withdrawn"},
		{len(c.Added), "新增 %d 项", "%d new"},
		{len(c.Rows), "榜单 %d 处", "%d places of lists"},
	} {
		if k.n > 0 {
			zh, en = append(zh, fmt.Sprintf(k.zh, k.n)), append(en, fmt.Sprintf(k.en, k.n))
		}
	}
	return l.pick(strings.Join(zh, "，"), strings.Join(en, ", "))
}

// withdrawn are the lines of what was told and holds no more.
func withdrawn(d alerts.Digest, l voice) (lines []string) {
	if d.Correction == nil {
		return nil
	}
	for _, f := range d.Correction.Withdrawn {
		lines = append(lines, struck(f, l, longestLine-100)+" *"+l.pick("撤回", "withdrawn")+"*"+because(d, l))
	}
	return lines
}

// rowLines say how the places of lists were corrected.
func rowLines(d alerts.Digest, l voice) (lines []string) {
	if d.Correction == nil {
		return nil
	}
	for _, r := range d.Correction.Rows {
		lines = append(lines, escape(l.name(r.List)+" "+l.name(r.Name))+l.colon()+rowChange(r, l))
	}
	return lines
}

func rowChange(r alerts.ChangedRow, l voice) string {
	switch {
	case r.New:
		return l.pick("新入榜", "on the list now")
	case r.Gone:
		return l.pick("不再在榜", "no longer on the list")
	}
	parts := make([]string, 0, len(r.Moved))
	for _, m := range r.Moved {
		parts = append(parts, moved(m, l))
	}
	return strings.Join(parts, l.pickShort("；", "; "))
}

// corrections tells below the table which places of it are others now.
func corrections(p *page, d alerts.Digest, l voice) {
	lines := rowLines(d, l)
	if len(lines) == 0 {
		return
	}
	head := "✎ " + l.pick("*榜单订正*", "*Lists corrected*") + because(d, l)
	if left := p.lines(head, lines, min(correctionRoom, p.room-noteRoom)); left > 0 {
		p.context(l.more(left, elsewhere(d, "见线程"), elsewhere(d, "see thread")))
	}
}

// ticked marks the cells of a table's row that are others now.
func ticked(d alerts.Digest, l voice, list string, app panel.AppID, cells []string) []string {
	if d.Correction == nil {
		return cells
	}
	names := heading(l)
	for _, r := range d.Correction.Rows {
		if r.List != list || r.App != app {
			continue
		}
		for i := range cells {
			if slices.ContainsFunc(r.Moved, func(m alerts.Moved) bool { return m.Name == names[i] && !r.New }) {
				cells[i] += " ✎"
			}
		}
	}
	return cells
}

// reply tells a correction once, in the thread; in the channel too when a
// verdict is another now.
func (c *corrector) reply() {
	correction := c.d.Correction
	p := newPage()
	p.section("✎ " + c.l.pick("*订正*", "*Corrected*") + because(c.d, c.l) + c.l.colon() + c.summary())
	lines := c.lines()
	if left := p.lines("", lines, maxBudget-3*noteRoom); left > 0 {
		p.context(c.l.more(left, "见首条消息与各条", "see the digest and the replies"))
	}
	p.context(dataLine(c.d, c.l))
	m := c.put(alerts.KindCorrection, subjectOfCorrection(*correction), p)
	m.Replace, m.Broadcast = false, correction.Flips()
}

// summary says what became of what was told.
func (c *corrector) summary() string {
	if c.d.Correction.State == "" {
		return c.l.pick("数据与首次告知的一致，此前的订正已撤销", "the data say again what was told first; the corrections since are taken back")
	}
	return c.l.pick("与首次告知相比", "compared with what was told first")
}

func (c *corrector) lines() (lines []string) {
	for _, x := range c.d.Correction.Changed {
		name := c.l.name(nameOf(c.d, x.Is))
		if s := x.Is.Subject.Segment; s != panel.All {
			name = strings.TrimSpace(name + " " + s.Member)
		}
		lines = append(lines, "• "+escape(name)+c.l.colon()+changes(x, c.l, everyMove))
	}
	for _, f := range c.d.Correction.Withdrawn {
		lines = append(lines, "• *"+c.l.pick("撤回", "Withdrawn")+"*"+c.l.colon()+struck(f, c.l, longestLine-100))
	}
	for _, f := range c.d.Correction.Added {
		lines = append(lines, "• *"+c.l.pick("新增", "New")+"*"+c.l.colon()+clip(c.l.sentence(f.Zh, f.En), longestLine-100))
	}
	for _, line := range rowLines(c.d, c.l) {
		lines = append(lines, "• "+line)
	}
	return lines
}

// subjectOfCorrection names what is told: the same state after another
// revision is told again, for it was not so in between.
func subjectOfCorrection(c alerts.Correction) string {
	newest := alerts.ExtractNote{}
	for _, e := range c.Because {
		if e.Month >= newest.Month {
			newest = e
		}
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s r%d %.16s", newest.Source, newest.Month, newest.Revision, c.State))
}
