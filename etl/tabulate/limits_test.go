package tabulate_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// With control totals each replicate is calibrated again: what the totals fix
// has no error, and every cell is what the definition says.
func TestControlTotalsHaveNoError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		totals := map[string]float64{}
		for i := range w.devices {
			w.devices[i].stratum = w.devices[i].province
			totals[w.devices[i].stratum] += 100 * float64(1+i)
		}
		m := manifest("day", 0)
		for _, name := range someProvinces {
			if total := totals[name]; total > 0 {
				m.ControlTotals = append(m.ControlTotals, extract.ControlTotal{Stratum: name, Devices: total})
				m.UniverseWan += total / 1e4
			}
		}
		d := deliver(t, m, deviceHeader+strings.Join(w.deviceRows(), "\n")+"\n", dayHeader+strings.Join(w.dayRows(), "\n")+"\n")
		got, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{Dimensions: []string{panel.Province}})
		if err != nil {
			t.Fatal(err)
		}
		w.calibrate(totals)
		for g := range 1 + panel.Groups {
			want := w.without(g)
			for k, cell := range got.Cells {
				// What is left without a group that is nearly all is a small
				// difference of large numbers: it is as exact as the whole.
				if math.Abs(cell.Devices[g]-want[k][0]) > 1e-9*(cell.Devices[0]+want[k][0]) {
					t.Fatalf("%v without group %d: got %v, want %v", k, g, cell.Devices[g], want[k][0])
				}
			}
		}
		for k, cell := range got.Cells {
			if k.App == panel.AllNetwork && cell.Devices.StandardError() > 1e-9*cell.Devices[0] {
				t.Fatalf("%v is fixed, but has error %v of %v", k, cell.Devices.StandardError(), cell.Devices[0])
			}
		}
	})
}

// calibrate scales the weights of every stratum to its total.
func (w world) calibrate(totals map[string]float64) {
	sums := map[string]float64{}
	for _, d := range w.devices {
		sums[d.stratum] += d.weight
	}
	for i, d := range w.devices {
		w.devices[i].weight *= totals[d.stratum] / sums[d.stratum]
	}
}

func TestControlTotalsThatDoNotFit(t *testing.T) {
	devices := "device_id,weight,strata\na,1,A\nb,2,B\n"
	usage := "device_id,app_id,active_days,uses,seconds\na,geshui,1,1,1\n"
	for want, totals := range map[string][]extract.ControlTotal{
		`no stratum "B"`: {{Stratum: "A", Devices: 1e4}},
		`stratum "C"`:    {{Stratum: "A", Devices: 1e3}, {Stratum: "B", Devices: 1e3}, {Stratum: "C", Devices: 8e3}},
	} {
		m := manifest("month", 1)
		m.ControlTotals = totals
		_, err := tabulate.Extract(t.Context(), deliver(t, m, devices, usage), catalogue, tabulate.Options{})
		var fault *extract.DataError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want a DataError with %s", err, want)
		}
	}
}

// Many apps: entries are sorted instead of tabulated, and only the pairs that
// are wanted have replicates.
func TestManyApps(t *testing.T) {
	few, many := catalogue, &panel.Catalogue{Apps: catalogue.Apps, Dimensions: catalogue.Dimensions, MemberAliases: catalogue.MemberAliases}
	for i := range 600 {
		many.Apps = append(many.Apps, panel.App{ID: panel.AppID(fmt.Sprint("zz", i)), Name: fmt.Sprint("zz", i)})
	}
	if err := many.Index(); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "month")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := drawMonth(t)
		m.withUniverse(t, dir)
		d := m.deliver(t, dir, form{}, 2)
		o := tabulate.Options{Dimensions: everything, Pairs: []panel.Pair{{A: "yunshanfu", B: "geshui"}}, Workers: 2}
		want, err := tabulate.Extract(t.Context(), d, few, o)
		if err != nil {
			t.Fatal(err)
		}
		got, err := tabulate.Extract(t.Context(), d, many, o)
		if err != nil {
			t.Fatal(err)
		}
		all := want.Overlaps
		want.Overlaps = nil
		for _, o := range all {
			if o.A == "geshui" && o.B == "yunshanfu" {
				want.Overlaps = append(want.Overlaps, o)
			} else {
				want.Loose = append(want.Loose, tabulate.LooseOverlap{Pair: o.Pair, Devices: o.Devices[0], N: o.N})
			}
		}
		if diff := differences(withoutHints(want), withoutHints(got)); diff != "" {
			t.Fatalf("few apps -, many apps +:\n%s", diff)
		}
		merged, err := inShards(t, d, many, o, 2)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(got, withoutHints(merged)); diff != "" {
			t.Fatalf("whole -, merged +:\n%s", diff)
		}
	})
}

// withoutHints leaves out what names apps that are nearly meant.
func withoutHints(t *tabulate.Tables) *tabulate.Tables {
	for i := range t.Rejects {
		t.Rejects[i].Hint = ""
	}
	for i := range t.Notes {
		t.Notes[i].Text = ""
	}
	return t
}

func TestTooLittleMemory(t *testing.T) {
	d := deliver(t, manifest("day", 1), byHand, byHandUsage)
	_, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{Memory: 20 << 20})
	if !errors.Is(err, tabulate.ErrMemory) {
		t.Errorf("got %v", err)
	}
	if _, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{Memory: 512 << 20}); err != nil {
		t.Errorf("512 MiB: got %v", err)
	}
}

// A run that spills leaves nothing behind, and says where it could not.
func TestSpillLeavesNothing(t *testing.T) {
	d := deliver(t, manifest("day", 1), byHand, byHandUsage)
	o := tabulate.Options{TempDir: t.TempDir()}.SpillAt(1)
	if _, err := tabulate.Extract(t.Context(), d, catalogue, o); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(o.TempDir); err != nil || len(left) > 0 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
	o.TempDir = filepath.Join(o.TempDir, "missing")
	if _, err := tabulate.Extract(t.Context(), d, catalogue, o); err == nil || !strings.Contains(err.Error(), "make room on disk") {
		t.Errorf("no folder to spill to: got %v", err)
	}
}

// A file that is cut off is a fault of the delivery wherever the cut is.
func TestCutFilesAreRefused(t *testing.T) {
	devices, usage := []byte(byHand), []byte(byHandUsage)
	for _, packing := range []string{"gzip", "zstd"} {
		packed := pack(usage, packing)
		for cut := 1; cut < len(packed); cut++ {
			m := manifest("day", 1)
			m.Files = []extract.File{
				{Name: "devices.csv", Table: extract.TableDevices, Rows: 4}, {Name: "usage.csv", Table: extract.TableUsage, Rows: 7},
			}
			d := extract.Delivery{Dir: t.TempDir(), Manifest: m}
			if err := extract.WriteDelivery(d.Dir, m, [][]byte{devices, packed[:len(packed)-cut]}); err != nil {
				t.Fatal(err)
			}
			var fault *extract.DataError
			if _, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{}); !errors.As(err, &fault) {
				t.Fatalf("%s without its last %d bytes: got %v", packing, cut, err)
			}
		}
	}
}

// Parts that are cut off, damaged, missing or given twice are never merged.
func TestPartsThatDoNotAddUp(t *testing.T) {
	d := deliver(t, manifest("day", 1), byHand, byHandUsage)
	var parts [2][]byte
	for i := range parts {
		var out bytes.Buffer
		o := tabulate.Options{Shard: tabulate.Shard{Index: i + 1, Of: 2}}
		if err := tabulate.WritePart(t.Context(), d, catalogue, o, &out); err != nil {
			t.Fatal(err)
		}
		parts[i] = out.Bytes()
	}
	merge := func(list ...[]byte) error {
		var names []string
		var in []io.Reader
		for i, p := range list {
			names, in = append(names, fmt.Sprint("part", i)), append(in, bytes.NewReader(p))
		}
		_, err := tabulate.Merge(names, in)
		return err
	}
	if err := merge(parts[1], parts[0]); err != nil {
		t.Fatal(err)
	}
	cut := parts[1][:len(parts[1])-20]
	for name, err := range map[string]error{
		"none": merge(), "one missing": merge(parts[0]), "one twice": merge(parts[0], parts[0]),
		"cut off": merge(parts[0], cut), "no part": merge(parts[0], []byte("month,app\n")), "empty": merge(parts[0], nil),
	} {
		if err == nil {
			t.Errorf("%s: merged", name)
		}
	}
}
