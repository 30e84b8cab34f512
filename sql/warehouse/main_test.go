package warehouse

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"panelwatch/sql/warehouse/localserver/servertest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Run(m)) }

// newHouse opens a warehouse on a new database, with the newest schema.
func newHouse(t testing.TB) *Warehouse {
	t.Helper()
	w, _ := newHouseAt(t)
	return w
}

// newHouseAt tells the DSN too, for a second way in.
func newHouseAt(t testing.TB) (*Warehouse, string) {
	t.Helper()
	dsn := servertest.NewDatabase(t)
	w := openAt(t, dsn)
	if err := w.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w, dsn
}

// openAt opens a connection pool of its own, as another process would.
func openAt(t testing.TB, dsn string) *Warehouse {
	t.Helper()
	w, err := Open(t.Context(), dsn, ticking(), 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// ticking is a clock that goes on by a second with every look.
func ticking() func() time.Time {
	var looks atomic.Int64
	return func() time.Time {
		return time.Date(2024, 1, 12, 9, 30, int(looks.Add(1)), 0, time.UTC)
	}
}

// claimed takes the lease for a minute, and gives it back after the test.
func claimed(t testing.TB, w *Warehouse) *Lease {
	t.Helper()
	l, _, err := w.Claim(t.Context(), "job", "the test", time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Release(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// contents is a digest of every row of every table, by table: two databases,
// or two moments of one, with equal contents hold the same bytes.
func contents(t testing.TB, w *Warehouse) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, table := range tables(t, w, "BASE TABLE") {
		rows, digest := read(t, w, "SELECT * FROM "+table), sha256.New()
		slices.Sort(rows)
		for _, r := range rows {
			_, _ = io.WriteString(digest, r+"\n")
		}
		out[table] = fmt.Sprintf("%d rows %x", len(rows), digest.Sum(nil))
	}
	return out
}

// tables lists those of a type, in order of name.
func tables(t testing.TB, w *Warehouse, kind string) []string {
	t.Helper()
	return read(t, w, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = ? ORDER BY table_name", kind)
}

// read gives the rows of a query as text, their values quoted where there is
// more than one, NULL told from nothing.
func read(t testing.TB, w *Warehouse, text string, args ...any) (out []string) {
	t.Helper()
	rows, err := w.db.QueryContext(t.Context(), text, args...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		out = append(out, scanText(t, rows, len(columns)))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func scanText(t testing.TB, rows *sql.Rows, columns int) string {
	t.Helper()
	values, into := make([]sql.NullString, columns), make([]any, columns)
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		t.Fatal(err)
	}
	words := make([]string, columns)
	for i, v := range values {
		switch {
		case !v.Valid:
			words[i] = "NULL"
		case columns == 1:
			words[i] = v.String
		default:
			words[i] = fmt.Sprintf("%q", v.String)
		}
	}
	return strings.Join(words, " ")
}

// one is the only value of a query.
func one(t testing.TB, w *Warehouse, text string, args ...any) string {
	t.Helper()
	rows := read(t, w, text, args...)
	if len(rows) != 1 {
		t.Fatalf("%s: %d rows, want 1", text, len(rows))
	}
	return rows[0]
}

// run executes a statement of the test's own.
func run(t testing.TB, w *Warehouse, text string, args ...any) {
	t.Helper()
	if _, err := w.db.ExecContext(t.Context(), text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}
