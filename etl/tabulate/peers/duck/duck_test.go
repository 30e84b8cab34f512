package duck_test

import (
	"testing"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
	"panelwatch/etl/tabulate/peers/duck"
	"panelwatch/etl/tabulate/peers/month"
	"panelwatch/etl/tabulate/peers/tables"
)

// Every number of a small month equals DuckDB's, in CSV and in Parquet, with
// rows that must not count and without.
func TestTablesEqualDuckDBs(t *testing.T) {
	for _, faults := range []bool{false, true} {
		s := month.Reference
		s.Devices, s.Faults = 3000, faults
		dir, parquet := t.TempDir(), t.TempDir()
		if _, err := month.Write(dir, s, month.Form{Shuffled: true}); err != nil {
			t.Fatal(err)
		}
		d, cat := open(t, dir)
		if err := duck.Convert(t.Context(), d, parquet); err != nil {
			t.Fatal(err)
		}
		equal(t, d, cat, faults)
		d, cat = open(t, parquet)
		equal(t, d, cat, faults)
	}
}

func open(t *testing.T, dir string) (extract.Delivery, *panel.Catalogue) {
	t.Helper()
	d, cat, err := month.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d, cat
}

func equal(t *testing.T, d extract.Delivery, cat *panel.Catalogue, faults bool) {
	t.Helper()
	ours, theirs := t.TempDir(), t.TempDir()
	got, err := tabulate.Extract(t.Context(), d, cat, tabulate.Options{Dimensions: month.Dimensions})
	if err != nil {
		t.Fatal(err)
	}
	if err := tables.Write(ours, got, d.Manifest.Files, true); err != nil {
		t.Fatal(err)
	}
	if err := duck.Tabulate(t.Context(), d, cat, theirs, duck.Options{Threads: 2, Replicates: true, Checks: faults}); err != nil {
		t.Fatal(err)
	}
	all, err := tables.Compare(theirs, ours)
	if err != nil {
		t.Error(err)
	}
	for _, c := range all[:3] {
		if c.Figures < 100_000 {
			t.Errorf("%s: only %d rows compared", c.Table, c.Figures)
		}
	}
}
