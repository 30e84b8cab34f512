package jobs

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// Render composes what a run would write of month m from what is in force now:
// every route's digest and thread, of one channel if it is not "". It writes
// nothing anywhere and needs no lease.
func (j Job) Render(ctx context.Context, m panel.Month, channel string) ([]alerts.Message, error) {
	r := run{Job: j, summary: &Summary{}}
	if err := r.inForceNow(ctx); err != nil {
		return nil, err
	}
	if err := r.recall(ctx); err != nil {
		return nil, err
	}
	issues := r.primaries(m)
	if len(issues) == 0 {
		return nil, fmt.Errorf("%w: %s is not published%s", ErrNothingToJudge, m, spanOf(r.spoken()))
	}
	corrections, err := r.corrections(ctx, issues, m)
	if err != nil {
		return nil, err
	}
	history, err := r.history(ctx, warehouse.Latest, m, corrections)
	if err != nil {
		return nil, err
	}
	knowledge := r.knowledgeOf(m)
	findings, coverage := alerts.Judge(history, knowledge, r.Config.Rules)
	if r.life, err = r.lifeOf(ctx, history, knowledge, findings); err != nil {
		return nil, err
	}
	r.cite(findings)
	messages, err := r.tell(m, issues, history, findings, coverage, chartOf)
	if err != nil || channel == "" {
		return messages, err
	}
	return slices.DeleteFunc(messages, func(m alerts.Message) bool { return m.Channel != channel }), nil
}

// inForceNow learns what of each source is in force, and looks at no delivery.
func (r *run) inForceNow(ctx context.Context) error {
	for _, c := range r.Config.Sources {
		issues, err := r.Warehouse.Current(ctx, c.Name)
		if err != nil {
			return err
		}
		s := &source{name: c.Name, inForce: map[panel.Month]warehouse.Issue{}}
		for _, i := range issues {
			s.inForce[i.Month()] = i
		}
		r.sources = append(r.sources, s)
	}
	return nil
}

// spoken are the months of which some source that speaks for an app has
// something in force.
func (r *run) spoken() (months []panel.Month) {
	primary := r.Config.Primary.Sources()
	for _, s := range r.sources {
		if slices.Contains(primary, s.name) {
			months = slices.AppendSeq(months, maps.Keys(s.inForce))
		}
	}
	slices.Sort(months)
	return slices.Compact(months)
}
