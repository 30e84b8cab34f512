package slack

import (
	"errors"
	"fmt"
	"time"
)

// What Deliver's error is, for the exit code. errors.Is finds them.
var (
	// ErrUndelivered: messages are left in the outbox and the next run may
	// succeed, or an operator must mend a channel.
	ErrUndelivered = errors.New("messages not delivered")
	// ErrDenied: token or scopes do not suffice.
	ErrDenied = errors.New("slack denies access")
	// ErrRefused: Slack refused the form of a message, which is our bug.
	ErrRefused = errors.New("slack refused a message as malformed")
)

// A Class says what an answer means for the message that was sent.
type Class string

// Classes of failure. Only Ambiguous leaves open whether the message arrived.
const (
	Limited     Class = "limited"     // not sent: come back after RetryAfter
	Unreachable Class = "unreachable" // not sent: no connection was made
	Refused     Class = "refused"     // not sent: an API error that is none of the others
	Malformed   Class = "malformed"   // not sent: our bug
	Denied      Class = "denied"      // not sent: token or scope
	BadChannel  Class = "bad_channel" // not sent: the channel cannot be written to
	Gone        Class = "gone"        // not edited: the message is not there, or not ours, or too old
	Late        Class = "late"        // not sent: no time was left
	Ambiguous   Class = "ambiguous"   // nobody can tell
)

// A Failure is an answer of Slack, or none, put into its class. Its text never
// holds the token.
type Failure struct {
	Class      Class
	Code       string        // Slack's error code, or what happened
	Detail     string        // Slack's explanation, such as the place in the blocks
	RetryAfter time.Duration // of Limited; 0 when Slack did not say
}

func (f *Failure) Error() string {
	s := fmt.Sprintf("%s (%s)", f.Code, f.Class)
	if f.Detail != "" {
		s += ": " + f.Detail
	}
	return s
}

// failureOf is the Failure within err, nil for none; an error that is no
// Failure is ambiguous.
func failureOf(err error) *Failure {
	if err == nil {
		return nil
	}
	var f *Failure
	if errors.As(err, &f) {
		return f
	}
	return &Failure{Class: Ambiguous, Code: "error", Detail: err.Error()}
}

// kind is the error that a failure amounts to for the run.
func (f *Failure) kind() error {
	switch f.Class {
	case Denied:
		return ErrDenied
	case Malformed:
		return ErrRefused
	}
	return ErrUndelivered
}
