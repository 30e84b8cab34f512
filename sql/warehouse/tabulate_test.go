package warehouse

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
	"panelwatch/sql/warehouse/localserver/servertest"
)

// TestLandedMonthIsTabulatedAlike lands the rows of a month in the warehouse
// and holds every number that its SQL gives, with every replicate, against
// tabulate.Extract of the delivery. Both leave the same bad rows out.
func TestLandedMonthIsTabulatedAlike(t *testing.T) {
	for i, month := range []oracleMonth{{grain: "day"}, {grain: "month"}, {grain: "day", strata: true, grouped: true}} {
		t.Run(fmt.Sprintf("%s grain, strata %v, groups delivered %v", month.grain, month.strata, month.grouped), func(t *testing.T) {
			month.make(uint64(100+i), 200)
			w, cat := newHouse(t), oracleCatalogue(t)
			l := month.land(t, w, cat)
			dimensions := []string{
				panel.Province, panel.City, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital, panel.Occupation, panel.Category,
			}
			want, err := tabulate.Extract(t.Context(), month.deliver(t), cat, tabulate.Options{Dimensions: dimensions})
			if err != nil {
				t.Fatal(err)
			}
			got, err := w.Tabulate(t.Context(), l, dimensions)
			if err != nil {
				t.Fatal(err)
			}
			compareTables(t, byFigure(got), byFigure(want))
			if n := got.Ledgers[0]; n.Rejected < 4 || !n.Balanced() {
				t.Errorf("devices: %+v", n)
			}
			if n := got.Ledgers[1]; n.Rejected < 7 || !n.Balanced() {
				t.Errorf("usage: %+v", n)
			}
			compareOrder(t, got, want)
		})
	}
}

// compareOrder wants days and pairs in the order that tabulate.Extract has.
func compareOrder(t *testing.T, got, want *tabulate.Tables) {
	t.Helper()
	order := func(x *tabulate.Tables) (names []string) {
		for _, d := range x.Daily {
			names = append(names, fmt.Sprint(d.App, d.Day))
		}
		for _, o := range x.Overlaps {
			names = append(names, fmt.Sprint(o.A, " ", o.B))
		}
		return names
	}
	if diff := cmp.Diff(order(want), order(got)); diff != "" {
		t.Errorf("order of days and pairs (-Extract +SQL):\n%s", diff)
	}
}

// land writes what of the month the keys of the tables admit, each device and
// each use once, and rows that must not count.
func (m *oracleMonth) land(t *testing.T, w *Warehouse, cat *panel.Catalogue) Landed {
	t.Helper()
	l := Landed{Source: "sql", Month: panel.MustMonth(monthOfOracle), MinSeconds: minSecondsOracle}
	noSource := func(panel.AppID) string { return l.Source }
	if err := w.WriteCatalogue(t.Context(), claimed(t, w), cat, noSource, nil); err != nil {
		t.Fatal(err)
	}
	start := l.Month.Start()
	for _, d := range consistent(m.devices, 0) {
		row := []any{l.Source, start, d[0], d[1], null(d[2]), d[3]}
		for i, dimension := range []string{panel.Province, panel.City, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital} {
			s, _ := cat.Member(dimension, d[4+i])
			row = append(row, null(strings.TrimSuffix(s.Member, panel.Unknown)))
		}
		row = append(row, null(strings.ReplaceAll(d[10], "；", ";")))
		run(t, w, "INSERT INTO panel_device VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row...)
	}
	for _, u := range consistent(m.usage, 0, 1, 2) {
		m.landUse(t, w, l, u)
	}
	m.landFaults(t, w, l)
	return l
}

// landUse writes a row of usage, unless it is of another month, which the
// table has no way to say.
func (m *oracleMonth) landUse(t *testing.T, w *Warehouse, l Landed, u []string) {
	t.Helper()
	day, active := 0, u[3]
	if m.grain == "day" {
		at, err := time.Parse(time.DateOnly, u[2])
		if err != nil {
			t.Fatal(err)
		}
		if panel.MonthIn(at) != l.Month {
			return
		}
		day, active = at.Day(), "1"
	}
	run(t, w, "INSERT INTO panel_usage VALUES (?, ?, ?, ?, ?, ?, ?, ?)", l.Source, l.Month.Start(), u[0], u[1], day, active, u[4], u[5])
}

// landFaults adds a row for each condition of v_panel_usage, and the same
// month of another source, which is nobody's business.
func (m *oracleMonth) landFaults(t *testing.T, w *Warehouse, l Landed) {
	t.Helper()
	good := consistent(m.devices, 0)[0][0]
	insert := func(source, app string, day, active, uses, seconds int) {
		run(t, w, "INSERT INTO panel_usage VALUES (?, ?, ?, ?, ?, ?, ?, ?)", source, l.Month.Start(), good, app, day, active, uses, seconds)
	}
	run(t, w, "INSERT INTO panel_device (source, month_start, device_id, weight, stratum) VALUES ('other', ?, ?, 7, '')", l.Month.Start(), good)
	insert("other", "rail", 1, 1, 1, 100)
	if m.grain == "month" {
		insert(l.Source, "unheard-2", 0, 3, 5, 500)
		insert(l.Source, "unheard-3", 0, 0, 5, 500)
		insert(l.Source, "unused", 0, 30, 50, 500)
		return
	}
	insert(l.Source, "unused", 1, 2, 5, 500)
	insert(l.Source, "unused", 4, 1, -1, 500)
	insert(l.Source, "unused", 5, 1, 5, -500)
	insert(l.Source, "unused", 6, 1, 5, 86_401)
	insert(l.Source, "unused", 30, 1, 5, 500)
	insert(l.Source, "unused", -1, 1, 5, 500)
}

// consistent keeps one of the rows that agree, none of those that differ.
func consistent(rows [][]string, key ...int) (kept [][]string) {
	said := map[string][]string{}
	for _, r := range rows {
		var name []string
		for _, i := range key {
			name = append(name, r[i])
		}
		k := strings.Join(name, "\x00")
		if first, twice := said[k]; twice && !slices.Equal(first, r) {
			r = nil
		}
		said[k] = r
	}
	for _, k := range slices.Sorted(maps.Keys(said)) {
		if said[k] != nil {
			kept = append(kept, said[k])
		}
	}
	return kept
}

func null(cell string) any {
	if cell == "" {
		return nil
	}
	return cell
}

func TestLandedMonthThatCannotBeTabulated(t *testing.T) {
	w := newHouse(t)
	l := Landed{Source: "sql", Month: panel.MustMonth(monthOfOracle)}
	wants := func(text string) {
		t.Helper()
		var fault *extract.DataError
		if _, err := w.Tabulate(t.Context(), l, nil); !errors.As(err, &fault) || !strings.Contains(err.Error(), text) {
			t.Errorf("got %v, want a DataError: %s", err, text)
		}
	}
	wants("panel_device: has no rows that count (0 rows)")
	if err := w.WriteCatalogue(t.Context(), claimed(t, w), oracleCatalogue(t), func(panel.AppID) string { return "sql" }, nil); err != nil {
		t.Fatal(err)
	}
	run(t, w, "INSERT INTO panel_device (source, month_start, device_id, weight, stratum) VALUES ('sql', '2024-02-01', 'a', 1, '')")
	wants("panel_usage: has no rows that count (0 rows)")
	for _, day := range []int{0, 3} {
		run(t, w, "INSERT INTO panel_usage VALUES ('sql', '2024-02-01', 'a', 'rail', ?, 1, 1, 1)", day)
	}
	wants("panel_usage: column day: has rows of days and of the whole month")
}

// A schema without the tables is an error that names the query.
func TestTabulateNeedsTheSchema(t *testing.T) {
	w := openAt(t, servertest.NewDatabase(t))
	if _, err := w.Tabulate(t.Context(), Landed{Source: "sql", Month: panel.MustMonth(monthOfOracle)}, nil); err == nil || !strings.Contains(err.Error(), "tabulate_books") {
		t.Errorf("got %v, want an error that names the query", err)
	}
}
