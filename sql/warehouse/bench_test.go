package warehouse

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"panelwatch/etl/extract"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
	"panelwatch/sql/warehouse/localserver/servertest"
)

// The market of the measurements: 100 apps with 60 segments each (all devices
// and 59 members), every estimate with its 80 replicates, and 全网 likewise.
const (
	marketApps    = 100
	marketMembers = 59
	marketMonth   = "2023-12"
)

// marketSegments are all devices and the members of six dimensions.
func marketSegments() []panel.Segment {
	out := []panel.Segment{panel.All}
	for _, d := range []struct {
		dimension string
		members   int
	}{{panel.Province, 32}, {panel.CityTier, 7}, {panel.AgeBand, 6}, {panel.Gender, 3}, {panel.Marital, 3}, {panel.Occupation, 8}} {
		for i := range d.members {
			out = append(out, panel.Segment{Dimension: d.dimension, Member: fmt.Sprintf("选项%02d", i)})
		}
	}
	return out
}

// market is a month of it.
func market(m panel.Month) delivered {
	out := newMonth("panel", m.String(), extract.Microdata)
	out.publication.Basis = panel.FromPanel
	draw := rand.New(rand.NewPCG(7, uint64(m)))
	t := &tabulate.Tables{Month: m, Cells: map[panel.Key]*tabulate.Cell{}}
	for _, s := range marketSegments() {
		size := 1.0
		if s != panel.All {
			size = 0.1
		}
		t.Cells[panel.Key{App: panel.AllNetwork, Segment: s}] = &tabulate.Cell{Devices: estimate(draw, 1.39e9*size), N: 500_000}
		for i := range marketApps {
			t.Cells[panel.Key{App: marketApp(i), Segment: s}] = &tabulate.Cell{
				Devices: estimate(draw, 1e7*size), DeviceDays: estimate(draw, 8e7*size),
				Uses: estimate(draw, 3e8*size), Seconds: estimate(draw, 5e10*size), N: 1000 + draw.IntN(1000),
			}
		}
	}
	out.facts = Facts{Panel: t}
	settings := marketSettings()
	out.formulas = func(h indicator.History, m panel.Month) indicator.Results { return indicator.Month(h, m, settings) }
	return out
}

func marketApp(i int) panel.AppID { return panel.AppID(fmt.Sprintf("app%03d", i)) }

func marketSettings() indicator.Settings {
	s := settingsOfTest()
	s.TopN, s.RecordMonths, s.BaseMonth = 5, 24, panel.MustMonth("2020-01")
	s.Lists, s.Categories = []panel.ListOf{{Name: "榜", Size: 20}}, map[panel.AppID]string{}
	for i := range marketApps {
		s.Categories[marketApp(i)] = "类"
		s.Lists[0].Apps = append(s.Lists[0].Apps, marketApp(i))
	}
	return s
}

// withFacts puts a month into force without results: an earlier month of which
// only the facts are wanted.
func withFacts(b *testing.B, w *Warehouse, d delivered) {
	b.Helper()
	err := w.inTx(b.Context(), func(tx *sqlx.Tx) error {
		extractID, err := w.record(b.Context(), tx, d.arrival)
		if err != nil {
			return err
		}
		id, err := w.open(b.Context(), tx, d.publication, extractID, 0)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(b.Context(), query("publication_own_facts"), id); err != nil {
			return err
		}
		if err := w.insertFacts(b.Context(), tx, id, d.facts); err != nil {
			return err
		}
		_, err = tx.ExecContext(b.Context(), query("publication_flip"), d.publication.Source, d.publication.Month.Start(), id)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// benchHouse is a warehouse on a server as MariaDB ships it.
func benchHouse(b *testing.B) (*Warehouse, string) {
	b.Helper()
	dsn := servertest.NewDefaultServer(b)
	w := openAt(b, dsn)
	if err := w.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	return w, dsn
}

// BenchmarkWarehousePublish publishes a month of a panel, each round as another
// revision, in a warehouse that has the months it is compared with.
func BenchmarkWarehousePublish(b *testing.B) {
	w, _ := benchHouse(b)
	l := claimed(b, w)
	last := panel.MustMonth(marketMonth)
	for _, m := range []panel.Month{last - 12, last - 1} {
		withFacts(b, w, market(m))
	}
	month, revision := market(last), 0
	var times servertest.Times
	for b.Loop() {
		revision++
		next := month.revision(revision)
		times.Take(func() {
			if err := next.publishIn(b.Context(), w, l); err != nil {
				b.Fatal(err)
			}
		})
	}
	times.Report(b, 10*time.Second)
	b.ReportMetric(float64((1+panel.Groups)*len(month.facts.Panel.Cells)), "rows")
}

func noDistant(indicator.History, panel.Month) []indicator.Row { return nil }

// BenchmarkWarehouseRepublish computes the results of a month anew from facts
// that are there, with four years of history.
func BenchmarkWarehouseRepublish(b *testing.B) {
	w, _ := benchHouse(b)
	l := claimed(b, w)
	last := panel.MustMonth(marketMonth)
	for m := last - 47; m <= last; m++ {
		withFacts(b, w, market(m))
	}
	month := market(last)
	issues, err := w.Current(b.Context(), "panel")
	if err != nil {
		b.Fatal(err)
	}
	now := issues[47]
	now.ResultsHash, now.DistantHash = "", "" // every number moves
	var times servertest.Times
	for b.Loop() {
		times.Take(func() {
			published, err := w.Recompute(b.Context(), l, month.publication, now, month.formulas, noDistant)
			if err != nil || !published {
				b.Fatal(published, err)
			}
		})
	}
	times.Report(b, 5*time.Second)
}

// BenchmarkWarehouseLoad loads the estimates of a month, and mysqlimport the
// same rows from a file into the same table, one after the other and in turn
// first. Both commit; the file is written before the clock starts.
func BenchmarkWarehouseLoad(b *testing.B) {
	w, dsn := benchHouse(b)
	month := market(panel.MustMonth(marketMonth))
	for i := range 2 {
		loadEstimates(b, w, int64(i+1), month.facts)
	}
	var ours, peer servertest.Times
	for id := int64(10); b.Loop(); id += 2 {
		file := importFile(b, id+1, month.facts)
		steps := []func(){
			func() { ours.Take(func() { loadEstimates(b, w, id, month.facts) }) },
			func() { peer.Take(func() { mysqlimport(b, dsn, file) }) },
		}
		if id%4 == 0 {
			steps[0], steps[1] = steps[1], steps[0]
		}
		for _, step := range steps {
			step()
		}
		sameEstimates(b, w, id, id+1)
	}
	ours.Report(b, peer.Median())
	var ratios servertest.Times
	for i := range ours {
		ratios = append(ratios, ours[i]*1000/peer[i])
	}
	b.ReportMetric(float64(ratios.Median())/1000, "of-mysqlimport")
}

func loadEstimates(b *testing.B, w *Warehouse, id int64, f Facts) {
	b.Helper()
	if err := w.inTx(b.Context(), func(tx *sqlx.Tx) error { return w.insertFacts(b.Context(), tx, id, f) }); err != nil {
		b.Fatal(err)
	}
}

// importFile writes the rows in the order of the primary key, as mysqlimport
// wants them. It takes the table from the name of the file.
func importFile(b *testing.B, id int64, f Facts) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "panel_estimate.txt")
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriter(file)
	for row := range estimateRows(id, f.Panel) {
		for i, v := range row {
			if i > 0 {
				_ = out.WriteByte('\t')
			}
			fmt.Fprint(out, v)
		}
		_ = out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// mysqlimport loads a file as Debian's client does.
func mysqlimport(b *testing.B, dsn, file string) {
	b.Helper()
	cmd := servertest.Client(b, dsn, "mysqlimport", []string{"--local"}, file)
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "Warnings: 0") {
		b.Fatalf("%s: %v\n%s", cmd, err, out)
	}
}

// sameEstimates makes sure that both have loaded the same rows.
func sameEstimates(b *testing.B, w *Warehouse, one, other int64) {
	b.Helper()
	same := "SELECT COUNT(*) FROM panel_estimate a JOIN panel_estimate b ON b.publication_id = ? AND b.app_id = a.app_id" +
		" AND b.dimension = a.dimension AND b.member = a.member AND b.replicate = a.replicate AND b.devices = a.devices" +
		" AND b.device_days = a.device_days AND b.uses = a.uses AND b.seconds = a.seconds AND b.n_devices = a.n_devices" +
		" WHERE a.publication_id = ?"
	got := read(b, w, same, other, one)
	if want := read(b, w, "SELECT COUNT(*) FROM panel_estimate WHERE publication_id = ?", other); got[0] != want[0] || got[0] == "0" {
		b.Fatalf("%s of %s rows are the same", got[0], want[0])
	}
}
