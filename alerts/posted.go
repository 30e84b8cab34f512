package alerts

import (
	"encoding/json"
	"time"
)

// A Posted message is one that was sent, or may have been.
type Posted struct {
	Subject string
	Finding Finding // as it told it first; series, facts and bands are not kept
	Later   bool    // it was added by a correction

	// First is what it said before it was corrected, nil when it never was or
	// was added by a correction.
	First *Content
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
