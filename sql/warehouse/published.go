package warehouse

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// ErrNoPublication says that there is no such publication.
var ErrNoPublication = errors.New("not published")

// An Edition is one publication as it was made, in force or not.
type Edition struct {
	Issue
	PublishedAt time.Time `db:"published_at"`
	CodeVersion string    `db:"code_version"`
}

// Publications lists all that were ever made of a source's month, in their
// order.
func (w *Warehouse) Publications(ctx context.Context, source string, m panel.Month) ([]Edition, error) {
	return w.publications(ctx, 0, source, month(m))
}

// Editions lists all that were ever made of a source, in their order.
func (w *Warehouse) Editions(ctx context.Context, source string) ([]Edition, error) {
	return w.publications(ctx, 0, source, nil)
}

// Publication is one of them.
func (w *Warehouse) Publication(ctx context.Context, id int64) (Edition, error) {
	all, err := w.publications(ctx, id, "", nil)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%w: no publication %d", ErrNoPublication, id)
	}
	if err != nil {
		return Edition{}, err
	}
	return all[0], nil
}

func (w *Warehouse) publications(ctx context.Context, id int64, source string, m any) (all []Edition, err error) {
	if err := w.db.SelectContext(ctx, &all, query("publications"), id, id, source, source, m, m); err != nil {
		return nil, fmt.Errorf("list publications: %w", err)
	}
	return all, nil
}

type publishedRow struct {
	Indicator string      `db:"indicator"`
	App       panel.AppID `db:"app_id"`
	Dimension string      `db:"dimension"`
	Member    string      `db:"member"`
	Value     *float64    `db:"value"`
	SE        *float64    `db:"se"`
	N         *int        `db:"n_devices"`
	Basis     panel.Basis `db:"basis"`
	Flags     string      `db:"flags"`
	At        *time.Time  `db:"at_month"`
}

// Published are all numbers of a publication as they stand, in the order and
// under the names of indicator.Results.Everything.
func (w *Warehouse) Published(ctx context.Context, id int64) (out []indicator.Row, err error) {
	text, args, err := sqlx.Named(query("published"), map[string]any{"id": id})
	if err != nil {
		return nil, fmt.Errorf("read publication %d: %w", id, err)
	}
	var rows []publishedRow
	if err := w.db.SelectContext(ctx, &rows, text, args...); err != nil {
		return nil, fmt.Errorf("read publication %d: %w", id, err)
	}
	for _, r := range rows {
		out = append(out, r.row())
	}
	slices.SortFunc(out, indicator.Row.Compare)
	return out, nil
}

func (r publishedRow) row() indicator.Row {
	x := indicator.Row{
		Indicator: r.Indicator, App: r.App, Segment: panel.Segment{Dimension: r.Dimension, Member: r.Member},
		Value: orNaN(r.Value), SE: orNaN(r.SE), Basis: r.Basis,
	}
	if r.N != nil {
		x.N = *r.N
	}
	if r.At != nil {
		x.At = panel.MonthIn(*r.At)
	}
	for _, f := range strings.FieldsFunc(r.Flags, func(c rune) bool { return c == ',' }) {
		x.Flags = append(x.Flags, indicator.Flag(f))
	}
	return x
}

// Then reads the facts that a publication was computed from: those in force
// when it was made. Results computed of them say how they came about.
func (w *Warehouse) Then(ctx context.Context, i Issue) (h indicator.History, issues []Issue, err error) {
	err = w.inTx(ctx, func(tx *sqlx.Tx) error {
		issues = nil
		if err := tx.SelectContext(ctx, &issues, query("publications_then"), i.Source, i.PublicationID); err != nil {
			return err
		}
		h, err = history(ctx, tx, issues, i.Month())
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("facts of publication %d: %w", i.PublicationID, err)
	}
	for _, f := range h {
		f.Explain = true
	}
	return h, issues, nil
}

// SameValue says whether two numbers are the same at the precision that the
// warehouse keeps, arithmetic in another order aside. Two that could not be
// computed are.
func SameValue(a, b float64) bool {
	if math.IsNaN(a) || math.IsNaN(b) {
		return math.IsNaN(a) == math.IsNaN(b)
	}
	return cmp.Compare(math.Abs(a-b), sameTotal*math.Abs(a)+atLast) <= 0
}
