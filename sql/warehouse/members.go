package warehouse

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// WithMembers adds to a history what rules read besides the series of whole
// apps, as it was known at an instant: shares of hours, TGI, concentration. A
// need is a few keyed rows of each month, and of recent months only where the
// rule says so.
func (w *Warehouse) WithMembers(ctx context.Context, known time.Time, c *panel.Catalogue, h alerts.History, needs []alerts.Need) (alerts.History, error) {
	for _, n := range needs {
		if n.Indicator == alerts.MUD {
			continue // History has it
		}
		series, err := w.members(ctx, known, c, h.Month, n)
		if err != nil {
			return h, fmt.Errorf("%s by %s up to %s: %w", n.Indicator, n.Dimension, h.Month, err)
		}
		for _, s := range series {
			if whole, ok := h.Find(s.App, panel.All, alerts.MUD); ok {
				s.Breaks = append(append([]alerts.Break(nil), whole.Breaks...), s.Breaks...)
			}
			h.Series = append(h.Series, s)
		}
	}
	return h, nil
}

type memberRow struct {
	seriesRow
	TGIBase string `db:"tgi_base"`
}

func (w *Warehouse) members(ctx context.Context, known time.Time, c *panel.Catalogue, m panel.Month, n alerts.Need) ([]alerts.Series, error) {
	from := panel.MonthOf(1000, time.January) // the first that a DATE can have
	if n.Months > 0 {
		from = m - panel.Month(n.Months) + 1
	}
	values := map[string]any{
		"from": from.Start(), "month": m.Start(), "known": known.UTC(), "indicator": n.Indicator, "dimension": n.Dimension,
	}
	name := "series_members"
	if n.Indicator == alerts.HourlyShare {
		name = "series_hours"
	}
	var out []alerts.Series
	base := ""
	err := w.eachNamed(ctx, name, values, func(rows *sqlx.Rows) error {
		var r memberRow
		if err := rows.StructScan(&r); err != nil {
			return err
		}
		app, watched := c.App(r.App)
		if !watched {
			return nil
		}
		if len(out) == 0 || r.begins(out[len(out)-1]) {
			out, base = append(out, newSeries(app, r.seriesRow)), r.TGIBase
		}
		r.extend(&out[len(out)-1], base)
		base = r.TGIBase
		return nil
	})
	return out, err
}

// extend adds a month to a series, and a break where TGI has another base than
// the month before.
func (r memberRow) extend(s *alerts.Series, base string) {
	month := panel.MonthIn(r.Month)
	if s.Indicator == alerts.TGI && r.TGIBase != base {
		s.Breaks = append(s.Breaks, alerts.TGIBaseBreak(month, base, r.TGIBase))
	}
	s.Basis = r.Basis
	s.Points = append(s.Points, expect.Point{Month: month, Value: r.Value, SE: orNaN(r.SE)})
}
