package warehouse

import (
	"context"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

type termsRow struct {
	App         panel.AppID `db:"app_id"`
	Month       time.Time   `db:"month_start"`
	Vendor      string      `db:"vendor"`
	Definitions string      `db:"definitions_version"`
	TierYear    int         `db:"tier_list_year"`
}

// breaks are the months up to one from which on an app is counted otherwise.
// tiers are those of the list of city tiers, and the others.
func (w *Warehouse) breaks(ctx context.Context, at asOf) (all, tiers map[panel.AppID][]alerts.Break, err error) {
	var rows []termsRow
	if err := w.selectNamed(ctx, &rows, "terms", at.values()); err != nil {
		return nil, nil, err
	}
	all, tiers = map[panel.AppID][]alerts.Break{}, map[panel.AppID][]alerts.Break{}
	for i := 1; i < len(rows); i++ {
		was, is := rows[i-1], rows[i]
		if was.App != is.App {
			continue
		}
		month := panel.MonthIn(is.Month)
		switch {
		case was.Definitions != is.Definitions:
			all[is.App] = append(all[is.App], alerts.DefinitionsBreak(month, was.Definitions, is.Definitions))
		case was.Vendor != is.Vendor:
			all[is.App] = append(all[is.App], alerts.VendorBreak(month, was.Vendor, is.Vendor))
		case was.TierYear != is.TierYear:
			tiers[is.App] = append(tiers[is.App], alerts.TierListBreak(month, was.TierYear, is.TierYear))
		}
	}
	return all, tiers, nil
}

// withBreaks tells series and lists where they cannot be compared. A list is
// broken where one of its apps is.
func (w *Warehouse) withBreaks(ctx context.Context, c *panel.Catalogue, at asOf, h alerts.History) (alerts.History, error) {
	all, _, err := w.breaks(ctx, at)
	if err != nil {
		return h, err
	}
	for i, s := range h.Series {
		h.Series[i].Breaks = all[s.App]
	}
	for i, l := range c.Lists {
		seen := map[panel.Month]bool{}
		for _, app := range l.Apps {
			for _, b := range all[app] {
				if !seen[b.Month] {
					h.Lists[i].Breaks = append(h.Lists[i].Breaks, b)
				}
				seen[b.Month] = true
			}
		}
	}
	return h, nil
}
