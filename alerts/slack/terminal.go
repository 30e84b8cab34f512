package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"panelwatch/alerts"
)

// An Echo posts, and shows on Out what stands in the channel itself, without
// the threads.
type Echo struct {
	Poster
	Out   io.Writer
	Color bool // ANSI colours on Out
}

// Post posts, then shows; see Poster.
func (e Echo) Post(ctx context.Context, m alerts.Message) (string, error) {
	ts, err := e.Poster.Post(ctx, m)
	if err == nil && !m.Threaded() {
		_ = render(e.Out, m, e.Color) // it is posted, whoever looks on
	}
	return ts, err
}

// shown is any block that this package writes.
type shown struct {
	Type     string
	Text     *textObject
	Fields   []textObject
	Elements []shownElement
	Rows     [][]textObject
	Columns  []tableColumn `json:"column_settings"`
}

// A shownElement is a text of a context, or a button.
type shownElement struct{ Text json.RawMessage }

func (e shownElement) words() string {
	var s string
	if json.Unmarshal(e.Text, &s) == nil {
		return s
	}
	var label textObject
	_ = json.Unmarshal(e.Text, &label) // an element without words shows none
	return label.Text
}

// A screen writes lines, with colours or without.
type screen struct {
	b      strings.Builder
	indent string // before every line of a thread
	color  bool
}

// render shows a message as its reader would see it.
func render(out io.Writer, m alerts.Message, color bool) error {
	var blocks []shown
	if len(m.Blocks) > 0 {
		if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
			return err
		}
	}
	s := screen{color: color}
	s.line("")
	if !m.Threaded() {
		s.line(s.paint("#"+m.Channel+"  panelwatch", dim))
	} else {
		s.indent = "  │ "
	}
	if len(blocks) == 0 {
		s.paragraph(unescape(m.Text), "")
	}
	for _, b := range blocks {
		s.block(b)
	}
	_, err := io.WriteString(out, s.b.String())
	return err
}

func renderChart(out io.Writer, file, alt string, color bool) error {
	s := screen{indent: "  │ ", color: color}
	s.line(s.paint("▤ "+file, dim))
	if alt != "" {
		s.line(s.paint(alt, dim))
	}
	_, err := io.WriteString(out, s.b.String())
	return err
}

func (s *screen) block(b shown) {
	switch b.Type {
	case "header":
		s.line(s.paint(unescape(b.Text.Text), bold))
	case "section":
		if b.Text != nil {
			s.markdown(b.Text.Text)
		}
		s.fields(b.Fields)
	case "context":
		for _, e := range b.Elements {
			s.paragraph(unescape(plain(e.words())), dim)
		}
	case "actions":
		var labels []string
		for _, e := range b.Elements {
			labels = append(labels, "["+e.words()+"]")
		}
		s.line(s.paint(strings.Join(labels, " "), dim))
	case "table":
		s.table(b)
	}
}

// ANSI attributes.
const (
	bold = "1"
	dim  = "2"
)

func (s *screen) paint(text, attribute string) string {
	if !s.color || attribute == "" || text == "" {
		return text
	}
	return "\x1b[" + attribute + "m" + text + "\x1b[0m"
}

func (s *screen) line(text string) {
	fmt.Fprintln(&s.b, strings.TrimRight(s.indent+text, " "))
}

func (s *screen) paragraph(text, attribute string) {
	for _, line := range strings.Split(text, "\n") {
		s.line(s.paint(line, attribute))
	}
}

// markdown paints what stands between stars.
func (s *screen) markdown(text string) {
	for _, line := range strings.Split(text, "\n") {
		parts := strings.Split(line, "*")
		for i, part := range parts {
			part = unescape(strings.ReplaceAll(part, "`", ""))
			if i%2 == 1 {
				part = s.paint(part, bold)
			}
			parts[i] = part
		}
		s.line(strings.Join(parts, ""))
	}
}

// fields stand side by side on a wide screen: here, one line each.
func (s *screen) fields(fields []textObject) {
	for _, f := range fields {
		name, value, _ := strings.Cut(unescape(plain(f.Text)), "\n")
		s.line(s.paint(name, dim) + "  " + value)
	}
}

func (s *screen) table(b shown) {
	widths := make([]int, len(b.Rows[0]))
	for _, row := range b.Rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columns(unescape(cell.Text)))
		}
	}
	for n, row := range b.Rows {
		var cells []string
		for i, cell := range row {
			text := unescape(cell.Text)
			gap := strings.Repeat(" ", widths[i]-columns(text))
			if i < len(b.Columns) && b.Columns[i].Align == "right" {
				cells = append(cells, gap+text)
			} else {
				cells = append(cells, text+gap)
			}
		}
		attribute := ""
		if n == 0 {
			attribute = dim
		}
		s.line(s.paint(strings.Join(cells, "  "), attribute))
	}
}

// columns is the width of a text in a terminal, where a Chinese character
// takes two.
func columns(text string) (n int) {
	for _, r := range text {
		n++
		if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
			r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 ||
			r >= 0xffe0 && r <= 0xffe6 || r >= 0x1f300 && r <= 0x1f9ff || r >= 0x20000) {
			n++
		}
	}
	return n
}

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

func unescape(s string) string { return unescaper.Replace(s) }
