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

// changedTerms notes by what a delivery is counted otherwise than the month in
// force before it.
func (s *source) changedTerms(m extract.Manifest) (notes []extract.Note) {
	var before warehouse.Issue
	for earlier, i := range s.inForce {
		if earlier < m.Month && (before.Source == "" || earlier > before.Month()) {
			before = i
		}
	}
	if before.Source == "" {
		return nil
	}
	for _, t := range []struct{ key, was, is string }{
		{"vendor", before.Vendor, m.Vendor},
		{"definitions_version", before.DefinitionsVersion, m.DefinitionsVersion},
		{"tgi_base", before.TGIBase, m.TGIBase},
		{"tier_list_year", fmt.Sprint(before.TierListYear), fmt.Sprint(m.TierListYear)},
	} {
		if t.was != t.is {
			notes = append(notes, extract.Note{Column: t.key, Raw: t.is, Rule: "terms_changed", Text: fmt.Sprintf(
				"was %s in %s: what depends on it is not compared across", t.was, before.Month())})
		}
	}
	return notes
}
