package jobs

import (
	"slices"

	"panelwatch/alerts"
	"panelwatch/etl/indicator"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// cite gives every finding that speaks of a published number the number's id
// and the SELECT that reads it. issues are those in force in the month.
func (r *run) cite(findings []alerts.Finding, issues []warehouse.Issue) {
	for i := range findings {
		f := &findings[i]
		source := r.Config.Primary.Of(f.Subject.App)
		at := slices.IndexFunc(issues, func(x warehouse.Issue) bool { return x.Source == source })
		if f.Indicator == "" || f.Subject.App == "" || at < 0 {
			continue
		}
		row := indicator.Row{Indicator: f.Indicator, App: f.Subject.App, Segment: f.Subject.Segment}
		if f.Indicator == alerts.Rank {
			row.Segment = panel.Segment{Dimension: indicator.InList, Member: f.Subject.List}
		}
		f.TraceID = warehouse.TraceID(issues[at].PublicationID, row)
		f.Query = warehouse.Quote(issues[at].PublicationID, row)
	}
}
