package warehouse

import (
	"context"
	"fmt"
	"time"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// A Seen is what is known of a delivery that was looked at before.
type Seen struct {
	ExtractID   int64     `db:"extract_id"`
	MonthStart  time.Time `db:"month_start"`
	Revision    int       `db:"revision"`
	Identity    string    `db:"identity"`
	Status      Status    `db:"status"`
	Folder      string    `db:"folder"`
	DeliveredAt time.Time `db:"delivered_at"`
}

// Month is the month of observation.
func (s Seen) Month() panel.Month { return panel.MonthIn(s.MonthStart) }

// Seen lists all deliveries of a source that were looked at, by month,
// revision and time.
func (w *Warehouse) Seen(ctx context.Context, source string) (all []Seen, err error) {
	if err := w.db.SelectContext(ctx, &all, query("extracts_of_source"), source); err != nil {
		return nil, fmt.Errorf("list deliveries of %s: %w", source, err)
	}
	return all, nil
}

// Books are the ledgers of a delivery's files and its rejects that are kept.
func (w *Warehouse) Books(ctx context.Context, extractID int64) (ledgers []extract.Ledger, rejects []extract.Reject, err error) {
	var files []struct {
		Position int    `db:"position"`
		Name     string `db:"name"`
		Read     int    `db:"rows_read"`
		Loaded   int    `db:"rows_loaded"`
		Rejected int    `db:"rows_rejected"`
		Ignored  int    `db:"rows_ignored"`
	}
	if err := w.db.SelectContext(ctx, &files, query("file_books"), extractID); err != nil {
		return nil, nil, fmt.Errorf("read books of a delivery: %w", err)
	}
	for _, f := range files {
		ledgers = append(ledgers, extract.Ledger{Read: f.Read, Loaded: f.Loaded, Rejected: f.Rejected, Ignored: f.Ignored})
	}
	var kept []struct {
		File   int    `db:"file_position"`
		Line   int    `db:"line"`
		Cell   string `db:"cell"`
		Column string `db:"column_name"`
		Raw    string `db:"raw_value"`
		Rule   string `db:"rule"`
		Hint   string `db:"hint"`
	}
	if err := w.db.SelectContext(ctx, &kept, query("rejects_of_extract"), extractID); err != nil {
		return nil, nil, fmt.Errorf("read rejects of a delivery: %w", err)
	}
	for _, r := range kept {
		rejects = append(rejects, extract.Reject(r))
	}
	return ledgers, rejects, nil
}

// A RejectFilter narrows a list of rejects down; its zero value takes all.
type RejectFilter struct {
	Source string
	Month  panel.Month
	Rule   string
}

// A Rejected is one row that was held back.
type Rejected struct {
	Source     string    `db:"source"`
	MonthStart time.Time `db:"month_start"`
	Revision   int       `db:"revision"`
	Status     Status    `db:"status"` // of its delivery: loaded without the row, or refused
	File       string    `db:"file"`
	Line       int       `db:"line"`
	Cell       string    `db:"cell"`
	Column     string    `db:"column_name"`
	Raw        string    `db:"raw_value"`
	Rule       string    `db:"rule"`
	Hint       string    `db:"hint"`
	Message    string    `db:"message"`
}

// Rejects lists the rows held back of what is in force and of what was
// refused, by source, month, revision and place.
func (w *Warehouse) Rejects(ctx context.Context, f RejectFilter) (rows []Rejected, err error) {
	m := month(f.Month)
	err = w.db.SelectContext(ctx, &rows, query("rejects"), f.Source, f.Source, m, m, f.Rule, f.Rule)
	if err != nil {
		return nil, fmt.Errorf("list rejects: %w", err)
	}
	return rows, nil
}

// RejectCounts are the rows held back in all, and those of which the place is
// kept; a rule in the filter is not looked at.
func (w *Warehouse) RejectCounts(ctx context.Context, f RejectFilter) (rejected, kept int, err error) {
	m := month(f.Month)
	row := w.db.QueryRowContext(ctx, query("reject_counts"), f.Source, f.Source, m, m)
	if err := row.Scan(&rejected, &kept); err != nil {
		return 0, 0, fmt.Errorf("count rejects: %w", err)
	}
	return rejected, kept, nil
}
