package tabulate

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// SpillAt makes rows go to disk once they take so many bytes.
func (o Options) SpillAt(bytes int64) Options {
	o.spillAt = bytes
	return o
}

// ExtractWhole does all that Extract does for the full sample alone: what is
// left out is the work for the replicates.
func ExtractWhole(ctx context.Context, d extract.Delivery, cat *panel.Catalogue, o Options) (*Tables, error) {
	j, err := begin(d, cat, o)
	if err != nil {
		return nil, err
	}
	defer j.close()
	if err := j.read(ctx); err != nil {
		return nil, err
	}
	sum, c := newTotal(j.plan), newConflicts(j.intake, j.options.MaxRejects)
	var next atomic.Int32
	var add sync.Mutex
	workers, _ := errgroup.WithContext(ctx)
	for range j.options.Workers {
		workers.Go(func() error {
			f := j.finisher(c)
			for bucket := int(next.Add(1)) - 1; bucket < len(j.roster.first)-1; bucket = int(next.Add(1)) - 1 {
				if err := f.bucket(bucket); err != nil {
					return err
				}
			}
			f.sums.rollUp()
			add.Lock()
			defer add.Unlock()
			return sum.add(1, f.sums)
		})
	}
	if err := workers.Wait(); err != nil {
		return nil, err
	}
	return sum.whole(j.delivery.Manifest.Month), nil
}

// whole is the estimates without replicates, as many of them as tables has.
func (t *total) whole(m panel.Month) *Tables {
	out := &Tables{Month: m, Cells: map[panel.Key]*Cell{}}
	one := func(y *tally, target, item, quantity int) (e panel.Estimate) {
		for _, row := range y.rowsOf[target] {
			e[0] += y.byRow[int(row)*y.width()+item*y.quantities+quantity]
		}
		return e
	}
	for app, id := range append(slices.Clone(t.plan.apps), panel.AllNetwork) {
		for s, segment := range t.plan.segments {
			if n := t.cells.n(s, app); n > 0 {
				out.Cells[panel.Key{App: id, Segment: segment}] = &Cell{
					Devices: one(t.cells, s, app, devices), DeviceDays: one(t.cells, s, app, deviceDays),
					Uses: one(t.cells, s, app, uses), Seconds: one(t.cells, s, app, seconds), N: n,
				}
			}
		}
	}
	return out
}
