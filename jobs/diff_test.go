package jobs_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
	"panelwatch/sql/warehouse"
)

// asking is a job that only reads.
func (s *site) asking() jobs.Job {
	return jobs.Job{Config: s.config, Warehouse: s.house, Archive: s.bytes, Log: slog.New(slog.NewTextHandler(&s.log, nil)), Now: ticking()}
}

func (s *site) diff(t *testing.T, source, m, from, to string) jobs.Difference {
	t.Helper()
	d, err := s.asking().Diff(t.Context(), source, month(m), from, to)
	must(t, err)
	return d
}

// find is one number's move.
func find(t *testing.T, d jobs.Difference, name string, app panel.AppID, segment panel.Segment) jobs.Move {
	t.Helper()
	for _, m := range d.Moves {
		if m.Key.Compare(indicator.Row{Indicator: name, App: app, Segment: segment}) == 0 {
			return m
		}
	}
	t.Fatalf("%s of %s did not move; %d numbers did", name, app, len(d.Moves))
	return jobs.Move{}
}

// A corrected level moves itself and what is compared with it, in its month
// and in later ones; of a vendor's numbers without replicates nobody knows
// whether that is beyond its error.
func TestDiffOfARevision(t *testing.T) {
	s := newSite(t)
	s.write(t, "2023-05", "2023-07")
	s.mustRun(t)
	s.revise(t, corrected, "r2", 2, tenthMore)
	s.mustRun(t)

	june := s.diff(t, "vendor", "2023-06", "r1", "r2")
	level := find(t, june, "mud", "jiangsuzhengwu", panel.All)
	if math.Abs(level.Is/level.Was-1.1) > 1e-3 || level.Change != level.Is-level.Was || level.Beyond != jobs.Unknown || !math.IsNaN(level.SE) {
		t.Errorf("%+v", level)
	}
	var july []string
	for _, m := range s.diff(t, "vendor", "2023-07", "", "").Moves {
		july = append(july, fmt.Sprint(m.Key.Indicator, " ", m.Key.App))
	}
	if diff := cmp.Diff([]string{"annual_peak jiangsuzhengwu", "local_peak jiangsuzhengwu", "mom jiangsuzhengwu"}, july); diff != "" {
		t.Errorf("July, want (-), got (+):\n%s", diff)
	}
	if again := s.diff(t, "vendor", "2023-06", "r2", "r2"); len(again.Moves) > 0 || again.Same < 100 {
		t.Errorf("%d moved, %d did not", len(again.Moves), again.Same)
	}
	back := find(t, s.diff(t, "vendor", "2023-06", "r2", "1"), "mud", "jiangsuzhengwu", panel.All)
	if back.Was != level.Is || back.Is != level.Was {
		t.Errorf("there %+v, back %+v", level, back)
	}
	for _, c := range [][4]string{{"vendor", "2023-06", "r3", ""}, {"vendor", "2023-06", "newest", ""}, {"vendor", "2023-05", "", ""}, {"nobody", "2023-06", "", ""}} {
		if _, err := s.asking().Diff(t.Context(), c[0], month(c[1]), c[2], c[3]); !errors.Is(err, warehouse.ErrNoPublication) {
			t.Errorf("%v: error %v", c, err)
		}
	}
}

// panelMonth delivers revision n of a panel's month: a thousand devices, of
// which every device that uses says so opened 云闪付.
func (s *site) panelMonth(t *testing.T, m string, n int, uses func(device int) bool) {
	t.Helper()
	devices, usage := bytes.NewBufferString("device_id,weight,gender\n"), bytes.NewBufferString("device_id,app_id,active_days,uses,seconds\n")
	users := 0
	for i := range 1000 {
		fmt.Fprintf(devices, "%016x,1000,%s\n", i, []string{"男", "女"}[i%2])
		if uses(i) {
			users++
			fmt.Fprintf(usage, "%016x,yunshanfu,%d,40,600\n", i, 1+i%28)
		}
	}
	must(t, extract.WriteDelivery(filepath.Join(s.inbox, "panel", m, fmt.Sprint("r", n)), extract.Manifest{
		Vendor: "示例", Product: "people", Kind: extract.Microdata, Month: month(m), Revision: n, UsageGrain: "month",
		DeliveredAt: month(m).Start().AddDate(0, n, 9), UniverseWan: 100, TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1",
		Files: []extract.File{{Name: "devices.csv", Table: extract.TableDevices, Rows: 1000}, {Name: "usage.csv", Table: extract.TableUsage, Rows: users}},
	}, [][]byte{devices.Bytes(), usage.Bytes()}))
}

// Of a panel the error of the difference is known: most of the error of the
// levels cancels, so that a tenth of them more is beyond it and one device is
// not.
func TestDiffOfAPanelKnowsItsError(t *testing.T) {
	s := newSite(t)
	half := func(i int) bool { return i%2 == 0 }
	s.panelMonth(t, "2023-12", 1, half)
	s.mustRun(t)
	s.panelMonth(t, "2023-12", 2, func(i int) bool { return half(i) && i != 500 })
	s.mustRun(t)
	s.panelMonth(t, "2023-12", 3, func(i int) bool { return half(i) || i%10 == 1 })
	s.mustRun(t)

	one := find(t, s.diff(t, "panel", "2023-12", "r1", "r2"), "mud", "yunshanfu", panel.All)
	if one.Beyond != jobs.Within || one.Change > -999 || one.Change < -1001 || one.SE < 500 || one.SE > 2000 {
		t.Errorf("one device less: %+v", one)
	}
	many := find(t, s.diff(t, "panel", "2023-12", "r1", "r3"), "mud", "yunshanfu", panel.All)
	if many.Beyond != jobs.Beyond || math.Abs(many.Change-100_000) > 1 || many.SE > 15_000 {
		t.Errorf("a hundred devices more: %+v", many)
	}
	must(t, os.RemoveAll(s.inbox)) // nothing of it is read
	if d := s.diff(t, "panel", "2023-12", "", ""); d.From.Revision != 2 || d.To.Revision != 3 {
		t.Errorf("compares revision %d with %d", d.From.Revision, d.To.Revision)
	}
}
