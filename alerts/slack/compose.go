package slack

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// Compose writes the messages of one month for one channel: the digest, then
// one detail for its thread per told finding, fired before expected. chartOf
// draws a finding; it may return no chart. A chart that fails is named in its
// message, whose text goes out all the same. The same digest gives the same
// bytes.
func Compose(d alerts.Digest, chartOf func(alerts.Finding) (png []byte, alt string, err error)) ([]alerts.Message, error) {
	l := language(d.Language)
	told := toldFindings(d.Findings)
	digest, err := message(d, alerts.KindDigest, "", digestPage(d, l, told))
	if err != nil {
		return nil, err
	}
	out := []alerts.Message{digest}
	seen := map[string]int{}
	for _, f := range told {
		subject := unique(subjectOf(f), seen)
		png, alt, failed := chartOf(f)
		m, err := message(d, alerts.KindDetail, subject, detailPage(d, l, f, failed))
		if err != nil {
			return nil, err
		}
		if failed != nil {
			m.FileState = clip("not drawn: "+failed.Error(), 250)
		} else if len(png) > 0 {
			m.PNG, m.Alt = png, clip(alt, maxAlt)
		}
		out = append(out, m)
	}
	return out, nil
}

func message(d alerts.Digest, kind, subject string, p *page) (alerts.Message, error) {
	text, blocks, err := p.encode()
	if err != nil {
		return alerts.Message{}, fmt.Errorf("compose %s of %s: %w", kind, d.Month, err)
	}
	return alerts.Message{
		Channel: d.Channel, Kind: kind, Month: d.Month, Subject: subject, Revision: revisionOf(d),
		Text: text, Blocks: blocks, Hash: hash(text, blocks), State: alerts.Pending,
	}, nil
}

// toldFindings keeps the order of the judgement within each verdict.
func toldFindings(all []alerts.Finding) (told []alerts.Finding) {
	for _, v := range []alerts.Verdict{alerts.Fired, alerts.Expected} {
		for _, f := range all {
			if f.Verdict == v {
				told = append(told, f)
			}
		}
	}
	return told
}

// subjectOf is rule and subject of a finding: "record_high tielu12306
// city=北京".
func subjectOf(f alerts.Finding) string {
	parts := []string{f.Rule, string(f.Subject.App), string(f.Subject.Other), f.Subject.List, f.Subject.Source}
	if s := f.Subject.Segment; s != panel.All && s != (panel.Segment{}) {
		parts = append(parts, s.Dimension+"="+s.Member)
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// unique keeps subjects apart and within the column of the outbox: a very
// long one is cut and told by its hash, a repeated one is numbered.
func unique(subject string, seen map[string]int) string {
	if length(subject) > maxSubject {
		sum := sha256.Sum256([]byte(subject))
		subject = string([]rune(subject)[:maxSubject-17]) + " " + hex.EncodeToString(sum[:8])
	}
	seen[subject]++
	if n := seen[subject]; n > 1 {
		return fmt.Sprintf("%s #%d", subject, n)
	}
	return subject
}

// nameOf is the app's name as shown, or the list's.
func nameOf(d alerts.Digest, f alerts.Finding) string {
	if f.Series.Name != "" {
		return f.Series.Name
	}
	for _, l := range d.Lists {
		for _, e := range l.Months[d.Month] {
			if e.App == f.Subject.App {
				return e.Name
			}
		}
	}
	return cmp.Or(string(f.Subject.App), f.Subject.List, f.Subject.Source)
}
