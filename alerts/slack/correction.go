package slack

import (
	"fmt"
	"strings"

	"panelwatch/alerts"
)

// Correct writes what a correction makes of a month that was told: the digest
// and the details concerned anew, with marks; what was told first where that
// holds again; a detail for each finding that newly holds; and one reply that
// tells it all. d has the correction, and the findings that stand. Messages
// that are as they were are not among them.
func Correct(d alerts.Digest, t alerts.Thread, chartOf func(alerts.Finding) (png []byte, alt string, err error)) ([]alerts.Message, error) {
	c := corrector{d: d, l: languageOf(d), thread: t, chart: chartOf}
	c.digest()
	for _, p := range t.Details {
		c.detail(p)
	}
	c.added()
	c.reply()
	return c.out, c.err
}

// A corrector writes messages until one cannot be written.
type corrector struct {
	d      alerts.Digest
	l      language
	thread alerts.Thread
	chart  func(alerts.Finding) (png []byte, alt string, err error)
	out    []alerts.Message
	err    error
}

// put writes a message that takes the place of what was sent under its key.
func (c *corrector) put(kind, subject string, p *page) *alerts.Message {
	m, err := message(c.d, kind, subject, p)
	if err != nil {
		if c.err == nil {
			c.err = err
		}
		return &alerts.Message{}
	}
	m.Replace = true
	c.out = append(c.out, m)
	return &c.out[len(c.out)-1]
}

func (c *corrector) digest() {
	if c.d.Correction.State == "" && c.thread.Digest.First != nil {
		c.restore(alerts.KindDigest, c.thread.Digest)
		return
	}
	c.put(alerts.KindDigest, "", digestPage(c.d, c.l, toldFindings(c.d.Findings))).Correction = c.d.Correction.State
}

// restore says again what was said first.
func (c *corrector) restore(kind string, p alerts.Posted) *alerts.Message {
	c.out = append(c.out, alerts.Message{
		Channel: c.d.Channel, Kind: kind, Month: c.d.Month, Subject: p.Subject, Revision: revisionOf(c.d),
		Text: p.First.Text, Blocks: p.First.Blocks, Hash: hash(p.First.Text, p.First.Blocks),
		State: alerts.Pending, Replace: true,
	})
	return &c.out[len(c.out)-1]
}

// detail brings a message of the thread up to what holds now.
func (c *corrector) detail(p alerts.Posted) {
	f, mark := c.holds(p.Finding)
	switch {
	case mark != "":
		c.draw(c.put(alerts.KindDetail, p.Subject, c.markedPage(f, mark)), f)
	case p.Later || c.withdrawn(p.Finding):
		c.put(alerts.KindDetail, p.Subject, c.withdrawnPage(p.Finding))
	case p.First != nil:
		c.draw(c.restore(alerts.KindDetail, p), f)
	case p.Unseen:
		c.draw(c.put(alerts.KindDetail, p.Subject, detailPage(c.d, c.l, f, nil)), f)
	}
}

// holds is what stands of a finding now, with a mark where that is another
// than was told.
func (c *corrector) holds(told alerts.Finding) (f alerts.Finding, mark string) {
	for _, f := range toldFindings(c.d.Findings) {
		if f.SameCell(told) {
			return f, markOf(c.d, c.l, f, allMoves)
		}
	}
	return told, ""
}

func (c *corrector) withdrawn(told alerts.Finding) bool {
	for _, f := range c.d.Correction.Withdrawn {
		if f.SameCell(told) {
			return true
		}
	}
	return false
}

// added are the details of what newly holds and has none yet.
func (c *corrector) added() {
	seen := map[string]int{}
	for _, p := range c.thread.Details {
		seen[p.Subject]++
	}
	for _, f := range c.d.Correction.Added {
		if c.posted(f) {
			continue
		}
		subject := unique(subjectOf(f), seen)
		c.draw(c.put(alerts.KindDetail, subject, c.markedPage(f, markOf(c.d, c.l, f, allMoves))), f)
	}
}

func (c *corrector) posted(f alerts.Finding) bool {
	for _, p := range c.thread.Details {
		if p.Finding.SameCell(f) {
			return true
		}
	}
	return false
}

// draw adds the chart of what holds now.
func (c *corrector) draw(m *alerts.Message, f alerts.Finding) {
	png, alt, err := c.chart(f)
	if err != nil {
		m.FileState = clip("not drawn: "+err.Error(), 250)
	} else if len(png) > 0 {
		m.PNG, m.Alt = png, clip(alt, maxAlt)
	}
}

// markedPage is a detail with its mark below the sentence.
func (c *corrector) markedPage(f alerts.Finding, mark string) *page {
	return detailPage(c.d, c.l, f, nil).after(1, "✎ "+mark)
}

// withdrawnPage says of a finding that was told that it holds no more.
func (c *corrector) withdrawnPage(f alerts.Finding) *page {
	p := newPage()
	p.section(struck(f, c.l, maxSection-200) + "\n✎ " + c.l.pick("*撤回*", "*Withdrawn*") + because(c.d, c.l))
	p.context(origin(c.d, c.l, f))
	return p
}

// after puts a section after the first n blocks.
func (p *page) after(n int, text string) *page {
	before := *p
	p.blocks, p.text = before.blocks[:n:n], before.text[:n:n]
	p.section(text)
	p.blocks, p.text = append(p.blocks, before.blocks[n:]...), append(p.text, before.text[n:]...)
	return p
}

// struck is the sentence of a finding, crossed out line by line.
func struck(f alerts.Finding, l language, room int) string {
	text := strings.ReplaceAll(clip(l.join(escape(f.Zh), escape(f.En)), room), "~", "∼")
	return "~" + strings.ReplaceAll(text, "\n", "~\n~") + "~"
}

// revisionOf is the newest revision behind a digest.
func revisionOf(d alerts.Digest) (newest int) {
	for _, e := range d.Extracts {
		newest = max(newest, e.Revision)
	}
	return newest
}

// because names the extracts that are others now: （第 3 版）, （2023-06 第 2 版）.
func because(d alerts.Digest, l language) string {
	names := make([]string, 0, mostExtracts)
	for _, e := range d.Correction.Because[:min(mostExtracts, len(d.Correction.Because))] {
		names = append(names, editionOf(d, e, l))
	}
	text := strings.Join(names, l.pickShort("、", ", "))
	if n := len(d.Correction.Because) - mostExtracts; n > 0 {
		text += " " + l.pick(fmt.Sprintf("等 %d 份", n+mostExtracts), fmt.Sprintf("and %d more", n))
	}
	return l.pickShort("（"+text+"）", " ("+text+")")
}

// mostExtracts are named, the rest is counted.
const mostExtracts = 3

// editionOf names an extract within its month's digest by what tells it from
// others: 第 3 版, 2023-06 第 2.2 版, panel 第 1 版.
func editionOf(d alerts.Digest, e alerts.ExtractNote, l language) string {
	where, edition := "", fmt.Sprint(e.Revision)
	if len(d.Extracts) > 1 || len(d.Extracts) == 1 && d.Extracts[0].Source != e.Source {
		where = escape(e.Source) + " "
	}
	if e.Month != d.Month {
		where += e.Month.String() + " "
	}
	if e.Reading > 1 {
		edition += fmt.Sprintf(".%d", e.Reading)
	}
	return where + l.pick("第 "+edition+" 版", "revision "+edition)
}

func languageOf(d alerts.Digest) language { return language(d.Language) }

// BySubject are the findings that a digest tells, by the subjects of their
// details.
func BySubject(all []alerts.Finding) map[string]alerts.Finding {
	out, seen := map[string]alerts.Finding{}, map[string]int{}
	for _, f := range toldFindings(all) {
		out[unique(subjectOf(f), seen)] = f
	}
	return out
}
