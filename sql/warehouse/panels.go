package warehouse

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/alerts"
	"panelwatch/etl/identities"
	"panelwatch/etl/panel"
)

type panelRow struct {
	Source      string      `db:"source"`
	Month       time.Time   `db:"month_start"`
	Basis       panel.Basis `db:"basis"`
	Vendor      string      `db:"vendor"`
	Definitions string      `db:"definitions_version"`
	TierYear    int         `db:"tier_list_year"`
	N           *float64    `db:"n"`
	Weights     *float64    `db:"weights"`
	Universe    *float64    `db:"universe_devices"`
	Deff        *float64    `db:"deff"`
}

// withPanels adds what stands behind the months up to the judged one, as it
// was known at an instant, and which source speaks for an app.
func (w *Warehouse) withPanels(ctx context.Context, h alerts.History, known time.Time) (_ alerts.History, err error) {
	values := map[string]any{"month": h.Month.Start(), "known": known.UTC()}
	if h.Panels, err = w.panels(ctx, values); err != nil {
		return h, err
	}
	if err := w.failed(ctx, &h, values); err != nil {
		return h, err
	}
	var rows []struct {
		App    panel.AppID `db:"app_id"`
		Source string      `db:"source"`
	}
	if err := w.db.SelectContext(ctx, &rows, query("primary_series")); err != nil {
		return h, fmt.Errorf("primary_series: %w", err)
	}
	h.Primary = map[panel.AppID]string{}
	for _, r := range rows {
		h.Primary[r.App] = r.Source
	}
	return h, nil
}

func (w *Warehouse) panels(ctx context.Context, values map[string]any) (out []alerts.PanelMonth, err error) {
	err = w.eachNamed(ctx, "panel_months", values, func(rows *sqlx.Rows) error {
		var r panelRow
		if err := rows.StructScan(&r); err != nil {
			return err
		}
		out = append(out, alerts.PanelMonth{
			Source: r.Source, Month: panel.MonthIn(r.Month), Basis: r.Basis,
			N: orNaN(r.N), Weights: orNaN(r.Weights), Universe: orNaN(r.Universe), Deff: orNaN(r.Deff),
			Definitions: r.Definitions, Vendor: r.Vendor, TierList: r.TierYear,
		})
		return nil
	})
	return out, err
}

// failed adds the identities that did not hold in the judged month.
func (w *Warehouse) failed(ctx context.Context, h *alerts.History, values map[string]any) error {
	values["rules"] = slices.Sorted(maps.Keys(identities.Defaults))
	return w.eachNamed(ctx, "panel_notes", values, func(rows *sqlx.Rows) error {
		var source, rule, app string
		if err := rows.Scan(&source, &rule, &app); err != nil {
			return err
		}
		for i, p := range h.Panels {
			if p.Source == source && p.Month == h.Month {
				h.Panels[i].Failed = append(p.Failed, alerts.FailedIdentity{Name: rule, App: panel.AppID(app)})
			}
		}
		return nil
	})
}
