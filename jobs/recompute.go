package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// recompute brings month m up to what its indicators are computed from, when
// that has changed: an earlier month was revised, or a setting. It is published
// anew only if one of its results is another now.
func (r *run) recompute(ctx context.Context, s *source, m panel.Month) error {
	now, published := s.inForce[m]
	if !published {
		return nil
	}
	p := r.publication(s, m, edition{now.Revision, now.Reading, now.Identity})
	if p.InputsHash == now.InputsHash {
		return nil
	}
	p.Basis, p.Flags = panel.Basis(now.Basis), listed(now.Flags)
	moved, err := r.Warehouse.Recompute(ctx, r.lease, p, now, r.formulas(), r.distant())
	if err != nil {
		return fmt.Errorf("recompute: %w", err)
	}
	if moved {
		r.summary.add(Step{Source: s.name, Month: m, Revision: now.Revision, Action: Recomputed})
	}
	r.Log.Info("recomputed", r.soFar("source", s.name, "month", m, "revision", now.Revision, "moved", moved)...)
	return r.refresh(ctx, s)
}

// An edition is what of a month is or comes into force.
type edition struct {
	revision, reading int
	identity          string
}

// String tells editions apart. A first reading is called by its identity
// alone, as it was when there were no others.
func (e edition) String() string {
	if e.reading > 1 {
		return fmt.Sprint(e.identity, " ", e.reading)
	}
	return e.identity
}

func (r *run) publication(s *source, m panel.Month, e edition) warehouse.Publication {
	settings := r.settingsText(m)
	sum := sha256.Sum256(settings)
	return warehouse.Publication{
		Source: s.name, Month: m, Revision: e.revision, Reading: e.reading,
		InputsHash: inputs(s, m, e, settings), Settings: hex.EncodeToString(sum[:]), CodeVersion: r.Version, RunID: r.RunID,
	}
}

// inputs is the hash of all that the indicators of month m may depend on: the
// bytes of m and of every month before, and the settings.
func inputs(s *source, m panel.Month, e edition, settings []byte) string {
	h := sha256.New()
	for _, earlier := range slices.Sorted(maps.Keys(s.inForce)) {
		if earlier < m {
			now := s.inForce[earlier]
			fmt.Fprintln(h, earlier, edition{now.Revision, now.Reading, now.Identity})
		}
	}
	fmt.Fprintln(h, m, e)
	h.Write(settings)
	return hex.EncodeToString(h.Sum(nil))
}

// settingsText is all that the indicators of month m depend on but deliveries.
func (r *run) settingsText(m panel.Month) []byte {
	text, err := json.Marshal(struct {
		Indicator indicator.Settings
		Tabulate  any
		Formulas  map[string]int
	}{r.settingsUpTo(m), r.Config.Tabulate, formulaVersions()})
	if err != nil {
		panic(err) // plain structs always marshal
	}
	return text
}

func (r *run) formulas() warehouse.Formulas {
	settings := r.indicatorSettings()
	return func(h indicator.History, m panel.Month) indicator.Results {
		return indicator.Month(h, m, settings)
	}
}

func (r *run) distant() warehouse.Distant {
	settings := r.indicatorSettings()
	return func(h indicator.History, m panel.Month) []indicator.Row {
		return indicator.Distant(h, m, settings)
	}
}

func (r *run) indicatorSettings() indicator.Settings {
	c := r.Config
	s := indicator.Settings{
		CAGRSteps: c.Indicators.CAGRSteps, TopN: c.Indicators.TopN,
		MinDevices: c.Indicators.MinDevices, MinChange: c.Indicators.MinChange,
		MinVendor: c.Indicators.MinVendorWan * 1e4, RecordMonths: c.Indicators.RecordMonths,
		Lists: c.Catalogue.Lists, Categories: map[panel.AppID]string{},
		BaseMonth: c.Indicators.BaseMonth, MinProminence: c.Indicators.MinProminence,
		Profiles: map[panel.AppID]string{}, Holidays: holidays(c.Calendar, c.Catalogue), Correlations: correlations(c.Indicators),
	}
	if s.BaseMonth == 0 {
		s.BaseMonth = panel.MustMonth("2020-01")
	}
	for _, u := range c.Indicators.Unusual {
		s.Unusual = append(s.Unusual, indicator.Unusual(u))
	}
	for _, a := range c.Catalogue.Apps {
		s.Categories[a.ID], s.Profiles[a.ID] = a.Category, a.Profile
	}
	rules := c.Rules.Active()
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		for _, p := range rules[name] {
			for _, t := range p.Thresholds {
				s.Thresholds = append(s.Thresholds, indicator.Threshold{App: t.App, Segment: t.Segment(), Devices: t.Wan * 1e4})
			}
		}
	}
	return s
}
