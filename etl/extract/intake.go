package extract

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"panelwatch/etl/panel"
)

// An Intake keeps the account of a delivery of microdata for a reader that
// takes plain rows itself, many at a time, and leaves to the Intake every row
// that is not plain: what such a row means, or what is wrong with it, is then
// decided here as ReadPanel decides it. It may be used by many goroutines.
type Intake struct {
	mu      sync.Mutex
	book    *book
	devices *deviceReader
	usage   *usageReader
	seen    []int // rows of each file, whoever accounts for them
	part    Part
}

// A Part of the devices is what one of several readers of the same delivery
// accounts for. Of rows that tell of no device, and of the devices themselves,
// one reader keeps the account for all.
type Part struct {
	Holds func(device int32) bool
	Rest  bool // accounts for the rows of no device
}

func (p Part) owns(device int32) bool {
	if device < 0 || p.Holds == nil {
		return p.Holds == nil || p.Rest
	}
	return p.Holds(device)
}

// NewIntake begins the account of a delivery. d should have been verified.
func NewIntake(d Delivery, cat *panel.Catalogue, o Options) *Intake {
	b := newBook(d, o)
	m := d.Manifest
	return &Intake{
		book: b, devices: newDeviceReader(b, cat), seen: make([]int, len(m.Files)),
		usage: newUsageReader(b, &Panel{Month: m.Month, Days: m.UsageGrain == "day"}, cat),
	}
}

// Apps are the ids of the catalogue, sorted: what Usage.App points to.
func (in *Intake) Apps() []panel.AppID { return in.usage.panel.Apps }

// Find tells the Intake how to look up devices, and which of them it is to
// account for.
func (in *Intake) Find(find func(id string) (device int32, known bool), p Part) {
	in.usage.find, in.part = find, p
}

// Members are the numbers of the segments that a cell of an attribute of
// devices means; ok is false if the catalogue does not know it.
func (in *Intake) Members(column, cell string) (segments []int32, ok bool) {
	i := slices.IndexFunc(attributes, func(a attribute) bool { return a.column == column })
	in.mu.Lock()
	defer in.mu.Unlock()
	segments, stranger := in.devices.members(attributes[i], trimmed(cell))
	return segments, stranger == nil
}

// Segment is the segment of a number.
func (in *Intake) Segment(number int32) panel.Segment {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.devices.segments.values[number]
}

// Stratum is the number of a stratum.
func (in *Intake) Stratum(cell string) int {
	in.mu.Lock()
	defer in.mu.Unlock()
	return int(in.devices.strata.index(trimmed(cell)))
}

// Labels are the segments and strata met so far, in order, and where in that
// order the number of each has gone.
func (in *Intake) Labels() (segments []panel.Segment, segment []int32, strata []string, stratum []int32) {
	in.mu.Lock()
	defer in.mu.Unlock()
	segments, segment = in.devices.segments.sorted(func(x, y panel.Segment) int {
		return cmp.Or(cmp.Compare(x.Dimension, y.Dimension), cmp.Compare(x.Member, y.Member))
	})
	strata, stratum = in.devices.strata.sorted(strings.Compare)
	return segments, segment, strata, stratum
}

// Device reads a row of devices. ok is false if it is none, or at fault.
func (in *Intake) Device(r Row) (device Device, ok bool, err error) {
	err = in.odd(r, func(x row) (verdict, *fault) {
		var f *fault
		device, f = in.devices.device(x)
		if f == nil {
			f = wrongMonth(x, in.book.delivery.Manifest.Month)
		}
		ok = f == nil
		return loaded, f
	}, func() int32 { return -1 })
	return device, ok, err
}

// Usage reads a row of usage. ok is false if it is none, at fault, or not
// this Intake's to account for.
func (in *Intake) Usage(r Row) (use Usage, ok bool, err error) {
	use.Device = -1
	err = in.odd(r, func(x row) (verdict, *fault) {
		var f *fault
		use, f = in.usage.read(x)
		ok = f == nil && in.part.owns(use.Device)
		return loaded, f
	}, func() int32 { return use.Device })
	return use, ok, err
}

// odd reads a row the thorough way. A row that another reader accounts for is
// seen only.
func (in *Intake) odd(r Row, visit func(row) (verdict, *fault), device func() int32) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	s := r.sheet(in.book)
	x, f, done, err := r.read(s)
	if done || err != nil {
		return err
	}
	in.seen[x.file]++
	in.book.rows++
	noted := in.book.rejects
	in.book.rejects = nil
	v := s.judge(x, f, visit)
	fresh := in.book.rejects
	in.book.rejects = noted
	if !in.part.owns(device()) {
		return nil
	}
	in.book.enter(x.file, v)
	for _, reject := range fresh {
		in.book.note(reject)
	}
	return nil
}

// Loaded accounts for plain rows of a file: so many were seen, so many of them
// are loaded.
func (in *Intake) Loaded(ctx context.Context, file, seen, loaded int) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.seen[file] += seen
	in.book.ledgers[file].Read += loaded
	in.book.ledgers[file].Loaded += loaded
	in.book.rows += seen
	if in.book.options.Progress != nil {
		in.book.options.Progress(in.book.rows)
	}
	f := in.book.delivery.Manifest.Files[file]
	if tooMany(f, in.seen[file]) {
		return checkCount(f, in.seen[file])
	}
	return ctx.Err()
}

// Repeated moves n rows of a file from the loaded to the ignored ones.
func (in *Intake) Repeated(file, n int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.book.ledgers[file].Loaded -= n
	in.book.ledgers[file].Ignored += n
}

// Contradicted moves n rows of a file from the loaded to the rejected ones.
func (in *Intake) Contradicted(file, n int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.book.ledgers[file].Loaded -= n
	in.book.ledgers[file].Rejected += n
}

// A Place is where a row is.
type Place struct{ File, Line int }

// Contradiction notes why a row was rejected: it says otherwise than another.
func (in *Intake) Contradiction(at, other Place, raw string) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.book.note(in.book.contradiction(at, other, raw))
}

// Close checks that every row of every file is accounted for. The rejects are
// the first by file and line.
func (in *Intake) Close() ([]Ledger, []Reject, error) {
	if in.part.Holds != nil && !in.part.Rest {
		in.forgetDevices()
	}
	err := in.book.close()
	return in.book.ledgers, in.book.rejects, err
}

// Notes are what is odd about the delivery, by file, line and rule.
func (in *Intake) Notes() []Note {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.book.notes.list()
}

// forgetDevices leaves the account of the device files to another reader.
func (in *Intake) forgetDevices() {
	files := in.book.delivery.Manifest.Files
	for i, f := range files {
		if f.Table == TableDevices {
			in.book.ledgers[i] = Ledger{}
		}
	}
	in.book.rejects = slices.DeleteFunc(in.book.rejects, func(r Reject) bool {
		return files[r.File].Table == TableDevices
	})
}

// CheckRows compares the rows of a file that was read to its end with the
// manifest.
func (in *Intake) CheckRows(file int) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	return checkCount(in.book.delivery.Manifest.Files[file], in.seen[file])
}

// CheckTotals compares the devices, sum being that of their weights, with the
// totals of the manifest.
func (in *Intake) CheckTotals(sum float64) error { return in.book.checkTotals(sum) }

// trimmed is what row.cell makes of a cell.
func trimmed(cell string) string { return strings.TrimPrefix(strings.TrimSpace(cell), "'") }
