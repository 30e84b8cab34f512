package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/panel"
)

// A Snapshot is the warehouse as it stood at one instant: all that is read
// from it belongs together, whatever is published meanwhile.
type Snapshot struct{ tx *sqlx.Tx }

// Snapshot hands out the warehouse as it stands at the first reading.
func (w *Warehouse) Snapshot(ctx context.Context, read func(Snapshot) error) error {
	tx, err := w.db.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	return read(Snapshot{tx})
}

// An Exhibit is what one exhibit's view holds: names of columns, and rows whose
// cells are nil, string, float64 or, for dates, time.Time.
type Exhibit struct {
	Columns []string
	Rows    [][]any
}

// Exhibit reads an exhibit, such as e06, for months from to to.
func (s Snapshot) Exhibit(ctx context.Context, id string, from, to panel.Month) (e Exhibit, err error) {
	text, args, err := sqlx.Named(query("report_"+id), between(from, to))
	if err != nil {
		return e, err
	}
	rows, err := s.tx.QueryxContext(ctx, text, args...)
	if err != nil {
		return e, fmt.Errorf("exhibit %s: %w", id, err)
	}
	defer func() { _ = rows.Close() }()
	if e.Columns, err = rows.Columns(); err != nil {
		return e, fmt.Errorf("exhibit %s: %w", id, err)
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return e, fmt.Errorf("exhibit %s: %w", id, err)
	}
	for rows.Next() {
		cells, err := rows.SliceScan()
		if err != nil {
			return e, fmt.Errorf("exhibit %s: %w", id, err)
		}
		for i := range cells {
			if cells[i], err = plain(cells[i], types[i].DatabaseTypeName()); err != nil {
				return e, fmt.Errorf("exhibit %s, column %s: %w", id, e.Columns[i], err)
			}
		}
		e.Rows = append(e.Rows, cells)
	}
	return e, rows.Err()
}

func between(from, to panel.Month) map[string]any {
	return map[string]any{"from": from.Start(), "to": to.Start()}
}

// plain makes a number of whatever kind of number the server has.
func plain(v any, kind string) (any, error) {
	switch v := v.(type) {
	case nil, float64, time.Time:
		return v, nil
	case float32:
		return float64(v), nil
	case int64:
		return float64(v), nil
	case uint64:
		return float64(v), nil
	case []byte:
		if kind == "DECIMAL" {
			return strconv.ParseFloat(string(v), 64)
		}
		return string(v), nil
	}
	return nil, fmt.Errorf("a value of type %T (%s)", v, kind)
}

// An InForce is one month of a source that the views read.
type InForce struct {
	Source        string      `db:"source"`
	MonthStart    time.Time   `db:"month_start"`
	Revision      int         `db:"revision"`
	Reading       int         `db:"reading"`
	PublicationID int64       `db:"publication_id"`
	Basis         panel.Basis `db:"basis"`
	PublishedAt   time.Time   `db:"published_at"`
	Synthetic     string      `db:"synthetic"`
}

// InForce lists the months of the sources that the views read, by source and
// month.
func (s Snapshot) InForce(ctx context.Context) (all []InForce, err error) {
	if err := s.tx.SelectContext(ctx, &all, query("report_publications")); err != nil {
		return nil, fmt.Errorf("read what is in force: %w", err)
	}
	return all, nil
}

// A Flagged is a number that something is to be said of.
type Flagged struct {
	App        string    `db:"app_name"`
	MonthStart time.Time `db:"month_start"`
	Dimension  string    `db:"dimension"`
	Member     string    `db:"member"`
	Indicator  string    `db:"indicator"`
	Flags      string    `db:"flags"` // separated by commas
}

// Flags lists the flagged numbers of months from to to, in no order.
func (s Snapshot) Flags(ctx context.Context, from, to panel.Month) (all []Flagged, err error) {
	text, args, err := sqlx.Named(query("report_flags"), between(from, to))
	if err != nil {
		return nil, err
	}
	if err := s.tx.SelectContext(ctx, &all, text, args...); err != nil {
		return nil, fmt.Errorf("read flags: %w", err)
	}
	return all, nil
}
