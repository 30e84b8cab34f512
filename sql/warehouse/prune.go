package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// A Retention says from when on things are kept; the zero time keeps all.
type Retention struct {
	Superseded time.Time // publications superseded earlier go, unless they are needed
	Rejects    time.Time // rows held back of deliveries read earlier, replaced since
	Runs       time.Time // runs begun earlier that published and judged nothing
}

// A Share is what goes of one table.
type Share struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
	Bytes int64  `json:"bytes"` // of the values, as text
	key   string
	ids   []any
}

// A Pruning is what goes, and what it leaves.
type Pruning struct {
	Shares    []Share
	remaining map[int64]bool // extracts of the publications that stay
}

// Tables that go by publication. The row of the publication itself goes first:
// readers then see none of its numbers, and what an interruption leaves is
// found by the next pruning.
var (
	resultTables = []string{"indicator", "ranking", "overlap", "hourly"}
	factTables   = []string{"vendor_value", "panel_estimate", "panel_overlap", "panel_daily"}
)

// PlanPruning decides what goes. It writes nothing.
func (w *Warehouse) PlanPruning(ctx context.Context, r Retention) (p Pruning, err error) {
	all, err := w.lives(ctx)
	if err != nil {
		return p, err
	}
	kept, err := w.needed(ctx, all, r.Superseded)
	if err != nil {
		return p, err
	}
	p.remaining = map[int64]bool{}
	facts, gone := map[int64]bool{}, []any{}
	for _, l := range all {
		if !kept[l.ID] {
			gone = append(gone, l.ID)
			continue
		}
		facts[l.FactsID], p.remaining[l.ExtractID] = true, true
	}
	p.Shares = []Share{{Table: "publication", key: "publication_id", ids: gone}}
	if err := w.orphans(ctx, &p, resultTables, kept); err != nil {
		return p, err
	}
	if err := w.orphans(ctx, &p, factTables, facts); err != nil {
		return p, err
	}
	if err := w.aged(ctx, &p, "etl_reject", "extract_id", "prune_rejects", r.Rejects); err != nil {
		return p, err
	}
	if err := w.aged(ctx, &p, "etl_run", "run_id", "prune_runs", r.Runs); err != nil {
		return p, err
	}
	for i := range p.Shares {
		if err := w.measure(ctx, &p.Shares[i]); err != nil {
			return p, fmt.Errorf("measure %s: %w", p.Shares[i].Table, err)
		}
	}
	return p, nil
}

// orphans are rows of publications that are gone, or go.
func (w *Warehouse) orphans(ctx context.Context, p *Pruning, tables []string, stay map[int64]bool) error {
	for _, table := range tables {
		var present []int64
		if err := w.db.SelectContext(ctx, &present, aboutTable("prune_present", table, "", nil)); err != nil {
			return fmt.Errorf("look through %s: %w", table, err)
		}
		s := Share{Table: table, key: "publication_id"}
		for _, id := range present {
			if !stay[id] {
				s.ids = append(s.ids, id)
			}
		}
		p.Shares = append(p.Shares, s)
	}
	return nil
}

func (w *Warehouse) aged(ctx context.Context, p *Pruning, table, key, name string, before time.Time) error {
	s := Share{Table: table, key: key}
	if !before.IsZero() {
		var ids []string
		if err := w.db.SelectContext(ctx, &ids, query(name), before.UTC()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, id := range ids {
			s.ids = append(s.ids, id)
		}
	}
	p.Shares = append(p.Shares, s)
	return nil
}

// aboutTable is a statement about a table that is not known beforehand.
func aboutTable(name, table, key string, columns []string) string {
	return strings.NewReplacer("{table}", quoted(table), "{key}", quoted(key), "{columns}", strings.Join(columns, ", ")).Replace(query(name))
}

// idsAtOnce are named in one statement.
const idsAtOnce = 500

func (w *Warehouse) measure(ctx context.Context, s *Share) error {
	var columns []string
	if err := w.db.SelectContext(ctx, &columns, query("prune_columns"), s.Table); err != nil {
		return err
	}
	for i := range columns {
		columns[i] = quoted(columns[i])
	}
	for ids := range slices.Chunk(s.ids, idsAtOnce) {
		text, args, err := sqlx.In(aboutTable("prune_size", s.Table, s.key, columns), ids)
		if err != nil {
			return err
		}
		var size struct {
			Rows  int64 `db:"n_rows"`
			Bytes int64 `db:"n_bytes"`
		}
		if err := w.db.GetContext(ctx, &size, text, args...); err != nil {
			return err
		}
		s.Rows, s.Bytes = s.Rows+size.Rows, s.Bytes+size.Bytes
	}
	return nil
}

// rowsAtOnce is the limit within prune_delete.sql.
const rowsAtOnce = 5000

// Prune removes what was planned, in small transactions behind the lease, and
// says what it removed. It may be broken off at any point.
func (w *Warehouse) Prune(ctx context.Context, l *Lease, p Pruning) (done []Share, err error) {
	for _, s := range p.Shares {
		removed := Share{Table: s.Table}
		for ids := range slices.Chunk(s.ids, idsAtOnce) {
			text, args, err := sqlx.In(aboutTable("prune_delete", s.Table, s.key, nil), ids)
			if err != nil {
				return done, err
			}
			for n := int64(rowsAtOnce); n == rowsAtOnce; removed.Rows += n {
				if n, err = w.removed(ctx, l, text, args); err != nil {
					return append(done, removed), fmt.Errorf("prune %s: %w", s.Table, err)
				}
			}
		}
		removed.Bytes = s.Bytes
		done = append(done, removed)
	}
	return done, nil
}

func (w *Warehouse) removed(ctx context.Context, l *Lease, text string, args []any) (n int64, err error) {
	err = w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		res, err := tx.ExecContext(ctx, text, args...)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}
