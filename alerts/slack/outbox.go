package slack

import (
	"context"
	"time"

	"panelwatch/alerts"
)

// An Outbox keeps messages and how far each has come. Every change is
// committed when the call returns.
type Outbox interface {
	// Due are the messages that are not done: pending, sending, unknown, and
	// sent ones whose chart is not shared. Older months come first, a digest
	// before its details; a detail has the ThreadTS of a digest already sent.
	Due(ctx context.Context) ([]Due, error)
	// Begin marks a message as sending and counts the attempt. It is called
	// before the message leaves, so that a crash is not taken for silence.
	Begin(ctx context.Context, id int64, at time.Time) error
	// Settle stores how an attempt ended: sent with ts, else pending or unknown
	// with the reason.
	Settle(ctx context.Context, id int64, state alerts.MessageState, ts, reason string) error
	// SetFile stores the state of the chart: FileUploading, FileShared or the
	// reason why it is not shared.
	SetFile(ctx context.Context, id int64, state string) error
}

// Due is a message of the outbox with the time of its last attempt, zero when
// there was none.
type Due struct {
	alerts.Message
	AttemptedAt time.Time
}

// States of a chart. Anything else in its place is the reason of a failure;
// empty means not tried.
const (
	FileUploading = "uploading"
	FileShared    = "shared"
)
