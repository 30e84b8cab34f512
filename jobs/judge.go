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
	"panelwatch/alerts/expect"
	"panelwatch/alerts/slack"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// judge applies the rules to month m and puts what is worth telling into the
// outbox. A month that was judged from the same inputs is left alone.
func (r *run) judge(ctx context.Context, m panel.Month) error {
	issues := r.primaries(m)
	if len(issues) == 0 {
		return nil
	}
	corrections, err := r.corrections(ctx, issues, m)
	if err != nil {
		return err
	}
	silences, at := r.silences(m)
	inputs := r.judgeInputs(issues, corrections, silences)
	if done, err := r.Warehouse.Judged(ctx, m, inputs); err != nil || done && !r.tellsLate(m) {
		return err
	}
	history, err := r.history(ctx, warehouse.Latest, m, corrections)
	if err != nil {
		return err
	}
	knowledge := r.knowledgeOf(m)
	findings, coverage := alerts.Judge(history, knowledge, r.Config.Rules)
	if r.life, err = r.lifeOf(ctx, history, knowledge, findings); err != nil {
		return err
	}
	r.cite(findings)
	now := judged{
		month: m, issues: issues, corrections: corrections, history: history,
		findings: findings, coverage: coverage, dataHash: r.dataHash(m),
	}
	messages, err := r.compose(ctx, now)
	if err != nil {
		return err
	}
	j := warehouse.Judgement{
		Month: m, InputsHash: inputs, DataHash: now.dataHash, RunID: r.RunID, Findings: findings, Coverage: coverage,
		Followups: r.life.followups, SilencesAt: at,
	}
	added, err := r.Warehouse.SaveJudgement(ctx, r.lease, j, messages)
	if err != nil {
		return err
	}
	if len(messages) > 0 {
		r.heard.tell(m)
	}
	if corrected := edits(messages); corrected > 0 {
		r.Log.Info("corrected: what was told of the month is otherwise now", "month", m, "messages", corrected)
		r.summary.count(&r.summary.Messages, "corrected", corrected)
	}
	r.summary.judged(m, findings, coverage)
	r.summary.count(&r.summary.Messages, "written", added)
	r.Log.Info("judged", r.soFar("month", m, "fired", coverage.Fired, "expected", coverage.Expected,
		"noise", coverage.Noise, "not_evaluable", coverage.NotEvaluable, "messages", added)...)
	return nil
}

// history is what the rules look at of month m, as it was known at an instant.
func (r *run) history(ctx context.Context, known time.Time, m panel.Month, corrections []Difference) (alerts.History, error) {
	h, err := r.Warehouse.HistoryKnown(ctx, known, r.Config.Catalogue, m, r.lags())
	if err != nil {
		return h, err
	}
	if h, err = r.Warehouse.WithMembers(ctx, known, r.Config.Catalogue, h, r.Config.Rules.Needs()); err != nil {
		return h, err
	}
	h.Restated, err = r.restatements(ctx, corrections)
	return h, err
}

// primaries are the publications of month m that speak for some app.
func (r *run) primaries(m panel.Month) (issues []warehouse.Issue) {
	primary := r.Config.Primary.Sources()
	for _, s := range r.sources {
		if i, ok := s.inForce[m]; ok && slices.Contains(primary, s.name) {
			issues = append(issues, i)
		}
	}
	return issues
}

func (r *run) judgeInputs(issues []warehouse.Issue, corrections []Difference, silences []alerts.Silence) string {
	h := sha256.New()
	for _, i := range issues {
		fmt.Fprintln(h, i.Source, i.InputsHash)
	}
	for _, c := range corrections {
		fmt.Fprintln(h, "corrected", c.From.PublicationID, c.To.PublicationID)
	}
	for _, s := range silences {
		fmt.Fprintln(h, s.Name(), s.What(), s.From, s.To, s.Holiday, s.Reason, s.Author, s.Until)
	}
	fmt.Fprintln(h, r.Config.JudgeHash)
	return hex.EncodeToString(h.Sum(nil))
}

// knowledgeOf is what rules know when they judge month m, silences with it.
func (r *run) knowledgeOf(m panel.Month) alerts.Knowledge {
	k := r.knowledge()
	k.Silences, _ = r.silences(m)
	return k
}

func (r *run) knowledge() alerts.Knowledge {
	return alerts.Knowledge{Calendar: r.Config.Calendar, Model: expect.Structural{Calendar: r.Config.Calendar}}
}

// lags are the distances at which lists are compared, one month always among
// them.
func (r *run) lags() []int {
	seen := map[int]bool{1: true}
	for _, settings := range r.Config.Rules {
		for _, p := range settings {
			for _, lag := range p.Lags {
				seen[lag] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// A drawer makes what draws the findings of a digest.
type drawer func(alerts.Digest) func(alerts.Finding) (png []byte, alt string, err error)

// tell writes a digest and its thread for every route.
func (r *run) tell(m panel.Month, issues []warehouse.Issue, h alerts.History, findings []alerts.Finding, c alerts.Coverage, draw drawer) (out []alerts.Message, err error) {
	for _, route := range r.Config.Slack.Ways() {
		messages, err := told(r.digest(route, m, issues, h, findings, c), draw)
		if err != nil {
			return nil, fmt.Errorf("channel %s: %w", route.Channel, err)
		}
		out = append(out, messages...)
	}
	return out, nil
}

// told writes a digest and its thread, unless its route wants none that tells
// nothing.
func told(d alerts.Digest, draw drawer) ([]alerts.Message, error) {
	if d.Route.Quiet && d.Told() == 0 {
		return nil, nil
	}
	return slack.Compose(d, draw(d))
}

// digest is what a route is told of month m.
func (r *run) digest(route alerts.Route, m panel.Month, issues []warehouse.Issue, h alerts.History, findings []alerts.Finding, c alerts.Coverage) alerts.Digest {
	apps := r.Config.Catalogue
	return r.life.into(alerts.Digest{
		Month: m, Channel: route.Channel, Language: route.Language, Route: route, Catalogue: apps,
		Extracts: notes(issues), Coverage: c, Alone: r.Alone, Details: r.Config.Slack.Shown(), Buttons: r.Config.Slack.Buttons && !r.Alone,
		Findings: route.Only(findings, apps), Lists: route.Lists(h.Lists, apps),
	})
}

// notes name the extracts behind what is told.
func notes(issues []warehouse.Issue) (out []alerts.ExtractNote) {
	for _, i := range issues {
		out = append(out, alerts.ExtractNote{
			Source: i.Source, Vendor: i.Vendor, Month: i.Month(), Revision: i.Revision, Reading: i.Reading,
			Basis: panel.Basis(i.Basis), Synthetic: i.Synthetic,
		})
	}
	return out
}

// tells says whether month m is told or only filled in.
func (r *run) tells(m panel.Month) bool {
	if r.options.Tell && r.options.wants(m) {
		return true
	}
	from, err := panel.ParseMonth(r.Config.Slack.DeliverFrom)
	if err != nil {
		return m == r.newest
	}
	return m >= from
}
