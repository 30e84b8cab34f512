package warehouse

import (
	"context"
	"fmt"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// Counts are the counts of devices, uses and seconds that an aggregate extract
// in force delivered, in base units, in the order of its lines.
func (w *Warehouse) Counts(ctx context.Context, i Issue) ([]extract.Value, error) {
	rows, err := valuesOf(ctx, w.db, query("vendor_value_counts"), i.FactsID)
	if err != nil {
		return nil, fmt.Errorf("read counts of %s %s: %w", i.Source, i.Month(), err)
	}
	values := make([]extract.Value, len(rows))
	for j, r := range rows {
		values[j] = extract.Value{
			Measure: r.Measure, App: r.App, Other: r.Other, Network: r.Network,
			Segment: panel.Segment{Dimension: r.Dimension, Member: r.Member}, Value: r.Value,
		}
	}
	return values, nil
}
