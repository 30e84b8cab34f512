package alerts

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

// A Standing says how it stands, in a later month, with what was told.
type Standing struct {
	State  FollowState
	Reason Fact // why it cannot be evaluated
}

// A FollowState is what became of a finding.
type FollowState string

// Ongoing is still so; Resolved is over for good: what comes again is a new
// finding.
const (
	Ongoing    FollowState = "ongoing"
	Resolved   FollowState = "resolved"
	Unfollowed FollowState = "not_evaluable"
)

// A Told is a fired finding of an earlier month, as it is kept: without
// series, facts and bands.
type Told struct {
	Finding
	Posted bool // its month was told to a channel, not only filled in
	Last   bool // of the month judged just before: nothing was said of it yet
}

// A Followup says what became of a finding by the month judged.
type Followup struct {
	Told
	Standing
	Zh, En string
}

// mostMonths is how long something is followed: what has lasted for so long is
// how things are.
const mostMonths = 24

// FollowSince is the first month whose findings are followed in month m.
func FollowSince(m panel.Month) panel.Month { return m - mostMonths }

// Followups say of what fired in earlier months, and lasted until the month
// before, whether it is still so in the month of h. now are the findings of
// that month. Of rules about what happens once nothing is said.
func Followups(told []Told, now []Finding, h History, k Knowledge, rules Settings) (out []Followup) {
	h, rules = clean(h), rules.Active()
	told = slices.DeleteFunc(slices.Clone(told), func(t Told) bool { return len(lastingOf(t.Finding)) == 0 })
	if len(told) == 0 {
		return nil
	}
	k = k.learning(h)
	for _, t := range told {
		standing := Standing{State: Resolved}
		for _, r := range lastingOf(t.Finding) {
			x := later{rule: r.Name, told: t.Finding, now: now, h: h, k: k, settings: rules[r.Name]}
			standing = standing.or(x.standing(r))
		}
		out = append(out, Followup{Told: t, Standing: standing}.inWords(h))
	}
	return out
}

// lastingOf are the rules of a finding that are about what lasts. A place in a
// list that was merged into a finding without one is not known any more.
func lastingOf(f Finding) (out []Rule) {
	for _, r := range Rules {
		lost := r.Name == "list_entry_exit" && f.Subject.List == ""
		if r.Lasts != nil && slices.Contains(f.rules(), r.Name) && !lost {
			out = append(out, r)
		}
	}
	return out
}

// or joins what two rules say of one finding: still, if either does.
func (s Standing) or(o Standing) Standing {
	if s.State == Ongoing || s.State == Unfollowed && o.State == Resolved {
		return s
	}
	return o
}

func (x later) standing(r Rule) Standing {
	if len(x.settings) == 0 {
		return Standing{Unfollowed, notInForce}
	}
	if s, ok := x.h.Find(x.told.Subject.App, x.told.Subject.Segment, MUD); ok {
		if _, have := s.at(x.h.Month); !have {
			return Standing{Unfollowed, noValue}
		}
	}
	return r.Lasts(x)
}

// inWords writes the followup: what was told, how it stands, the level now.
func (f Followup) inWords(h History) Followup {
	zh, en := firstClauses(f.Told.Zh, "；"), firstClauses(f.Told.En, "; ")
	switch f.State {
	case Ongoing:
		zh, en = zh+"：仍在", en+": still so"
	case Resolved:
		zh, en = zh+"：已解除", en+": resolved"
	case Unfollowed:
		f.Zh, f.En = fmt.Sprintf("%s：无法评估（%s）", zh, f.Reason.Zh), fmt.Sprintf("%s: cannot be evaluated (%s)", en, f.Reason.En)
		return f
	}
	f.Zh, f.En = zh, en
	s, ok := h.Find(f.Subject.App, f.Subject.Segment, MUD)
	if now, have := s.at(h.Month); ok && have && !math.IsNaN(now.Value) {
		f.Zh += fmt.Sprintf("，%s 为 %s", h.Month, devicesZh(now.Value))
		f.En += fmt.Sprintf(", %s in %s", devicesEn(now.Value), h.Month)
	}
	return f
}

// firstClauses keeps a sentence up to its first break.
func firstClauses(sentence, mark string) string {
	first, _, _ := strings.Cut(sentence, mark)
	return first
}

var notInForce = Fact{"规则已停用", "the rule is no longer in force"}
