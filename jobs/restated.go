package jobs

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// corrections are those to tell with month m: of earlier months, as they came
// into force between the first publication of the last month before and that of
// m, for the sources that speak for some app.
func (r *run) corrections(ctx context.Context, issues []warehouse.Issue, m panel.Month) (out []Difference, err error) {
	for _, i := range issues {
		all, err := r.Warehouse.Editions(ctx, i.Source)
		if err != nil {
			return nil, err
		}
		out = append(out, corrected(all, m)...)
	}
	return out, nil
}

// corrected are the corrections among the publications of one source, by
// month: from what was in force at the beginning to what was at the end.
func corrected(all []warehouse.Edition, m panel.Month) (out []Difference) {
	first := map[panel.Month]int64{}
	for _, e := range all {
		if _, known := first[e.Month()]; !known {
			first[e.Month()] = e.PublicationID
		}
	}
	until, since := first[m], int64(0)
	for month, id := range first {
		if month < m && id < until {
			since = max(since, id)
		}
	}
	was, is := map[panel.Month]warehouse.Edition{}, map[panel.Month]warehouse.Edition{}
	for _, e := range all {
		switch {
		case e.Month() >= m:
		case e.PublicationID <= since:
			was[e.Month()] = e
		case e.PublicationID < until:
			is[e.Month()] = e
		}
	}
	for _, month := range slices.Sorted(maps.Keys(is)) {
		if from, told := was[month]; told && from.FactsID != is[month].FactsID {
			out = append(out, Difference{From: from, To: is[month]})
		}
	}
	return out
}

// restatements are the levels that moved with corrections, of the apps for
// which the source speaks.
func (r *run) restatements(ctx context.Context, corrections []Difference) (out []alerts.Restatement, err error) {
	for _, d := range corrections {
		if err := r.compare(ctx, &d); err != nil {
			return nil, fmt.Errorf("what moved in %s %s: %w", d.To.Source, d.To.Month(), err)
		}
		moved := map[panel.AppID]int{}
		for _, m := range d.Moves {
			moved[m.Key.App]++
		}
		for _, m := range d.Moves {
			app, known := r.Config.Catalogue.App(m.Key.App)
			if !known || m.Key.Indicator != alerts.MUD || m.Key.Segment != panel.All || math.IsNaN(m.Was) ||
				r.Config.Primary.Of(app.ID) != d.To.Source {
				continue
			}
			out = append(out, alerts.Restatement{
				App: app.ID, Name: app.Name, Month: d.To.Month(), Was: m.Was, Is: m.Is, SE: errorOf(m), Others: moved[app.ID] - 1,
			})
		}
	}
	return out, nil
}

// errorOf is that of the change; where it has no replicates that of the level,
// which is more than that of a change within one sample.
func errorOf(m Move) float64 {
	if math.IsNaN(m.SE) {
		return m.IsSE
	}
	return m.SE
}
