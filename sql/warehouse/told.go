package warehouse

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A Posted message is a digest or a detail of the outbox.
type Posted struct {
	Subject    string
	Judgement  int64           // that it told first
	Correction string          // state of the correction that it shows
	First      *alerts.Content // nil unless it was corrected
}

type toldRow struct {
	Kind        string              `db:"kind"`
	Subject     string              `db:"subject"`
	State       alerts.MessageState `db:"state"`
	Attempts    int                 `db:"attempts"`
	Judgement   int64               `db:"judgement_id"`
	Correction  string              `db:"correction"`
	FirstText   *string             `db:"first_text"`
	FirstBlocks *string             `db:"first_blocks"`
}

// Told is month m as it was told to a channel. There is a digest only if it
// was sent, or may have been.
func (w *Warehouse) Told(ctx context.Context, channel string, m panel.Month) (digest *Posted, details []Posted, err error) {
	var rows []toldRow
	if err := w.db.SelectContext(ctx, &rows, query("message_thread"), channel, m.Start()); err != nil {
		return nil, nil, fmt.Errorf("read what %s was told of %s: %w", channel, m, err)
	}
	for _, r := range rows {
		t := r.told()
		switch {
		case r.Kind == alerts.KindDetail:
			details = append(details, t)
		case r.State != alerts.Pending || r.Attempts > 0:
			digest = &t
		}
	}
	return digest, details, nil
}

func (r toldRow) told() Posted {
	t := Posted{Subject: r.Subject, Judgement: r.Judgement, Correction: r.Correction}
	if r.FirstText != nil && r.FirstBlocks != nil {
		t.First = &alerts.Content{Text: *r.FirstText, Blocks: json.RawMessage(*r.FirstBlocks)}
	}
	return t
}

// FindingsOf are the findings of a judgement, in force or not, and when it was
// made. Series, facts and bands are not kept.
func (w *Warehouse) FindingsOf(ctx context.Context, judgement int64) (out []alerts.Finding, at time.Time, err error) {
	if err := w.db.GetContext(ctx, &at, query("judgement_at"), judgement); err != nil {
		return nil, at, fmt.Errorf("read judgement %d: %w", judgement, err)
	}
	var rows []findingRow
	if err := w.db.SelectContext(ctx, &rows, query("findings_of_judgement"), judgement); err != nil {
		return nil, at, fmt.Errorf("read findings of judgement %d: %w", judgement, err)
	}
	for _, r := range rows {
		out = append(out, r.finding())
	}
	return out, at, nil
}

// JudgedFrom is the hash of the data that the judgement in force of a month was
// made from; known is false where the month was not judged yet.
func (w *Warehouse) JudgedFrom(ctx context.Context, m panel.Month) (hash string, known bool, err error) {
	err = w.db.GetContext(ctx, &hash, query("judgement_data"), m.Start())
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("look for judgement of %s: %w", m, err)
	}
	return hash, true, nil
}
