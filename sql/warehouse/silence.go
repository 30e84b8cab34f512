package warehouse

import (
	"context"
	"fmt"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

type silenceRow struct {
	ID        int64      `db:"silence_id"`
	Rule      string     `db:"rule"`
	App       string     `db:"app"`
	List      string     `db:"list"`
	Category  string     `db:"category"`
	Dimension string     `db:"dimension"`
	Member    string     `db:"member"`
	Source    string     `db:"source"`
	From      *time.Time `db:"from_month"`
	To        *time.Time `db:"to_month"`
	Holiday   string     `db:"holiday"`
	Reason    string     `db:"reason"`
	Author    string     `db:"author"`
	Until     time.Time  `db:"until_day"`
	Created   time.Time  `db:"created_at"`
	Expired   *time.Time `db:"expired_at"`
	ExpiredBy string     `db:"expired_by"`
}

// AddSilence stores a silence as made now and returns its id.
func (w *Warehouse) AddSilence(ctx context.Context, s alerts.Silence) (id int64, err error) {
	m := s.Match
	res, err := w.db.ExecContext(ctx, query("silence_insert"), m.Rule, m.App, m.List, m.Category, m.Dimension, m.Member, m.Source,
		monthOrNull(s.From), monthOrNull(s.To), s.Holiday, s.Reason, s.Author, s.Until, w.now().UTC())
	if err != nil {
		return 0, fmt.Errorf("store silence: %w", err)
	}
	return res.LastInsertId()
}

// Silences are all that were ever made, mutes not among them.
func (w *Warehouse) Silences(ctx context.Context) (out []alerts.Silence, err error) {
	var rows []silenceRow
	if err := w.db.SelectContext(ctx, &rows, query("silences")); err != nil {
		return nil, fmt.Errorf("read silences: %w", err)
	}
	for _, r := range rows {
		out = append(out, r.silence())
	}
	return out, nil
}

// ExpireSilence ends a silence before its day; ok is false where there is none
// of that id that was not ended before.
func (w *Warehouse) ExpireSilence(ctx context.Context, id int64, by string) (ok bool, err error) {
	res, err := w.db.ExecContext(ctx, query("silence_expire"), w.now().UTC(), by, id)
	if err != nil {
		return false, fmt.Errorf("expire silence %d: %w", id, err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func (r silenceRow) silence() alerts.Silence {
	return alerts.Silence{
		ID: r.ID, From: monthOrZero(r.From), To: monthOrZero(r.To), Holiday: r.Holiday,
		Match: alerts.Matcher{
			Rule: r.Rule, App: r.App, List: r.List, Category: r.Category, Dimension: r.Dimension, Member: r.Member, Source: r.Source,
		},
		Reason: r.Reason, Author: r.Author, Until: r.Until, Created: r.Created, Expired: timeOrZero(r.Expired), EndedBy: r.ExpiredBy,
	}
}

func monthOrNull(m panel.Month) *time.Time {
	if m == 0 {
		return nil
	}
	t := m.Start()
	return &t
}

func monthOrZero(t *time.Time) panel.Month {
	if t == nil {
		return 0
	}
	return panel.MonthIn(*t)
}

func timeOrZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
