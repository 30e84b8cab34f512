package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// An age orders the deliveries of a month: by the vendor's revision, then by
// the time the vendor signed it.
type age struct {
	revision int
	signed   time.Time
}

func ageOf(d extract.Delivery) age {
	return age{d.Manifest.Revision, d.Manifest.DeliveredAt.UTC().Truncate(time.Microsecond)} // as the warehouse keeps it
}

func (a age) compare(b age) int {
	return cmp.Or(cmp.Compare(a.revision, b.revision), a.signed.Compare(b.signed))
}

// remember takes what is known of a delivery into account.
func (s *source) remember(known warehouse.Seen) {
	s.seen[known.Identity] = known
	if known.Status != warehouse.Loaded && known.Status != warehouse.Same {
		return
	}
	if a := (age{known.Revision, known.DeliveredAt.UTC()}); a.compare(s.marks[known.Month()]) > 0 {
		s.marks[known.Month()] = a
	}
}

// newestFirst orders the deliveries of each month. Of two of one age that was
// last which was never seen before; of those, the last by folder.
func (s *source) newestFirst() {
	fresh := func(d extract.Delivery) int {
		if _, known := s.seen[d.Identity]; known {
			return 0
		}
		return 1
	}
	for m := range s.delivered {
		slices.Reverse(s.delivered[m])
		slices.SortStableFunc(s.delivered[m], func(x, y extract.Delivery) int {
			return cmp.Or(ageOf(y).compare(ageOf(x)), cmp.Compare(fresh(y), fresh(x)))
		})
	}
}

// A due says what is to be done with a delivery.
type due int

const (
	leave  due = iota // it is in force, or was
	load              // new bytes
	older             // newer ones were accepted before
	same              // says what is in force already
	copied            // lies in another folder too
)

// due judges the delivery at place i of a month, the newest being at 0.
func (s *source) due(m panel.Month, i int) due {
	d, now := s.delivered[m][i], s.inForce[m]
	_, published := s.inForce[m]
	for _, newer := range s.delivered[m][:i] {
		switch newer.Identity {
		case d.Identity:
			return copied
		case now.Identity:
			if s.seen[d.Identity].Status != warehouse.Loaded {
				return older
			}
			return leave
		}
	}
	switch {
	case !published:
		return load
	case now.Identity == d.Identity:
		return leave
	case now.Content == "" && ageOf(d) == (age{now.Revision, now.DeliveredAt.UTC()}):
		return leave // it was loaded when content was not kept yet
	case ageOf(d).compare(s.marks[m]) < 0:
		return older
	case now.Content == d.Content:
		return same
	case s.seen[d.Identity].Status == warehouse.Loaded: // and replaced by another of the same age
		return leave
	}
	return load
}

// bring makes month m of a source current: deliveries that are due are loaded,
// and indicators whose inputs have changed are computed anew. When the newest
// delivery is refused and nothing is in force, the one before it is tried.
func (r *run) bring(ctx context.Context, s *source, m panel.Month) error {
	if r.options.wants(m) {
		for i, d := range s.delivered[m] {
			if err := r.take(ctx, s, d, s.due(m, i)); err != nil {
				return err
			}
		}
	}
	return r.stage(StageRecompute, m, func() error { return r.recompute(ctx, s, m) })
}

func (r *run) take(ctx context.Context, s *source, d extract.Delivery, what due) error {
	now := s.inForce[d.Manifest.Month]
	switch what {
	case load:
		return r.ingest(ctx, s, d)
	case older:
		return r.pass(ctx, s, d, warehouse.Older, fmt.Sprintf("an older revision does not replace a newer one: revision %d is in force", now.Revision))
	case same:
		return r.again(ctx, s, d, now)
	case copied:
		r.skipped(s, d, "the same bytes lie in another folder too")
	}
	return nil
}

// pass records a delivery that is not loaded, once.
func (r *run) pass(ctx context.Context, s *source, d extract.Delivery, status warehouse.Status, why string) error {
	if _, known := s.seen[d.Identity]; known {
		return nil // with its books, if it was loaded or refused
	}
	a := warehouse.Arrival{Delivery: d, RunID: r.RunID, Status: status, Refusal: why}
	if err := r.keep(ctx, &a); err != nil {
		return err
	}
	return r.passed(ctx, s, a)
}

func (r *run) passed(ctx context.Context, s *source, a warehouse.Arrival) error {
	if err := r.Warehouse.Record(ctx, r.lease, a); err != nil {
		return fmt.Errorf("record revision %d: %w", a.Delivery.Manifest.Revision, err)
	}
	r.skipped(s, a.Delivery, a.Refusal)
	return r.refresh(ctx, s)
}

// again records a delivery that says what is in force. Its manifest says so:
// files that are not those of the manifest are refused like any others, until
// they are repaired.
func (r *run) again(ctx context.Context, s *source, d extract.Delivery, now warehouse.Issue) error {
	if known, ok := s.seen[d.Identity]; ok && known.Status != warehouse.Refused {
		return nil
	}
	a := warehouse.Arrival{Delivery: d, RunID: r.RunID}
	if err := r.keep(ctx, &a); err != nil {
		return err
	}
	err := d.Verify(ctx)
	if data := (*extract.DataError)(nil); errors.As(err, &data) {
		return r.refuse(ctx, s, a, err)
	}
	if err != nil {
		return err
	}
	a.Status, a.Refusal = warehouse.Same, fmt.Sprintf("says what revision %d says, which is in force", now.Revision)
	return r.passed(ctx, s, a)
}

func (r *run) skipped(s *source, d extract.Delivery, why string) {
	m := d.Manifest
	r.summary.add(Step{Source: s.name, Month: m.Month, Revision: m.Revision, Action: Skipped, Note: why})
	r.Log.Info("skipped: "+why, "source", s.name, "month", m.Month, "revision", m.Revision, "folder", d.Dir)
}

// refresh reads again what of a source is known and in force.
func (r *run) refresh(ctx context.Context, s *source) error {
	issues, err := r.Warehouse.Current(ctx, s.name)
	if err != nil {
		return err
	}
	for _, i := range issues {
		s.inForce[i.Month()] = i
	}
	seen, err := r.Warehouse.Seen(ctx, s.name)
	for _, known := range seen {
		s.remember(known)
	}
	return err
}

// listed is the inverse of strings.Join with a comma.
func listed(flags string) []string {
	if flags == "" {
		return nil
	}
	return strings.Split(flags, ",")
}
