package slackfake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits of Slack, in characters unless said otherwise.
const (
	maxBlocks  = 50
	maxText    = 40000 // cut with a warning
	maxBudget  = 9500  // text of all blocks together; undocumented, refusals were seen above
	maxHeader  = 150
	maxSection = 3000
	maxFields  = 10
	maxField   = 2000
	maxContext = 10
	maxButtons = 25
	maxButton  = 75
	maxValue   = 2000
	maxID      = 255
	maxAlt     = 2000
	maxURL     = 3000
	maxTables  = 1
	maxRows    = 100
	maxColumns = 20
)

// A checker collects what is wrong with the blocks of a message.
type checker struct {
	faults []string
	text   int // characters of all text seen
	tables int
	ids    map[string]bool
}

func (c *checker) fault(pointer, format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf("[ERROR] %s [json-pointer:%s]", fmt.Sprintf(format, args...), pointer))
}

// checkBlocks returns the answer that refuses a message, nil for good blocks.
func checkBlocks(raw json.RawMessage) answer {
	var blocks []json.RawMessage
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return errorAnswer("invalid_blocks_format")
	}
	c := &checker{ids: map[string]bool{}}
	if len(blocks) > maxBlocks {
		c.fault("/blocks", "no more than %d items allowed [input:%d]", maxBlocks, len(blocks))
	}
	for i, b := range blocks {
		c.block(fmt.Sprintf("/blocks/%d", i), b)
	}
	if len(c.faults) > 0 {
		a := errorAnswer("invalid_blocks")
		a["errors"] = c.faults
		a["response_metadata"] = answer{"messages": c.faults}
		return a
	}
	if c.text > maxBudget {
		return errorAnswer("msg_blocks_too_long")
	}
	return nil
}

// strict decodes one object and refuses a field that it does not have.
func (c *checker) strict(pointer string, raw json.RawMessage, into any) bool {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		c.fault(pointer, "%s", strings.TrimPrefix(err.Error(), "json: "))
		return false
	}
	return true
}

func typeOf(raw json.RawMessage) string {
	var t struct{ Type string }
	if json.Unmarshal(raw, &t) != nil {
		return ""
	}
	return t.Type
}

func (c *checker) block(at string, raw json.RawMessage) {
	switch t := typeOf(raw); t {
	case "header":
		c.header(at, raw)
	case "section":
		c.section(at, raw)
	case "context":
		c.context(at, raw)
	case "actions":
		c.actions(at, raw)
	case "image":
		c.image(at, raw)
	case "table":
		c.table(at, raw)
	case "divider":
		var b blockHead
		if c.strict(at, raw, &b) {
			c.id(at, b.BlockID)
		}
	default:
		c.fault(at+"/type", "unsupported type: %s", t)
	}
}

type blockHead struct {
	Type    string `json:"type"`
	BlockID string `json:"block_id"`
}

// id checks length and uniqueness of a block_id.
func (c *checker) id(at, id string) {
	if id == "" {
		return
	}
	if c.ids[id] {
		c.fault(at+"/block_id", "block_id %q already exists", id)
	}
	c.ids[id] = true
	c.length(at+"/block_id", id, maxID)
}

// length checks that s has between one and limit characters.
func (c *checker) length(at, s string, limit int) {
	n := utf8.RuneCountInString(s)
	switch {
	case n == 0:
		c.fault(at, "must be more than 0 characters")
	case n > limit:
		c.fault(at, "must be less than %d characters", limit+1)
	}
}
