package warehouse

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// twoSources has vendor's months 2022-12 and 2023-01 and a panel's 2023-01 in
// force; the vendor's is primary.
func twoSources(t *testing.T, primary string) *Warehouse {
	t.Helper()
	w := newHouse(t)
	l := claimed(t, w)
	writeCatalogue(t, w, l, primary)
	publishAll(t, w, l, vendorMonth("2022-12"), vendorMonth("2023-01"), panelMonth("2022-12"), panelMonth("2023-01"))
	return w
}

func TestCoverageListsEverySource(t *testing.T) {
	got, err := twoSources(t, "vendor").Coverage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first, last := panel.MustMonth("2022-12").Start(), panel.MustMonth("2023-01").Start()
	want := []SourceCoverage{
		{Source: "panel", First: first, Last: last, Months: 2, Basis: panel.FromPanel, Synthetic: "figures of tests"},
		{Source: "vendor", First: first, Last: last, Months: 2, Basis: panel.Assumed, Synthetic: "figures of tests"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("coverage (-want +got):\n%s", diff)
	}
}

// The plain views show an app from its primary source only; the months in
// force stand side by side in v_indicator_all_sources.
func TestViewsShowThePrimarySource(t *testing.T) {
	for _, primary := range []string{"vendor", "panel"} {
		w := twoSources(t, primary)
		for _, view := range []string{"v_indicator", "v_app_month", "v_app_segment", "v_rank", "v_top_list", "v_overlap"} {
			if diff := cmp.Diff([]string{primary}, read(t, w, "SELECT DISTINCT source FROM "+view)); diff != "" {
				t.Errorf("sources of %s (-want +got):\n%s", view, diff)
			}
		}
		if diff := cmp.Diff([]string{"panel", "vendor"}, read(t, w, "SELECT DISTINCT source FROM v_indicator_all_sources ORDER BY source")); diff != "" {
			t.Errorf("sources of v_indicator_all_sources (-want +got):\n%s", diff)
		}
		if n := one(t, w, "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM v_app_month GROUP BY app_id, month_start) x"); n != "1" {
			t.Errorf("v_app_month has %s rows for one app and month", n)
		}
	}
}

func TestTopListIsPrinted(t *testing.T) {
	w := twoSources(t, "vendor")
	got, err := w.TopList(t.Context(), "政务", panel.MustMonth("2023-01"))
	if err != nil {
		t.Fatal(err)
	}
	dau := "37.5"
	want := []TopRow{{Place: 1, App: "天府市民云", Region: "四川-成都", MUD: "300.0", DAU: &dau}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
}

// A history has the series up to its month, from the primary source, and the
// lists of the months compared with all replicates of a panel.
func TestHistoryForRules(t *testing.T) {
	december, january := panel.MustMonth("2022-12"), panel.MustMonth("2023-01")
	w := twoSources(t, "panel")
	h, err := w.History(t.Context(), testCatalogue(t), january, []string{panel.Gender}, []int{1})
	if err != nil {
		t.Fatal(err)
	}
	s, ok := h.Find(rail, panel.All, "mud")
	if !ok || s.Name != "铁路12306" || s.Profile != "rail" || s.Basis != panel.FromPanel || s.Unit != alerts.Devices {
		t.Errorf("series of rail: %+v", s)
	}
	nearly := cmpopts.EquateApprox(1e-12, 1e-9) // DECIMAL(30,10) in between
	for i, m := range []panel.Month{december, january} {
		e := panelMonth(m.String()).facts.Panel.Cells[panel.Key{App: rail, Segment: panel.All}].Devices
		if diff := cmp.Diff([]float64{e[0], e.StandardError()}, []float64{s.Points[i].Value, s.Points[i].SE}, nearly); diff != "" || s.Points[i].Month != m {
			t.Errorf("point of %s (-want +got):\n%s", m, diff)
		}
	}
	if _, ok := h.Find(gov, panel.Segment{Dimension: panel.Gender, Member: "男"}, "mud"); !ok {
		t.Error("no series of the dimension asked for")
	}
	entries := h.Lists[0].Months
	if len(h.Lists) != 1 || len(entries) != 2 || len(entries[january]) != 2 || len(entries[december]) != 2 {
		t.Fatalf("lists %+v, want both members in both months", h.Lists)
	}
	for m, places := range entries {
		for i, p := range places {
			want := panelMonth(m.String()).facts.Panel.Cells[panel.Key{App: p.App, Segment: panel.All}].Devices
			if p.Estimate == nil || *p.Estimate != want || p.Rank != i+1 || math.IsNaN(p.SE) {
				t.Errorf("%s: entry %d: %+v, want all replicates of %s", m, i, p, p.App)
			}
		}
	}
}

// What is judged is what was known: a later month is not in the series.
func TestHistoryEndsWithItsMonth(t *testing.T) {
	h, err := twoSources(t, "vendor").History(t.Context(), testCatalogue(t), panel.MustMonth("2022-12"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Series) == 0 {
		t.Error("no series")
	}
	for _, s := range h.Series {
		if len(s.Points) != 1 || s.Segment != panel.All || s.Basis != panel.Assumed {
			t.Errorf("%s %s: %d points of %s, want one of assumed basis", s.App, s.Segment, len(s.Points), s.Basis)
		}
	}
}
