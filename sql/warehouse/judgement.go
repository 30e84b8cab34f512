package warehouse

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A Judgement is one month judged: findings and how many of each verdict.
type Judgement struct {
	Month      panel.Month
	InputsHash string
	DataHash   string // of the deliveries alone, without rules and settings
	RunID      string
	Findings   []alerts.Finding
	Coverage   alerts.Coverage

	Followups  []alerts.Followup // what became of earlier findings
	SilencesAt time.Time         // silences were taken as they stood then
}

// Judged says whether the judgement in force of a month was made from these
// very inputs.
func (w *Warehouse) Judged(ctx context.Context, m panel.Month, inputsHash string) (bool, error) {
	var n int
	if err := w.db.GetContext(ctx, &n, query("judgement_exists"), m.Start(), inputsHash); err != nil {
		return false, fmt.Errorf("look for judgement of %s: %w", m, err)
	}
	return n > 0, nil
}

// SaveJudgement stores findings and messages in one transaction behind the
// lease, and says how many of the messages are new. One whose key exists takes
// the new content when it was never attempted, or when Replace is set; else it
// is left as it is.
func (w *Warehouse) SaveJudgement(ctx context.Context, l *Lease, j Judgement, messages []alerts.Message) (added int, err error) {
	err = w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		id, err := w.openJudgement(ctx, tx, j)
		if err != nil {
			return err
		}
		if err := bulk(ctx, tx, "finding_insert", findingRows(id, j.Findings)); err != nil {
			return err
		}
		if err := bulk(ctx, tx, "followup_insert", followupRows(id, j.Followups)); err != nil {
			return err
		}
		if added, err = w.write(ctx, tx, messages, id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, query("message_untold"), j.Month.Start(), id)
		return err
	})
	return added, err
}

// SaveReminders puts messages that tell no judgement into the outbox, behind
// the lease, and says how many of them are new.
func (w *Warehouse) SaveReminders(ctx context.Context, l *Lease, messages []alerts.Message) (added int, err error) {
	err = w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		added, err = w.write(ctx, tx, messages, 0)
		return err
	})
	return added, err
}

func (w *Warehouse) openJudgement(ctx context.Context, tx *sqlx.Tx, j Judgement) (int64, error) {
	if _, err := tx.ExecContext(ctx, query("judgement_retire"), j.Month.Start()); err != nil {
		return 0, fmt.Errorf("retire judgement: %w", err)
	}
	c := j.Coverage
	res, err := tx.ExecContext(ctx, query("judgement_insert"), j.Month.Start(), j.InputsHash, j.RunID, w.now().UTC(),
		c.Rules, c.Subjects, c.Fired, c.Expected, c.Noise, c.NotEvaluable, c.Suppressed, j.DataHash, j.silencesAt(w))
	if err != nil {
		return 0, fmt.Errorf("open judgement: %w", err)
	}
	id, err := res.LastInsertId()
	if err != nil {
		return 0, err
	}
	for _, name := range []string{"finding_delete", "followup_delete"} {
		if _, err := tx.ExecContext(ctx, query(name), id); err != nil {
			return 0, fmt.Errorf("clear findings: %w", err)
		}
	}
	return id, nil
}

func findingRows(id int64, findings []alerts.Finding) (rows [][]any) {
	for i, f := range findings {
		rows = append(rows, []any{
			id, i + 1, f.Rule, strings.Join(f.Also, ","), f.Subject.App, f.Subject.Other, f.Subject.List,
			f.Subject.Segment.Dimension, f.Subject.Segment.Member,
			f.Verdict, f.Severity, f.Reason, f.Unit,
			number(f.Value), number(f.SE), number(f.Expected), number(f.Low), number(f.High), number(f.Z),
			f.Zh, f.En, f.Indicator, f.TraceID, f.Subject.Source,
		})
	}
	return rows
}
