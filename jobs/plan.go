package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// ErrSource says that a source cannot be looked at, so that nobody knows what
// it holds.
var ErrSource = errors.New("source unavailable")

// A source is one source of the configuration with what it has delivered and
// what of it is in force.
type source struct {
	name      string
	delivered map[panel.Month][]extract.Delivery // of each month, the newest first
	inForce   map[panel.Month]warehouse.Issue
	seen      map[string]warehouse.Seen // by identity
	marks     map[panel.Month]age       // the newest of each month that was accepted
}

// plan looks at every source and lists the months there is anything of, in
// order.
func (r *run) plan(ctx context.Context) (months []panel.Month, err error) {
	for _, c := range r.Config.Sources {
		if r.options.Source != "" && r.options.Source != c.Name {
			continue
		}
		s, err := r.look(ctx, c)
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", c.Name, err)
		}
		r.sources = append(r.sources, s)
		for m := range s.delivered {
			months = append(months, m)
		}
		for m := range s.inForce {
			months = append(months, m)
		}
	}
	if r.options.Source != "" && len(r.sources) == 0 {
		return nil, &warehouse.ConfigError{Msg: fmt.Sprintf("no source %q in the configuration", r.options.Source)}
	}
	slices.Sort(months)
	months = slices.Compact(months)
	r.newest = r.newestPrimary()
	return months, nil
}

func (r *run) look(ctx context.Context, c configs.Source) (*source, error) {
	if err := r.fetched(ctx, c); err != nil {
		return nil, err
	}
	issues, err := r.Warehouse.Current(ctx, c.Name)
	if err != nil {
		return nil, err
	}
	if c.Loose != nil && !r.options.Rehearsal {
		r.setAside(c.Name, r.assemble(ctx, c, issues))
	}
	found, unfinished, err := extract.Find(c.Name, c.Landing())
	r.setAside(c.Name, err)
	for _, dir := range unfinished {
		r.Log.Warn("delivery is not finished: no "+extract.SuccessName, "source", c.Name, "folder", dir)
	}
	seen, err := r.Warehouse.Seen(ctx, c.Name)
	if err != nil {
		return nil, err
	}
	s := &source{
		name: c.Name, delivered: map[panel.Month][]extract.Delivery{}, inForce: map[panel.Month]warehouse.Issue{},
		seen: map[string]warehouse.Seen{}, marks: map[panel.Month]age{},
	}
	for _, d := range found {
		s.delivered[d.Manifest.Month] = append(s.delivered[d.Manifest.Month], d)
	}
	for _, i := range issues {
		s.inForce[i.Month()] = i
	}
	for _, known := range seen {
		s.remember(known)
	}
	s.newestFirst()
	return s, nil
}

func (r *run) fetched(ctx context.Context, c configs.Source) error {
	if !r.options.Rehearsal {
		return r.fetch(ctx, c)
	}
	if c.Spool != "" || c.Loose != nil {
		r.Log.Warn("a dry run fetches nothing and puts no loose files together: it reads what lies in the folder", "source", c.Name, "folder", c.Landing())
	}
	return nil
}

// setAside keeps manifests that cannot be read from stopping the rest of the
// source, and a source that cannot be looked at from stopping the others.
func (r *run) setAside(source string, err error) {
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	for _, e := range all {
		var data *extract.DataError
		switch {
		case e == nil:
		case errors.As(e, &data):
			r.faults = append(r.faults, fmt.Errorf("%s: %w", source, e))
		default:
			r.faults = append(r.faults, fmt.Errorf("source %s: %w: %w", source, ErrSource, e))
		}
	}
}

func (r *run) newestPrimary() (newest panel.Month) {
	primary := r.Config.Primary.Sources()
	for _, s := range r.sources {
		if !slices.Contains(primary, s.name) {
			continue
		}
		for m := range s.delivered {
			newest = max(newest, m)
		}
		for m := range s.inForce {
			newest = max(newest, m)
		}
	}
	return newest
}
