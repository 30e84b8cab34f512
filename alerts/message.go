package alerts

import (
	"encoding/json"

	"panelwatch/etl/panel"
)

// A Digest is one month as it is told to one channel.
type Digest struct {
	Month    panel.Month
	Channel  string
	Language string // zh, en or both
	Extracts []ExtractNote
	Findings []Finding // told ones first (fired, then expected), by severity and size
	Lists    []List    // with their entries of Month, for the TOP list
	Coverage Coverage
	Alone    bool // its channel has no threads: it says where the details are

	// Correction is set where the month was told before, from data that are
	// others now.
	Correction *Correction

	Route     Route            // whose channel it is
	Buttons   bool             // under each finding, to answer it: somebody listens
	Details   int              // findings that have a reply of their own; 0 for all
	Catalogue *panel.Catalogue // of the apps; nil where owners and English names are not needed

	Followups    []Followup // what became of earlier findings
	Silenced     []Held     // what is held back, by whom, why and until when
	Acknowledged []Answer   // what people answered since the digest before
}

// Told is the number of findings that the digest tells.
func (d Digest) Told() (n int) {
	for _, f := range d.Findings {
		if f.told() {
			n++
		}
	}
	return n
}

// An ExtractNote names one extract behind a digest.
type ExtractNote struct {
	Source    string
	Vendor    string
	Month     panel.Month
	Revision  int
	Reading   int // of the revision, when rows that were held back were given back; 0 and 1 are the first
	Basis     panel.Basis
	Synthetic string // not empty: the numbers are made up, and the digest says so
}

// Coverage counts what was looked at, so that silence can be told from sleep.
type Coverage struct {
	Rules, Subjects                                  int
	Fired, Expected, Noise, NotEvaluable, Suppressed int
}

// A MessageState is the place of a message in the outbox.
type MessageState string

// pending -> sending (committed before the call) -> sent; sending -> pending
// when the call was refused for certain; sending -> unknown when nobody can
// tell; unknown -> sent or pending once the channel was looked at. A message
// whose Hash is not its SentHash is sent and waits for an edit. Dead is given
// up for good, with the reason in LastError.
const (
	Pending MessageState = "pending"
	Sending MessageState = "sending"
	Sent    MessageState = "sent"
	Unsure  MessageState = "unknown"
	Dead    MessageState = "dead"
)

// Kinds of messages. Digests and reminders stand in the channel itself, all
// others in the thread of their month's digest.
const (
	KindDigest     = "digest"     // one per channel and month
	KindDetail     = "detail"     // one per told finding
	KindCorrection = "correction" // what a new revision changed of what was told
	KindOverflow   = "overflow"   // what the digest had no room for, as a file
	// KindReminder is by itself, under the month that it is about.
	KindReminder = "reminder"
)

// A Message is one row of the outbox. (Channel, Kind, Month, Subject) is
// unique for good.
type Message struct {
	ID       int64
	Channel  string
	Kind     string
	Month    panel.Month
	Subject  string // "" for the digest, else rule and subject of the finding
	Revision int    // newest among the extracts behind it, 0 unknown

	Text      string          // complete by itself: notifications, screen readers
	Blocks    json.RawMessage // Block Kit array
	PNG       []byte          // chart to upload into the thread, may be empty
	Alt       string          // what the chart shows
	File      Attachment      // to upload into the thread, may be empty
	Hash      string          // SHA-256 of Text and Blocks
	Broadcast bool            // a reply that the channel shows too

	// Replace lets the content stand in for what was sent under the same key,
	// which is edited then. Without it what was sent, or may have been, stays.
	Replace bool
	// Correction is the state of the correction that a digest shows, empty for
	// none.
	Correction string

	State     MessageState
	TS        string // message timestamp once sent
	SentHash  string // Hash of what the channel shows, "" for nothing
	ThreadTS  string // of the parent, filled in when a reply is due
	FileState string // "", "shared", or the reason why the chart was not shared
	Attempts  int
	LastError string

	// Home is the channel that the message was meant for, where it stands in
	// for one that could not be delivered; LostTS the message that it replaces
	// because that one is gone. Both are "" as a rule, and told when not.
	Home, LostTS string
}

// Threaded says whether the message is a reply to its month's digest.
func (m Message) Threaded() bool { return m.Kind != KindDigest && m.Kind != KindReminder }

// An Attachment is a file that goes with a message, such as a CSV.
type Attachment struct {
	Name  string // "" for none
	Data  []byte
	State string // as Message.FileState
}
