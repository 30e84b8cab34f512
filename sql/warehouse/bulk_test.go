package warehouse

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
)

// inTransaction runs f in a transaction that is committed.
func inTransaction(t *testing.T, w *Warehouse, f func(tx *sqlx.Tx) error) error {
	t.Helper()
	return w.inTx(t.Context(), f)
}

// rejects are n rows for etl_reject, the raw value of each by its number.
func rejects(n int, raw func(i int) string) (rows [][]any) {
	for i := range n {
		rows = append(rows, []any{1, i, 0, i + 2, "", "uses", raw(i), "not_a_number", "want a whole number", "message"})
	}
	return rows
}

// inserted writes rows and says how many statements it took.
func inserted(t *testing.T, w *Warehouse, rows [][]any) (statements int) {
	t.Helper()
	insertsSoFar := func(tx *sqlx.Tx) (n int) {
		var name string
		if err := tx.QueryRowContext(t.Context(), "SHOW SESSION STATUS LIKE 'Com_insert'").Scan(&name, &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	err := inTransaction(t, w, func(tx *sqlx.Tx) error {
		before := insertsSoFar(tx)
		err := bulk(t.Context(), tx, "reject_insert", rows)
		statements = insertsSoFar(tx) - before
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return statements
}

func TestBulkCountsExactly(t *testing.T) {
	w := newHouse(t)
	for rows, statements := range map[int]int{0: 0, 1: 1, 999: 1, 1000: 1, 1001: 2, 2000: 2, 2500: 3} {
		run(t, w, "DELETE FROM etl_reject")
		got := inserted(t, w, rejects(rows, func(i int) string { return fmt.Sprint("value ", i) }))
		if got != statements {
			t.Errorf("%d rows: %d statements, want %d", rows, got, statements)
		}
		sum := one(t, w, "SELECT COUNT(*), COALESCE(SUM(raw_value = CONCAT('value ', seq)), 0) FROM etl_reject")
		if want := fmt.Sprintf(`"%d" "%d"`, rows, rows); sum != want {
			t.Errorf("rows, and rows as sent: %s, want %s", sum, want)
		}
	}
}

// Statements stay far below the smallest max_allowed_packet in use (16 MB),
// also when every byte is escaped; a row is never divided.
func TestBulkDividesBySize(t *testing.T) {
	w := newHouse(t)
	const size, rows = 60_000, 150 // 9 MB, twice that once escaped
	raw := strings.Repeat("'", size)
	if got, least := inserted(t, w, rejects(rows, func(int) string { return raw })), size*rows/bulkBytes; got < least || got > least+2 {
		t.Errorf("%d statements, want about %d", got, least)
	}
	if got, want := one(t, w, "SELECT COUNT(*), MIN(LENGTH(raw_value)) FROM etl_reject"), fmt.Sprintf(`"%d" "%d"`, rows, size); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestFitting(t *testing.T) {
	small, half, huge := []any{1, "x"}, []any{1, strings.Repeat("x", bulkBytes/2)}, []any{[]byte(strings.Repeat("x", 2*bulkBytes))}
	many := func(n int, row []any) (rows [][]any) {
		for range n {
			rows = append(rows, row)
		}
		return rows
	}
	for name, c := range map[string]struct {
		rows [][]any
		want int
	}{
		"fewer than most":    {many(7, small), 7},
		"most":               {many(10, small), 10},
		"more than most":     {many(11, small), 10},
		"by size":            {many(9, half), 1},
		"one too large":      {many(3, huge), 1},
		"before a large one": {append(many(4, small), huge), 4},
	} {
		if got := fitting(c.rows, 10); got != c.want {
			t.Errorf("%s: %d rows, want %d", name, got, c.want)
		}
	}
}

// Text comes back as it went, whatever a vendor wrote; none of it is SQL.
func TestBulkKeepsEveryCharacter(t *testing.T) {
	texts := []string{
		"", " ", "'", `"`, `\`, `\'; DROP TABLE etl_reject; --`, "''", "?", "(?, ?)", "%s %d", "a\x00b", "line\nline\r\n\ttab\x1a",
		"铁路12306", "𠮷野家 𪚥", "🚄👩‍👩‍👧‍👦", "é e\u0301", "\u200b\ufeff", "`etl`", "/* */ # --", strings.Repeat("𠮷", 16_000),
	}
	w := newHouse(t)
	inserted(t, w, rejects(len(texts), func(i int) string { return texts[i] }))
	if diff := cmp.Diff(texts, read(t, w, "SELECT raw_value FROM etl_reject ORDER BY seq")); diff != "" {
		t.Errorf("texts (-sent +stored):\n%s", diff)
	}
}

// What the server will not take as it is fails as a whole: nothing is cut
// short, rounded to fit or left out.
func TestBulkTakesAllOrNothing(t *testing.T) {
	w := newHouse(t)
	for name, spoil := range map[string]func(row []any){
		"a key twice":        func(row []any) { row[1] = 7 },
		"too long a text":    func(row []any) { row[7] = strings.Repeat("x", 65) },
		"too large a number": func(row []any) { row[3] = int64(1) << 40 },
		"no number":          func(row []any) { row[3] = "three" },
		"NULL":               func(row []any) { row[6] = nil },
		"invalid UTF-8":      func(row []any) { row[6] = "a\xffb" },
	} {
		rows := rejects(1200, func(int) string { return "x" })
		spoil(rows[1100]) // in the second statement
		err := inTransaction(t, w, func(tx *sqlx.Tx) error { return bulk(t.Context(), tx, "reject_insert", rows) })
		if err == nil || !strings.HasPrefix(err.Error(), "reject_insert: ") {
			t.Errorf("%s: %v, want an error of reject_insert", name, err)
		}
		if n := one(t, w, "SELECT COUNT(*) FROM etl_reject"); n != "0" {
			t.Errorf("%s: %s rows stayed", name, n)
		}
	}
}

func TestNumbersForColumns(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if number(v) != nil || decimal(v) != nil {
			t.Errorf("%v becomes %v and %v, want NULL", v, number(v), decimal(v))
		}
	}
	for v, want := range map[float64]string{0.144: "0.1440000000", -0.016: "-0.0160000000", 1.39e9: "1390000000.0000000000", 1e-12: "0.0000000000"} {
		if got := decimal(v); got != want {
			t.Errorf("decimal(%v) = %v, want %s", v, got, want)
		}
	}
	if count(0) != nil || count(30) != 30 {
		t.Errorf("count(0) = %v, count(30) = %v; want NULL and 30", count(0), count(30))
	}
}
