package jobs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// Remind posts what is about to begin and what is late on a day (a date,
// midnight UTC), each once however often it is asked: the outbox knows what was
// told. It looks at the warehouse alone and loads nothing.
func (j Job) Remind(ctx context.Context, today time.Time) (Summary, error) {
	return j.announce(ctx, func(r *run) ([]alerts.Message, error) { return r.reminders(ctx, today) })
}

// announce posts messages that belong to no month's judgement.
func (j Job) announce(ctx context.Context, compose func(*run) ([]alerts.Message, error)) (s Summary, err error) {
	r := run{Job: j, summary: &s}
	ctx, err = r.claim(ctx)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, r.lease.Release()) }()
	messages, err := compose(&r)
	if err != nil {
		return s, cause(ctx, err)
	}
	added, err := r.Warehouse.SaveReminders(ctx, r.lease, messages)
	if err != nil {
		return s, cause(ctx, err)
	}
	s.count(&s.Messages, "written", added)
	if err := r.stage(StageDeliver, 0, func() error { return r.deliver(ctx) }); err != nil {
		return s, cause(ctx, err)
	}
	return s, errors.Join(r.faults...)
}

// reminders are the messages of a day: windows, then what is missing.
func (r *run) reminders(ctx context.Context, today time.Time) (out []alerts.Message, err error) {
	newest, err := r.newestInForce(ctx)
	if err != nil {
		return nil, err
	}
	all, err := r.opening(ctx, newest, today)
	if err != nil {
		return nil, fmt.Errorf("what opens after %s: %w", today.Format(time.DateOnly), err)
	}
	all = append(all, r.late(newest, today)...)
	for _, p := range r.Config.Rules["calendar_missing"] {
		if gap, ok := alerts.Lacking(r.Config.Calendar, p.MonthsAhead, today); ok {
			all = append(all, gap)
		}
	}
	return r.told(all, newest)
}

// told are the messages of reminders, for every channel that wants them.
func (r *run) told(all []alerts.Reminder, newest map[string]warehouse.Issue) (out []alerts.Message, err error) {
	extracts := notes(r.speaking(newest))
	for _, route := range r.Config.Slack.Ways() {
		for _, reminder := range all {
			if !route.Reminds(reminder, r.Config.Catalogue) {
				continue
			}
			m, err := slack.ComposeReminder(reminder, route.Channel, route.Language, extracts)
			if err != nil {
				return nil, err
			}
			out = append(out, m)
		}
	}
	return out, nil
}

// newestInForce is the newest publication of each source.
func (r *run) newestInForce(ctx context.Context) (map[string]warehouse.Issue, error) {
	newest := map[string]warehouse.Issue{}
	for _, c := range r.Config.Sources {
		issues, err := r.Warehouse.Current(ctx, c.Name)
		if err != nil {
			return nil, err
		}
		for _, i := range issues { // by month
			newest[c.Name] = i
		}
	}
	return newest, nil
}

// speaking are those of the publications that speak for some app.
func (r *run) speaking(newest map[string]warehouse.Issue) (out []warehouse.Issue) {
	for _, name := range r.Config.Primary.Sources() {
		if i, ok := newest[name]; ok {
			out = append(out, i)
		}
	}
	return out
}

// opening asks for windows with what is known of the newest month that speaks
// for some app.
func (r *run) opening(ctx context.Context, newest map[string]warehouse.Issue, today time.Time) ([]alerts.Reminder, error) {
	var m panel.Month
	for _, i := range r.speaking(newest) {
		m = max(m, i.Month())
	}
	if m == 0 {
		return nil, nil
	}
	h, err := r.Warehouse.History(ctx, r.Config.Catalogue, m, nil)
	if err != nil {
		return nil, err
	}
	u := alerts.Upcoming{Apps: r.Config.Remind.Apps, Lead: r.Config.Remind.Lead}
	return alerts.Opening(h, r.knowledge(), u, today), nil
}

// late are the sources whose next month should have come. Of one that never
// delivered nobody knows when it begins.
func (r *run) late(newest map[string]warehouse.Issue, today time.Time) (out []alerts.Reminder) {
	for _, name := range slices.Sorted(maps.Keys(r.Config.Remind.Due)) {
		i, ok := newest[name]
		if !ok {
			continue
		}
		p := alerts.Promise{Source: name, Last: i.Month(), Workdays: r.Config.Remind.Due[name]}
		if late, ok := alerts.Overdue(p, r.Config.Calendar, today); ok {
			out = append(out, late)
		}
	}
	return out
}
