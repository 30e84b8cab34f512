package extract

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"panelwatch/etl/panel"
)

// A Panel is the microdata of one month after all checks: every row in it is
// valid, and no device, and no day of a device with an app, is in it twice.
type Panel struct {
	Month    panel.Month
	Days     bool            // day grain: Usage.Day is set; else ActiveDays
	Segments []panel.Segment // that Device.Segments point to
	Strata   []string        // that Device.Stratum points to, sorted; one if the vendor has none
	Apps     []panel.AppID   // that Usage.App points to, in order of id
	Devices  []Device        // in order of id
	Usage    []Usage         // in order of device, app and day
	Ledgers  []Ledger        // one per file of the manifest
	Rejects  []Reject        // by file and line, at most Options.MaxRejects
	Notes    []Note          // by file, line and rule
}

// A Device is a device of the panel.
type Device struct {
	ID       string
	Weight   float64 // devices it stands for
	Group    int     // 1..panel.Groups, delivered or computed
	Stratum  int     // index into Panel.Strata
	Segments []int32 // indexes into Panel.Segments, one or more per dimension

	file, line int32
}

// A Usage is what a device did with an app on a day, or in the month.
type Usage struct {
	Device     int32 // index into Panel.Devices
	App        int16 // index into Panel.Apps
	Day        uint8 // 1..31 in day grain, else 0
	ActiveDays uint8 // 1..31 in month grain; 1 in day grain
	Uses       uint32
	Seconds    uint32

	file, line int32
}

// weightTolerance is how far the sum of weights may be from a control total.
const weightTolerance = 1e-4

// ReadPanel reads the microdata of a delivery. Rows at fault are rejected and
// counted; a repeated row is ignored; rows that contradict each other about
// the same device, or the same device, app and day, are all rejected. A fault
// of the delivery itself, among them weights that miss the manifest's totals,
// is a *DataError. d should have been verified.
func ReadPanel(ctx context.Context, d Delivery, cat *panel.Catalogue, o Options) (*Panel, error) {
	if d.Manifest.Kind != Microdata {
		return nil, fmt.Errorf("read %s as microdata: it is %s", d.Dir, d.Manifest.Kind)
	}
	b := newBook(d, o)
	devices := newDeviceReader(b, cat)
	if err := eachOf(ctx, b, TableDevices, devices.header, devices.row); err != nil {
		return nil, err
	}
	p := devices.panel()
	if err := b.checkTotals(totalWeight(p.Devices)); err != nil {
		return nil, err
	}
	usage := newUsageReader(b, p, cat)
	if err := eachOf(ctx, b, TableUsage, usage.header, usage.row); err != nil {
		return nil, err
	}
	usage.settle()
	if err := b.close(); err != nil {
		return nil, err
	}
	p.Ledgers, p.Rejects, p.Notes = b.ledgers, b.rejects, b.notes.list()
	return p, nil
}

// eachOf reads every file of a table, its header first.
func eachOf(ctx context.Context, b *book, table string, header func(*sheet) error, visit func(row) (verdict, *fault)) error {
	for i, f := range b.delivery.Manifest.Files {
		if f.Table != table {
			continue
		}
		if err := readFile(ctx, b, i, header, visit); err != nil {
			return err
		}
	}
	return nil
}

func readFile(ctx context.Context, b *book, file int, header func(*sheet) error, visit func(row) (verdict, *fault)) error {
	s, err := b.open(ctx, file)
	if err != nil {
		return err
	}
	defer s.close()
	b.heed(file, s.header)
	if err := header(s); err != nil {
		return err
	}
	return s.each(ctx, visit)
}

// checkTotals compares the devices, sum being that of their weights, with the
// totals of the manifest. n_devices
// may count a repeated row or not.
func (b *book) checkTotals(sum float64) error {
	m := b.delivery.Manifest
	var rows, repeated int
	for i, f := range m.Files {
		if f.Table == TableDevices {
			rows += b.ledgers[i].Read
			repeated += b.ledgers[i].Ignored
		}
	}
	if n := m.NDevices; n > 0 && n != rows && n != rows-repeated {
		return &DataError{File: ManifestName, Msg: fmt.Sprintf("n_devices is %d, the files have %d devices; fetch the delivery again or ask for a new revision", n, rows-repeated)}
	}
	universe := m.UniverseWan * 1e4
	if len(m.ControlTotals) > 0 {
		universe = 0 // the weights are still to be calibrated
	}
	return cmp.Or(missed("weight_sum", m.WeightSum, sum), missed("universe_wan x 10000", universe, sum))
}

// missed is the error that weights do not sum to a control total, if one is
// given.
func missed(name string, total, sum float64) error {
	if total <= 0 || math.Abs(sum-total) <= weightTolerance*total {
		return nil
	}
	return &DataError{File: ManifestName, Msg: fmt.Sprintf("%s is %.1f, but the weights of the devices that passed the checks sum to %.1f, more than 0.01 %% off; see the rejected rows, or ask for a new revision",
		name, total, sum)}
}
