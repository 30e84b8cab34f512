package warehouse

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// History reads what rules may look at when month m is judged: every series up
// to m from the publications in force, and the lists of m and of the months
// lags before it. WithMembers adds the series of members.
func (w *Warehouse) History(ctx context.Context, c *panel.Catalogue, m panel.Month, lags []int) (alerts.History, error) {
	return w.HistoryKnown(ctx, Latest, c, m, lags)
}

// HistoryKnown is the history as it was known at an instant: from the
// publications that were in force then.
func (w *Warehouse) HistoryKnown(ctx context.Context, known time.Time, c *panel.Catalogue, m panel.Month, lags []int) (alerts.History, error) {
	at := asOf{m, known.UTC()}
	series, err := w.series(ctx, c, at)
	if err != nil {
		return alerts.History{}, fmt.Errorf("series up to %s: %w", m, err)
	}
	lists, err := w.lists(ctx, c, at, lags)
	if err != nil {
		return alerts.History{}, fmt.Errorf("lists of %s: %w", m, err)
	}
	h, err := w.withBreaks(ctx, c, at, alerts.History{Month: m, Series: series, Lists: lists})
	if err != nil {
		return alerts.History{}, fmt.Errorf("terms up to %s: %w", m, err)
	}
	if h, err = w.withPanels(ctx, h, known); err != nil {
		return alerts.History{}, fmt.Errorf("panels up to %s: %w", m, err)
	}
	return h, nil
}

type seriesRow struct {
	App       panel.AppID `db:"app_id"`
	Dimension string      `db:"dimension"`
	Member    string      `db:"member"`
	Indicator string      `db:"indicator"`
	Month     time.Time   `db:"month_start"`
	Value     float64     `db:"value"`
	SE        *float64    `db:"se"`
	Basis     panel.Basis `db:"basis"`
}

func (r seriesRow) begins(s alerts.Series) bool {
	return s.App != r.App || s.Indicator != r.Indicator ||
		s.Segment != panel.Segment{Dimension: r.Dimension, Member: r.Member}
}

func (w *Warehouse) series(ctx context.Context, c *panel.Catalogue, at asOf) ([]alerts.Series, error) {
	var out []alerts.Series
	err := w.eachNamed(ctx, "series", at.values(), func(rows *sqlx.Rows) error {
		var r seriesRow
		if err := rows.Scan(&r.App, &r.Dimension, &r.Member, &r.Indicator, &r.Month, &r.Value, &r.SE, &r.Basis); err != nil {
			return err
		}
		app, known := c.App(r.App)
		if !known {
			return nil // 全网, or an app no longer watched
		}
		if len(out) == 0 || r.begins(out[len(out)-1]) {
			out = append(out, newSeries(app, r))
		}
		s := &out[len(out)-1]
		s.Basis = r.Basis
		s.Points = append(s.Points, expect.Point{Month: panel.MonthIn(r.Month), Value: r.Value, SE: orNaN(r.SE)})
		return nil
	})
	return out, err
}

func newSeries(app panel.App, r seriesRow) alerts.Series {
	return alerts.Series{
		App: app.ID, Name: app.Name, Profile: app.Profile, Category: app.Category, Indicator: r.Indicator, Unit: alerts.UnitOf(r.Indicator),
		Segment: panel.Segment{Dimension: r.Dimension, Member: r.Member},
	}
}

type placeRow struct {
	List   string      `db:"list_name"`
	Month  time.Time   `db:"month_start"`
	Place  int         `db:"place"`
	App    panel.AppID `db:"app_id"`
	Name   string      `db:"app_name"`
	Region string      `db:"region"`
	MUD    float64     `db:"mud_devices"`
	SE     *float64    `db:"mud_se_devices"`
	Basis  panel.Basis `db:"basis"`
	DAU    *float64    `db:"dau_avg_devices"`
	CAGR6  *float64    `db:"cagr6_ratio"`
}

func (w *Warehouse) lists(ctx context.Context, c *panel.Catalogue, at asOf, lags []int) ([]alerts.List, error) {
	months := []time.Time{at.month.Start()}
	for _, lag := range lags {
		months = append(months, (at.month - panel.Month(lag)).Start())
	}
	values := at.values()
	values["months"] = months
	var rows []placeRow
	if err := w.selectNamed(ctx, &rows, "list_months", values); err != nil {
		return nil, err
	}
	replicates, err := w.replicates(ctx, rows, values)
	if err != nil {
		return nil, err
	}
	var out []alerts.List
	for _, l := range c.Lists {
		list := alerts.List{Name: l.Name, Size: l.Size, Apps: l.Apps, Months: map[panel.Month][]alerts.Entry{}}
		for _, r := range rows {
			if r.List == l.Name {
				month := panel.MonthIn(r.Month)
				list.Months[month] = append(list.Months[month], r.entry(replicates))
			}
		}
		out = append(out, list)
	}
	return out, nil
}

func (r placeRow) entry(replicates map[appMonth]*panel.Estimate) alerts.Entry {
	return alerts.Entry{
		App: r.App, Name: r.Name, Region: r.Region, Rank: r.Place,
		Devices: r.MUD, SE: orNaN(r.SE), Basis: r.Basis, DAU: orNaN(r.DAU), CAGR6: orNaN(r.CAGR6),
		Estimate: replicates[appMonth{r.App, panel.MonthIn(r.Month)}],
	}
}

type appMonth struct {
	App   panel.AppID
	Month panel.Month
}

// replicates reads the 81 estimates of list members whose basis is a panel:
// the error of a difference needs them.
func (w *Warehouse) replicates(ctx context.Context, places []placeRow, values map[string]any) (map[appMonth]*panel.Estimate, error) {
	out := map[appMonth]*panel.Estimate{}
	for _, p := range places {
		if p.Basis == panel.FromPanel {
			out[appMonth{p.App, panel.MonthIn(p.Month)}] = new(panel.Estimate)
		}
	}
	if len(out) == 0 {
		return out, nil
	}
	var rows []struct {
		Month     time.Time   `db:"month_start"`
		App       panel.AppID `db:"app_id"`
		Replicate int         `db:"replicate"`
		Devices   float64     `db:"devices"`
	}
	if err := w.selectNamed(ctx, &rows, "list_replicates", values); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if e := out[appMonth{r.App, panel.MonthIn(r.Month)}]; e != nil {
			e[r.Replicate] = r.Devices
		}
	}
	return out, nil
}

func orNaN(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
