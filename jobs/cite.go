package jobs

import (
	"cmp"
	"slices"

	"panelwatch/alerts"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// cite gives every finding that speaks of a published number the number's id
// and the SELECT that reads it.
func (r *run) cite(findings []alerts.Finding) {
	for i := range findings {
		f := &findings[i]
		issue, ok := r.inForce(f.Subject.App, cmp.Or(f.Of, f.Month))
		if f.Indicator == "" || f.Subject.App == "" || !ok {
			continue
		}
		row := indicator.Row{Indicator: f.Indicator, App: f.Subject.App, Segment: f.Subject.Segment}
		if f.Indicator == alerts.Rank {
			row.Segment = panel.Segment{Dimension: indicator.InList, Member: f.Subject.List}
		}
		f.TraceID = warehouse.TraceID(issue.PublicationID, row)
		f.Query = warehouse.Quote(issue.PublicationID, row)
	}
}

// inForce is the publication that speaks for an app's month.
func (r *run) inForce(app panel.AppID, m panel.Month) (warehouse.Issue, bool) {
	primary := r.Config.Primary.Of(app)
	at := slices.IndexFunc(r.sources, func(s *source) bool { return s.name == primary })
	if at < 0 {
		return warehouse.Issue{}, false
	}
	issue, ok := r.sources[at].inForce[m]
	return issue, ok
}
