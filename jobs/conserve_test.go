package jobs_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

// people delivers a month of forty devices of 1000 each and what they did.
func (s *site) people(t *testing.T, month string, others ...string) {
	t.Helper()
	devices, usage := bytes.NewBufferString("device_id,weight,gender\n"), bytes.NewBufferString("device_id,app_id,active_days,uses,seconds\n")
	for i := range 40 {
		fmt.Fprintf(devices, "%016x,1000,%s\n", i, []string{"男", "女"}[i%2])
		fmt.Fprintf(usage, "%016x,yunshanfu,%d,40,600\n", i, 1+i%28)
	}
	for i, app := range others {
		fmt.Fprintf(usage, "%016x,%s,1,2,60\n", i, app)
	}
	m := panel.MustMonth(month)
	must(t, extract.WriteDelivery(filepath.Join(s.inbox, "panel", month), extract.Manifest{
		Vendor: "示例", Product: "people", Kind: extract.Microdata, Month: m, Revision: 1, UsageGrain: "month",
		DeliveredAt: m.Start().AddDate(0, 1, 9), UniverseWan: 4, TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1",
		Files: []extract.File{{Name: "devices.csv", Table: extract.TableDevices, Rows: 40}, {Name: "usage.csv", Table: extract.TableUsage, Rows: 40 + len(others)}},
	}, [][]byte{devices.Bytes(), usage.Bytes()}))
}

// A sabotage spoils one stage of a load.
type sabotage struct {
	name    string
	bytes   func(t *testing.T, s *site)                    // of the delivery
	meddle  func(a *warehouse.Arrival, f *warehouse.Facts) // of what was read
	trigger string                                         // of the warehouse
	want    string                                         // in the error
	data    bool                                           // the delivery's fault, else the program's or the server's
}

func inFile(name string, change func([]byte) []byte) func(*testing.T, *site) {
	return func(t *testing.T, s *site) {
		path := filepath.Join(s.inbox, name)
		text, err := os.ReadFile(path)
		must(t, err)
		must(t, os.WriteFile(path, change(text), 0o644))
	}
}

func replaced(old, with string) func([]byte) []byte {
	return func(text []byte) []byte { return bytes.Replace(text, []byte(old), []byte(with), 1) }
}

func everyone(f *warehouse.Facts) *tabulate.Cell {
	return f.Panel.Cells[panel.Key{App: panel.AllNetwork, Segment: panel.All}]
}

const doubled = "CREATE TRIGGER sabotage BEFORE INSERT ON %s FOR EACH ROW SET NEW.%s = NEW.%s * 2"

// inVendor are the sabotages of an aggregate delivery, inPanel those of
// microdata: one at least at every stage.
var (
	inVendor = []sabotage{
		{name: "bytes", bytes: inFile("vendor/2023-02/r1/"+appMonth, replaced("5200", "5201")), want: "sha256", data: true},
		{name: "bytes cut off", bytes: inFile("vendor/2023-02/r1/"+appMonth, func(b []byte) []byte { return b[:20] }), want: "bytes", data: true},
		{name: "rows announced", bytes: inFile("vendor/2023-02/r1/manifest.json", replaced(`"rows": 3`, `"rows": 4`)), want: "has 3 rows, manifest.json says 4", data: true},
		{name: "bytes in between", meddle: func(a *warehouse.Arrival, _ *warehouse.Facts) { a.Sums[0] = strings.Repeat("0", 64) }, want: "changed while it was read", data: true},
		{name: "a row out of the ledger", meddle: func(a *warehouse.Arrival, _ *warehouse.Facts) { a.Ledgers[0].Loaded-- }, want: "of 3 rows 3 were read, 1 loaded, 1 rejected"},
		{name: "a row never read", meddle: func(a *warehouse.Arrival, _ *warehouse.Facts) { a.Ledgers[0].Read--; a.Ledgers[0].Loaded-- }, want: "of 3 rows 2 were read"},
		{name: "a ledger", meddle: func(a *warehouse.Arrival, _ *warehouse.Facts) { a.Ledgers = nil }, want: "1 files have 0 ledgers"},
		{name: "an invented row", meddle: func(_ *warehouse.Arrival, f *warehouse.Facts) {
			v := f.Vendor[0]
			v.Line, v.App = 99, "abc"
			f.Vendor = append(f.Vendor, v)
		}, want: "3 rows gave values, 2 were loaded"},
		{name: "a rejected row", meddle: func(a *warehouse.Arrival, f *warehouse.Facts) { f.Vendor[0].Line = a.Rejects[0].Line }, want: "line 4 was rejected and gave a value"},
		{name: "a foreign file", meddle: func(_ *warehouse.Arrival, f *warehouse.Facts) { f.Vendor[0].File = 7 }, want: "file 8 of 1"},
		{name: "values on their way", trigger: fmt.Sprintf(doubled, "vendor_value", "value", "value"), want: "landed_values"},
	}
	inPanel = []sabotage{
		{name: "weights", bytes: inFile("panel/2023-02/manifest.json", replaced(`"universe_wan": 4`, `"universe_wan": 5`)), want: "universe_wan x 10000 is 50000.0", data: true},
		{name: "a device out of the total", meddle: func(_ *warehouse.Arrival, f *warehouse.Facts) { everyone(f).N-- }, want: "40 devices were loaded"},
		{name: "the total", meddle: func(_ *warehouse.Arrival, f *warehouse.Facts) { everyone(f).Devices[0] *= 1.01 }, want: "the universe is 40000.0 devices"},
		{name: "no total", meddle: func(_ *warehouse.Arrival, f *warehouse.Facts) { clear(f.Panel.Cells) }, want: "40 devices were loaded"},
		{name: "a member", meddle: func(_ *warehouse.Arrival, f *warehouse.Facts) {
			delete(f.Panel.Cells, panel.Key{App: panel.AllNetwork, Segment: panel.Segment{Dimension: panel.Gender, Member: "男"}})
		}, want: "the members of gender sum to 20000.0"},
		{name: "estimates on their way", trigger: fmt.Sprintf(doubled, "panel_estimate", "uses", "uses"), want: "landed_estimates"},
	}
)

// broken are the tables whose insert fails, one after the other.
var broken = []string{
	"etl_extract", "etl_file", "etl_reject", "publication", "vendor_value", "current_publication", "indicator",
}

// Whatever goes wrong, at whichever stage, nothing of the month is published
// and what was in force stays: bad data refuses the delivery, a fault of the
// program or of the server ends the run.
func TestNothingIsPublishedThatIsNotConserved(t *testing.T) {
	for _, source := range []string{"vendor", "panel"} {
		cases := inVendor
		if source == "panel" {
			cases = inPanel
		} else {
			for _, table := range broken {
				cases = append(cases, sabotage{
					name: "insert into " + table, want: "sabotage",
					trigger: fmt.Sprintf("CREATE TRIGGER sabotage BEFORE INSERT ON %s FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'sabotage'", table),
				})
			}
		}
		w := newSite(t)
		half := 0.5
		w.config.Quality.MaxRejectedRatio = &half
		w.config.Tabulate.Dimensions, w.config.Tabulate.Pairs = []string{panel.Gender}, nil
		w.deliver(t, source, "2023-01")
		w.mustRun(t)
		for _, c := range cases {
			t.Run(source+" "+c.name, func(t *testing.T) { w.sabotaged(t, source, c) })
		}
	}
}

func (s *site) deliver(t *testing.T, source, month string) {
	if source == "panel" {
		s.people(t, month)
	} else {
		s.small(t, "r1", month, 1, "1000")
	}
}

func (s *site) sabotaged(t *testing.T, source string, c sabotage) {
	s.deliver(t, source, "2023-02")
	defer func() { must(t, os.RemoveAll(filepath.Join(s.inbox, source, "2023-02"))) }()
	if c.bytes != nil {
		c.bytes(t, s)
	}
	if c.trigger != "" {
		_, err := s.db.ExecContext(t.Context(), c.trigger)
		must(t, err)
		defer func() {
			_, err := s.db.Exec("DROP TRIGGER sabotage")
			must(t, err)
		}()
	}
	s.meddle = c.meddle
	defer func() { s.meddle = nil }()
	before := contents(t, s)
	summary, err := s.run(t)
	var data *extract.DataError
	switch {
	case err == nil || !strings.Contains(err.Error(), c.want):
		t.Errorf("error %v, want one about %s", err, c.want)
	case errors.As(err, &data) != c.data:
		t.Errorf("error %v: bad data %t, want %t", err, !c.data, c.data)
	case !c.data && c.want != "sabotage" && !errors.Is(err, extract.ErrUnbalanced):
		t.Errorf("error %v, want extract.ErrUnbalanced", err)
	}
	if n := summary.Count(jobs.Published); n > 0 {
		t.Errorf("%d months published", n)
	}
	after := contents(t, s)
	if c.data { // what was refused is on record
		for _, table := range []string{"etl_extract", "etl_file", "etl_reject", "etl_note"} {
			after[table] = before[table]
		}
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the warehouse before (-), after (+):\n%s", diff)
	}
}
