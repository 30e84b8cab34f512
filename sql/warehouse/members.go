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
// apps, as it was known at an instant: devices and TGI of members, shares of
// hours, concentration. A need is a few keyed rows of each month, of the apps
// and months that the rules name.
func (w *Warehouse) WithMembers(ctx context.Context, known time.Time, c *panel.Catalogue, h alerts.History, needs []alerts.Need) (alerts.History, error) {
	if len(needs) == 0 {
		return h, nil
	}
	at := asOf{h.Month, known.UTC()}
	all, tiers, err := w.breaks(ctx, at)
	if err != nil {
		return h, fmt.Errorf("terms up to %s: %w", h.Month, err)
	}
	for _, n := range needs {
		series, err := w.members(ctx, at, c, n)
		if err != nil {
			return h, fmt.Errorf("%s by %s up to %s: %w", n.Indicator, n.Dimension, h.Month, err)
		}
		for _, s := range series {
			s.Breaks = append(append([]alerts.Break(nil), all[s.App]...), s.Breaks...)
			if s.Segment.Dimension == panel.CityTier {
				s.Breaks = append(s.Breaks, tiers[s.App]...)
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

func (w *Warehouse) members(ctx context.Context, at asOf, c *panel.Catalogue, n alerts.Need) ([]alerts.Series, error) {
	name := "series_members"
	if n.Indicator == alerts.HourlyShare {
		name = "series_hours"
	}
	var out []alerts.Series
	base := ""
	err := w.eachNamed(ctx, name, valuesOfNeed(n, at, c), func(rows *sqlx.Rows) error {
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

// valuesOfNeed are the parameters of the two queries.
func valuesOfNeed(n alerts.Need, at asOf, c *panel.Catalogue) map[string]any {
	values := at.values()
	from := panel.MonthOf(1000, time.January) // the first that a DATE can have
	if n.Months > 0 {
		from = at.month - panel.Month(n.Months) + 1
	}
	apps := n.Apps
	if len(apps) == 0 {
		for _, a := range c.Apps {
			apps = append(apps, a.ID)
		}
	}
	values["from"], values["apps"], values["indicator"], values["dimension"] = from.Start(), apps, n.Indicator, n.Dimension
	return values
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
