package warehouse

import (
	"context"
	"fmt"
	"math"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/extract"
)

// A tally is what must be the same on both sides of an insert.
type tally struct {
	Rows  int     `db:"n_rows"`
	Total float64 `db:"total"`
}

// Two sums of the same numbers may be apart by sameTotal of themselves, for
// they were added up in another order, and by atLast for every row, which is
// what the tenth decimal rounds.
const sameTotal, atLast = 1e-9, 1e-10

// landed compares the facts that stand in the warehouse now with those that
// were sent: a trigger, a column too narrow or a lost statement would show.
func landed(ctx context.Context, tx *sqlx.Tx, id int64, f Facts) error {
	for name, want := range tallies(f) {
		var got tally
		if err := tx.GetContext(ctx, &got, query(name), id); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		near := sameTotal*math.Abs(want.Total) + atLast*float64(want.Rows)
		if got.Rows != want.Rows || math.Abs(got.Total-want.Total) > near {
			return fmt.Errorf("%w: %s: %d rows that sum to %g were sent, %d that sum to %g are there",
				extract.ErrUnbalanced, name, want.Rows, want.Total, got.Rows, got.Total)
		}
	}
	return nil
}

// tallies are what must be found, by statement. Every table is asked, also the
// one that should have nothing.
func tallies(f Facts) map[string]tally {
	all := map[string]tally{}
	var values tally
	for _, v := range f.Vendor {
		values.add(v.Value)
	}
	var estimates, daily tally
	if f.Panel != nil {
		for _, c := range f.Panel.Cells {
			for g := range c.Devices {
				estimates.add(c.Devices[g] + c.DeviceDays[g] + c.Uses[g] + c.Seconds[g])
			}
		}
		for _, d := range f.Panel.Daily {
			daily.add(d.Devices[0])
		}
	}
	all["landed_values"], all["landed_estimates"], all["landed_daily"] = values, estimates, daily
	return all
}

func (t *tally) add(v float64) {
	t.Rows++
	t.Total += v
}
