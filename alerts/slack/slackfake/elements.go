package slackfake

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// A textObject is a text of a block. Only plain_text has emoji, only mrkdwn
// has verbatim.
type textObject struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Emoji    *bool  `json:"emoji"`
	Verbatim *bool  `json:"verbatim"`
}

// words checks a text object of one of the kinds given.
func (c *checker) words(at string, raw json.RawMessage, limit int, kinds ...string) {
	var t textObject
	if len(raw) == 0 {
		c.fault(at, "missing required field: text")
		return
	}
	if !c.strict(at, raw, &t) {
		return
	}
	known := false
	for _, k := range kinds {
		known = known || t.Type == k
	}
	switch {
	case !known:
		c.fault(at+"/type", "unsupported type: %s", t.Type)
	case t.Type == "plain_text" && t.Verbatim != nil:
		c.fault(at+"/verbatim", "plain_text has no verbatim")
	case t.Type == "mrkdwn" && t.Emoji != nil:
		c.fault(at+"/emoji", "mrkdwn has no emoji")
	}
	c.length(at+"/text", t.Text, limit)
	c.text += utf8.RuneCountInString(t.Text)
}

func (c *checker) header(at string, raw json.RawMessage) {
	var b struct {
		blockHead
		Text  json.RawMessage `json:"text"`
		Level int             `json:"level"`
	}
	if c.strict(at, raw, &b) {
		c.id(at, b.BlockID)
		c.words(at+"/text", b.Text, maxHeader, "plain_text")
	}
}

func (c *checker) section(at string, raw json.RawMessage) {
	var b struct {
		blockHead
		Text      json.RawMessage   `json:"text"`
		Fields    []json.RawMessage `json:"fields"`
		Accessory json.RawMessage   `json:"accessory"`
		Expand    bool              `json:"expand"`
	}
	if !c.strict(at, raw, &b) {
		return
	}
	c.id(at, b.BlockID)
	if len(b.Text) > 0 || len(b.Fields) == 0 {
		c.words(at+"/text", b.Text, maxSection, "plain_text", "mrkdwn")
	}
	if len(b.Fields) > maxFields {
		c.fault(at+"/fields", "no more than %d items allowed [input:%d]", maxFields, len(b.Fields))
	}
	for i, f := range b.Fields {
		c.words(fmt.Sprintf("%s/fields/%d", at, i), f, maxField, "plain_text", "mrkdwn")
	}
	if len(b.Accessory) > 0 {
		c.element(at+"/accessory", b.Accessory)
	}
}

func (c *checker) context(at string, raw json.RawMessage) {
	var b struct {
		blockHead
		Elements []json.RawMessage `json:"elements"`
	}
	if !c.strict(at, raw, &b) {
		return
	}
	c.id(at, b.BlockID)
	if n := len(b.Elements); n == 0 || n > maxContext {
		c.fault(at+"/elements", "between 1 and %d items allowed [input:%d]", maxContext, n)
	}
	for i, e := range b.Elements {
		pointer := fmt.Sprintf("%s/elements/%d", at, i)
		if typeOf(e) == "image" {
			c.image(pointer, e)
		} else {
			c.words(pointer, e, maxSection, "plain_text", "mrkdwn")
		}
	}
}

func (c *checker) actions(at string, raw json.RawMessage) {
	var b struct {
		blockHead
		Elements []json.RawMessage `json:"elements"`
	}
	if !c.strict(at, raw, &b) {
		return
	}
	c.id(at, b.BlockID)
	if n := len(b.Elements); n == 0 || n > maxButtons {
		c.fault(at+"/elements", "between 1 and %d items allowed [input:%d]", maxButtons, n)
	}
	for i, e := range b.Elements {
		c.element(fmt.Sprintf("%s/elements/%d", at, i), e)
	}
}

// element checks a button, the only interactive element of the fake.
func (c *checker) element(at string, raw json.RawMessage) {
	var b struct {
		Type     string          `json:"type"`
		Text     json.RawMessage `json:"text"`
		ActionID string          `json:"action_id"`
		URL      string          `json:"url"`
		Value    string          `json:"value"`
		Style    string          `json:"style"`
	}
	if t := typeOf(raw); t != "button" {
		c.fault(at+"/type", "unsupported type: %s", t)
		return
	}
	if !c.strict(at, raw, &b) {
		return
	}
	c.words(at+"/text", b.Text, maxButton, "plain_text")
	for _, f := range []struct {
		name, value string
		limit       int
	}{{"action_id", b.ActionID, maxID}, {"url", b.URL, maxURL}, {"value", b.Value, maxValue}} {
		if f.value != "" {
			c.length(at+"/"+f.name, f.value, f.limit)
		}
	}
}

func (c *checker) image(at string, raw json.RawMessage) {
	var b struct {
		blockHead
		ImageURL  string          `json:"image_url"`
		AltText   string          `json:"alt_text"`
		Title     json.RawMessage `json:"title"`
		SlackFile json.RawMessage `json:"slack_file"`
	}
	if !c.strict(at, raw, &b) {
		return
	}
	c.id(at, b.BlockID)
	c.length(at+"/alt_text", b.AltText, maxAlt)
	if len(b.SlackFile) > 0 { // its upload may not have been processed yet
		c.fault(at+"/slack_file", "invalid slack file")
		return
	}
	c.length(at+"/image_url", b.ImageURL, maxURL)
}

func (c *checker) table(at string, raw json.RawMessage) {
	var b struct {
		blockHead
		Rows           [][]json.RawMessage `json:"rows"`
		ColumnSettings []struct {
			Align     string `json:"align"`
			IsWrapped bool   `json:"is_wrapped"`
		} `json:"column_settings"`
	}
	if !c.strict(at, raw, &b) {
		return
	}
	c.id(at, b.BlockID)
	if c.tables++; c.tables > maxTables {
		c.fault(at, "only one table allowed")
	}
	if n := len(b.Rows); n == 0 || n > maxRows {
		c.fault(at+"/rows", "between 1 and %d items allowed [input:%d]", maxRows, n)
	}
	if n := len(b.ColumnSettings); n > maxColumns {
		c.fault(at+"/column_settings", "no more than %d items allowed [input:%d]", maxColumns, n)
	}
	for i, row := range b.Rows {
		c.row(fmt.Sprintf("%s/rows/%d", at, i), row, len(b.Rows[0]))
	}
}

// row checks the cells of a table row; every row has as many as the first.
func (c *checker) row(at string, cells []json.RawMessage, columns int) {
	if n := len(cells); n != columns || n == 0 || n > maxColumns {
		c.fault(at, "%d cells, want %d and at most %d", n, columns, maxColumns)
	}
	for j, cell := range cells {
		var t textObject
		pointer := fmt.Sprintf("%s/%d", at, j)
		if !c.strict(pointer, cell, &t) {
			continue
		}
		if t.Type != "raw_text" {
			c.fault(pointer+"/type", "unsupported type: %s", t.Type)
		}
		c.length(pointer+"/text", t.Text, maxSection)
		c.text += utf8.RuneCountInString(t.Text)
	}
}
