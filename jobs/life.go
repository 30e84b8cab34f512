package jobs

import (
	"context"
	"slices"
	"time"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// heard is what people said, as a run finds it when it begins: what they
// silenced and muted, what they answered, and until when each month that was
// told had heard them.
type heard struct {
	at       time.Time // of a month that is not told yet
	told     map[panel.Month]time.Time
	silences []alerts.Silence // and mutes
	answers  []alerts.Answer
}

// recall reads what people said.
func (r *run) recall(ctx context.Context) (err error) {
	h := heard{at: r.Now().UTC().Truncate(time.Microsecond)}
	if h.told, err = r.Warehouse.MonthsTold(ctx); err != nil {
		return err
	}
	if h.silences, err = r.Warehouse.Silences(ctx); err != nil {
		return err
	}
	mutes, err := r.Warehouse.Mutes(ctx, r.Config.Slack.MutedFor())
	if err != nil {
		return err
	}
	h.silences = append(h.silences, mutes...)
	h.answers, err = r.Warehouse.Responses(ctx, panel.MonthOf(1970, time.January)) // all
	r.heard = h
	return err
}

// asOf is the instant as of which month m hears what people said: when it was
// told, so that judging it again gives what was told; now, while it is not.
func (h heard) asOf(m panel.Month) time.Time {
	if at, ok := h.told[m]; ok {
		return at
	}
	return h.at
}

// silences are those about month m, and the instant as of which they stand.
func (r *run) silences(m panel.Month) ([]alerts.Silence, time.Time) {
	at := r.heard.asOf(m)
	standing := slices.DeleteFunc(slices.Clone(r.heard.silences), func(s alerts.Silence) bool { return !s.Standing(at) })
	return alerts.Covering(standing, m, r.Config.Calendar), at
}

// answersOf are those that came between the month told before m and m.
func (h heard) answersOf(m panel.Month) []alerts.Answer {
	var before time.Time
	for month, at := range h.told {
		if month < m && at.After(before) {
			before = at
		}
	}
	return alerts.Between(h.answers, before, h.asOf(m))
}

// tell remembers that a month is told as of this run, so that answers are told
// once.
func (h heard) tell(m panel.Month) {
	if _, before := h.told[m]; !before {
		h.told[m] = h.at
	}
}

// A life is what a month's digest says of earlier months.
type life struct {
	followups []alerts.Followup
	silences  []alerts.Silence
	answers   []alerts.Answer
}

// lifeOf says what became, by the month of h, of what was found before.
func (r *run) lifeOf(ctx context.Context, h alerts.History, k alerts.Knowledge, findings []alerts.Finding) (l life, err error) {
	told, err := r.Warehouse.Followed(ctx, h.Month)
	if err != nil {
		return l, err
	}
	l.followups = alerts.Followups(told, findings, h, k, r.Config.Rules)
	l.silences, l.answers = k.Silences, r.heard.answersOf(h.Month)
	return l, nil
}

// into gives a digest what belongs to its route. Silences that held nothing
// back are named where everything is told.
func (l life) into(d alerts.Digest) alerts.Digest {
	for _, f := range l.followups {
		if d.Route.Takes(f.Finding, d.Catalogue) {
			d.Followups = append(d.Followups, f)
		}
	}
	d.Silenced = alerts.HeldBack(l.silences, d.Findings, !d.Route.Narrow() && len(d.Route.Rules) == 0)
	for _, a := range l.answers {
		if a.Channel == d.Channel {
			d.Acknowledged = append(d.Acknowledged, a)
		}
	}
	return d
}

// tellsLate says whether a month that was judged in silence is to be told all
// the same.
func (r *run) tellsLate(m panel.Month) bool {
	_, told := r.heard.told[m]
	return r.options.Tell && r.options.wants(m) && !told
}
