package slack

import (
	"encoding/json"
	"fmt"
	"strings"
)

// The blocks that messages are made of, as Block Kit spells them.
type (
	textObject struct {
		Type string `json:"type"` // plain_text, mrkdwn or raw_text
		Text string `json:"text"`
	}
	textBlock struct {
		Type   string       `json:"type"` // header or section
		Text   *textObject  `json:"text,omitempty"`
		Fields []textObject `json:"fields,omitempty"`
	}
	contextBlock struct {
		Type     string       `json:"type"`
		Elements []textObject `json:"elements"`
	}
	tableBlock struct {
		Type    string         `json:"type"`
		Rows    [][]textObject `json:"rows"`
		Columns []tableColumn  `json:"column_settings"`
	}
	tableColumn struct {
		Align     string `json:"align"`
		IsWrapped bool   `json:"is_wrapped"`
	}
)

func markdown(s string) textObject { return textObject{"mrkdwn", s} }

// A page is a message in the making. It counts the characters that are left
// of the budget for all blocks.
type page struct {
	blocks []any
	text   []string // the same as plain lines
	room   int
}

func newPage() *page { return &page{room: maxBudget} }

// header is cut to what Slack shows.
func (p *page) header(s string) {
	s = clip(s, maxHeader)
	p.put(textBlock{Type: "header", Text: &textObject{"plain_text", s}}, length(s))
	p.text = append(p.text, s)
}

func (p *page) section(s string) {
	s = clip(s, maxSection)
	p.put(textBlock{Type: "section", Text: &textObject{"mrkdwn", s}}, length(s))
	p.text = append(p.text, plain(s))
}

// fields have a name above and a value below; in the text a colon is between.
func (p *page) fields(fields []textObject, colon string) {
	used := 0
	for _, f := range fields {
		used += length(f.Text)
		p.text = append(p.text, strings.ReplaceAll(plain(f.Text), "\n", colon))
	}
	p.put(textBlock{Type: "section", Fields: fields}, used)
}

func (p *page) context(s string) {
	s = clip(s, maxSection)
	p.put(contextBlock{Type: "context", Elements: []textObject{markdown(s)}}, length(s))
	p.text = append(p.text, plain(s))
}

func (p *page) put(block any, used int) {
	p.blocks = append(p.blocks, block)
	p.room -= used
}

// lines writes lines into as few sections as hold them and returns how many
// did not fit into the room given; a line is never cut in two. head, which
// may be empty, stands before the first.
func (p *page) lines(head string, lines []string, room int) (left int) {
	room = min(room, p.room) - length(head)
	section := head
	for i, line := range lines {
		need := length(line) + 1
		if need > room {
			left = len(lines) - i
			break
		}
		if length(section)+need > maxSection {
			p.section(section)
			section = ""
		}
		section = strings.TrimPrefix(section+"\n"+line, "\n")
		room -= need
	}
	if section != "" {
		p.section(section)
	}
	return left
}

// encode returns text and blocks. The text is cut at the end of a line.
func (p *page) encode() (text string, blocks json.RawMessage, err error) {
	blocks, err = json.Marshal(p.blocks)
	if err != nil {
		return "", nil, fmt.Errorf("encode blocks: %w", err)
	}
	return joinWithin(p.text, maxText), blocks, nil
}

// joinWithin joins as many whole lines as fit; the first is cut if need be.
func joinWithin(lines []string, limit int) string {
	all := strings.Split(strings.Join(lines, "\n"), "\n")
	out := clip(all[0], limit)
	for _, line := range all[1:] {
		if length(out)+1+length(line) > limit-2 {
			return out + "\n…"
		}
		out += "\n" + line
	}
	return out
}

// plain takes the markup out of our own sections: stars, code quotes.
func plain(s string) string { return strings.NewReplacer("*", "", "`", "").Replace(s) }
