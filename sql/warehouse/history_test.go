package warehouse

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
)

// historyOf publishes months and returns what the formulas of the last are
// given.
func historyOf(t *testing.T, months ...delivered) (given indicator.History) {
	t.Helper()
	w := newHouse(t)
	l := claimed(t, w)
	for i, m := range months {
		m.formulas = func(h indicator.History, month panel.Month) indicator.Results {
			if month != m.publication.Month {
				t.Errorf("formulas of %s are asked for %s", m.publication.Month, month)
			}
			if i == len(months)-1 {
				given = h
			}
			return indicator.Results{}
		}
		publishAll(t, w, l, m)
	}
	return given
}

// factsOf is what a published month has to come back as; of an older month
// only the totals do.
func factsOf(m delivered, older bool) *indicator.Facts {
	d := m.arrival.Delivery.Manifest
	f := &indicator.Facts{
		Month: d.Month, Basis: m.publication.Basis, Universe: d.UniverseWan * 1e4,
		Terms:     indicator.Terms{Vendor: d.Vendor, DefinitionsVersion: d.DefinitionsVersion, TGIBase: d.TGIBase, TierListYear: d.TierListYear},
		Cells:     map[panel.Key]indicator.Cell{},
		Overlaps:  map[panel.Pair]indicator.Pairwise{},
		Delivered: map[indicator.Printed]float64{},
	}
	if d.PanelSize > 0 {
		f.Sample = indicator.Sample{Size: d.PanelSize, Deff: d.Deff, Universe: f.Universe}
	}
	if m.facts.Panel == nil {
		for _, v := range m.facts.Vendor {
			if !older || v.Measure == extract.Devices && v.Segment == panel.All && v.Other == "" {
				place(f, v)
			}
		}
		return f
	}
	for k, c := range m.facts.Panel.Cells {
		if !older || k.Segment == panel.All {
			has := k.App != panel.AllNetwork
			f.Cells[k] = indicator.Cell{
				N: c.N, Devices: indicator.Sum{Estimate: c.Devices, Has: true}, DeviceDays: indicator.Sum{Estimate: c.DeviceDays, Has: has},
				Uses: indicator.Sum{Estimate: c.Uses, Has: has}, Seconds: indicator.Sum{Estimate: c.Seconds, Has: has},
			}
		}
	}
	return f
}

// place files one delivered number where a formula looks for it.
func place(f *indicator.Facts, v extract.Value) {
	if v.Other != "" {
		placePair(f, v)
		return
	}
	k := panel.Key{App: v.App, Segment: v.Segment}
	c := f.Cells[k]
	switch v.Measure {
	case extract.Devices:
		c.Devices = only(v.Value)
	case extract.DAUAverage:
		c.DeviceDays = only(v.Value * float64(f.Month.Days()))
	case extract.Uses:
		c.Uses = only(v.Value)
	case extract.Seconds:
		c.Seconds = only(v.Value)
	default:
		f.Delivered[indicator.Printed{Measure: v.Measure, App: v.App, Segment: v.Segment, Network: v.Network}] = v.Value
		return
	}
	f.Cells[k] = c
}

// placePair files what is delivered of the pair (rail, tax): the vendor's own
// rates of it are kept, but no formula uses them.
func placePair(f *indicator.Facts, v extract.Value) {
	p := panel.Pair{A: rail, B: tax}
	w := f.Overlaps[p]
	switch {
	case v.Measure == extract.OverlapDevices:
		w.Both = only(v.Value)
	case v.Measure == extract.UnionDevices:
		w.Union = only(v.Value)
	case v.Measure == extract.Devices && v.App == p.A:
		w.A = only(v.Value)
	case v.Measure == extract.Devices:
		w.B = only(v.Value)
	}
	f.Overlaps[p] = w
}

// only is a sum without replicates.
func only(value float64) (s indicator.Sum) {
	s.Estimate[0], s.Has = value, true
	return s
}

func TestAPanelComesBackWithAllReplicates(t *testing.T) {
	older, before, now := panelMonth("2022-11"), panelMonth("2022-12"), panelMonth("2023-01")
	now.facts.Panel.Cells[panel.Key{App: gov, Segment: panel.All}].Seconds = everyMagnitude()
	want := indicator.History{
		older.publication.Month: factsOf(older, true), before.publication.Month: factsOf(before, false), now.publication.Month: factsOf(now, false),
	}
	for _, m := range []delivered{before, now} {
		for _, o := range m.facts.Panel.Overlaps {
			if o.Pair != (panel.Pair{A: gov, B: rail}) { // the pair that Facts.Pairs does not ask for
				want[m.publication.Month].Overlaps[o.Pair] = indicator.Pairwise{Both: indicator.Sum{Estimate: o.Devices, Has: true}, N: o.N}
			}
		}
	}
	if diff := cmp.Diff(want, historyOf(t, older, before, now)); diff != "" {
		t.Errorf("facts, bit by bit (-published +loaded):\n%s", diff)
	}
}

// everyMagnitude has doubles from 1e-300 to 1e300 with random digits, zero,
// and the neighbours of round numbers.
func everyMagnitude() (e panel.Estimate) {
	draw := rand.New(rand.NewPCG(3, 4))
	for g := range e {
		e[g] = (draw.Float64() - 0.5) * math.Pow(10, float64(600*g/panel.Groups-300))
	}
	copy(e[60:], []float64{0, 1, math.Nextafter(1, 2), math.Nextafter(1, 0), 0.1, 1e15 + 0.125, math.Nextafter(1e9, 0), 1 << 53})
	return e
}

// allMeasures is a month with every measure that an extract can have.
func allMeasures(month string) delivered {
	m := vendorMonth(month)
	draw := rand.New(rand.NewPCG(5, uint64(m.publication.Month)))
	m.facts.Vendor = []extract.Value{
		{File: 0, Line: 2, App: panel.AllNetwork, Segment: panel.All, Measure: extract.Devices, Value: 1_390_000_000},
		{File: 0, Line: 3, App: panel.AllNetwork, Segment: panel.Segment{Dimension: panel.Category, Member: "政务"}, Measure: extract.Devices, Value: 812_345_678},
		{File: 1, Line: 2, App: tax, List: "政务", Segment: panel.All, Measure: extract.Position, Value: 1},
		{File: 1, Line: 2, App: tax, List: "政务", Segment: panel.All, Measure: extract.CAGR6, Value: -0.016},
		{File: 2, Line: 2, App: rail, Other: tax, Segment: panel.All, Measure: extract.Devices, Value: 160_000_000},
		{File: 2, Line: 2, App: tax, Other: rail, Segment: panel.All, Measure: extract.Devices, Value: 900_000_000},
		{File: 2, Line: 2, App: rail, Other: tax, Segment: panel.All, Measure: extract.OverlapDevices, Value: 97_000_000},
		{File: 2, Line: 2, App: rail, Other: tax, Segment: panel.All, Measure: extract.UnionDevices, Value: 963_000_000},
		{File: 2, Line: 2, App: rail, Other: tax, Segment: panel.All, Measure: extract.OverlapRate, Value: 0.606},
		{File: 2, Line: 2, App: rail, Other: tax, Segment: panel.All, Measure: extract.ExclusiveShare, Value: 0.394},
	}
	measures := []string{
		extract.Devices, extract.DAUAverage, extract.Uses, extract.Seconds,
		extract.UsesPerDeviceDay, extract.MinutesPerDeviceDay, extract.Share, extract.TGI, extract.MoM,
	}
	segments := []panel.Segment{panel.All, {Dimension: panel.Province, Member: "山东"}, {Dimension: panel.Gender, Member: "女"}}
	for i, app := range []panel.AppID{rail, tax, gov} {
		for j, s := range segments {
			for _, measure := range measures {
				m.facts.Vendor = append(m.facts.Vendor, extract.Value{
					File: 3, Line: 2 + 10*i + j, App: app, Segment: s, Measure: measure, Value: printed(draw),
				})
			}
		}
	}
	for _, network := range []string{"G", "ALL"} {
		for hour := range 24 {
			m.facts.Vendor = append(m.facts.Vendor, extract.Value{
				File: 4, Line: 2 + len(network), App: rail, Network: network, Measure: extract.HourlyShare, Value: printed(draw),
				Segment: panel.Segment{Dimension: panel.Hour, Member: strconv.Itoa(hour)},
			})
		}
	}
	return m
}

// printed is a number as tables print them: up to ten decimals, up to 13 digits before.
func printed(draw *rand.Rand) float64 {
	decimals := draw.IntN(11)
	digits := strconv.Itoa(draw.IntN(10_000_000_000_000))
	v, err := strconv.ParseFloat(digits+"e-"+strconv.Itoa(decimals), 64)
	if err != nil {
		panic(err)
	}
	return v
}

func TestAnExtractComesBackAsDelivered(t *testing.T) {
	older, before, now := allMeasures("2022-11"), allMeasures("2022-12"), allMeasures("2023-01")
	want := indicator.History{
		older.publication.Month: factsOf(older, true), before.publication.Month: factsOf(before, false), now.publication.Month: factsOf(now, false),
	}
	if diff := cmp.Diff(want, historyOf(t, older, before, now)); diff != "" {
		t.Errorf("facts (-published +loaded):\n%s", diff)
	}
}

// A series may go on from aggregates into microdata; a later month is not
// looked at.
func TestHistoryOfASeriesThatChangesItsBasis(t *testing.T) {
	older, before, now, later := allMeasures("2022-11"), allMeasures("2022-12"), panelMonth("2023-01"), panelMonth("2023-02")
	months := []delivered{later, older, before, now}
	for i := range months {
		months[i].publication.Source = "both"
	}
	got := historyOf(t, months...)
	if len(got) != 3 || got[later.publication.Month] != nil {
		t.Errorf("%d months, want the 3 up to %s", len(got), now.publication.Month)
	}
	for _, m := range []delivered{older, before, now} {
		want := factsOf(m, m.publication.Month < now.publication.Month-1)
		if diff := cmp.Diff(want.Cells, got[m.publication.Month].Cells); diff != "" {
			t.Errorf("cells of %s (-published +loaded):\n%s", m.publication.Month, diff)
		}
	}
}

// Where a year closes its cities come back, and the December before in full.
func TestHistoryOfAClosingYearHasItsCities(t *testing.T) {
	beijing := panel.Segment{Dimension: panel.City, Member: "北京"}
	for name, month := range map[string]func(string) delivered{"aggregates": withCity, "microdata": withCityOfPanel} {
		t.Run(name, func(t *testing.T) {
			long, before, march, now := month("2022-11"), month("2022-12"), month("2023-03"), month("2023-12")
			got := historyOf(t, long, before, march, now)
			for _, c := range []struct {
				of   delivered
				keep func(panel.Segment) bool
			}{
				{long, func(s panel.Segment) bool { return s == panel.All }},
				{before, func(panel.Segment) bool { return true }},
				{march, func(s panel.Segment) bool { return s == panel.All || s == beijing }},
				{now, func(panel.Segment) bool { return true }},
			} {
				m := c.of.publication.Month
				want := map[panel.Segment]bool{}
				for k := range factsOf(c.of, false).Cells {
					want[k.Segment] = want[k.Segment] || c.keep(k.Segment)
				}
				have := map[panel.Segment]bool{}
				for k := range want {
					_, have[k] = got[m].Cells[panel.Key{App: rail, Segment: k}]
				}
				if diff := cmp.Diff(want, have); diff != "" {
					t.Errorf("segments of %s (-want +got):\n%s", m, diff)
				}
			}
		})
	}
}

func withCity(month string) delivered {
	m := vendorMonth(month)
	m.facts.Vendor = append(m.facts.Vendor, extract.Value{
		Line: 50, App: rail, Segment: panel.Segment{Dimension: panel.City, Member: "北京"}, Measure: extract.Devices, Value: 1e5,
	})
	return m
}

func withCityOfPanel(month string) delivered {
	m := panelMonth(month)
	c := *m.facts.Panel.Cells[panel.Key{App: rail, Segment: panel.All}]
	m.facts.Panel.Cells[panel.Key{App: rail, Segment: panel.Segment{Dimension: panel.City, Member: "北京"}}] = &c
	return m
}
