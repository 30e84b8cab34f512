package alerts

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

const longestTopic = 180 // characters; the outbox keeps some more

// Topic is rule and subject of a finding in one line, the subject of its
// message: "record_high tielu12306 city=北京". A very long one is cut and told
// by its hash.
func (f Finding) Topic() string {
	parts := []string{f.Rule, string(f.Subject.App), string(f.Subject.Other), f.Subject.List, f.Subject.Source}
	if s := f.Subject.Segment; s != panel.All && s != (panel.Segment{}) {
		parts = append(parts, s.Dimension+"="+s.Member)
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	topic := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
	if runes := []rune(topic); len(runes) > longestTopic {
		sum := sha256.Sum256([]byte(topic))
		topic = string(runes[:longestTopic-17]) + " " + hex.EncodeToString(sum[:8])
	}
	return topic
}

// rules are the finding's own and those merged into it.
func (f Finding) rules() []string { return append([]string{f.Rule}, f.Also...) }
