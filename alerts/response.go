package alerts

import (
	"time"

	"panelwatch/etl/panel"
)

// A ResponseKind is what somebody answers to a message.
type ResponseKind string

// Answers: seen and taken care of; say no more about this subject for some
// months; this should not have been told.
const (
	Ack        ResponseKind = "ack"
	Mute       ResponseKind = "mute"
	FalseAlarm ResponseKind = "false_alarm"
)

// Ways to answer a message.
const (
	ViaReaction = "reaction"
	ViaButton   = "button"
)

// A Response is one answer of one user to one message, which Channel and TS
// name.
type Response struct {
	Channel, TS string
	User        string // id, such as U012AB3CD
	Kind        ResponseKind
	Via         string // ViaReaction or ViaButton
	Emoji       string // "" of a button
	At          time.Time
}

// An Answer is a response as it is kept, with what its message was about.
type Answer struct {
	Response
	Month  panel.Month // of the message
	Topic  string      // rule and subject of the finding, "" of a digest
	Lifted time.Time   // taken back, zero while it stands
}

// Standing reports whether an answer held at an instant.
func (a Answer) Standing(at time.Time) bool {
	return !a.At.After(at) && (a.Lifted.IsZero() || a.Lifted.After(at))
}

// Between are the answers that were first seen after one instant and stood at
// another.
func Between(all []Answer, after, at time.Time) (out []Answer) {
	for _, a := range all {
		if a.At.After(after) && a.Standing(at) {
			out = append(out, a)
		}
	}
	return out
}
