package tabulate_test

import (
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

var catalogue = func() *panel.Catalogue {
	cat, err := configs.Catalogue(nil)
	if err != nil {
		panic(err)
	}
	return cat
}()

func manifest(grain string, universeWan float64) extract.Manifest {
	return extract.Manifest{
		Vendor: "test", Product: "test", Kind: extract.Microdata, Month: panel.MustMonth("2023-12"), Revision: 1,
		DeliveredAt: time.Date(2024, 1, 12, 0, 0, 0, 0, time.UTC), UsageGrain: grain, UniverseWan: universeWan,
		TierListYear: 2023, TGIBase: "all_network", DefinitionsVersion: "2023", Synthetic: "drawn by a test",
	}
}

// T is what testing.T and rapid.T have in common here.
type T interface {
	Helper()
	Fatal(...any)
	Cleanup(func())
}

// deliver writes a delivery of one device and one usage file.
func deliver(t T, m extract.Manifest, devices, usage string) extract.Delivery {
	t.Helper()
	dir, err := os.MkdirTemp("", "delivery")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	m.Files = []extract.File{
		{Name: "devices.csv", Table: extract.TableDevices, Rows: strings.Count(devices, "\n") - 1},
		{Name: "usage.csv", Table: extract.TableUsage, Rows: strings.Count(usage, "\n") - 1},
	}
	if err := extract.WriteDelivery(dir, m, [][]byte{[]byte(devices), []byte(usage)}); err != nil {
		t.Fatal(err)
	}
	return extract.Delivery{Dir: dir, Manifest: m}
}

// A device and a use of it as a test draws them.
type device struct {
	weight            float64
	group             int
	stratum, province string
}

type use struct {
	device, day   int
	app           string
	uses, seconds int
}

// A world is a small panel with its usage by day.
type world struct {
	devices []device
	usage   []use
}

var (
	someApps      = []string{"geshui", "yunshanfu", "zhifubao"}
	someProvinces = []string{"山东", "北京", "四川", ""}
)

func drawWorld(t *rapid.T) world {
	var w world
	strata := rapid.SampledFrom([][]string{{""}, {"A", "B", "C"}}).Draw(t, "strata")
	for range rapid.IntRange(1, 40).Draw(t, "devices") {
		w.devices = append(w.devices, device{
			weight:   float64(rapid.IntRange(1, 1e6).Draw(t, "weight")) / 100,
			group:    rapid.IntRange(1, 6).Draw(t, "group"),
			stratum:  rapid.SampledFrom(strata).Draw(t, "stratum"),
			province: rapid.SampledFrom(someProvinces).Draw(t, "province"),
		})
	}
	for d := range w.devices {
		for _, app := range someApps {
			for day := range rapid.Uint32Range(0, 7).Draw(t, "days") {
				w.usage = append(w.usage, use{
					device: d, app: app, day: int(1 + 5*day),
					uses: rapid.IntRange(1, 9).Draw(t, "uses"), seconds: rapid.IntRange(0, 9999).Draw(t, "seconds"),
				})
			}
		}
	}
	return w
}

func (w world) universe() (sum float64) {
	for _, d := range w.devices {
		sum += d.weight
	}
	return sum
}

// deviceRows and the two forms of usage rows, a line each.
func (w world) deviceRows() (rows []string) {
	for i, d := range w.devices {
		rows = append(rows, fmt.Sprintf("d%02d,%.2f,%d,%s,%s", i, d.weight, d.group, d.stratum, d.province))
	}
	return rows
}

func (w world) dayRows() (rows []string) {
	for _, u := range w.usage {
		rows = append(rows, fmt.Sprintf("2023-12-%02d,d%02d,%s,%d,%d", u.day, u.device, u.app, u.uses, u.seconds))
	}
	return append(rows, "2023-12-01,d00,wodechangsha,1,1") // no table may be empty
}

func (w world) monthRows() (rows []string) {
	type key struct {
		device int
		app    string
	}
	sums := map[key]*[3]int{}
	for _, u := range append(w.usage, use{device: 0, app: "wodechangsha", uses: 1, seconds: 1}) {
		k := key{u.device, u.app}
		if sums[k] == nil {
			sums[k] = &[3]int{}
		}
		sums[k][0]++
		sums[k][1] += u.uses
		sums[k][2] += u.seconds
	}
	for k, s := range sums {
		rows = append(rows, fmt.Sprintf("d%02d,%s,%d,%d,%d", k.device, k.app, s[0], s[1], s[2]))
	}
	return rows
}

const (
	deviceHeader = "device_id,weight,rep_group,strata,province\n"
	dayHeader    = "day,device_id,app_id,uses,seconds\n"
	monthHeader  = "device_id,app_id,active_days,uses,seconds\n"
)

func (w world) tabulate(t *rapid.T, grain string, devices []string, header string, usage []string) *tabulate.Tables {
	d := deliver(t, manifest(grain, w.universe()/1e4),
		deviceHeader+strings.Join(devices, "\n")+"\n", header+strings.Join(usage, "\n")+"\n")
	tables, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{Dimensions: []string{panel.Province}})
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// without computes the devices, device-days, uses and seconds of every cell
// as the definition has it: throw the group's devices away, and scale the
// weights of the others until each stratum weighs what it did.
func (w world) without(group int) map[panel.Key][4]float64 {
	whole, rest := map[string]float64{}, map[string]float64{}
	for _, d := range w.devices {
		whole[d.stratum] += d.weight
		if d.group != group {
			rest[d.stratum] += d.weight
		}
	}
	weight := func(d device) float64 {
		switch {
		case rest[d.stratum] == 0: // the whole stratum is in this group: it stays
			return d.weight
		case d.group == group:
			return 0
		}
		return d.weight * whole[d.stratum] / rest[d.stratum]
	}
	cells := map[panel.Key][4]float64{}
	add := func(app panel.AppID, d device, quantities ...float64) {
		province := panel.Segment{Dimension: panel.Province, Member: d.province}
		if d.province == "" {
			province.Member = panel.Unknown
		}
		for _, s := range []panel.Segment{panel.All, province} {
			sums := cells[panel.Key{App: app, Segment: s}]
			for i, q := range quantities {
				sums[i] += weight(d) * q
			}
			cells[panel.Key{App: app, Segment: s}] = sums
		}
	}
	seen := map[string]bool{}
	for _, u := range append(w.usage, use{device: 0, app: "wodechangsha", uses: 1, seconds: 1}) {
		first := 1.0
		if key := fmt.Sprint(u.device, u.app); seen[key] {
			first = 0
		} else {
			seen[key] = true
		}
		add(panel.AppID(u.app), w.devices[u.device], first, 1, float64(u.uses), float64(u.seconds))
	}
	for _, d := range w.devices {
		add(panel.AllNetwork, d, 1, 0, 0, 0)
	}
	return cells
}

func TestReplicatesDeleteAndRescale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		got := w.tabulate(t, "day", w.deviceRows(), dayHeader, w.dayRows())
		for g := range 1 + panel.Groups {
			want := w.without(g)
			if len(want) != len(got.Cells) {
				t.Fatalf("%d cells, want %d", len(got.Cells), len(want))
			}
			for k, cell := range got.Cells {
				if want[k][0] == 0 && cell.Devices[g] != 0 {
					t.Fatalf("%v without group %d: nobody is left, got %v devices", k, g, cell.Devices[g])
				}
				for i, e := range []panel.Estimate{cell.Devices, cell.DeviceDays, cell.Uses, cell.Seconds} {
					if math.Abs(e[g]-want[k][i]) > 1e-9*(e[0]+want[k][i]) {
						t.Fatalf("%v, quantity %d, without group %d: got %v, want %v", k, i, g, e[g], want[k][i])
					}
				}
			}
		}
	})
}

// The universe is a control total: every replicate has it, to the last bit.
func TestUniverseHasNoError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		all := w.tabulate(t, "day", w.deviceRows(), dayHeader, w.dayRows()).Cells[panel.Key{App: panel.AllNetwork, Segment: panel.All}]
		if all.Devices.StandardError() != 0 || math.Abs(all.Devices[0]-w.universe()) > 1e-9*w.universe() {
			t.Fatalf("got %v with error %v, want %v", all.Devices[0], all.Devices.StandardError(), w.universe())
		}
	})
}

// A day-grain extract and its roll-up by month say the same.
func TestDayGrainEqualsMonthGrain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		days := w.tabulate(t, "day", w.deviceRows(), dayHeader, w.dayRows())
		months := w.tabulate(t, "month", w.deviceRows(), monthHeader, w.monthRows())
		if diff := cmp.Diff(days.Cells, months.Cells); diff != "" {
			t.Fatalf("cells: day -, month +:\n%s", diff)
		}
		if diff := cmp.Diff(days.Overlaps, months.Overlaps); diff != "" {
			t.Fatalf("overlaps: day -, month +:\n%s", diff)
		}
		if len(months.Daily) != 0 {
			t.Fatal("month grain has no days")
		}
	})
}

// The order of the rows changes nothing, to the last bit.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		want := w.tabulate(t, "day", w.deviceRows(), dayHeader, w.dayRows())
		got := w.tabulate(t, "day", rapid.Permutation(w.deviceRows()).Draw(t, "devices"), dayHeader,
			rapid.Permutation(w.dayRows()).Draw(t, "usage"))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("as drawn -, shuffled +:\n%s", diff)
		}
	})
}

// Days sum to device-days, members sum to the app, replicate by replicate; a
// pair has no more devices than the smaller app.
func TestSumsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		got := w.tabulate(t, "day", w.deviceRows(), dayHeader, w.dayRows())
		days, members := map[panel.AppID]panel.Estimate{}, map[panel.AppID]panel.Estimate{}
		for _, d := range got.Daily {
			days[d.App] = plus(days[d.App], d.Devices)
		}
		for k, c := range got.Cells {
			if k.Segment.Dimension == panel.Province {
				members[k.App] = plus(members[k.App], c.Devices)
			}
		}
		for _, app := range slices.Sorted(maps.Keys(days)) {
			cell := got.Cells[panel.Key{App: app, Segment: panel.All}]
			near(t, "days of "+string(app), days[app], cell.DeviceDays)
			near(t, "provinces of "+string(app), members[app], cell.Devices)
		}
		for _, o := range got.Overlaps {
			a, b := got.Cells[panel.Key{App: o.A, Segment: panel.All}], got.Cells[panel.Key{App: o.B, Segment: panel.All}]
			if o.N > min(a.N, b.N) || o.Devices[0] > min(a.Devices[0], b.Devices[0])*(1+1e-9) {
				t.Fatalf("%s and %s share %v of %v and %v", o.A, o.B, o.Devices[0], a.Devices[0], b.Devices[0])
			}
		}
	})
}

func plus(a, b panel.Estimate) panel.Estimate {
	for g := range a {
		a[g] += b[g]
	}
	return a
}

func near(t *rapid.T, what string, got, want panel.Estimate) {
	t.Helper()
	for g := range got {
		if math.Abs(got[g]-want[g]) > 1e-9*(want[0]+want[g]) {
			t.Fatalf("%s, replicate %d: got %v, want %v", what, g, got[g], want[g])
		}
	}
}
