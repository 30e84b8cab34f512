package warehouse

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/panel"
)

// Latest is an instant after every publication: what is known then is what is
// in force.
var Latest = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// asOf says up to which month, and as known when, the warehouse is read. A
// query that is given it has :month and :known.
type asOf struct {
	month panel.Month
	known time.Time
}

func (a asOf) values() map[string]any {
	return map[string]any{"month": a.month.Start(), "known": a.known}
}

// selectNamed reads all rows of a query with named parameters.
func (w *Warehouse) selectNamed(ctx context.Context, rows any, name string, values map[string]any) error {
	text, args, err := sqlx.Named(query(name), values)
	if err == nil {
		text, args, err = sqlx.In(text, args...)
	}
	if err == nil {
		err = w.db.SelectContext(ctx, rows, text, args...)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
