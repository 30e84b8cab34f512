package jobs

import (
	"slices"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// Flags of a publication: what who compares the month should know.
const (
	ClosedMonth        = "closed_month"        // it came when later months were long published
	DefinitionsChanged = "definitions_changed" // since the month before, or the revision before
	TGIBaseChanged     = "tgi_base_changed"
	TierListChanged    = "tier_list_changed"
)

// flags compares the terms of a delivery with those in force: of the same
// month, and of the last one before it.
func (r *run) flags(s *source, m extract.Manifest) (flags []string) {
	later := 0
	var before panel.Month
	for other := range s.inForce {
		switch {
		case other > m.Month:
			later++
		case other < m.Month:
			before = max(before, other)
		}
	}
	if r.Config.Quality.Closed(later) {
		flags = append(flags, ClosedMonth)
	}
	for _, other := range []panel.Month{before, m.Month} {
		if now, ok := s.inForce[other]; ok {
			flags = append(flags, changed(now, m)...)
		}
	}
	slices.Sort(flags)
	return slices.Compact(flags)
}

func changed(now warehouse.Issue, m extract.Manifest) (flags []string) {
	if now.DefinitionsVersion != m.DefinitionsVersion {
		flags = append(flags, DefinitionsChanged)
	}
	if now.TGIBase != m.TGIBase {
		flags = append(flags, TGIBaseChanged)
	}
	if now.TierListYear != m.TierListYear {
		flags = append(flags, TierListChanged)
	}
	return flags
}
