package jobs

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"panelwatch/etl/extract"
	"panelwatch/etl/identities"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// identities checks what must hold between the numbers of a delivery, before
// it is published: what does not is noted, or refuses it.
func (r *run) identities(ctx context.Context, s *source, a *warehouse.Arrival, f warehouse.Facts) error {
	m := a.Delivery.Manifest
	month := identities.Month{Values: f.Vendor, Universe: m.UniverseWan * 1e4, Members: r.Config.Catalogue.Dimensions}
	if f.Panel != nil {
		month.Values, month.Exact = figures(f, usageOf(m)), true
	} else {
		var err error
		if month.Earlier, err = r.earlier(ctx, s, m); err != nil {
			return err
		}
	}
	notes := identities.Check(month)
	for _, n := range notes {
		if r.Config.Quality.Verdict(n.Rule) == identities.Fail {
			return &extract.DataError{
				File: m.Files[n.File].Name, Line: n.Line, Column: n.Column,
				Msg: fmt.Sprintf("%s: %s (quality.identities)", n.Rule, n.Text),
			}
		}
	}
	a.Notes = append(a.Notes, notes...)
	return nil
}

// earlier are the levels in force that a vendor's printed growth looks back
// to, where they are counted as the month is.
func (r *run) earlier(ctx context.Context, s *source, m extract.Manifest) (map[string]identities.Earlier, error) {
	all := map[string]identities.Earlier{}
	for measure, steps := range map[string]int{extract.MoM: 1, extract.CAGR6: r.Config.Indicators.CAGRSteps} {
		then, ok := s.inForce[m.Month-panel.Month(steps)]
		if !ok || then.Basis == string(panel.FromPanel) || then.Vendor != m.Vendor || then.DefinitionsVersion != m.DefinitionsVersion {
			continue
		}
		values, err := r.Warehouse.Counts(ctx, then)
		if err != nil {
			return nil, fmt.Errorf("compare with %s: %w", then.Month(), err)
		}
		all[measure] = identities.Earlier{Steps: steps, Values: values}
	}
	return all, nil
}

// usageOf is the file of a panel that its numbers come from.
func usageOf(m extract.Manifest) int {
	return max(0, slices.IndexFunc(m.Files, func(f extract.File) bool { return f.Table == extract.TableUsage }))
}

// figures are the numbers of a panel in the form of a vendor's.
func figures(f warehouse.Facts, file int) (values []extract.Value) {
	days := float64(f.Panel.Month.Days())
	for _, k := range slices.SortedFunc(maps.Keys(f.Panel.Cells), panel.Key.Compare) {
		c := f.Panel.Cells[k]
		v := extract.Value{Measure: extract.Devices, App: k.App, Segment: k.Segment, Value: c.Devices[0], File: file}
		values = append(values, v)
		if k.App != panel.AllNetwork {
			v.Measure, v.Value = extract.DAUAverage, c.DeviceDays[0]/days
			values = append(values, v)
		}
	}
	for _, o := range f.Panel.Overlaps {
		values = append(values, extract.Value{
			Measure: extract.OverlapDevices, App: o.A, Other: o.B, Segment: panel.All, Value: o.Devices[0], File: file,
		})
	}
	return values
}
