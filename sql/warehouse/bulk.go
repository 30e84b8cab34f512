package warehouse

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
)

const (
	bulkRows  = 1000
	bulkBytes = 2 << 20 // statements stay well under any max_allowed_packet
)

// bulk inserts rows with statement name, whose last parenthesis is the tuple of
// one row: many tuples go into one statement.
func bulk(ctx context.Context, tx *sqlx.Tx, name string, rows [][]any) error {
	head, tuple := tupleOf(query(name))
	columns := strings.Count(tuple, "?")
	perStatement := min(bulkRows, 60000/columns)
	for len(rows) > 0 {
		n := fitting(rows, perStatement)
		args := make([]any, 0, n*columns)
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		text := head + strings.Repeat(tuple+",", n-1) + tuple
		res, err := tx.ExecContext(ctx, text, args...)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if got, err := res.RowsAffected(); err != nil || got != int64(n) {
			return fmt.Errorf("%s: sent %d rows, the server took %d (%v)", name, n, got, err)
		}
		rows = rows[n:]
	}
	return nil
}

func fitting(rows [][]any, most int) int {
	size := 0
	for i, r := range rows {
		for _, v := range r {
			switch v := v.(type) {
			case string:
				size += len(v)
			case []byte:
				size += 2 * len(v)
			default:
				size += 24
			}
		}
		if i == most || (size > bulkBytes && i > 0) {
			return i
		}
	}
	return len(rows)
}

func tupleOf(text string) (head, tuple string) {
	at := strings.LastIndex(text, "(")
	return text[:at], text[at:]
}

// number turns what formulas call NaN, "not known", into NULL.
func number(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}

// decimal is a number for a DECIMAL(…,10) column, rounded here so that the
// server does not do it in silence.
func decimal(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return strconv.FormatFloat(v, 'f', 10, 64)
}

func count(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
