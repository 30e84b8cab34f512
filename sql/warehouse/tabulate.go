package warehouse

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// A Landed month is one whose rows live in the warehouse, in panel_device and
// panel_usage.
type Landed struct {
	Source     string
	Month      panel.Month
	MinSeconds int // shortest use that counts, as in a manifest
}

// Tabulate has the server compute the estimates of a landed month, with all
// replicates: what tabulate.Extract computes from a delivery with the same
// rows, to the rounding of sums. Rows that must not count are left out and
// counted as rejected in Ledgers, which has one entry for the devices and one
// for their usage; they are not listed.
func (w *Warehouse) Tabulate(ctx context.Context, l Landed, dimensions []string) (*tabulate.Tables, error) {
	t := &tabulate.Tables{Month: l.Month, Cells: map[panel.Key]*tabulate.Cell{}}
	values := map[string]any{
		"source": l.Source, "month": l.Month.Start(), "min_seconds": l.MinSeconds, "dimensions": append([]string{panel.All.Dimension}, dimensions...),
	}
	for _, step := range []struct {
		name string
		read func(*tabulate.Tables, *sqlx.Rows) error
	}{
		{"tabulate_books", scanBooks}, {"tabulate", scanCell}, {"tabulate_daily", scanDaily}, {"tabulate_overlap", scanOverlap},
	} {
		if err := w.eachNamed(ctx, step.name, values, func(r *sqlx.Rows) error { return step.read(t, r) }); err != nil {
			return nil, fmt.Errorf("tabulate %s %s: %w", l.Source, l.Month, err)
		}
	}
	complete(t)
	return t, nil
}

// eachNamed visits the rows of a query with named parameters.
func (w *Warehouse) eachNamed(ctx context.Context, name string, values map[string]any, visit func(*sqlx.Rows) error) error {
	text, args, err := sqlx.Named(query(name), values)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if text, args, err = sqlx.In(text, args...); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	rows, err := w.db.QueryxContext(ctx, text, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return rows.Err()
}

func scanBooks(t *tabulate.Tables, r *sqlx.Rows) error {
	var b struct {
		Table  string `db:"table_name"`
		Read   int    `db:"n_read"`
		Loaded int    `db:"n_loaded"`
		Mixed  bool   `db:"is_mixed"`
	}
	if err := r.StructScan(&b); err != nil {
		return err
	}
	switch {
	case b.Mixed:
		return &extract.DataError{File: "panel_usage", Column: "day", Msg: "has rows of days and of the whole month: the same use would count twice"}
	case b.Loaded == 0:
		return &extract.DataError{File: b.Table, Msg: fmt.Sprintf("has no rows that count (%d rows)", b.Read)}
	}
	t.Ledgers = append(t.Ledgers, extract.Ledger{Read: b.Read, Loaded: b.Loaded, Rejected: b.Read - b.Loaded})
	return nil
}

func scanCell(t *tabulate.Tables, r *sqlx.Rows) error {
	var k panel.Key
	var replicate, n int
	var devices, days, uses, seconds float64
	if err := r.Scan(&k.App, &k.Segment.Dimension, &k.Segment.Member, &replicate, &devices, &days, &uses, &seconds, &n); err != nil {
		return err
	}
	c := t.Cells[k]
	if c == nil {
		c = &tabulate.Cell{N: n}
		t.Cells[k] = c
	}
	c.Devices[replicate], c.DeviceDays[replicate], c.Uses[replicate], c.Seconds[replicate] = devices, days, uses, seconds
	return nil
}

func scanDaily(t *tabulate.Tables, r *sqlx.Rows) error {
	var d tabulate.Daily
	var replicate int
	var devices float64
	if err := r.Scan(&d.App, &d.Day, &replicate, &devices, &d.N); err != nil {
		return err
	}
	if last := len(t.Daily) - 1; last < 0 || t.Daily[last].App != d.App || t.Daily[last].Day != d.Day {
		t.Daily = append(t.Daily, d)
	}
	t.Daily[len(t.Daily)-1].Devices[replicate] = devices
	return nil
}

func scanOverlap(t *tabulate.Tables, r *sqlx.Rows) error {
	var o tabulate.Overlap
	var replicate int
	var devices float64
	if err := r.Scan(&o.A, &o.B, &replicate, &devices, &o.N); err != nil {
		return err
	}
	if last := len(t.Overlaps) - 1; last < 0 || t.Overlaps[last].Pair != o.Pair {
		t.Overlaps = append(t.Overlaps, o)
	}
	t.Overlaps[len(t.Overlaps)-1].Devices[replicate] = devices
	return nil
}

// complete frees the control total of rounding, and adds the pairs of used
// apps that have no device in common: zero is known then.
func complete(t *tabulate.Tables) {
	if whole, ok := t.Cells[panel.Key{App: panel.AllNetwork, Segment: panel.All}]; ok {
		whole.Devices = panel.Constant(whole.Devices[0])
	}
	var apps []panel.AppID
	for k := range t.Cells {
		if k.Segment == panel.All && k.App != panel.AllNetwork {
			apps = append(apps, k.App)
		}
	}
	slices.Sort(apps)
	known := map[panel.Pair]bool{}
	for _, o := range t.Overlaps {
		known[o.Pair] = true
	}
	for i, a := range apps {
		for _, b := range apps[i+1:] {
			if p := (panel.Pair{A: a, B: b}); !known[p] {
				t.Overlaps = append(t.Overlaps, tabulate.Overlap{Pair: p})
			}
		}
	}
	slices.SortFunc(t.Overlaps, func(x, y tabulate.Overlap) int { return x.Compare(y.Pair) })
}
