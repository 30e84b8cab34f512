package slack

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// Printing is how the messages of a digest print numbers: what they print
// alike is no correction to their readers.
func Printing(d alerts.Digest) alerts.Printing {
	l := voiceOf(d)
	return alerts.Printing{
		Finding: func(f alerts.Finding) alerts.Printed {
			return alerts.Printed{Sentence: l.join(f.Zh, f.En), Numbers: numbers(f, l)}
		},
		Rows: func(list alerts.List, m panel.Month) (rows []alerts.Row) {
			d.Lists, d.Month, d.Correction = []alerts.List{list}, m, nil
			names := heading(l)
			cells, _ := listRows(d, l, false)
			for i, e := range firstPlaces(list, m) {
				row := alerts.Row{App: e.App, Name: e.Name}
				for j, cell := range cells[i] {
					row.Cells = append(row.Cells, alerts.Number{Name: names[j], Value: cell})
				}
				rows = append(rows, row)
			}
			return rows
		},
	}
}

// numbers are those of a finding's detail, and the level where that is not
// what the finding is about.
func numbers(f alerts.Finding, l voice) (out []alerts.Number) {
	if level := levelOf(f); f.Unit != alerts.Devices && !math.IsNaN(level) {
		out = append(out, alerts.Number{
			Name: l.pick("月独立设备数", "Monthly devices"), Value: l.number(level, alerts.Devices),
		})
	}
	for _, field := range split(f, l) {
		name, value, _ := strings.Cut(field.Text, "\n")
		out = append(out, alerts.Number{Name: plain(name), Value: value})
	}
	return out
}

// How many numbers a mark names: in the digest the first few, in the reply
// every one, in the detail all of them and the sentence as it was.
const (
	fewMoves  = 2
	everyMove = 1000
	allMoves  = 0
)

// markOf says how a finding was corrected, or that it newly holds; "" where it
// stands as it was told.
func markOf(d alerts.Digest, l voice, f alerts.Finding, most int) string {
	if d.Correction == nil {
		return ""
	}
	for _, x := range d.Correction.Added {
		if x.SameCell(f) {
			return l.pick("*新增*", "*New*") + because(d, l)
		}
	}
	for _, x := range d.Correction.Changed {
		if x.Is.SameCell(f) {
			return l.pick("*订正*", "*Corrected*") + because(d, l) + l.colon() + changes(x, l, most)
		}
	}
	return ""
}

// changes lists what moved: 实际 原 14.4%，现 25.8%.
func changes(x alerts.Changed, l voice, most int) string {
	shown := x.Moved
	if most > 0 && len(shown) > most {
		shown = shown[:most]
	}
	parts := make([]string, 0, len(shown)+1)
	for _, m := range shown {
		parts = append(parts, moved(m, l))
	}
	if n := len(x.Moved) - len(shown); n > 0 {
		parts = append(parts, l.pick(fmt.Sprintf("另有 %d 个数", n), fmt.Sprintf("%d more", n)))
	}
	text := strings.Join(parts, l.pickShort("；", "; "))
	if most == allMoves || len(x.Moved) == 0 {
		room := longestLine
		if most == fewMoves {
			room /= 4 // the digest has the new sentence right above
		}
		was := l.pick("原文", "Was told") + l.colon() + clip(escape(strings.ReplaceAll(x.Before.Sentence, "\n", " / ")), room)
		return strings.TrimPrefix(text+"\n"+was, "\n")
	}
	return text
}

func moved(m alerts.Moved, l voice) string {
	return fmt.Sprintf("%s %s %s%s%s %s", escape(m.Name), l.pick("原", "was"), cmp.Or(escape(m.Was), "–"),
		l.pickShort("，", ", "), l.pick("现", "now"), cmp.Or(escape(m.Is), "–"))
}
