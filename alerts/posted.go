package alerts

import (
	"encoding/json"
	"slices"
	"time"
)

// A Posted message is one that was sent, or may have been.
type Posted struct {
	Subject string
	Finding Finding // as it told it first; series, facts and bands are not kept
	Later   bool    // not told at first: a correction added it

	// First is what it said before it was corrected, nil when it never was.
	First *Content
	// Unseen first content was replaced by a correction before it was sent.
	Unseen bool
}

// Content is what a message says.
type Content struct {
	Text   string
	Blocks json.RawMessage
}

// A Thread is a month as it was told to a channel.
type Thread struct {
	Told    []Finding // of all verdicts, as they were when the month was told
	ToldAt  time.Time // when that was judged
	Digest  Posted
	Details []Posted
	State   string // of the correction that it shows, empty for none
}

// Knew says whether the month was told with a finding about the same thing.
func (t Thread) Knew(f Finding) bool {
	return slices.ContainsFunc(t.Told, func(o Finding) bool { return o.told() && o.SameCell(f) })
}
