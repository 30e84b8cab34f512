package warehouse

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/indicator/definitions"
	"panelwatch/etl/panel"
)

// A MonthNote is what the calendar says of a month, in days.
type MonthNote struct {
	Month                            panel.Month
	OffDays, PresaleDays, FilingDays int
	Windows                          []WindowNote
}

// A WindowNote is a window of the calendar as a profile has it.
type WindowNote struct {
	Profile string
	calendar.Window
}

// WriteCatalogue brings the dim tables and the primary sources up to the
// configuration. primary names the source of an app, panel.AllNetwork included.
func (w *Warehouse) WriteCatalogue(ctx context.Context, l *Lease, c *panel.Catalogue, primary func(panel.AppID) string, months []MonthNote) error {
	return w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		for _, step := range []struct {
			name string
			rows [][]any
		}{
			{"dim_app_upsert", appRows(c)},
			{"dim_app_name_upsert", nameRows(c)},
			{"dim_list_member_delete", nil},
			{"dim_list_member_insert", listRows(c)},
			{"dim_segment_upsert", segmentRows(c)},
			{"dim_indicator_upsert", indicatorRows()},
			{"dim_month_upsert", monthRows(months)},
			{"primary_series_upsert", primaryRows(c, primary)},
		} {
			if step.rows == nil {
				if _, err := tx.ExecContext(ctx, query(step.name)); err != nil {
					return fmt.Errorf("%s: %w", step.name, err)
				}
			}
			for _, r := range step.rows {
				if _, err := tx.ExecContext(ctx, query(step.name), r...); err != nil {
					return fmt.Errorf("%s: %w", step.name, err)
				}
			}
		}
		return writeWindows(ctx, tx, months)
	})
}

func appRows(c *panel.Catalogue) (rows [][]any) {
	for _, a := range c.Apps {
		rows = append(rows, []any{a.ID, a.Name, a.NameEn, a.Category, a.Region, a.Profile, c.Version})
	}
	return rows
}

func nameRows(c *panel.Catalogue) (rows [][]any) {
	for _, n := range c.Namings() {
		from, to := time.Date(1900, time.January, 1, 0, 0, 0, 0, time.UTC), any(nil)
		if n.From > 0 {
			from = n.From.Start()
		}
		if n.To > 0 {
			to = n.To.Start()
		}
		rows = append(rows, []any{n.Name, from, to, n.App, c.Version})
	}
	return rows
}

func listRows(c *panel.Catalogue) [][]any {
	rows := [][]any{}
	for _, l := range c.Lists {
		for _, id := range l.Apps {
			rows = append(rows, []any{l.Name, id, l.Size, c.Version})
		}
	}
	return rows
}

func segmentRows(c *panel.Catalogue) [][]any {
	rows := [][]any{{panel.All.Dimension, panel.All.Member, 0}}
	for dimension, members := range c.Dimensions {
		for i, m := range members {
			rows = append(rows, []any{dimension, m, i + 1})
		}
		rows = append(rows, []any{dimension, panel.Unknown, len(members) + 1})
	}
	return rows
}

func indicatorRows() (rows [][]any) {
	for _, d := range definitions.All() {
		rows = append(rows, []any{
			d.Name, d.Zh, d.En, d.Unit, d.Formula, d.Position, d.Inputs, d.Grain,
			d.EdgeCases.Zh, d.EdgeCases.En, d.Error.Zh, d.Error.En, d.Source.Zh, d.Source.En, strings.Join(d.Columns, ", "),
		})
	}
	return rows
}

func monthRows(months []MonthNote) [][]any {
	rows := [][]any{}
	for _, m := range months {
		rows = append(rows, []any{m.Month.Start(), m.Month.Days(), m.OffDays, m.PresaleDays, m.FilingDays})
	}
	return rows
}

// writeWindows writes the windows of all months anew.
func writeWindows(ctx context.Context, tx *sqlx.Tx, months []MonthNote) error {
	if _, err := tx.ExecContext(ctx, query("dim_month_window_delete")); err != nil {
		return fmt.Errorf("dim_month_window_delete: %w", err)
	}
	var rows [][]any
	for _, m := range months {
		for _, w := range m.Windows {
			rows = append(rows, []any{
				m.Month.Start(), w.Profile, string(w.Kind), w.Zh, w.En, w.First, w.Last, w.Share,
				day(w.FirstOff), count(w.DaysOff), day(w.FirstSale), day(w.Day), day(w.DaySale), w.Confirmed,
			})
		}
	}
	return bulk(ctx, tx, "dim_month_window_insert", rows)
}

// day is a date, or NULL for none.
func day(d time.Time) any {
	if d.IsZero() {
		return nil
	}
	return d
}

func primaryRows(c *panel.Catalogue, primary func(panel.AppID) string) [][]any {
	rows := [][]any{{panel.AllNetwork, primary(panel.AllNetwork)}}
	for _, a := range c.Apps {
		rows = append(rows, []any{a.ID, primary(a.ID)})
	}
	return rows
}
