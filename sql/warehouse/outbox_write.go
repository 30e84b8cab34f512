package warehouse

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"panelwatch/alerts"
)

// write puts messages into the outbox and says how many of them are new.
func (w *Warehouse) write(ctx context.Context, tx *sqlx.Tx, messages []alerts.Message, judgement int64) (added int, err error) {
	for _, m := range messages {
		res, err := tx.ExecContext(ctx, query("message_insert"), m.Channel, m.Kind, m.Month.Start(), m.Subject,
			m.Text, string(m.Blocks), m.PNG, m.Alt, m.Hash, m.Revision, m.File.Name, m.File.Data, m.Broadcast,
			m.FileState, judgement, w.now().UTC())
		if err != nil {
			return added, fmt.Errorf("write message %s %s: %w", m.Kind, m.Subject, err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return added, err
		}
		if n == 1 {
			added++
			continue
		}
		if err := w.rewrite(ctx, tx, m, judgement); err != nil {
			return added, fmt.Errorf("rewrite message %s %s: %w", m.Kind, m.Subject, err)
		}
	}
	return added, nil
}

// A writtenRow is what stands in the outbox under a message's key.
type writtenRow struct {
	ID          int64               `db:"message_id"`
	State       alerts.MessageState `db:"state"`
	Attempts    int                 `db:"attempts"`
	Judgement   int64               `db:"judgement_id"`
	PNG         []byte              `db:"png"`
	FileState   string              `db:"file_state"`
	Attachment  []byte              `db:"attachment"`
	AttachState string              `db:"attachment_state"`
}

// rewrite gives a message, and the one that stands in for it elsewhere, the
// new content, unless it may have been read as it was and is to stay. A
// message that was attempted keeps the judgement that was told first, and a
// file that did not change keeps its state.
func (w *Warehouse) rewrite(ctx context.Context, tx *sqlx.Tx, m alerts.Message, judgement int64) error {
	var rows []writtenRow
	if err := tx.SelectContext(ctx, &rows, query("message_same"), m.Kind, m.Month.Start(),
		m.Channel, m.Subject, m.Channel, standIn(m.Channel, m.Subject)); err != nil {
		return err
	}
	for _, had := range rows {
		untouched := had.State == alerts.Pending && had.Attempts == 0
		if !untouched && !m.Replace {
			continue
		}
		told, chart, file := had.Judgement, m.FileState, ""
		if untouched {
			told = judgement
		}
		if bytes.Equal(had.PNG, m.PNG) {
			chart = had.FileState
		}
		if bytes.Equal(had.Attachment, m.File.Data) {
			file = had.AttachState
		}
		if !untouched {
			if _, err := tx.ExecContext(ctx, query("message_correct"), m.Correction, had.ID); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, query("message_rewrite"), m.Text, string(m.Blocks), m.PNG, m.Alt, m.Hash, m.Revision,
			m.File.Name, m.File.Data, chart, file, m.Broadcast, told, had.ID); err != nil {
			return err
		}
	}
	return nil
}

// longestSubject is the room that the outbox has for a subject, in characters.
const longestSubject = 191

// standIn is the subject of the message that stands in for another of that
// channel: it must not meet a message of the fallback channel itself.
func standIn(channel, subject string) string {
	s := channel + " " + subject
	if utf8.RuneCountInString(s) <= longestSubject {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return string([]rune(s)[:longestSubject-17]) + " " + hex.EncodeToString(sum[:8])
}
