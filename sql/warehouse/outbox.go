package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A Waiting message is one that is not done, with the time of its last
// attempt, zero when there was none, and the state of the digest that it
// replies to, empty when there is none.
type Waiting struct {
	alerts.Message
	AttemptedAt time.Time
	Parent      alerts.MessageState
}

type messageRow struct {
	ID          int64               `db:"message_id"`
	Channel     string              `db:"channel"`
	Kind        string              `db:"kind"`
	MonthStart  time.Time           `db:"month_start"`
	Subject     string              `db:"subject"`
	Text        string              `db:"text"`
	Blocks      string              `db:"blocks"`
	PNG         []byte              `db:"png"`
	Alt         string              `db:"alt_text"`
	Hash        string              `db:"content_hash"`
	SentHash    string              `db:"sent_hash"`
	Revision    int                 `db:"revision"`
	Attached    string              `db:"attachment_name"`
	Attachment  []byte              `db:"attachment"`
	AttachState string              `db:"attachment_state"`
	Broadcast   bool                `db:"broadcast"`
	Home        string              `db:"home"`
	LostTS      string              `db:"lost_ts"`
	State       alerts.MessageState `db:"state"`
	TS          string              `db:"ts"`
	FileState   string              `db:"file_state"`
	Attempts    int                 `db:"attempts"`
	LastError   string              `db:"last_error"`
	AttemptedAt *time.Time          `db:"attempted_at"`
	Parent      alerts.MessageState `db:"parent_state"`
	ThreadTS    string              `db:"thread_ts"`
}

// Waiting lists the messages that are not sent, and the sent ones that are to
// be edited or whose files are not shared: older months first, a digest before
// its replies.
func (w *Warehouse) Waiting(ctx context.Context) ([]Waiting, error) {
	var rows []messageRow
	if err := w.db.SelectContext(ctx, &rows, query("message_due")); err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	out := make([]Waiting, len(rows))
	for i, r := range rows {
		out[i] = r.waiting()
	}
	return out, nil
}

func (r messageRow) waiting() Waiting {
	m := Waiting{Parent: r.Parent, Message: alerts.Message{
		ID: r.ID, Channel: r.Channel, Kind: r.Kind, Month: panel.MonthIn(r.MonthStart), Subject: r.Subject, Revision: r.Revision,
		Text: r.Text, Blocks: json.RawMessage(r.Blocks), PNG: r.PNG, Alt: r.Alt, Hash: r.Hash, Broadcast: r.Broadcast,
		File:  alerts.Attachment{Name: r.Attached, Data: r.Attachment, State: r.AttachState},
		State: r.State, TS: r.TS, SentHash: r.SentHash, ThreadTS: r.ThreadTS, FileState: r.FileState,
		Attempts: r.Attempts, LastError: r.LastError, Home: r.Home, LostTS: r.LostTS,
	}}
	if r.AttemptedAt != nil {
		m.AttemptedAt = *r.AttemptedAt
	}
	return m
}
