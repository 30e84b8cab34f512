package warehouse

import (
	"slices"
	"strings"
	"testing"

	"panelwatch/etl/indicator/definitions"
	"panelwatch/etl/panel"
)

// The columns that a definition names are there.
func TestDefinitionsNameColumnsThatAreThere(t *testing.T) {
	w := newHouse(t)
	have := read(t, w, "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE table_schema = DATABASE()")
	for _, d := range definitions.All() {
		for _, c := range d.Columns {
			if !slices.Contains(have, c) {
				t.Errorf("%s: no column %s", d.Name, c)
			}
		}
	}
}

// What a definition says can be read in dim_indicator, uncut.
func TestDimIndicatorHoldsTheDefinitions(t *testing.T) {
	w := newHouse(t)
	speaks := func(panel.AppID) string { return "sql" }
	if err := w.WriteCatalogue(t.Context(), claimed(t, w), testCatalogue(t), speaks, nil); err != nil {
		t.Fatal(err)
	}
	for _, d := range definitions.All() {
		got := one(t, w, "SELECT CONCAT_WS('/', name_zh, name_en, unit, formula, inputs, grain, edge_cases_zh, edge_cases_en, error_zh, error_en, source_zh, source_en, found_in) FROM dim_indicator WHERE indicator = ?", d.Name)
		want := strings.Join([]string{
			d.Zh, d.En, d.Unit, d.Formula, d.Inputs, d.Grain, d.EdgeCases.Zh, d.EdgeCases.En,
			d.Error.Zh, d.Error.En, d.Source.Zh, d.Source.En, strings.Join(d.Columns, ", "),
		}, "/")
		if got != want {
			t.Errorf("%s: got %s, want %s", d.Name, got, want)
		}
	}
}
