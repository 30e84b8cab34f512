package jobs

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// ready clears away and brings up to date what a run builds on.
func (r *run) ready(ctx context.Context) error {
	if err := r.clean(ctx); err != nil {
		return err
	}
	return r.prepare(ctx)
}

// prepare brings the dimension tables up to the configuration.
func (r *run) prepare(ctx context.Context) error {
	err := r.Warehouse.WriteCatalogue(ctx, r.lease, r.Config.Catalogue, r.Config.Primary.Of, r.monthNotes())
	if err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	return nil
}

// clean takes away what an interrupted run left in the archive: the lease says
// that nobody else is writing there.
func (r *run) clean(ctx context.Context) error {
	if r.Archive == nil {
		return nil
	}
	return r.Archive.Clean(ctx)
}

// monthNotes describes every month that the calendar covers.
func (r *run) monthNotes() (notes []warehouse.MonthNote) {
	c := r.Config.Calendar
	for m := c.CoversFrom(); m <= c.CoversThrough(); m++ {
		notes = append(notes, warehouse.MonthNote{
			Month:       m,
			OffDays:     c.DaysOff(m),
			PresaleDays: c.Days(calendar.Presale, m),
			FilingDays:  c.Days(calendar.Filing, m),
			Windows:     r.windows(m),
		})
	}
	return notes
}

// windows are those of a month, for each profile of the catalogue.
func (r *run) windows(m panel.Month) (notes []warehouse.WindowNote) {
	profiles := map[string]bool{}
	for _, a := range r.Config.Catalogue.Apps {
		profiles[a.Profile] = true
	}
	for _, profile := range slices.Sorted(maps.Keys(profiles)) {
		for _, w := range r.Config.Calendar.Windows(profile, m) {
			notes = append(notes, warehouse.WindowNote{Profile: profile, Window: w})
		}
	}
	return notes
}
