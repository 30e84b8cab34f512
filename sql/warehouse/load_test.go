package warehouse

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
)

// filled writes rows by the way that loads says.
func filled(t *testing.T, w *Warehouse, loads bool, rows [][]any) error {
	t.Helper()
	w.loads = loads
	return inTransaction(t, w, func(tx *sqlx.Tx) error { return w.fill(t.Context(), tx, "reject_insert", slices.Values(rows)) })
}

// Both ways into the warehouse leave the same bytes, whatever a vendor wrote.
func TestLoadedIsInserted(t *testing.T) {
	texts := []string{
		"", " ", "'", `"`, `\`, `\N`, `\0`, "NULL", "\\\t", "a\x00b", "line\nline\r\n\ttab\x1a", "\n", "\t", "铁路12306", "𠮷野家 🚄", "\u200b\ufeff", strings.Repeat("𠮷\n", 9000),
	}
	var found []string
	for _, loads := range []bool{true, false} {
		w := newHouse(t)
		if err := filled(t, w, loads, rejects(1000+len(texts), func(i int) string { return texts[i%len(texts)] })); err != nil {
			t.Fatal(err)
		}
		found = append(found, contents(t, w)["etl_reject"])
	}
	if diff := cmp.Diff(found[1], found[0]); diff != "" {
		t.Errorf("etl_reject (-inserted, +loaded):\n%s", diff)
	}
}

// A whole publication is the same by both ways: doubles to the last bit,
// decimals, dates, NULL.
func TestPublicationsLoadedAndInserted(t *testing.T) {
	var found []map[string]string
	for _, loads := range []bool{true, false} {
		w := newHouse(t)
		w.loads = loads
		l := claimed(t, w)
		publishAll(t, w, l, vendorMonth("2022-12"), vendorMonth("2023-01"), panelMonth("2022-12"), panelMonth("2023-01"))
		all := contents(t, w)
		found = append(found, map[string]string{
			"panel_estimate": all["panel_estimate"], "vendor_value": all["vendor_value"], "indicator": all["indicator"],
		})
	}
	if diff := cmp.Diff(found[1], found[0]); diff != "" {
		t.Errorf("tables (-inserted, +loaded):\n%s", diff)
	}
}

// LOAD DATA takes in silence what an INSERT in strict mode refuses. Here
// nothing is taken.
func TestLoadTakesAllOrNothing(t *testing.T) {
	w := newHouse(t)
	for name, spoil := range map[string]func(row []any){
		"a key twice":        func(row []any) { row[1] = 7 },
		"too long a text":    func(row []any) { row[7] = strings.Repeat("x", 65) },
		"too large a number": func(row []any) { row[3] = int64(1) << 40 },
		"no number":          func(row []any) { row[3] = "three" },
		"not a number":       func(row []any) { row[3] = math.NaN() },
		"NULL":               func(row []any) { row[6] = nil },
		"invalid UTF-8":      func(row []any) { row[6] = "a\xffb" },
		"no value at all":    func(row []any) { row[6] = struct{}{} },
	} {
		rows := rejects(1200, func(int) string { return "x" })
		spoil(rows[1100])
		if err := filled(t, w, true, rows); err == nil || !strings.HasPrefix(err.Error(), "reject_insert: ") {
			t.Errorf("%s: %v, want an error of reject_insert", name, err)
		}
		if n := one(t, w, "SELECT COUNT(*) FROM etl_reject"); n != "0" {
			t.Errorf("%s: %s rows stayed", name, n)
		}
	}
	if err := filled(t, w, true, rejects(1200, func(i int) string { return fmt.Sprint(i) })); err != nil {
		t.Errorf("after all these: %v", err)
	}
}
