package slack

import (
	"context"
	"time"

	"panelwatch/alerts"
)

// An Outbox keeps messages and how far each has come. Every change is
// committed when the call returns, and fails when another sender has taken
// over.
type Outbox interface {
	// Due are the messages that are not done: pending, sending, unknown, and
	// sent ones whose content changed or whose files are not shared. Older
	// months come first, a digest before its replies; a reply has the ThreadTS
	// of a digest already sent.
	Due(ctx context.Context) ([]Due, error)
	// Until is the time before which certainly nobody else sends, zero for
	// always.
	Until() time.Time
	// Begin marks a pending message as sending and counts the attempt. It is
	// called before the message leaves, so that a crash is not taken for
	// silence.
	Begin(ctx context.Context, id int64, at time.Time) error
	// Settle stores how an attempt ended.
	Settle(ctx context.Context, id int64, o Outcome) error
	// Edited stores that the channel shows the content with that hash by now.
	Edited(ctx context.Context, id int64, hash string, at time.Time) error
	// Lost makes a sent message pending that is gone from the channel, where it
	// stood at ts.
	Lost(ctx context.Context, id int64, ts, reason string) error
	// SetFile stores the state of one of a message's files: FileUploading,
	// FileShared or the reason why it is not shared.
	SetFile(ctx context.Context, id int64, part Part, state string) error
	// Redirect gives a message up for one that stands in for it in another
	// channel and is due from then on.
	Redirect(ctx context.Context, m alerts.Message, channel, reason string) error
}

// An Outcome is how an attempt ended: sent with ts and the hash of what the
// channel shows, else pending or unknown with the reason.
type Outcome struct {
	State            alerts.MessageState
	TS, Hash, Reason string
}

// Due is a message of the outbox with the time of its last attempt, zero when
// there was none, and the state of the digest that it replies to, empty when
// there is none.
type Due struct {
	alerts.Message
	AttemptedAt time.Time
	Parent      alerts.MessageState
}

// A Part names one of the files that may go with a message.
type Part string

// The parts: the chart and the attachment.
const (
	PartChart Part = "chart"
	PartFile  Part = "file"
)

// States of a file. Anything else in its place is the reason of a failure;
// empty means not tried.
const (
	FileUploading = "uploading"
	FileShared    = "shared"
)
