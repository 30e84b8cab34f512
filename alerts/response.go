package alerts

import "time"

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
