package source

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"panelwatch/etl/extract"
)

// LooseFolder is the folder of the spool that holds files which lie in no
// delivery, under the names they have at the place. A file appears there
// whole or not at all.
const LooseFolder = ".loose"

// Options of Mirror. The zero value is sensible.
type Options struct {
	Glob string // only files whose name, or a folder above them, matches; "" = all
	// Stable takes a delivery without _SUCCESS as finished when two polls in a
	// row found its files unchanged.
	Stable   bool
	Patience Patience
	// Progress is told the bytes of a file as they come; total may be Unknown.
	Progress func(name string, done, total int64)
}

// Patience says how hard to try.
type Patience struct {
	Tries       int           // attempts in a row that bring nothing new; 0 = 5
	First, Most time.Duration // wait before the second attempt, doubled up to Most; 0 = 1s, 30s
	Idle        time.Duration // a transfer that brings no byte for so long is broken off; 0 = 60s
	Answer      time.Duration // a list, or a manifest, that takes longer is broken off; 0 = 5m
}

// Report says what a Mirror did. Folders and names are relative to the place,
// in order.
type Report struct {
	Fetched    []string // deliveries brought into the spool
	Kept       []string // deliveries that the spool had already
	Loose      []string // loose files brought
	Unfinished []string // not finished at the place, with the reason
	Skipped    []string // not looked at, with the reason
	Bytes      int64    // received
	// Faults are deliveries and names that cannot be taken: *extract.DataError.
	Faults []error
}

// Mirror brings the finished deliveries of a place into the folder spool, and
// its loose files into LooseFolder there. What the spool has already is not
// fetched again; what the place no longer has stays. A Mirror that was killed
// leaves nothing that the next one does not finish or take away. It must not
// run twice at once on one spool.
//
// Deliveries that are at fault are in Report.Faults and do not hold up the
// others; err is an ErrDenied, an ErrUnavailable, or of the spool.
func Mirror(ctx context.Context, place Place, spool string, o Options) (Report, error) {
	if err := os.MkdirAll(spool, 0o750); err != nil {
		return Report{}, fmt.Errorf("spool: %w", err)
	}
	root, err := os.OpenRoot(spool)
	if err != nil {
		return Report{}, fmt.Errorf("spool: %w", err)
	}
	defer root.Close()
	m := &mirror{place: place, spool: files{root}, options: o, patience: o.Patience.filledIn()}
	err = m.run(ctx)
	if errors.Is(err, ErrGone) { // what must be there at any rate, such as the index or the bucket
		err = fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return m.report, err
}

// A mirror is one Mirror under way.
type mirror struct {
	place    Place
	spool    files
	options  Options
	patience Patience
	memory   memory
	report   Report
}

func (m *mirror) run(ctx context.Context) (err error) {
	if m.memory, err = m.spool.recall(); err != nil {
		return err
	}
	var listed []Entry
	err = m.patience.ask(ctx, func(ctx context.Context) error {
		listed, err = m.place.List(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("list: %w", err)
	}
	found := m.sort(listed)
	if err := m.look(ctx, &found); err != nil {
		return err
	}
	if err := m.bring(ctx, found); err != nil {
		return err
	}
	return m.spool.sweep(found)
}

// failures in a row after which the place is given up for now. One file that
// cannot be had must not keep those behind it.
const failures = 2

func (m *mirror) bring(ctx context.Context, found findings) error {
	var faults []error
	inRow := 0
	for _, step := range m.steps(found) {
		err := step(ctx)
		var data *extract.DataError
		switch {
		case err == nil:
			inRow = 0
		case ctx.Err() != nil:
			return err
		case errors.As(err, &data):
			m.report.Faults = append(m.report.Faults, err)
		case errors.Is(err, ErrUnavailable), errors.Is(err, ErrDenied):
			faults = append(faults, err)
			if inRow++; inRow == failures {
				return errors.Join(faults...)
			}
		default:
			return errors.Join(append(faults, err)...)
		}
	}
	return errors.Join(faults...)
}

// steps are what there is to bring, in order of name.
func (m *mirror) steps(found findings) (all []func(context.Context) error) {
	for _, dir := range slices.Sorted(maps.Keys(found.deliveries)) {
		d := found.deliveries[dir]
		all = append(all, func(ctx context.Context) error { return m.delivery(ctx, d) })
	}
	for _, e := range found.loose {
		all = append(all, func(ctx context.Context) error { return m.loose(ctx, e) })
	}
	return all
}

func (m *mirror) unfinished(name, why string) {
	m.report.Unfinished = append(m.report.Unfinished, name+": "+why)
}

func (m *mirror) fault(name, format string, args ...any) error {
	return &extract.DataError{File: name, Msg: fmt.Sprintf(format, args...)}
}
