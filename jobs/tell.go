package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// judged is a month as it was judged now, to be told.
type judged struct {
	month       panel.Month
	issues      []warehouse.Issue
	corrections []Difference
	history     alerts.History
	findings    []alerts.Finding
	coverage    alerts.Coverage
	dataHash    string

	was map[time.Time]alerts.View // what today's rules say of the data known at a time
}

// compose writes what a month has to say to every route: its digest and thread
// where it was not told, what later data changed where it was. Rules, calendar
// and settings alone change nothing of what was told.
func (r *run) compose(ctx context.Context, j judged) (out []alerts.Message, err error) {
	if r.options.Silent {
		return nil, nil
	}
	from, before, err := r.Warehouse.JudgedFrom(ctx, j.month)
	if err != nil {
		return nil, err
	}
	j.was = map[time.Time]alerts.View{}
	for _, route := range r.Config.Slack.Ways() {
		d := r.digest(route, j.month, j.issues, j.history, j.findings, j.coverage)
		digest, details, err := r.Warehouse.Told(ctx, route.Channel, j.month)
		if err != nil {
			return nil, err
		}
		var messages []alerts.Message
		switch {
		case digest != nil && from == j.dataHash:
			r.Log.Info("judged again by other rules: what was told stays", "month", j.month, "channel", route.Channel)
		case digest != nil:
			messages, err = r.correct(ctx, j, d, *digest, details)
		case r.firstTold(route, j.month, before, len(details) > 0):
			messages, err = told(d, chartOf)
		}
		if err != nil {
			return nil, fmt.Errorf("channel %s: %w", route.Channel, err)
		}
		out = append(out, messages...)
	}
	return out, nil
}

// firstTold says whether month m is told to a route that knows nothing of it.
// A month that was judged before and told to nobody was filled in: later data
// do not bring it up, unless it is the newest or is asked for.
func (r *run) firstTold(route alerts.Route, m panel.Month, before, waiting bool) bool {
	return r.tells(m) && (!before || waiting || route.Quiet || m == r.newest || r.options.Tell)
}

// edits counts the messages that take the place of what was told.
func edits(messages []alerts.Message) (n int) {
	for _, m := range messages {
		if m.Replace {
			n++
		}
	}
	return n
}

// correct writes what data that came after a month was told make of it, and
// nothing where its readers see the same.
func (r *run) correct(ctx context.Context, j judged, d alerts.Digest, digest warehouse.Posted, details []warehouse.Posted) ([]alerts.Message, error) {
	thread, err := r.thread(ctx, d.Route, digest, details)
	if err != nil {
		return nil, err
	}
	was, err := r.asTold(ctx, j, thread.ToldAt)
	if err != nil {
		return nil, err
	}
	was.Findings, was.Lists = d.Route.Only(was.Findings, d.Catalogue), d.Route.Lists(was.Lists, d.Catalogue)
	now := alerts.View{Month: j.month, Findings: d.Findings, Lists: d.Lists}
	c := alerts.Correct(thread.Told, was, now, slack.Printing(d))
	if c.State == thread.State {
		return nil, nil
	}
	if c.Because, err = r.because(ctx, j.month, thread.ToldAt); err != nil {
		return nil, err
	}
	d.Correction, d.Findings = &c, c.Tells(d.Findings)
	return slack.Correct(d, thread, chartOf(d.Extracts))
}

// thread is a month as a route's channel was told it.
func (r *run) thread(ctx context.Context, route alerts.Route, digest warehouse.Posted, details []warehouse.Posted) (t alerts.Thread, err error) {
	told, at, err := r.Warehouse.FindingsOf(ctx, digest.Judgement)
	if err != nil {
		return t, err
	}
	t.Told, t.ToldAt, t.State = route.Only(told, r.Config.Catalogue), at, digest.Correction
	t.Digest.First = digest.First
	of := map[int64]map[string]alerts.Finding{digest.Judgement: slack.BySubject(t.Told)}
	for _, m := range details {
		if _, known := of[m.Judgement]; !known {
			found, _, err := r.Warehouse.FindingsOf(ctx, m.Judgement)
			if err != nil {
				return t, err
			}
			of[m.Judgement] = slack.BySubject(route.Only(found, r.Config.Catalogue))
		}
		f, known := of[m.Judgement][m.Subject]
		if !known {
			continue // of a rule that is called otherwise now, or no longer on this route
		}
		t.Details = append(t.Details, alerts.Posted{
			Subject: m.Subject, Finding: f, First: m.First,
			Later:  !t.Knew(f),
			Unseen: m.Judgement != digest.Judgement && m.First == nil,
		})
	}
	return t, nil
}

// asTold is what today's rules say of the data from which a month was told.
func (r *run) asTold(ctx context.Context, j judged, at time.Time) (alerts.View, error) {
	if v, known := j.was[at]; known {
		return v, nil
	}
	h, err := r.history(ctx, at, j.month, j.corrections)
	if err != nil {
		return alerts.View{}, fmt.Errorf("what was known when it was told: %w", err)
	}
	findings, _ := alerts.Judge(h, r.knowledgeOf(j.month), r.Config.Rules)
	j.was[at] = alerts.View{Month: j.month, Findings: findings, Lists: h.Lists}
	return j.was[at], nil
}

// because are the extracts up to month m that came into force after a time.
func (r *run) because(ctx context.Context, m panel.Month, at time.Time) (out []alerts.ExtractNote, err error) {
	for _, s := range r.primarySources() {
		then := map[panel.Month]string{}
		all, err := r.Warehouse.Editions(ctx, s.name)
		if err != nil {
			return nil, err
		}
		for _, e := range all {
			if !e.PublishedAt.After(at) {
				then[e.Month()] = edition{e.Revision, e.Reading, e.Identity}.String()
			}
		}
		var others []warehouse.Issue
		for _, month := range slices.Sorted(maps.Keys(s.inForce)) {
			if i := s.inForce[month]; month <= m && then[month] != (edition{i.Revision, i.Reading, i.Identity}).String() {
				others = append(others, i)
			}
		}
		out = append(out, notes(others)...)
	}
	return out, nil
}

// primarySources are those that speak for some app.
func (r *run) primarySources() (out []*source) {
	primary := r.Config.Primary.Sources()
	for _, s := range r.sources {
		if slices.Contains(primary, s.name) {
			out = append(out, s)
		}
	}
	return out
}

// dataHash is over the deliveries that month m is judged from, and nothing
// else.
func (r *run) dataHash(m panel.Month) string {
	h := sha256.New()
	for _, s := range r.primarySources() {
		for _, month := range slices.Sorted(maps.Keys(s.inForce)) {
			if i := s.inForce[month]; month <= m {
				fmt.Fprintln(h, s.name, month, edition{i.Revision, i.Reading, i.Identity})
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
