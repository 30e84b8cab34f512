package warehouse

import (
	"context"
	"fmt"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

type followedRow struct {
	findingRow
	Told bool `db:"is_told"`
	Last bool `db:"is_last"`
}

// Followed are the findings of earlier months that month m says something
// about: what fired in the month judged before it, and what was not resolved
// then; older months first.
func (w *Warehouse) Followed(ctx context.Context, m panel.Month) (out []alerts.Told, err error) {
	var rows []followedRow
	err = w.db.SelectContext(ctx, &rows, query("findings_followed"), m.Start(), alerts.FollowSince(m).Start())
	if err != nil {
		return nil, fmt.Errorf("read what %s follows: %w", m, err)
	}
	for _, r := range rows {
		out = append(out, alerts.Told{Finding: r.finding(), Posted: r.Told, Last: r.Last})
	}
	return out, nil
}

func followupRows(id int64, followups []alerts.Followup) (rows [][]any) {
	for i, f := range followups {
		s := f.Subject
		rows = append(rows, []any{
			id, i + 1, f.Month.Start(), f.Rule, s.App, s.Other, s.List, s.Segment.Dimension, s.Segment.Member, s.Source,
			f.State, f.Zh, f.En,
		})
	}
	return rows
}

// silencesAt is the instant as of which silences were taken.
func (j Judgement) silencesAt(w *Warehouse) time.Time {
	if j.SilencesAt.IsZero() {
		return w.now().UTC()
	}
	return j.SilencesAt.UTC()
}

// MonthsTold are the months that a channel was told of, or may have been, each
// with the instant as of which silences were taken for it: what is silenced
// later changes nothing of them.
func (w *Warehouse) MonthsTold(ctx context.Context) (map[panel.Month]time.Time, error) {
	var rows []struct {
		Month time.Time `db:"month_start"`
		At    time.Time `db:"silences_at"`
	}
	if err := w.db.SelectContext(ctx, &rows, query("months_told")); err != nil {
		return nil, fmt.Errorf("read the months told: %w", err)
	}
	told := map[panel.Month]time.Time{}
	for _, r := range rows {
		told[panel.MonthIn(r.Month)] = r.At
	}
	return told, nil
}

// A Became is the state of a fired finding, named by month and topic.
type Became struct {
	Month panel.Month
	Topic string
	State string // new, ongoing, resolved, not_evaluable or not_followed
	As    panel.Month
}

// Became says what became of the findings that fired in some months.
func (w *Warehouse) Became(ctx context.Context, from, to panel.Month) (out []Became, err error) {
	var rows []struct {
		aboutRow
		Month time.Time `db:"month_start"`
		State string    `db:"state"`
		As    time.Time `db:"state_month"`
	}
	if err := w.db.SelectContext(ctx, &rows, query("finding_states"), from.Start(), to.Start()); err != nil {
		return nil, fmt.Errorf("read states of findings: %w", err)
	}
	for _, r := range rows {
		out = append(out, Became{panel.MonthIn(r.Month), r.finding().Topic(), r.State, panel.MonthIn(r.As)})
	}
	return out, nil
}
