package warehouse

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// A life is when a publication was in force.
type life struct {
	ID        int64      `db:"publication_id"`
	Source    string     `db:"source"`
	Month     time.Time  `db:"month_start"`
	ExtractID int64      `db:"extract_id"`
	FactsID   int64      `db:"facts_id"`
	From      time.Time  `db:"published_at"`
	Until     *time.Time `db:"superseded_at"`
}

// during says whether it was in force at an instant.
func (l life) during(t time.Time) bool {
	return !l.From.After(t) && (l.Until == nil || l.Until.After(t))
}

func (w *Warehouse) lives(ctx context.Context) (all []life, err error) {
	if err := w.db.SelectContext(ctx, &all, query("prune_publications")); err != nil {
		return nil, fmt.Errorf("list publications: %w", err)
	}
	return all, nil
}

// An instant at which somebody looked at the months up to one.
type instant struct {
	Month time.Time `db:"month_start"`
	At    time.Time `db:"judged_at"`
}

// needed are the publications that must stay: those in force or superseded
// since, each first to have some number, each that a message or a finding names
// a number of, all that a judgement in force or told has seen, and, of each of
// these, all that was in force when it was published, since its numbers are
// traced through them.
func (w *Warehouse) needed(ctx context.Context, all []life, since time.Time) (map[int64]bool, error) {
	roots := map[int64]bool{}
	for _, l := range all {
		if since.IsZero() || l.Until == nil || !l.Until.Before(since) {
			roots[l.ID] = true
		}
	}
	var first []int64
	if err := w.db.SelectContext(ctx, &first, query("prune_first")); err != nil {
		return nil, fmt.Errorf("first publications: %w", err)
	}
	cited, err := w.cited(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range append(first, cited...) {
		roots[id] = true
	}
	var seen []instant
	if err := w.db.SelectContext(ctx, &seen, query("prune_told")); err != nil {
		return nil, fmt.Errorf("what was judged: %w", err)
	}
	return closure(all, roots, seen), nil
}

// closure adds to the roots all that was in force at the instants, and when
// something that is kept was published; of no later month.
func closure(all []life, roots map[int64]bool, seen []instant) map[int64]bool {
	kept := map[int64]bool{}
	look := func(i instant) {
		for _, l := range all {
			if !kept[l.ID] && !l.Month.After(i.Month) && l.during(i.At) {
				roots[l.ID] = true
			}
		}
	}
	for _, i := range seen {
		look(i)
	}
	for grown := true; grown; {
		grown = false
		for _, l := range all {
			if roots[l.ID] && !kept[l.ID] {
				kept[l.ID], grown = true, true
				look(instant{l.Month, l.From})
			}
		}
	}
	return kept
}

// traceIDs are ids of numbers within a text.
var traceIDs = regexp.MustCompile(`\b(\d{1,18})-[0-9a-f]{12}\b`)

// cited are the publications whose numbers are named where people read them.
func (w *Warehouse) cited(ctx context.Context) (ids []int64, err error) {
	var texts []string
	if err := w.db.SelectContext(ctx, &texts, query("prune_cited")); err != nil {
		return nil, fmt.Errorf("numbers that were told: %w", err)
	}
	for _, text := range texts {
		for _, found := range traceIDs.FindAllStringSubmatch(text, -1) {
			id, err := strconv.ParseInt(found[1], 10, 64)
			if err != nil {
				return nil, err
			}
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// A Spent delivery is one whose bytes nothing in the warehouse needs.
type Spent struct {
	ExtractID  int64     `db:"extract_id"`
	Source     string    `db:"source"`
	MonthStart time.Time `db:"month_start"`
	Revision   int       `db:"revision"`
	Identity   string    `db:"identity"`
}

// Spent lists the deliveries that were read before an instant, of which no
// publication stays and that do not wait for a fix.
func (w *Warehouse) Spent(ctx context.Context, p Pruning, before time.Time) (out []Spent, err error) {
	var all []Spent
	if before.IsZero() {
		return nil, nil
	}
	if err := w.db.SelectContext(ctx, &all, query("prune_deliveries"), before.UTC()); err != nil {
		return nil, fmt.Errorf("spent deliveries: %w", err)
	}
	for _, s := range all {
		if !p.remaining[s.ExtractID] {
			out = append(out, s)
		}
	}
	return out, nil
}
