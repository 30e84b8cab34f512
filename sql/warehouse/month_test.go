package warehouse

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"panelwatch/etl/extract"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// A delivered month: all that Publish wants of one delivery.
type delivered struct {
	publication Publication
	arrival     Arrival
	facts       Facts
	formulas    Formulas
}

func (m delivered) publish(t *testing.T, w *Warehouse, l *Lease) error {
	t.Helper()
	return m.publishIn(t.Context(), w, l)
}

func (m delivered) publishIn(ctx context.Context, w *Warehouse, l *Lease) error {
	return w.Publish(ctx, l, m.publication, m.arrival, m.facts, m.formulas)
}

// revision is the month delivered anew.
func (m delivered) revision(n int) delivered {
	m.publication.Revision, m.arrival.Delivery.Manifest.Revision = n, n
	m.arrival.Delivery.Identity = hashOf(fmt.Sprint(m.publication.Source, m.publication.Month, n))
	m.publication.InputsHash = m.arrival.Delivery.Identity
	return m
}

const (
	rail, tax, gov panel.AppID = "rail", "tax", "gov"
)

// testCatalogue has three apps, two of them ranked, and two dimensions.
func testCatalogue(t *testing.T) *panel.Catalogue {
	t.Helper()
	c := &panel.Catalogue{
		Version: "test",
		Apps: []panel.App{
			{ID: rail, Name: "铁路12306", NameEn: "China Railway 12306", Aliases: []string{"12306"}, Category: "交通出行", Profile: "rail"},
			{ID: tax, Name: "个人所得税", NameEn: "Individual income tax", Category: "政务", Profile: "tax"},
			{ID: gov, Name: "天府市民云", NameEn: "Tianfu", Category: "政务", Region: "四川-成都", Profile: "gov"},
		},
		Lists: []panel.ListOf{{Name: "政务", NameEn: "Government", Size: 1, Apps: []panel.AppID{tax, gov}}},
		Dimensions: map[string][]string{
			panel.Province: {"山东", "四川"}, panel.Gender: {"男", "女"},
		},
	}
	if err := c.Index(); err != nil {
		t.Fatal(err)
	}
	return c
}

// writeCatalogue makes the views show every app of one source.
func writeCatalogue(t *testing.T, w *Warehouse, l *Lease, source string) {
	t.Helper()
	notes := []MonthNote{{Month: panel.MustMonth("2023-01"), OffDays: 8, PresaleDays: 20}}
	err := w.WriteCatalogue(t.Context(), l, testCatalogue(t), func(panel.AppID) string { return source }, notes)
	if err != nil {
		t.Fatal(err)
	}
}

func settingsOfTest() indicator.Settings {
	return indicator.Settings{
		CAGRSteps: 6, TopN: 2, MinDevices: 30, MinChange: 50, MinVendor: 1000, RecordMonths: 2,
		Lists:      []panel.ListOf{{Name: "政务", Size: 1, Apps: []panel.AppID{tax, gov}}},
		Categories: map[panel.AppID]string{rail: "交通出行", tax: "政务", gov: "政务"},
	}
}

func theFormulas(h indicator.History, m panel.Month) indicator.Results {
	return indicator.Month(h, m, settingsOfTest())
}

// slowly takes d longer over the formulas, and calls meanwhile before.
func slowly(d time.Duration, f Formulas, meanwhile func()) Formulas {
	return func(h indicator.History, m panel.Month) indicator.Results {
		meanwhile()
		time.Sleep(d)
		return f(h, m)
	}
}

func hashOf(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

func newMonth(source, month string, kind string) delivered {
	m := panel.MustMonth(month)
	table := map[string]string{extract.Aggregate: extract.TableAppMonth, extract.Microdata: extract.TableUsage}[kind]
	d := extract.Delivery{
		Source: source, Dir: "deliveries/" + month,
		Manifest: extract.Manifest{
			Vendor: "vendor", Product: "product", Kind: kind, Month: m, Revision: 1,
			DeliveredAt: m.Start().AddDate(0, 1, 9), UniverseWan: 139_000,
			TierListYear: 2023, TGIBase: "all_network", DefinitionsVersion: "2023", Synthetic: "figures of tests",
			Files: []extract.File{{Name: "figures.csv", Table: table, Rows: 20, Bytes: 345, SHA256: hashOf(month)}},
		},
	}
	return delivered{
		publication: Publication{Source: source, Month: m, CodeVersion: "test", RunID: "run-1"},
		arrival: Arrival{
			Delivery: d, RunID: "run-1",
			Ledgers: []extract.Ledger{{Read: 20, Loaded: 17, Rejected: 2, Ignored: 1}},
			Rejects: []extract.Reject{
				{Line: 7, Column: "uses", Raw: "1'19\"\\", Rule: "not_a_number", Hint: "want a whole number"},
				{Line: 9, Raw: "𠮷野家,🚄", Rule: "unknown_app", Hint: "add the app"},
			},
		},
		formulas: theFormulas,
	}.revision(1)
}

// vendorMonth is an aggregate extract, its error assumed from a declared
// panel size.
func vendorMonth(month string) delivered {
	m := newMonth("vendor", month, extract.Aggregate)
	m.publication.Basis = panel.Assumed
	m.arrival.Delivery.Manifest.PanelSize, m.arrival.Delivery.Manifest.Deff = 500_000, 1.5
	grown := 1 + 0.01*float64(m.publication.Month%12)
	for i, app := range []panel.AppID{rail, tax, gov} {
		devices := math.Round(1e6 * float64(i+1) * grown)
		m.facts.Vendor = append(m.facts.Vendor,
			extract.Value{Line: i + 2, App: app, Segment: panel.All, Measure: extract.Devices, Value: devices},
			extract.Value{Line: i + 2, App: app, Segment: panel.All, Measure: extract.DAUAverage, Value: devices / 8},
			extract.Value{Line: i + 20, App: app, Segment: panel.Segment{Dimension: panel.Province, Member: "山东"}, Measure: extract.Devices, Value: devices / 4},
			extract.Value{Line: i + 20, App: app, Segment: panel.Segment{Dimension: panel.Province, Member: "山东"}, Measure: extract.TGI, Value: 121.5})
	}
	m.facts.Vendor = append(m.facts.Vendor,
		extract.Value{Line: 30, App: rail, Other: tax, Segment: panel.All, Measure: extract.OverlapDevices, Value: 400_000})
	for hour := range 24 {
		m.facts.Vendor = append(m.facts.Vendor, extract.Value{
			Line: 40, App: rail, Network: "ALL", Measure: extract.HourlyShare, Value: 0.0417,
			Segment: panel.Segment{Dimension: panel.Hour, Member: fmt.Sprint(hour)},
		})
	}
	return m
}

// panelMonth is microdata as tabulated, with numbers that use all the digits
// of a double.
func panelMonth(month string) delivered {
	m := newMonth("panel", month, extract.Microdata)
	m.publication.Basis = panel.FromPanel
	draw := rand.New(rand.NewPCG(1, uint64(m.publication.Month)))
	t := &tabulate.Tables{Month: m.publication.Month, Cells: map[panel.Key]*tabulate.Cell{}}
	segments := []panel.Segment{panel.All, {Dimension: panel.Gender, Member: "男"}, {Dimension: panel.Gender, Member: panel.Unknown}}
	for _, s := range segments {
		for _, app := range []panel.AppID{rail, tax, gov} {
			t.Cells[panel.Key{App: app, Segment: s}] = &tabulate.Cell{
				Devices: estimate(draw, 1e6), DeviceDays: estimate(draw, 8e6),
				Uses: estimate(draw, 3e7), Seconds: estimate(draw, 5e9), N: 100 + draw.IntN(1000),
			}
		}
		t.Cells[panel.Key{App: panel.AllNetwork, Segment: s}] = &tabulate.Cell{Devices: estimate(draw, 1.39e9), N: 5000}
	}
	for day := 1; day <= m.publication.Month.Days(); day++ {
		t.Daily = append(t.Daily, tabulate.Daily{App: rail, Day: day, Devices: estimate(draw, 1e5), N: day})
	}
	for _, p := range []panel.Pair{{A: gov, B: rail}, {A: gov, B: tax}, {A: rail, B: tax}} {
		t.Overlaps = append(t.Overlaps, tabulate.Overlap{Pair: p, Devices: estimate(draw, 1e5), N: 77})
	}
	m.facts = Facts{Panel: t, Pairs: []panel.Pair{{A: gov, B: tax}, {A: tax, B: rail}}}
	return m
}

func estimate(draw *rand.Rand, size float64) (e panel.Estimate) {
	level := size * (0.5 + draw.Float64())
	for g := range e {
		e[g] = level * (1 + 0.01*draw.NormFloat64())
	}
	return e
}
