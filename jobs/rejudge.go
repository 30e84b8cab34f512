package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// ErrNothingToJudge says that none of the months asked for is published, or no
// rule that was asked for has a setting.
var ErrNothingToJudge = errors.New("nothing to judge")

// A Rejudging asks what the rules say of months that are in the warehouse.
type Rejudging struct {
	From, To panel.Month
	Rules    []string // empty: all
	// Today takes today's figures of each month and those before it, instead
	// of the figures as they were known when the month was first complete.
	Today bool
	// Silences holds back what silences and mutes hold back, as a run does;
	// without it the rules speak by themselves.
	Silences bool
}

// A Rejudged month is what the rules say of it, drafts after the others.
// Messages is how many would be written: a digest and a detail for each
// finding told, of which drafts have none.
type Rejudged struct {
	Month    panel.Month
	Known    time.Time // of the publications read, none that came into force later
	Findings []alerts.Finding
	Coverage alerts.Coverage
	Messages int
}

// Rejudge judges months again, the oldest first, each with what was known of
// it and of the months before. It writes nothing to the warehouse.
func (j Job) Rejudge(ctx context.Context, o Rejudging, tell func(Rejudged) error) error {
	rules := j.Config.Rules
	if len(o.Rules) > 0 {
		rules = rules.Only(o.Rules...)
	}
	if len(rules) == 0 {
		return fmt.Errorf("%w: no setting of %s in rules.yaml", ErrNothingToJudge, strings.Join(o.Rules, ", "))
	}
	r := run{Job: j, summary: &Summary{}}
	if o.Silences {
		if err := r.recall(ctx); err != nil {
			return err
		}
	}
	editions, err := r.primaryEditions(ctx)
	if err != nil {
		return err
	}
	months := monthsOf(editions)
	wanted := slices.DeleteFunc(slices.Clone(months), func(m panel.Month) bool { return m < o.From || m > o.To })
	if len(wanted) == 0 {
		return fmt.Errorf("%w: no month from %s to %s is published%s", ErrNothingToJudge, o.From, o.To, spanOf(months))
	}
	for i, m := range wanted {
		j.progress("months", i, len(wanted))
		judged, err := r.rejudge(ctx, m, editions, rules, o.Today)
		if err != nil {
			return fmt.Errorf("judge %s again: %w", m, err)
		}
		if err := tell(judged); err != nil {
			return err
		}
	}
	return nil
}

// primaryEditions are the publications of every source that speaks for some
// app, by source, in their order.
func (r *run) primaryEditions(ctx context.Context) (all [][]warehouse.Edition, err error) {
	for _, source := range r.Config.Primary.Sources() {
		editions, err := r.Warehouse.Editions(ctx, source)
		if err != nil {
			return nil, err
		}
		all = append(all, editions)
	}
	return all, nil
}

func (r *run) rejudge(ctx context.Context, m panel.Month, editions [][]warehouse.Edition, rules alerts.Settings, today bool) (out Rejudged, err error) {
	out.Month, out.Known = m, firstComplete(editions, m)
	issues := issuesOf(editions, m)
	known := out.Known
	if today {
		known = warehouse.Latest
	}
	corrections, err := r.corrections(ctx, issues, m)
	if err != nil {
		return out, err
	}
	h, err := r.history(ctx, known, m, corrections)
	if err != nil {
		return out, err
	}
	knowledge := r.knowledgeOf(m)
	out.Findings, out.Coverage = alerts.Judge(h, knowledge, rules)
	messages, err := r.tell(m, issues, h, out.Findings, out.Coverage, noCharts)
	out.Messages = len(messages)
	out.Findings = append(out.Findings, alerts.JudgeDrafts(h, knowledge, rules)...)
	return out, err
}

func noCharts([]alerts.ExtractNote) func(alerts.Finding) ([]byte, string, error) {
	return func(alerts.Finding) ([]byte, string, error) { return nil, "", nil }
}

// firstComplete is the instant at which month m could first be judged: every
// source that delivered it before another month followed had been published.
func firstComplete(editions [][]warehouse.Edition, m panel.Month) (known time.Time) {
	var first []time.Time
	var next time.Time
	for _, source := range editions {
		seen := false
		for _, e := range source {
			switch {
			case e.Month() == m && !seen:
				first, seen = append(first, e.PublishedAt), true
			case e.Month() > m && (next.IsZero() || e.PublishedAt.Before(next)):
				next = e.PublishedAt
			}
		}
	}
	known = slices.MinFunc(first, time.Time.Compare)
	for _, t := range first {
		if t.After(known) && (next.IsZero() || t.Before(next)) {
			known = t
		}
	}
	return known
}

// issuesOf are the first publications of month m, of each source that has one.
func issuesOf(editions [][]warehouse.Edition, m panel.Month) (issues []warehouse.Issue) {
	for _, source := range editions {
		if i := slices.IndexFunc(source, func(e warehouse.Edition) bool { return e.Month() == m }); i >= 0 {
			issues = append(issues, source[i].Issue)
		}
	}
	return issues
}

func monthsOf(editions [][]warehouse.Edition) (months []panel.Month) {
	for _, source := range editions {
		for _, e := range source {
			months = append(months, e.Month())
		}
	}
	slices.Sort(months)
	return slices.Compact(months)
}

func spanOf(months []panel.Month) string {
	if len(months) == 0 {
		return ""
	}
	return fmt.Sprintf("; published are %s to %s", months[0], months[len(months)-1])
}
