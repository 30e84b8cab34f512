package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// Distant computes those results that a correction of months long before can
// move; see indicator.Distant.
type Distant func(h indicator.History, m panel.Month) []indicator.Row

// Recompute computes a month anew from facts that are in force, because
// something that its results may depend on has changed. They are published if
// they are others than those in force; if not, it is noted that those follow
// from the new inputs too.
func (w *Warehouse) Recompute(ctx context.Context, l *Lease, p Publication, now Issue, formulas Formulas, distant Distant) (published bool, err error) {
	err = w.fenced(ctx, l, func(tx *sqlx.Tx) error {
		published = false
		if same, err := distantSame(ctx, tx, p, now, distant); err != nil {
			return err
		} else if same {
			return confirm(ctx, tx, p, now, now.DistantHash)
		}
		results, err := computed(ctx, tx, p, formulas)
		if err != nil {
			return err
		}
		if resultsHash(results) == now.ResultsHash {
			return confirm(ctx, tx, p, now, distantHash(p.Settings, results.Distant()))
		}
		published = true
		id, err := w.open(ctx, tx, p, now.ExtractID, now.FactsID)
		if err != nil {
			return err
		}
		if err := flip(ctx, tx, p, id); err != nil {
			return err
		}
		return w.saveResults(ctx, tx, p, id, results)
	})
	return published, err
}

// confirm notes that a publication follows from other inputs too.
func confirm(ctx context.Context, tx *sqlx.Tx, p Publication, now Issue, distant string) error {
	if _, err := tx.ExecContext(ctx, query("publication_confirm"), p.InputsHash, distant, now.PublicationID); err != nil {
		return fmt.Errorf("confirm publication: %w", err)
	}
	return nil
}

// distantSame says that all results are known to be the same without reading
// any month in full: the facts that are read in full are those of then, and the
// other results come out the same under the same settings.
func distantSame(ctx context.Context, tx *sqlx.Tx, p Publication, now Issue, distant Distant) (bool, error) {
	var then []Issue
	if err := tx.SelectContext(ctx, &then, query("publications_then"), p.Source, now.PublicationID); err != nil {
		return false, fmt.Errorf("list what was in force: %w", err)
	}
	issues, err := current(ctx, tx, p.Source)
	if err != nil {
		return false, err
	}
	if !slices.Equal(readInFull(issues, p.Month), readInFull(then, p.Month)) {
		return false, nil
	}
	h, err := distantHistory(ctx, tx, issues, p.Month)
	if err != nil {
		return false, err
	}
	return distantHash(p.Settings, distant(h, p.Month)) == now.DistantHash, nil
}

// readInFull are the facts of which month m reads everything.
func readInFull(issues []Issue, m panel.Month) (facts []int64) {
	for _, i := range issues {
		if i.Month() <= m && indicator.ReachOf(m, i.Month()) == indicator.Everything {
			facts = append(facts, i.FactsID)
		}
	}
	return facts
}

// resultsHash is the same of results that are kept as the same rows.
func resultsHash(r indicator.Results) string {
	h := sha256.New()
	for _, rows := range [][][]any{resultRows(0, r.Rows), rankRows(0, r.Ranks), pairRows(0, r.Overlaps), hourRows(0, r.Hours)} {
		digestRows(h, rows)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// distantHash is that of rows under these settings.
func distantHash(settings string, rows []indicator.Row) string {
	h := sha256.New()
	io.WriteString(h, settings+"\n")
	digestRows(h, resultRows(0, rows))
	return hex.EncodeToString(h.Sum(nil))
}

func digestRows(h hash.Hash, rows [][]any) {
	for _, r := range rows {
		for _, v := range r {
			fmt.Fprintf(h, "%v\x1f", v)
		}
		io.WriteString(h, "\n")
	}
	io.WriteString(h, "\n")
}
