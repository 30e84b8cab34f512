package jobs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"panelwatch/etl/archive"
	"panelwatch/etl/extract"
	"panelwatch/sql/warehouse"
)

// ErrNoDelivery says that there is nothing to replay.
var ErrNoDelivery = errors.New("no delivery to read again")

// replay reads the newest delivery of a month again as it lies in the archive.
// When rows that were held back load now, the whole delivery is published as
// the next reading of its revision; else nothing is written.
func (r *run) replay(ctx context.Context, o Replay) (released bool, err error) {
	at := slices.IndexFunc(r.sources, func(s *source) bool { return s.name == o.Source })
	if at < 0 {
		return false, &warehouse.ConfigError{Msg: fmt.Sprintf("no source %q in the configuration", o.Source)}
	}
	s := r.sources[at]
	known, err := s.newest(o)
	if err != nil {
		return false, err
	}
	arrival, done, err := r.bytesOf(ctx, s, known)
	if err != nil {
		return false, fmt.Errorf("%s %s revision %d: %w", s.name, o.Month, known.Revision, err)
	}
	defer func() { err = errors.Join(err, done()) }()
	return r.release(ctx, s, known, arrival)
}

// newest is the delivery of a month to read again: the newest that is in force
// or was refused.
func (s *source) newest(o Replay) (known warehouse.Seen, err error) {
	now, published := s.inForce[o.Month]
	for _, x := range s.seen {
		a := age{x.Revision, x.DeliveredAt}
		switch {
		case x.Month() != o.Month,
			x.Status != warehouse.Refused && x.Identity != now.Identity,
			x.Status == warehouse.Refused && published && a.compare(age{now.Revision, now.DeliveredAt}) < 0:
			continue
		case known.Identity == "" || a.compare(age{known.Revision, known.DeliveredAt}) > 0:
			known = x
		}
	}
	if known.Identity == "" {
		return known, fmt.Errorf("%w: nothing of source %s is in force or was refused for %s", ErrNoDelivery, o.Source, o.Month)
	}
	return known, nil
}

// bytesOf lays a known delivery out in a folder of its own; done takes it
// away.
func (r *run) bytesOf(ctx context.Context, s *source, known warehouse.Seen) (a warehouse.Arrival, done func() error, err error) {
	if r.Archive == nil {
		return a, nil, fmt.Errorf("%w: archive.kind is none", archive.ErrAbsent)
	}
	records, err := r.Archive.Records(ctx, s.name, known.Month())
	if err != nil {
		return a, nil, err
	}
	records = slices.DeleteFunc(records, func(x archive.Record) bool { return x.Identity != known.Identity })
	if len(records) == 0 {
		return a, nil, fmt.Errorf("%w: it was read when nothing was archived", archive.ErrAbsent)
	}
	record := records[len(records)-1]
	place, err := r.Archive.Scratch()
	if err != nil {
		return a, nil, err
	}
	done = func() error { return os.RemoveAll(place) }
	dir := filepath.Join(place, "delivery")
	if err := r.Archive.Restore(ctx, record, dir); err != nil {
		return a, nil, errors.Join(err, done())
	}
	a = warehouse.Arrival{RunID: r.RunID, Folder: known.Folder}
	if a.Delivery, err = extract.Open(s.name, dir); err != nil {
		return a, nil, errors.Join(err, done())
	}
	archivedAs(&a, record)
	return a, done, nil
}

// archivedAs notes which objects of the archive have the bytes.
func archivedAs(a *warehouse.Arrival, record archive.Record) {
	a.ManifestSum, a.Sums = record.Manifest.SHA256, nil
	for _, f := range a.Delivery.Manifest.Files {
		a.Sums = append(a.Sums, record.Sum(f.Name))
	}
}

func (r *run) release(ctx context.Context, s *source, known warehouse.Seen, a warehouse.Arrival) (bool, error) {
	facts, err := r.checked(ctx, s, &a)
	if err != nil {
		return false, fmt.Errorf("%s %s revision %d: %w", s.name, known.Month(), known.Revision, err)
	}
	if known.Status == warehouse.Refused {
		return true, r.stage(StagePublish, known.Month(), func() error { return r.publish(ctx, s, a, facts) })
	}
	ledgers, rejects, err := r.Warehouse.Books(ctx, known.ExtractID)
	if err != nil {
		return false, err
	}
	if fault := newlyRejected(a, ledgers, rejects); fault != nil {
		return false, fault
	}
	if !loadsMore(ledgers, a.Ledgers) {
		r.skipped(s, a.Delivery, "no row that was held back loads now")
		return false, nil
	}
	return true, r.stage(StagePublish, known.Month(), func() error { return r.publish(ctx, s, a, facts) })
}

// loadsMore says whether rows of some file that were held back no longer are.
func loadsMore(before, now []extract.Ledger) bool {
	for i, l := range now {
		if i < len(before) && l.Rejected < before[i].Rejected {
			return true
		}
	}
	return false
}

// newlyRejected is the fault that a row is held back now that was loaded
// before: a replay gives rows back and takes none away.
func newlyRejected(a warehouse.Arrival, before []extract.Ledger, rejects []extract.Reject) error {
	held := map[extract.Place]bool{}
	for _, x := range rejects {
		held[extract.Place{File: x.File, Line: x.Line}] = true
	}
	for i, l := range a.Ledgers {
		name := a.Delivery.Manifest.Files[i].Name
		if i < len(before) && l.Rejected > before[i].Rejected {
			return &extract.DataError{File: name, Msg: fmt.Sprintf(
				"%d rows are rejected now, %d were before: the contract has become stricter; deliver a new revision", l.Rejected, before[i].Rejected)}
		}
	}
	if len(rejects) < total(before) {
		return nil // not all places are known
	}
	for _, x := range a.Rejects {
		if !held[extract.Place{File: x.File, Line: x.Line}] {
			return &extract.DataError{
				File: a.Delivery.Manifest.Files[x.File].Name, Line: x.Line, Column: x.Column,
				Msg: fmt.Sprintf("%q: %s: this row was loaded before; a replay takes no row away", x.Raw, x.Rule),
			}
		}
	}
	return nil
}

func total(ledgers []extract.Ledger) (rejected int) {
	for _, l := range ledgers {
		rejected += l.Rejected
	}
	return rejected
}
