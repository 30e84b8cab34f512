package jobs

import (
	"context"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// A SourceAge is how old the data of a source are on some day.
type SourceAge struct {
	Source      string       `json:"source"`
	Newest      *panel.Month `json:"newest"` // in force; null before the first delivery
	PublishedAt *time.Time   `json:"published_at"`
	AgeDays     int          `json:"age_days"` // since the end of the newest month
	// Due is the last day on which the month after the newest is in time, empty
	// where nobody promised anything.
	Due  string `json:"due,omitempty"`
	Late int    `json:"overdue_months"`
}

// Ages says of every source how old its data are today (a date, midnight UTC)
// and what should have come by now.
func (j Job) Ages(ctx context.Context, today time.Time) (ages []SourceAge, err error) {
	standing, err := j.Warehouse.Standing(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range j.Config.Sources {
		age := SourceAge{Source: c.Name}
		for _, n := range standing.Newest {
			if n.Source == c.Name {
				age = j.age(n, today)
			}
		}
		ages = append(ages, age)
	}
	return ages, nil
}

func (j Job) age(n warehouse.Newest, today time.Time) SourceAge {
	m := panel.MonthIn(n.MonthStart)
	age := SourceAge{Source: n.Source, Newest: &m, PublishedAt: &n.PublishedAt}
	age.AgeDays = int(today.Sub((m + 1).Start()) / (24 * time.Hour))
	if days, promised := j.Config.Remind.Due[n.Source]; promised {
		p := alerts.Promise{Source: n.Source, Last: m, Workdays: days}
		age.Due, age.Late = p.Due(j.Config.Calendar).Format(time.DateOnly), p.Late(j.Config.Calendar, today)
	}
	return age
}

// Watch posts which sources are late on a day, each month of each once, and
// says how old the data of every source are.
func (j Job) Watch(ctx context.Context, today time.Time) (Summary, error) {
	return j.announce(ctx, func(r *run) ([]alerts.Message, error) {
		newest, err := r.newestInForce(ctx)
		if err != nil {
			return nil, err
		}
		return r.told(r.late(newest, today), newest)
	})
}
