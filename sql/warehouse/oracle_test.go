package warehouse

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
	"panelwatch/sql/warehouse/localserver/servertest"
)

// tolerance is how far a weighted sum may be from SQL's, relative to the full
// sample's: what the order of some hundred additions of doubles allows.
const tolerance = 1e-14

// TestTabulationAgreesWithSQL holds every number that a month is tabulated to,
// with every replicate, against plain SQL over the rows as delivered; see
// testdata/oracle. The SQL drops the same bad rows by conditions of its own.
func TestTabulationAgreesWithSQL(t *testing.T) {
	for i, month := range []oracleMonth{
		{grain: "day"},
		{grain: "month"},
		{grain: "day", strata: true},
		{grain: "month", strata: true, grouped: true},
	} {
		name := fmt.Sprintf("%s grain, strata %v, groups delivered %v", month.grain, month.strata, month.grouped)
		t.Run(name, func(t *testing.T) {
			month.make(uint64(i), 300)
			cat, d := oracleCatalogue(t), month.deliver(t)
			dimensions := []string{
				panel.Province, panel.City, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital, panel.Occupation, panel.Category,
			}
			got, err := tabulate.Extract(t.Context(), d, cat, tabulate.Options{Dimensions: dimensions})
			if err != nil {
				t.Fatal(err)
			}
			w := openAt(t, servertest.NewDatabase(t))
			compareTables(t, byFigure(got), month.bySQL(t, w, cat))
			compareBooks(t, w, d.Manifest, got.Ledgers)
		})
	}
}

// A figure names what is estimated: kind cell (app, dimension, member), day
// (app, day) or pair (app, app).
type figure struct{ kind, a, b, c string }

// A measured is a figure with all its replicates.
type measured struct {
	n          int
	quantities [4]panel.Estimate // devices, device_days, uses, seconds
}

// byFigure lists everything in a tabulation.
func byFigure(t *tabulate.Tables) map[figure]measured {
	out := map[figure]measured{}
	for k, c := range t.Cells {
		out[figure{"cell", string(k.App), k.Segment.Dimension, k.Segment.Member}] = measured{c.N, [4]panel.Estimate{c.Devices, c.DeviceDays, c.Uses, c.Seconds}}
	}
	for _, d := range t.Daily {
		out[figure{"day", string(d.App), fmt.Sprint(d.Day), ""}] = measured{d.N, [4]panel.Estimate{d.Devices}}
	}
	for _, o := range t.Overlaps {
		out[figure{"pair", string(o.A), string(o.B), ""}] = measured{o.N, [4]panel.Estimate{o.Devices}}
	}
	return out
}

// bySQL loads the month as it is and has the server compute everything.
func (m *oracleMonth) bySQL(t *testing.T, w *Warehouse, cat *panel.Catalogue) map[figure]measured {
	t.Helper()
	script(t, w, "1_tables.sql")
	m.load(t, w, cat)
	for _, name := range []string{"2_devices.sql", "3_usage.sql", "4_parts.sql"} {
		script(t, w, name)
	}
	var rows []struct {
		Kind, A, B, C          string
		G, N                   int
		Devices, Uses, Seconds float64
		DeviceDays             float64 `db:"device_days"`
	}
	if err := w.db.SelectContext(t.Context(), &rows, oracleText(t, "5_replicates.sql")); err != nil {
		t.Fatal(err)
	}
	out := map[figure]measured{}
	for _, r := range rows {
		k := figure{r.Kind, r.A, r.B, r.C}
		x := out[k]
		x.n = r.N
		for i, v := range []float64{r.Devices, r.DeviceDays, r.Uses, r.Seconds} {
			x.quantities[i][r.G] = v
		}
		out[k] = x
	}
	return out
}

// load puts the rows of the delivery and of the catalogue into plain tables.
func (m *oracleMonth) load(t *testing.T, w *Warehouse, cat *panel.Catalogue) {
	t.Helper()
	insert := func(table string, rows [][]any) {
		tuple := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(rows[0])), ", ") + ")"
		for some := range slices.Chunk(rows, 500) {
			run(t, w, "INSERT INTO "+table+" VALUES "+strings.Repeat(tuple+", ", len(some)-1)+tuple, slices.Concat(some...)...)
		}
	}
	insert("raw_device", numbered(m.devices, 2))
	insert("raw_usage", numbered(m.usage, 2, 3))
	start := panel.MustMonth(monthOfOracle).Start()
	insert("the_month", [][]any{{start, start.AddDate(0, 1, -1), m.grain == "day", minSecondsOracle}})
	for _, a := range cat.Apps {
		insert("known_app", [][]any{{a.ID, a.Category}})
	}
	for dimension, members := range cat.Dimensions {
		for _, member := range append([]string{panel.Unknown}, members...) {
			insert("known_member", [][]any{{dimension, member}})
		}
		for alias, member := range cat.MemberAliases[dimension] {
			insert("member_alias", [][]any{{dimension, alias, member}})
		}
	}
}

// numbered puts a line number before each row; an empty cell of the columns
// named is NULL.
func numbered(rows [][]string, nullable ...int) (out [][]any) {
	for line, row := range rows {
		cells := []any{line}
		for i, cell := range row {
			if cell == "" && slices.Contains(nullable, i) {
				cells = append(cells, nil)
			} else {
				cells = append(cells, cell)
			}
		}
		out = append(out, cells)
	}
	return out
}

func oracleText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "oracle", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// script runs the statements of a file, each ended by a semicolon.
func script(t *testing.T, w *Warehouse, name string) {
	t.Helper()
	for _, statement := range strings.Split(strings.TrimSpace(oracleText(t, name)), ";\n") {
		if _, err := w.db.ExecContext(t.Context(), strings.TrimSuffix(statement, ";")); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func compareTables(t *testing.T, got, want map[figure]measured) {
	t.Helper()
	count := map[string]int{}
	for f, x := range want {
		count[f.kind]++
		if x.n == 0 {
			count["pair without devices"]++
		}
		if y, there := got[f]; !there || y.n != x.n {
			t.Errorf("%v: n = %d, SQL says %d", f, y.n, x.n)
		} else {
			compareQuantities(t, f, y, x)
		}
	}
	for f, x := range got {
		if _, there := want[f]; !there {
			t.Errorf("%v: n = %d, SQL knows no such figure", f, x.n)
		}
	}
	if count["cell"] < 150 || count["pair"] < 15 || count["pair without devices"] == 0 {
		t.Errorf("only %v compared", count)
	}
}

func compareQuantities(t *testing.T, f figure, got, want measured) {
	t.Helper()
	for i, quantity := range []string{"devices", "device_days", "uses", "seconds"} {
		full := want.quantities[i][0]
		for g, v := range want.quantities[i] {
			if x := got.quantities[i][g]; math.IsNaN(x) || math.Abs(x-v) > tolerance*full {
				t.Errorf("%v: %s, replicate %d: %v, SQL says %v", f, quantity, g, x, v)
			}
		}
	}
}

// compareBooks wants the ledgers to count the rows as SQL does.
func compareBooks(t *testing.T, w *Warehouse, m extract.Manifest, ledgers []extract.Ledger) {
	t.Helper()
	sums := map[string]extract.Ledger{}
	for i, f := range m.Files {
		l, sum := ledgers[i], sums[f.Table]
		sums[f.Table] = extract.Ledger{Read: sum.Read + l.Read, Loaded: sum.Loaded + l.Loaded, Rejected: sum.Rejected + l.Rejected, Ignored: sum.Ignored + l.Ignored}
	}
	var got []string
	for _, table := range []string{extract.TableDevices, extract.TableUsage} {
		l := sums[table]
		got = append(got, fmt.Sprintf(`"%s" "%d" "%d" "%d"`, table, l.Read, l.Loaded, l.Ignored))
		if l.Rejected == 0 || l.Ignored == 0 {
			t.Errorf("%s: %+v, want rows of every kind", table, l)
		}
	}
	if diff := cmp.Diff(read(t, w, oracleText(t, "6_books.sql")), got); diff != "" {
		t.Errorf("rows read, loaded, ignored (-SQL +ledgers):\n%s", diff)
	}
}
