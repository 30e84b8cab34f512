package warehouse

import (
	"cmp"
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
	Status   Status // "" for Loaded, or Refused where there is a Refusal
	RunID    string

	// Folder is where it lay, when that is not where it was read from.
	Folder string
	// ManifestSum and Sums name the objects of the archive that have the bytes
	// as they arrived: of the manifest, and of each file, "" for none.
	ManifestSum string
	Sums        []string
}

// A Status says what became of a delivery.
type Status string

// The statuses of a delivery.
const (
	Loaded  Status = "loaded"
	Refused Status = "refused"
	Older   Status = "older" // than the revision in force: seen, not loaded
	Same    Status = "same"  // content as what is in force: seen, not loaded
)

// Rejected is the number of rows that were held back.
func (a Arrival) Rejected() (n int) {
	for _, l := range a.Ledgers {
		n += l.Rejected
	}
	return n
}

func (a Arrival) status() Status {
	switch {
	case a.Status != "":
		return a.Status
	case a.Refusal != "":
		return Refused
	}
	return Loaded
}

// Record keeps what is known of a delivery that is not published: why it was
// refused, with its lines, or that it was seen.
func (w *Warehouse) Record(ctx context.Context, l *Lease, a Arrival) error {
	return w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		_, err := w.record(ctx, tx, a)
		return err
	})
}

// record writes delivery, files and rejects, replacing what an earlier look at
// the same bytes left.
func (w *Warehouse) record(ctx context.Context, tx *sqlx.Tx, a Arrival) (id int64, err error) {
	m := a.Delivery.Manifest
	_, err = tx.ExecContext(ctx, query("extract_upsert"),
		a.Delivery.Source, m.Month.Start(), m.Revision, a.Delivery.Identity, a.Delivery.Content, m.Vendor, m.Product, m.Kind,
		m.DeliveredAt.UTC(), positive(m.UniverseWan*1e4), count(m.PanelSize), positive(m.Deff),
		m.TierListYear, m.TGIBase, m.DefinitionsVersion, m.Synthetic,
		a.status(), beginning(a.Refusal), cmp.Or(a.Folder, a.Delivery.Dir), sum(a.ManifestSum), a.RunID, w.now().UTC())
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
	return id, bulk(ctx, tx, "reject_insert", rejectRows(id, a))
}

// longestRefusal is how many characters of a refusal are kept; it may quote
// what stood in the place of a header.
const longestRefusal = 4000

func beginning(refusal string) string { return cut(refusal, longestRefusal+1) }

// cut shortens a text to n characters: what a file has for a header need not
// fit a column.
func cut(s string, n int) string {
	if text := []rune(s); len(text) > n {
		return string(text[:n-1]) + "…"
	}
	return s
}

func fileRows(id int64, a Arrival) (rows [][]any) {
	for i, f := range a.Delivery.Manifest.Files {
		var l extract.Ledger
		if i < len(a.Ledgers) {
			l = a.Ledgers[i]
		}
		rows = append(rows, []any{
			id, i, f.Name, f.Table, f.Origin, f.Source, f.SHA256, f.Bytes,
			l.Read, l.Loaded, l.Rejected, l.Ignored, a.archived(i),
		})
	}
	return rows
}

// archived is the object that has the bytes of file i.
func (a Arrival) archived(i int) any {
	if i >= len(a.Sums) {
		return nil
	}
	return sum(a.Sums[i])
}

// sum is a hash for a column that is NULL where there is none.
func sum(hex string) any {
	if hex == "" {
		return nil
	}
	return hex
}

func rejectRows(id int64, a Arrival) (rows [][]any) {
	for i, r := range a.Rejects {
		message := r.Message(a.Delivery.Manifest.Files[r.File].Name)
		rows = append(rows, []any{id, i + 1, r.File, r.Line, cut(r.Cell, 128), cut(r.Column, 128), r.Raw, r.Rule, r.Hint, message})
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
