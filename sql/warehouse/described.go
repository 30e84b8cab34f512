package warehouse

import (
	"context"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/indicator/definitions"
	"panelwatch/sql/dictionary"
)

// A described object is a table or view, or at a position from 1 one of its
// columns.
type described struct {
	Object   string `db:"object_name"`
	Kind     string `db:"kind"`
	Position int    `db:"position"`
	Column   string `db:"column_name"`
	Type     string `db:"data_type"`
	Comment  string `db:"comment"`
}

// describe writes what tables, views and columns mean to dim_column. Views of
// the MySQL protocol have no comments of their own.
func (w *Warehouse) describe(ctx context.Context) error {
	var objects []described
	if err := w.db.SelectContext(ctx, &objects, query("described_objects")); err != nil {
		return fmt.Errorf("list columns: %w", err)
	}
	var rows [][]any
	for _, o := range objects {
		means := o.means()
		rows = append(rows, []any{o.Object, o.Kind, o.Position, o.Column, o.Type, means.Zh, means.En})
	}
	return w.inTx(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, query("dim_column_delete")); err != nil {
			return fmt.Errorf("clear descriptions: %w", err)
		}
		return bulk(ctx, tx, "dim_column_insert", rows)
	})
}

// means is empty where nobody says; a test lets no such column pass.
func (d described) means() (text definitions.Text) {
	switch {
	case d.Kind == "table":
		text.Zh, text.En, _ = strings.Cut(d.Comment, " | ")
	case d.Position == 0:
		text, _ = dictionary.Of(d.Object)
	default:
		text, _ = dictionary.OfColumn(d.Object, d.Column)
	}
	return text
}
