// Package slack tells a month to people: it composes messages from findings,
// sends what is due in the outbox once and only once, and shows the same
// messages in a folder or a terminal when there is no Slack. It alone knows
// slack-go; it must not import the warehouse, whose outbox it sees through an
// interface of its own.
package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"panelwatch/alerts"
)

// Limits that messages keep, in characters unless said otherwise. Slack's own
// are 3000 for a section, 4000 advised for text; that of all text in blocks
// together is not documented: 9597 passed and 11341 was refused.
const (
	maxText      = 4000
	maxBlocks    = 50
	maxBudget    = 9500
	maxHeader    = 150
	maxSection   = 3000
	maxAlt       = 2000
	maxTableRows = 100 // rows, with the heading
	maxSubject   = 180
)

// eventType marks the metadata of our own messages.
const eventType = "panelwatch_message"

// Key names a message for good within its channel; it travels in the
// message's metadata, so that a sender can find what it sent.
func Key(m alerts.Message) string {
	return strings.TrimSpace(m.Kind + " " + m.Month.String() + " " + m.Subject)
}

// hash is the SHA-256 of what is read: the same content needs no second call.
func hash(text string, blocks []byte) string {
	h := sha256.New()
	h.Write([]byte(text))
	h.Write([]byte{0})
	h.Write(blocks)
	return hex.EncodeToString(h.Sum(nil))
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape keeps data from being read as Slack's markup and makes one line of it.
func escape(s string) string { return escaper.Replace(strings.Join(strings.Fields(s), " ")) }

func length(s string) int { return utf8.RuneCountInString(s) }

// clip cuts escaped text to n characters, never within an entity.
func clip(s string, n int) string {
	if length(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(cut, '&'); i >= 0 && !strings.Contains(cut[i:], ";") {
		cut = cut[:i]
	}
	return cut + "…"
}
