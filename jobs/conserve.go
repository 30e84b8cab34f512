package jobs

import (
	"fmt"
	"math"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
	"panelwatch/sql/warehouse"
)

// conserved checks, after a delivery was read and before any of it is
// published, that what is about to be published is what was read: every row
// accounted for, no number without its row, every device in the totals. What
// it finds is a fault of this program, extract.ErrUnbalanced.
func conserved(a warehouse.Arrival, f warehouse.Facts) error {
	files := a.Delivery.Manifest.Files
	if len(a.Ledgers) != len(files) {
		return lost("%d files have %d ledgers", len(files), len(a.Ledgers))
	}
	for i, l := range a.Ledgers {
		if !l.Balanced() || !promised(files[i], l) {
			return lost("%s: of %d rows %d were read, %d loaded, %d rejected, %d ignored",
				files[i].Name, files[i].Rows, l.Read, l.Loaded, l.Rejected, l.Ignored)
		}
	}
	if f.Panel != nil {
		return conservedPanel(a, f.Panel)
	}
	return conservedValues(a, f.Vendor)
}

// promised says whether so many rows were read as the manifest has, which may
// count totals and source lines, ignored as they are, or not.
func promised(f extract.File, l extract.Ledger) bool {
	return f.RowsUnknown || l.Read == f.Rows || l.Read > f.Rows && l.Read-l.Ignored <= f.Rows
}

func lost(format string, args ...any) error {
	return fmt.Errorf("%w: %s", extract.ErrUnbalanced, fmt.Sprintf(format, args...))
}

// conservedValues: a loaded row may say nothing new, but no number comes from
// a row that was not loaded.
func conservedValues(a warehouse.Arrival, values []extract.Value) error {
	rows := map[extract.Place]bool{}
	lines := make([]int, len(a.Ledgers))
	for _, v := range values {
		if v.File < 0 || v.File >= len(lines) || math.IsNaN(v.Value) || math.IsInf(v.Value, 0) {
			return lost("a value %g of %s comes from file %d of %d", v.Value, v.Measure, v.File+1, len(lines))
		}
		if at := (extract.Place{File: v.File, Line: v.Line}); !rows[at] {
			rows[at] = true
			lines[v.File]++
		}
	}
	for _, r := range a.Rejects {
		if rows[extract.Place{File: r.File, Line: r.Line}] && r.Cell == "" {
			return lost("%s line %d was rejected and gave a value", a.Delivery.Manifest.Files[r.File].Name, r.Line)
		}
	}
	for i, l := range a.Ledgers {
		if lines[i] > l.Loaded {
			return lost("%s: %d rows gave values, %d were loaded", a.Delivery.Manifest.Files[i].Name, lines[i], l.Loaded)
		}
	}
	return nil
}

// onePerDevice are the dimensions in which a device has exactly one member.
var onePerDevice = []string{panel.Province, panel.CityTier, panel.Gender, panel.AgeBand, panel.Marital}

// totalsAgree is how far sums may be apart that differ by rounding only.
const totalsAgree = 1e-9

// conservedPanel: all devices that were loaded are in the total, the total is
// the universe, and the members of a dimension make up the total.
func conservedPanel(a warehouse.Arrival, t *tabulate.Tables) error {
	m := a.Delivery.Manifest
	devices := 0
	for i, l := range a.Ledgers {
		if m.Files[i].Table == extract.TableDevices {
			devices += l.Loaded
		}
	}
	all := t.Cells[panel.Key{App: panel.AllNetwork, Segment: panel.All}]
	if all == nil || all.N != devices {
		return lost("%d devices were loaded, the total has %+v", devices, all)
	}
	if universe := m.UniverseWan * 1e4; math.Abs(all.Devices[0]-universe) > 1e-4*universe*(1+totalsAgree) {
		return lost("the universe is %.1f devices, the total %.1f", universe, all.Devices[0])
	}
	sums := map[string]float64{}
	for k, c := range t.Cells {
		if k.App == panel.AllNetwork {
			sums[k.Segment.Dimension] += c.Devices[0]
		}
	}
	for _, d := range onePerDevice {
		if sum, ok := sums[d]; ok && math.Abs(sum-all.Devices[0]) > totalsAgree*all.Devices[0] {
			return lost("the members of %s sum to %.1f devices, the total is %.1f", d, sum, all.Devices[0])
		}
	}
	return nil
}
