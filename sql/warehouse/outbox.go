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
// attempt, zero when there was none.
type Waiting struct {
	alerts.Message
	AttemptedAt time.Time
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
	State       alerts.MessageState `db:"state"`
	TS          string              `db:"ts"`
	FileState   string              `db:"file_state"`
	Attempts    int                 `db:"attempts"`
	LastError   string              `db:"last_error"`
	AttemptedAt *time.Time          `db:"attempted_at"`
	ThreadTS    string              `db:"thread_ts"`
}

// Waiting lists the messages that are not sent, and the sent ones whose chart
// is not shared: older months first, a digest before its details.
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
	m := Waiting{Message: alerts.Message{
		ID: r.ID, Channel: r.Channel, Kind: r.Kind, Month: panel.MonthIn(r.MonthStart), Subject: r.Subject,
		Text: r.Text, Blocks: json.RawMessage(r.Blocks), PNG: r.PNG, Alt: r.Alt, Hash: r.Hash,
		State: r.State, TS: r.TS, ThreadTS: r.ThreadTS, FileState: r.FileState,
		Attempts: r.Attempts, LastError: r.LastError,
	}}
	if r.AttemptedAt != nil {
		m.AttemptedAt = *r.AttemptedAt
	}
	return m
}

// Begin marks a message as sending, before it leaves.
func (w *Warehouse) Begin(ctx context.Context, id int64, at time.Time) error {
	return w.mark(ctx, "message_begin", at.UTC(), id)
}

// Settle stores how an attempt to send ended.
func (w *Warehouse) Settle(ctx context.Context, id int64, state alerts.MessageState, ts, reason string) error {
	return w.mark(ctx, "message_settle", state, ts, reason, id)
}

// SetFile stores the state of a message's chart.
func (w *Warehouse) SetFile(ctx context.Context, id int64, state string) error {
	return w.mark(ctx, "message_file", state, id)
}

func (w *Warehouse) mark(ctx context.Context, name string, args ...any) error {
	if _, err := w.db.ExecContext(ctx, query(name), args...); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
