package extract_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"panelwatch/configs"
	"panelwatch/etl/extract"
)

// rowsOfUsage draws rows from so small a world that repeats, contradictions
// and faults are common.
func rowsOfUsage(t *rapid.T) []string {
	cell := func(name string, values ...string) string { return rapid.SampledFrom(values).Draw(t, name) }
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		return strings.Join([]string{
			cell("device", "d1", "d2", "d3", "orphan", ""),
			cell("app", "geshui", "yunshanfu", "nobody"),
			cell("days", "1", "1", "2", "0", "32", "x"),
			cell("uses", "2", "2", "3", "-1", "1.5"),
			cell("seconds", "0", "0", "60", "999999999"),
		}, ",")
	}), 1, 60).Draw(t, "rows")
}

// readUsage reads the rows, cut in two files, with three devices.
func readUsage(t *rapid.T, rows []string, cut int) (*extract.Panel, error) {
	dir, err := os.MkdirTemp("", "delivery")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	m := soundManifest(extract.Microdata)
	contents := [][]byte{[]byte("device_id,weight\nd1,2000\nd2,3000\nd3,5000\n")}
	m.Files = []extract.File{{Name: "devices.csv", Table: extract.TableDevices, Rows: 3}}
	for i, part := range [][]string{rows[:cut], rows[cut:]} {
		if len(part) > 0 {
			m.Files = append(m.Files, extract.File{Name: fmt.Sprintf("usage%d.csv", i), Table: extract.TableUsage, Rows: len(part)})
			contents = append(contents, []byte("device_id,app_id,active_days,uses,seconds\n"+strings.Join(part, "\n")+"\n"))
		}
	}
	if err := extract.WriteDelivery(dir, m, contents); err != nil {
		t.Fatal(err)
	}
	return extract.ReadPanel(t.Context(), extract.Delivery{Dir: dir, Manifest: m}, shipped, extract.Options{Contracts: datasets})
}

var (
	shipped  = must(configs.Catalogue(nil))
	datasets = must(configs.Datasets(nil))
)

// Every row read is loaded, rejected or ignored; each reject is listed; each
// loaded row is in the panel, once for its device and app.
func TestRowsAreConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rowsOfUsage(t)
		p, err := readUsage(t, rows, rapid.IntRange(0, len(rows)).Draw(t, "cut"))
		if err != nil {
			t.Fatal(err)
		}
		var sum extract.Ledger
		for _, l := range p.Ledgers[1:] {
			if !l.Balanced() {
				t.Fatalf("not balanced: %+v", l)
			}
			sum.Read, sum.Loaded, sum.Rejected = sum.Read+l.Read, sum.Loaded+l.Loaded, sum.Rejected+l.Rejected
		}
		if sum.Read != len(rows) || sum.Loaded != len(p.Usage) || sum.Rejected != len(p.Rejects) {
			t.Fatalf("%+v of %d rows, %d loaded, %d rejects", sum, len(rows), len(p.Usage), len(p.Rejects))
		}
		for i := 1; i < len(p.Usage); i++ {
			if a, b := p.Usage[i-1], p.Usage[i]; a.Device == b.Device && a.App >= b.App || a.Device > b.Device {
				t.Fatalf("not in order or twice: %+v, %+v", a, b)
			}
		}
	})
}

// The panel does not depend on the order of the rows or on their files.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rowsOfUsage(t)
		want, err := readUsage(t, rows, 0)
		if err != nil {
			t.Fatal(err)
		}
		shuffled := rapid.Permutation(rows).Draw(t, "shuffled")
		got, err := readUsage(t, shuffled, rapid.IntRange(0, len(rows)).Draw(t, "cut"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Usage, got.Usage, cmpopts.IgnoreUnexported(extract.Usage{})); diff != "" {
			t.Fatalf("as drawn -, shuffled +:\n%s", diff)
		}
	})
}

// However a compressed file is cut, reading it says so.
func TestCutGzipIsNeverRead(t *testing.T) {
	var whole bytes.Buffer
	w := gzip.NewWriter(&whole)
	fmt.Fprint(w, "分类,月份,月独立设备数(亿台)\n全网,2023-12,13.9\n")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for size := range whole.Len() {
		m, _ := small("2023-12", 1)
		dir := t.TempDir()
		if err := extract.WriteDelivery(dir, m, [][]byte{whole.Bytes()[:size]}); err != nil {
			t.Fatal(err)
		}
		_, err := extract.ReadAggregate(t.Context(), extract.Delivery{Dir: dir, Manifest: m}, shipped, extract.Options{Contracts: datasets})
		var fault *extract.DataError
		if !errors.As(err, &fault) || fault.File != "universe.csv" {
			t.Errorf("cut to %d bytes: got %v, want a fault of universe.csv", size, err)
		}
	}
}

// MaxRejects bounds what is kept, never what is counted.
func TestRejectsAreBounded(t *testing.T) {
	dir := t.TempDir()
	m := soundManifest(extract.Microdata)
	m.Files = []extract.File{
		{Name: "devices.csv", Table: extract.TableDevices, Rows: 1},
		{Name: "usage.csv", Table: extract.TableUsage, Rows: 51},
	}
	usage := "device_id,app_id,active_days,uses,seconds\n" + strings.Repeat("nobody,geshui,1,1,1\n", 50) + "d1,geshui,1,1,1\n"
	if err := extract.WriteDelivery(dir, m, [][]byte{[]byte("device_id,weight\nd1,10000\n"), []byte(usage)}); err != nil {
		t.Fatal(err)
	}
	var progress []int
	p, err := extract.ReadPanel(t.Context(), extract.Delivery{Dir: dir, Manifest: m}, shipped,
		extract.Options{Contracts: datasets, MaxRejects: 3, Progress: func(rows int) { progress = append(progress, rows) }})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rejects) != 3 || p.Ledgers[1].Rejected != 50 || p.Rejects[2].Line != 4 {
		t.Errorf("got %d rejects and %+v", len(p.Rejects), p.Ledgers[1])
	}
	if !slices.Equal(progress, []int{52}) {
		t.Errorf("progress %v, want the 52 rows at the end", progress)
	}
}
