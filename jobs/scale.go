package jobs

import (
	"context"
	"fmt"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// checkScale compares a delivery with the month in force before it.
func (r *run) checkScale(ctx context.Context, s *source, f extract.Figures, a *warehouse.Arrival) error {
	before, ok := s.before(a.Delivery.Manifest.Month)
	if !ok {
		return nil
	}
	earlier, err := r.Warehouse.Counts(ctx, before)
	if err != nil {
		return fmt.Errorf("compare with %s: %w", before.Month(), err)
	}
	notes, err := f.CheckScale(a.Delivery, r.Config.Datasets, before.Month(), earlier)
	a.Notes = append(a.Notes, notes...)
	return err
}

// before is the last month in force before m, unless that is a year ago.
func (s *source) before(m panel.Month) (newest warehouse.Issue, ok bool) {
	for earlier, i := range s.inForce {
		if earlier < m && earlier >= m-12 && i.Basis != string(panel.FromPanel) && (!ok || earlier > newest.Month()) {
			newest, ok = i, true
		}
	}
	return newest, ok
}
