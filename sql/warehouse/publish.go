package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// A Publication is what is about to come into force: one source's month.
type Publication struct {
	Source      string
	Month       panel.Month
	Revision    int
	Reading     int      // which reading of the revision, 1 = first; 0 is 1
	Flags       []string // what a reader of the month should know, see DESIGN.md
	Basis       panel.Basis
	InputsHash  string // of all that the results may depend on
	Settings    string // hash of the part of it that is no delivery
	CodeVersion string
	RunID       string
}

// Formulas computes the results of a month from the facts up to it.
type Formulas func(h indicator.History, m panel.Month) indicator.Results

// Publish brings a delivery into force: books, facts, indicators and the flip
// of the pointer in one transaction behind the lease. Readers see the month as
// it was, or as it is now, never in between.
func (w *Warehouse) Publish(ctx context.Context, l *Lease, p Publication, a Arrival, f Facts, formulas Formulas) error {
	return w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		extractID, err := w.record(ctx, tx, a)
		if err != nil {
			return err
		}
		id, err := w.open(ctx, tx, p, extractID, 0)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, query("publication_own_facts"), id); err != nil {
			return fmt.Errorf("publication: %w", err)
		}
		if err := insertFacts(ctx, tx, id, f); err != nil {
			return err
		}
		if err := landed(ctx, tx, id, f); err != nil {
			return err
		}
		return w.finish(ctx, tx, p, id, formulas)
	})
}

func (w *Warehouse) open(ctx context.Context, tx *sqlx.Tx, p Publication, extractID, factsID int64) (int64, error) {
	at, err := w.instant(ctx, tx, p)
	if err != nil {
		return 0, fmt.Errorf("open publication: %w", err)
	}
	res, err := tx.ExecContext(ctx, query("publication_insert"),
		p.Source, p.Month.Start(), p.Revision, max(p.Reading, 1), strings.Join(p.Flags, ","), extractID, factsID, p.Basis, p.InputsHash,
		p.CodeVersion, p.RunID, at)
	if err != nil {
		return 0, fmt.Errorf("open publication: %w", err)
	}
	return res.LastInsertId()
}

// instant is when a publication comes into force: now, and after the one before
// it even if that was written by a clock that is ahead.
func (w *Warehouse) instant(ctx context.Context, tx *sqlx.Tx, p Publication) (time.Time, error) {
	now := w.now().UTC().Truncate(time.Microsecond)
	var last *time.Time
	if err := tx.GetContext(ctx, &last, query("publication_last"), p.Source, p.Month.Start()); err != nil {
		return now, err
	}
	if last != nil && !now.After(*last) {
		return last.Add(time.Microsecond), nil
	}
	return now, nil
}

// finish flips the pointer, computes the results from the facts as they now
// stand and writes them.
func (w *Warehouse) finish(ctx context.Context, tx *sqlx.Tx, p Publication, id int64, formulas Formulas) error {
	if err := flip(ctx, tx, p, id); err != nil {
		return err
	}
	results, err := computed(ctx, tx, p, formulas)
	if err != nil {
		return err
	}
	return w.saveResults(ctx, tx, p, id, results)
}

// flip points readers to a publication. The one before it ends in the instant
// in which this one begins.
func flip(ctx context.Context, tx *sqlx.Tx, p Publication, id int64) error {
	if _, err := tx.ExecContext(ctx, query("publication_flip"), p.Source, p.Month.Start(), id); err != nil {
		return fmt.Errorf("flip publication: %w", err)
	}
	if _, err := tx.ExecContext(ctx, query("publication_supersede"), id); err != nil {
		return fmt.Errorf("supersede publication: %w", err)
	}
	return nil
}

// computed are the results of a month from the facts as they stand.
func computed(ctx context.Context, tx *sqlx.Tx, p Publication, formulas Formulas) (r indicator.Results, err error) {
	issues, err := current(ctx, tx, p.Source)
	if err != nil {
		return r, err
	}
	h, err := history(ctx, tx, issues, p.Month)
	if err != nil {
		return r, err
	}
	return formulas(h, p.Month), nil
}

func (w *Warehouse) saveResults(ctx context.Context, tx *sqlx.Tx, p Publication, id int64, r indicator.Results) error {
	if err := insertResults(ctx, tx, id, r); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, query("publication_results"), resultsHash(r), distantHash(p.Settings, r.Distant()), id); err != nil {
		return fmt.Errorf("hashes of the results: %w", err)
	}
	return nil
}

func insertFacts(ctx context.Context, tx *sqlx.Tx, id int64, f Facts) error {
	if f.Panel == nil {
		return bulk(ctx, tx, "vendor_value_insert", valueRows(id, f.Vendor))
	}
	if err := bulk(ctx, tx, "panel_estimate_insert", estimateRows(id, f.Panel)); err != nil {
		return err
	}
	if err := bulk(ctx, tx, "panel_overlap_insert", overlapRows(id, f)); err != nil {
		return err
	}
	return bulk(ctx, tx, "panel_daily_insert", dailyRows(id, f.Panel))
}

func insertResults(ctx context.Context, tx *sqlx.Tx, id int64, r indicator.Results) error {
	if err := bulk(ctx, tx, "indicator_insert", resultRows(id, r.Rows)); err != nil {
		return err
	}
	if err := bulk(ctx, tx, "ranking_insert", rankRows(id, r.Ranks)); err != nil {
		return err
	}
	if err := bulk(ctx, tx, "overlap_insert", pairRows(id, r.Overlaps)); err != nil {
		return err
	}
	return bulk(ctx, tx, "hourly_insert", hourRows(id, r.Hours))
}

func resultRows(id int64, from []indicator.Row) (rows [][]any) {
	for _, x := range from {
		rows = append(rows, []any{
			id, x.Indicator, x.App, x.Segment.Dimension, x.Segment.Member,
			decimal(x.Value), number(x.SE), count(x.N), x.Basis, flags(x.Flags), month(x.At),
		})
	}
	return rows
}

func hourRows(id int64, hours []indicator.HourShare) (rows [][]any) {
	for _, x := range hours {
		rows = append(rows, []any{id, x.App, x.Network, x.Hour, decimal(x.Share), x.Basis})
	}
	return rows
}

func rankRows(id int64, ranks []indicator.Ranked) (rows [][]any) {
	for _, r := range ranks {
		var previous, change any
		if r.Previous > 0 {
			previous, change = r.Previous, r.Previous-r.Rank
		}
		rows = append(rows, []any{
			id, r.List, r.App, r.Rank, r.InList, decimal(r.Devices.Value), number(r.Devices.SE),
			previous, change, r.State,
		})
	}
	return rows
}

func pairRows(id int64, overlaps []indicator.Overlap) (rows [][]any) {
	for _, o := range overlaps {
		rows = append(rows, []any{
			id, o.A, o.B, decimal(o.Both.Value), number(o.Both.SE),
			decimal(o.ExclusiveA.Value), number(o.ExclusiveA.SE),
			decimal(o.ExclusiveB.Value), number(o.ExclusiveB.SE),
			decimal(o.RateA.Value), decimal(o.RateUnion.Value),
			count(o.Both.N), o.Both.Basis, flags(o.Both.Flags),
		})
	}
	return rows
}

func flags(f []indicator.Flag) string {
	words := make([]string, len(f))
	for i, x := range f {
		words[i] = string(x)
	}
	slices.Sort(words)
	return strings.Join(words, ",")
}

func month(m panel.Month) any {
	if m == 0 {
		return nil
	}
	return m.Start()
}
