package warehouse

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"panelwatch/alerts"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
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
	h, err := w.History(t.Context(), testCatalogue(t), january, []int{1})
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
	men := alerts.Need{Indicator: alerts.MUD, Dimension: panel.Gender}
	if h, err = w.WithMembers(t.Context(), Latest, testCatalogue(t), h, []alerts.Need{men}); err != nil {
		t.Fatal(err)
	}
	if s, ok := h.Find(gov, panel.Segment{Dimension: panel.Gender, Member: "男"}, "mud"); !ok || len(s.Points) != 2 {
		t.Errorf("series of a member: %+v", s)
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
	h, err := twoSources(t, "vendor").History(t.Context(), testCatalogue(t), panel.MustMonth("2022-12"), nil)
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

// The days of a panel are kept with their errors, not with every replicate.
func TestDaysOfAPanel(t *testing.T) {
	w, m := newHouse(t), panelMonth("2023-02")
	publishAll(t, w, claimed(t, w), m)
	var got []tabulate.Daily
	var rows []struct {
		App     panel.AppID `db:"app_id"`
		Day     time.Time   `db:"day"`
		Devices float64     `db:"devices"`
		SE      float64     `db:"se_devices"`
		N       int         `db:"n_devices"`
	}
	if err := w.db.SelectContext(t.Context(), &rows, "SELECT app_id, day, devices, se_devices, n_devices FROM panel_daily ORDER BY app_id, day"); err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if want := m.facts.Panel.Daily[i].Devices.StandardError(); r.SE != want || panel.MonthIn(r.Day) != m.publication.Month {
			t.Errorf("%s %s: standard error %v, want %v", r.App, r.Day, r.SE, want)
		}
		got = append(got, tabulate.Daily{App: r.App, Day: r.Day.Day(), Devices: panel.Estimate{r.Devices}, N: r.N})
	}
	var want []tabulate.Daily
	for _, d := range m.facts.Panel.Daily {
		want = append(want, tabulate.Daily{App: d.App, Day: d.Day, Devices: panel.Estimate{d.Devices[0]}, N: d.N})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("days (-published +stored):\n%s", diff)
	}
}

// Results are stored as computed: numbers to ten decimals, NULL for what is
// not known, flags in order.
func TestResultsAreStoredAsComputed(t *testing.T) {
	w, m := newHouse(t), vendorMonth("2023-02")
	l := claimed(t, w)
	writeCatalogue(t, w, l, "vendor")
	place := indicator.Row{Value: 12.5, SE: math.NaN()}
	m.formulas = func(indicator.History, panel.Month) indicator.Results {
		return indicator.Results{
			Rows: []indicator.Row{
				{
					Indicator: "annual_peak", App: rail, Segment: panel.All, Value: 1.0 / 3, SE: 1e-7, N: 31, Basis: panel.FromPanel,
					Flags: []indicator.Flag{indicator.Provisional, indicator.ArgmaxOpen}, At: panel.MustMonth("2023-01"),
				},
				{
					Indicator: "mom", App: rail, Segment: panel.All, Value: math.NaN(), SE: math.NaN(), Basis: panel.FromVendor,
					Flags: []indicator.Flag{indicator.NoBase},
				},
			},
			Ranks: []indicator.Ranked{
				{List: "政务", App: gov, Rank: 1, InList: true, Devices: place, Previous: 3, State: indicator.Entered},
				{List: "政务", App: tax, Rank: 2, Devices: place, State: indicator.Stayed},
			},
			Hours: []indicator.HourShare{{App: rail, Network: "G", Hour: 23, Share: 0.0417, Basis: panel.FromVendor}},
		}
	}
	publishAll(t, w, l, m)
	for text, want := range map[string][]string{
		"SELECT indicator, value, se, n_devices, flags, at_month FROM v_indicator ORDER BY indicator": {
			`"annual_peak" "0.3333333333" "1e-07" "31" "argmax_open,provisional" "2023-01-01T00:00:00Z"`,
			`"mom" NULL NULL NULL "no_base" NULL`,
		},
		"SELECT app_id, place, mud_devices, mud_se_devices, previous_place, place_change, state, is_in_list FROM v_rank ORDER BY place": {
			`"gov" "1" "12.5000000000" NULL "3" "2" "NEW" "1"`,
			`"tax" "2" "12.5000000000" NULL NULL NULL "" "0"`,
		},
		"SELECT app_id FROM v_top_list":                           {"gov"},
		"SELECT app_id, network, hour, share_ratio FROM v_hourly": {`"rail" "G" "23" "0.0417000000"`},
	} {
		if diff := cmp.Diff(want, read(t, w, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
