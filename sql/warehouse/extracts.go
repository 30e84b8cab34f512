package warehouse

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/extract"
)

// An Arrival is a delivery as it was read: with its books, its rejected rows,
// and the reason when it was refused as a whole.
type Arrival struct {
	Delivery extract.Delivery
	Ledgers  []extract.Ledger
	Rejects  []extract.Reject
	Notes    []extract.Note
	Refusal  string // empty when it was loaded
	RunID    string
}

// RecordRefused keeps what is wrong with a delivery, so that its lines can be
// looked up; nothing of it is published.
func (w *Warehouse) RecordRefused(ctx context.Context, l *Lease, a Arrival) error {
	return w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		_, err := w.record(ctx, tx, a)
		return err
	})
}

// record writes delivery, files and rejects, replacing what an earlier look at
// the same bytes left.
func (w *Warehouse) record(ctx context.Context, tx *sqlx.Tx, a Arrival) (id int64, err error) {
	m := a.Delivery.Manifest
	status := "loaded"
	if a.Refusal != "" {
		status = "refused"
	}
	_, err = tx.ExecContext(ctx, query("extract_upsert"),
		a.Delivery.Source, m.Month.Start(), m.Revision, a.Delivery.Identity, m.Vendor, m.Product, m.Kind,
		m.DeliveredAt.UTC(), positive(m.UniverseWan*1e4), count(m.PanelSize), positive(m.Deff),
		m.TierListYear, m.TGIBase, m.DefinitionsVersion, m.Synthetic,
		status, beginning(a.Refusal), a.Delivery.Dir, a.RunID, w.now().UTC())
	if err != nil {
		return 0, fmt.Errorf("record extract: %w", err)
	}
	if err := tx.GetContext(ctx, &id, query("extract_id"), a.Delivery.Source, m.Month.Start(), m.Revision, a.Delivery.Identity); err != nil {
		return 0, fmt.Errorf("find extract: %w", err)
	}
	for _, name := range []string{"file_delete", "reject_delete", "note_delete"} {
		if _, err := tx.ExecContext(ctx, query(name), id); err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := bulk(ctx, tx, "file_insert", fileRows(id, a)); err != nil {
		return 0, err
	}
	if err := bulk(ctx, tx, "note_insert", noteRows(id, a.Notes)); err != nil {
		return 0, err
	}
	return id, bulk(ctx, tx, "reject_insert", rejectRows(id, a.Rejects))
}

// longestRefusal is how many characters of a refusal are kept; it may quote
// what stood in the place of a header.
const longestRefusal = 4000

func beginning(refusal string) string {
	if text := []rune(refusal); len(text) > longestRefusal {
		return string(text[:longestRefusal]) + "…"
	}
	return refusal
}

func fileRows(id int64, a Arrival) (rows [][]any) {
	for i, f := range a.Delivery.Manifest.Files {
		var l extract.Ledger
		if i < len(a.Ledgers) {
			l = a.Ledgers[i]
		}
		rows = append(rows, []any{
			id, i, f.Name, f.Table, f.Origin, f.Source, f.SHA256, f.Bytes,
			l.Read, l.Loaded, l.Rejected, l.Ignored,
		})
	}
	return rows
}

func rejectRows(id int64, rejects []extract.Reject) (rows [][]any) {
	for i, r := range rejects {
		rows = append(rows, []any{id, i + 1, r.File, r.Line, r.Column, r.Raw, r.Rule, r.Hint})
	}
	return rows
}

func noteRows(id int64, notes []extract.Note) (rows [][]any) {
	for i, n := range notes {
		rows = append(rows, []any{id, i + 1, n.File, n.Line, clipped(n.Column, 128), n.Rule, n.Raw, n.Rows, n.Text})
	}
	return rows
}

// clipped is the beginning of a text for a column of so many characters.
func clipped(s string, most int) string {
	if text := []rune(s); len(text) > most {
		return string(text[:most-1]) + "…"
	}
	return s
}

func positive(v float64) any {
	if v <= 0 {
		return nil
	}
	return v
}
