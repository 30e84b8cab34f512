package warehouse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// publishAll brings months into force, in order.
func publishAll(t *testing.T, w *Warehouse, l *Lease, months ...delivered) {
	t.Helper()
	for _, m := range months {
		if err := m.publish(t, w, l); err != nil {
			t.Fatalf("publish %s %s: %v", m.publication.Source, m.publication.Month, err)
		}
	}
}

// What a vendor wrote where a header should be is kept as far as it fits.
func TestLongNamesAreCut(t *testing.T) {
	w := newHouse(t)
	a := vendorMonth("2023-01").arrival
	a.Refusal = "bad"
	a.Rejects = []extract.Reject{{Column: strings.Repeat("列", 300), Cell: strings.Repeat("表", 300) + "!C3", Raw: "x", Rule: "negative"}}
	if err := w.Record(t.Context(), claimed(t, w), a); err != nil {
		t.Fatal(err)
	}
	if got := one(t, w, "SELECT CHAR_LENGTH(column_name), CHAR_LENGTH(cell), message LIKE '%列%negative' FROM etl_reject"); got != `"128" "128" "1"` {
		t.Errorf("lengths of column and cell, and message: %s", got)
	}
}

// Readers see the month before, or the month after, while facts, flip and
// indicators are written.
func TestAMonthAppearsAllAtOnce(t *testing.T) {
	for _, m := range []delivered{vendorMonth("2023-02"), panelMonth("2023-02")} {
		t.Run(string(m.publication.Basis), func(t *testing.T) {
			w, dsn := newHouseAt(t)
			l := claimed(t, w)
			writeCatalogue(t, w, l, m.publication.Source)
			publishAll(t, w, l, vendorMonth("2023-01"))
			reader := openAt(t, dsn)
			before := contents(t, reader)
			looked := false
			m.formulas = func(h indicator.History, month panel.Month) indicator.Results {
				looked = true
				if diff := cmp.Diff(before, contents(t, reader)); diff != "" {
					t.Errorf("seen by a reader during the publication (-before +during):\n%s", diff)
				}
				return theFormulas(h, month)
			}
			publishAll(t, w, l, m)
			if !looked {
				t.Error("the formulas were not called")
			}
			for _, view := range []string{"v_indicator", "v_app_month", "v_rank", "v_top_list", "v_app_segment", "v_overlap"} {
				if one(t, reader, "SELECT COUNT(*) FROM "+view+" WHERE month_start = '2023-02-01'") == "0" {
					t.Errorf("%s has no rows after the publication", view)
				}
			}
		})
	}
}

// A publication that fails, wherever it fails, leaves every byte as it was.
func TestAFailedPublicationLeavesNothing(t *testing.T) {
	doubling := func(double func(*indicator.Results)) Formulas {
		return func(h indicator.History, m panel.Month) indicator.Results {
			r := theFormulas(h, m)
			double(&r)
			return r
		}
	}
	vendor, micro := vendorMonth("2023-02"), panelMonth("2023-02")
	type failing struct {
		name, at string // at: the statement that fails
		month    delivered
	}
	var cases []failing
	add := func(name, at string, m delivered, spoil func(*delivered)) {
		spoil(&m)
		cases = append(cases, failing{name, at, m})
	}
	add("rows twice", "indicator_insert", vendor, func(m *delivered) {
		m.formulas = doubling(func(r *indicator.Results) { r.Rows = append(r.Rows, r.Rows[0]) })
	})
	add("places twice", "ranking_insert", vendor, func(m *delivered) {
		m.formulas = doubling(func(r *indicator.Results) { r.Ranks = append(r.Ranks, r.Ranks[0]) })
	})
	add("pairs twice", "overlap_insert", micro, func(m *delivered) {
		m.formulas = doubling(func(r *indicator.Results) { r.Overlaps = append(r.Overlaps, r.Overlaps[0]) })
	})
	add("hours twice", "hourly_insert", vendor, func(m *delivered) {
		m.formulas = doubling(func(r *indicator.Results) { r.Hours = append(r.Hours, r.Hours[0]) })
	})
	add("a value too large for its column", "indicator_insert", vendor, func(m *delivered) {
		m.formulas = doubling(func(r *indicator.Results) { r.Rows[0].Value = 1e25 })
	})
	add("figures twice", "vendor_value_insert", vendor, func(m *delivered) {
		m.facts.Vendor = append(m.facts.Vendor[:3:3], m.facts.Vendor...)
	})
	add("days twice", "panel_daily_insert", micro, func(m *delivered) {
		tables := *m.facts.Panel
		tables.Daily = append(tables.Daily[:1:1], tables.Daily...)
		m.facts.Panel = &tables
	})
	add("rows unaccounted for", "file_insert", vendor, func(m *delivered) {
		m.arrival.Ledgers = []extract.Ledger{{Read: 20, Loaded: 19}}
	})

	w := newHouse(t)
	l := claimed(t, w)
	writeCatalogue(t, w, l, "vendor")
	publishAll(t, w, l, vendorMonth("2023-01"), vendor, micro)
	before := contents(t, w)
	for _, c := range cases {
		if err := c.month.revision(2).publish(t, w, l); err == nil || !strings.HasPrefix(err.Error(), c.at+": ") {
			t.Errorf("%s: %v, want an error of %s", c.name, err, c.at)
		}
		if diff := cmp.Diff(before, contents(t, w)); diff != "" {
			t.Fatalf("%s: tables (-before +after):\n%s", c.name, diff)
		}
	}
	publishAll(t, w, l, vendor.revision(2), micro.revision(2))
}

func TestARevisionSupersedes(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	writeCatalogue(t, w, l, "vendor")
	first := vendorMonth("2023-01")
	second := vendorMonth("2023-01").revision(2)
	second.facts.Vendor[0].Value = 1_234_567 // devices of rail
	publishAll(t, w, l, first, second)

	const mud = " WHERE indicator = 'mud' AND app_id = 'rail' AND dimension = 'all'"
	if diff := cmp.Diff([]string{`"2" "1234567.0000000000"`}, read(t, w, "SELECT revision, value FROM v_indicator"+mud)); diff != "" {
		t.Errorf("v_indicator (-want +got):\n%s", diff)
	}
	got := read(t, w, "SELECT revision, value, superseded_at IS NULL FROM v_indicator_history"+mud+" ORDER BY revision")
	want := []string{`"1" "1000000.0000000000" "0"`, `"2" "1234567.0000000000" "1"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("v_indicator_history (-want +got):\n%s", diff)
	}
	in := one(t, w, `SELECT COUNT(*) FROM publication a JOIN publication b
		 ON a.superseded_at >= a.published_at AND b.published_at <= a.superseded_at WHERE a.revision = 1 AND b.revision = 2`)
	if in != "1" {
		t.Error("the first publication was not superseded when the second came into force")
	}
	third := vendorMonth("2023-01").revision(3)
	third.formulas = func(indicator.History, panel.Month) indicator.Results { return indicator.Results{} }
	at := one(t, w, "SELECT superseded_at FROM publication WHERE revision = 1")
	publishAll(t, w, l, third)
	if again := one(t, w, "SELECT superseded_at FROM publication WHERE revision = 1"); again != at {
		t.Errorf("superseded_at of the first publication went from %s to %s", at, again)
	}
}

// A refused delivery keeps its books; nothing of it is in force. Read again,
// it replaces what it said.
func TestARefusedDeliveryIsOnRecordOnly(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	a := vendorMonth("2023-01").arrival
	a.Refusal = "figures.csv: line 7: column uses: 2 of 20 rows rejected"
	for range 2 {
		if err := w.Record(t.Context(), l, a); err != nil {
			t.Fatal(err)
		}
	}
	for text, want := range map[string]string{
		"SELECT status, refusal FROM etl_extract":       `"refused" "` + a.Refusal + `"`,
		"SELECT COUNT(*) FROM etl_file":                 "1",
		"SELECT COUNT(*) FROM etl_reject":               "2",
		"SELECT raw_value FROM etl_reject WHERE seq= 1": a.Rejects[0].Raw,
		"SELECT raw_value FROM etl_reject WHERE seq= 2": a.Rejects[1].Raw,
		"SELECT COUNT(*) FROM publication":              "0",
		"SELECT COUNT(*) FROM current_publication":      "0",
	} {
		if got := one(t, w, text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	a.Refusal = ""
	publishAll(t, w, l, vendorMonth("2023-01"))
	if got := read(t, w, "SELECT status, refusal FROM etl_extract"); len(got) != 1 || got[0] != `"loaded" ""` {
		t.Errorf("after it was accepted: %s", got)
	}
}

// What is wrong with a delivery may be told at any length: a header that is
// no header at all is quoted in full.
func TestALongRefusalIsKeptInPart(t *testing.T) {
	w := newHouse(t)
	a := vendorMonth("2023-01").arrival
	a.Refusal = "figures.csv: line 1: column " + strings.Repeat("乱", 100_000) + ": is not in the contract"
	if err := w.Record(t.Context(), claimed(t, w), a); err != nil {
		t.Fatal(err)
	}
	got := one(t, w, "SELECT refusal FROM etl_extract")
	if !strings.HasPrefix(got, "figures.csv: line 1: column 乱乱乱") || !strings.HasSuffix(got, "乱…") {
		t.Errorf("refusal %.60q…, want its beginning", got)
	}
}
