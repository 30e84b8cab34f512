package jobs

import (
	"context"
	"errors"
	"fmt"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
	"panelwatch/sql/warehouse"
)

// bring makes month m of a source current: a delivery that is due is loaded,
// and indicators whose inputs have changed are computed anew.
func (r *run) bring(ctx context.Context, s *source, m panel.Month) error {
	if d, ok := r.due(s, m); ok {
		return r.ingest(ctx, s, d)
	}
	return r.recompute(ctx, s, m)
}

// ingest verifies, reads and publishes one delivery. A fault of the data is
// kept with its lines and refuses the delivery, not the run.
func (r *run) ingest(ctx context.Context, s *source, d extract.Delivery) error {
	m := d.Manifest.Month
	arrival := warehouse.Arrival{Delivery: d, RunID: r.RunID}
	facts, err := r.read(ctx, s, d, &arrival)
	arrival.Notes = append(arrival.Notes, s.changedTerms(d.Manifest)...)
	if err == nil {
		err = r.withinTolerance(arrival)
	}
	var data *extract.DataError
	if errors.As(err, &data) {
		return r.refuse(ctx, s, arrival, err)
	}
	if err != nil {
		return err
	}
	p := r.publication(s, m, d.Manifest.Revision, d.Identity)
	p.Basis = basis(d.Manifest)
	if err := r.Warehouse.Publish(ctx, r.lease, p, arrival, facts, r.formulas()); err != nil {
		return fmt.Errorf("publish revision %d: %w", d.Manifest.Revision, err)
	}
	r.published(s, m, arrival)
	return r.refresh(ctx, s)
}

// read verifies the files of a delivery and turns them into facts.
func (r *run) read(ctx context.Context, s *source, d extract.Delivery, a *warehouse.Arrival) (f warehouse.Facts, err error) {
	if err := d.Verify(ctx); err != nil {
		return f, err
	}
	if d.Manifest.Kind == extract.Aggregate {
		t, err := extract.ReadAggregate(ctx, d, r.Config.Catalogue, extract.Options{MaxRejects: r.Config.Quality.KeepRejects, Contracts: r.Config.Datasets})
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
		Progress:   r.rows(d),
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
		if held < l.Read && float64(l.Rejected-held) <= r.Config.Quality.MaxRejectedRatio*float64(l.Read) {
			continue
		}
		fault := &extract.DataError{File: a.Delivery.Manifest.Files[i].Name}
		for _, first := range a.Rejects {
			if first.File == i {
				fault.Line, fault.Column = first.Line, first.Column
				fault.Msg = fmt.Sprintf("%q: %s (%s); ", first.Raw, first.Rule, first.Hint)
				break
			}
		}
		fault.Msg += fmt.Sprintf("%d of %d rows rejected, more than %.3g %% (quality.max_rejected_ratio); table etl_reject lists them",
			l.Rejected, l.Read, 100*r.Config.Quality.MaxRejectedRatio)
		return fault
	}
	return nil
}

func (r *run) refuse(ctx context.Context, s *source, a warehouse.Arrival, why error) error {
	a.Refusal = why.Error()
	if err := r.Warehouse.RecordRefused(ctx, r.lease, a); err != nil {
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
