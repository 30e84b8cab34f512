package warehouse

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// What a message quotes is the number, and what the views call it leads to it.
func TestQuotesAndIDsLeadToTheirNumbers(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	publishAll(t, w, l, vendorMonth("2023-11"), vendorMonth("2023-12"))
	writeCatalogue(t, w, l, "vendor")
	id := newestPublication(t, w, "vendor")
	published, err := w.Published(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	ids, quoted := map[string]bool{}, map[string]int{}
	for _, r := range published {
		ids[TraceID(id, r)] = true
		if slices.Contains([]string{indicator.With, panel.Hour}, r.Segment.Dimension) {
			continue // rules speak of neither
		}
		got, _, _ := strings.Cut(strings.ReplaceAll(one(t, w, Quote(id, r)), `"`, ""), " ")
		value, err := strconv.ParseFloat(got, 64)
		if got != "NULL" && (err != nil || !SameValue(value, r.Value)) {
			t.Errorf("%s: %s, want %v", Quote(id, r), got, r.Value)
		}
		quoted[r.Segment.Dimension]++
	}
	if quoted["all"] == 0 || quoted[indicator.InList] == 0 || quoted[panel.Province] == 0 {
		t.Errorf("quoted by dimension: %v", quoted)
	}
	for _, view := range []string{"v_indicator", "v_rank", "v_top_list", "v_overlap", "v_hourly"} {
		named := read(t, w, "SELECT trace_id FROM "+view+" WHERE month_start = '2023-12-01'")
		if len(named) == 0 {
			t.Errorf("%s has no rows", view)
		}
		for _, n := range named {
			if !ids[n] {
				t.Errorf("%s: no number has the id %s", view, n)
			}
		}
	}
}

func newestPublication(t *testing.T, w *Warehouse, source string) int64 {
	t.Helper()
	id, err := strconv.ParseInt(one(t, w, "SELECT MAX(publication_id) FROM publication WHERE source = ?", source), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestQuotedTextsCannotEndTheStatement(t *testing.T) {
	w := newHouse(t)
	odd := indicator.Row{Indicator: "mud", App: `o'x\`, Segment: panel.Segment{Dimension: "all", Member: "'; DROP TABLE indicator; -- "}}
	if rows := read(t, w, Quote(1, odd)); len(rows) > 0 {
		t.Errorf("rows %q", rows)
	}
}
