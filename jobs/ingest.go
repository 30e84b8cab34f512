package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
	"panelwatch/sql/warehouse"
)

// ingest verifies, reads and publishes one delivery. A fault of the data is
// kept with its lines and refuses the delivery, not the run.
func (r *run) ingest(ctx context.Context, s *source, d extract.Delivery) error {
	arrival, m := warehouse.Arrival{Delivery: d, RunID: r.RunID}, d.Manifest.Month
	if err := r.stage(StageArchive, m, func() error { return r.keep(ctx, &arrival) }); err != nil {
		return err
	}
	var facts warehouse.Facts
	err := r.stage(StageRead, m, func() (err error) { facts, err = r.checked(ctx, s, &arrival); return err })
	var data *extract.DataError
	if errors.As(err, &data) {
		return r.refuse(ctx, s, arrival, err)
	}
	if err != nil {
		return err
	}
	return r.stage(StagePublish, m, func() error { return r.publish(ctx, s, arrival, facts) })
}

// checked reads a delivery and makes sure that no row of it was lost, and no
// more were bad than may be.
func (r *run) checked(ctx context.Context, s *source, a *warehouse.Arrival) (warehouse.Facts, error) {
	facts, err := r.read(ctx, s, a.Delivery, a)
	a.Notes = append(a.Notes, s.changedTerms(a.Delivery.Manifest)...)
	if err == nil {
		err = r.withinTolerance(*a)
	}
	if err != nil {
		return facts, err
	}
	if r.meddle != nil {
		r.meddle(a, &facts)
	}
	if err := asArchived(*a); err != nil {
		return facts, err
	}
	if err := conserved(*a, facts); err != nil {
		return facts, err
	}
	return facts, r.identities(ctx, s, a, facts)
}

// asArchived makes sure that what was read is what the archive has: a file
// that somebody changed in between cannot be traced.
func asArchived(a warehouse.Arrival) error {
	for i, sum := range a.Sums {
		if f := a.Delivery.Manifest.Files[i]; !strings.EqualFold(sum, f.SHA256) {
			return &extract.DataError{File: f.Name, Msg: "changed while it was read; run again when nobody writes to it"}
		}
	}
	return nil
}

// publish brings a delivery into force, as the next reading of its revision.
func (r *run) publish(ctx context.Context, s *source, a warehouse.Arrival, facts warehouse.Facts) error {
	d := a.Delivery
	e := edition{d.Manifest.Revision, 1, d.Identity}
	if now, ok := s.inForce[d.Manifest.Month]; ok && now.Revision == e.revision {
		e.reading = now.Reading + 1
	}
	p := r.publication(s, d.Manifest.Month, e)
	p.Basis, p.Flags = basis(d.Manifest), r.flags(s, d.Manifest)
	if err := r.Warehouse.Publish(ctx, r.lease, p, a, facts, r.formulas()); err != nil {
		return fmt.Errorf("publish revision %d: %w", e.revision, err)
	}
	r.published(p, a)
	return r.refresh(ctx, s)
}

// keep puts the bytes of a delivery into the archive, before anything is
// published that was read from them.
func (r *run) keep(ctx context.Context, a *warehouse.Arrival) error {
	if r.Archive == nil {
		return nil
	}
	record, err := r.Archive.Keep(ctx, a.Delivery)
	if err != nil {
		return fmt.Errorf("archive revision %d: %w", a.Delivery.Manifest.Revision, err)
	}
	archivedAs(a, record)
	return nil
}

// read verifies the files of a delivery and turns them into facts.
func (r *run) read(ctx context.Context, s *source, d extract.Delivery, a *warehouse.Arrival) (f warehouse.Facts, err error) {
	if err := d.Verify(ctx); err != nil {
		return f, err
	}
	if d.Manifest.Kind == extract.Aggregate {
		t, err := extract.ReadAggregate(ctx, d, r.Config.Catalogue, extract.Options{
			MaxRejects: r.Config.Quality.KeepRejects, Contracts: r.Config.Datasets, Limits: r.Config.Quality.Reading.Limits(),
		})
		a.Ledgers, a.Rejects, a.Notes = t.Ledgers, t.Rejects, t.Notes
		if err == nil {
			err = r.checkScale(ctx, s, t, a)
		}
		return warehouse.Facts{Vendor: t.Values}, err
	}
	var pairs []panel.Pair
	for _, p := range r.Config.Tabulate.Pairs {
		pairs = append(pairs, panel.Pair{A: p[0], B: p[1]})
	}
	t, err := tabulate.Extract(ctx, d, r.Config.Catalogue, tabulate.Options{
		Dimensions: r.Config.Tabulate.Dimensions,
		Pairs:      pairs,
		MaxRejects: r.Config.Quality.KeepRejects,
		Contracts:  r.Config.Datasets,
		Limits:     r.Config.Quality.Reading.Limits(),
		Progress:   r.rows(d),
		Memory:     r.Memory,
	})
	if t != nil {
		a.Ledgers, a.Rejects, a.Notes = t.Ledgers, t.Rejects, t.Notes
	}
	return warehouse.Facts{Panel: t, Pairs: pairs}, err
}

// rows reports the rows of a microdata delivery as they are read.
func (r *run) rows(d extract.Delivery) func(int) {
	return func(done int) { r.progress("tabulate "+d.Manifest.Month.String(), done, d.Rows()) }
}

// withinTolerance refuses a delivery of which too many rows are bad, and names
// the first of them.
func (r *run) withinTolerance(a warehouse.Arrival) error {
	for i, l := range a.Ledgers {
		held := extract.Held(a.Notes, i) // rows of apps that somebody has to map first
		f := a.Delivery.Manifest.Files[i]
		limit := r.Config.Quality.Of(f.Table).Exceeded(l.Read, l.Rejected-held)
		if limit == "" && held > 0 && held == l.Read {
			limit = "all of them of apps that the catalogue does not have"
		}
		if limit == "" {
			continue
		}
		fault := &extract.DataError{File: f.Name}
		if at := slices.IndexFunc(a.Rejects, func(x extract.Reject) bool { return x.File == i }); at >= 0 {
			first := a.Rejects[at]
			fault.Line, fault.Column = first.Line, first.Column
			fault.Msg = fmt.Sprintf("%q: %s (%s); ", first.Raw, first.Rule, first.Hint)
		}
		fault.Msg += fmt.Sprintf("%d of %d rows rejected, %s; panelwatch rejects list shows them", l.Rejected, l.Read, limit)
		return fault
	}
	return nil
}

func (r *run) refuse(ctx context.Context, s *source, a warehouse.Arrival, why error) error {
	a.Refusal = why.Error()
	if err := r.Warehouse.Record(ctx, r.lease, a); err != nil {
		return err
	}
	m := a.Delivery.Manifest
	r.summary.add(Step{Source: s.name, Month: m.Month, Revision: m.Revision, Action: Refused}.counting(a.Ledgers))
	r.faults = append(r.faults, fmt.Errorf("%s %s revision %d in %s: %w", s.name, m.Month, m.Revision, a.Delivery.Dir, why))
	return nil
}

func basis(m extract.Manifest) panel.Basis {
	switch {
	case m.Kind == extract.Microdata:
		return panel.FromPanel
	case m.PanelSize > 0 && m.Deff > 0:
		return panel.Assumed
	}
	return panel.FromVendor
}
