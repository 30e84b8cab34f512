package alerts

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

// Settings are the parameters of each rule by its name, as in rules.yaml. A
// rule may have several, for different apps; one that names no app stands for
// all apps that the others of its rule do not name. A rule without settings is
// not run.
type Settings map[string][]Params

// Validate checks the settings against the rules that exist and the catalogue.
func (s Settings) Validate(c *panel.Catalogue) error {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if ruleOrder(name) == len(Rules) {
			return fmt.Errorf("no rule %q%s, have %s", name, panel.DidYouMean(name, ruleNames()), strings.Join(ruleNames(), ", "))
		}
		if name == categoryWide.Name && len(s[name]) > 1 {
			return fmt.Errorf("rule %s: one setting is for all categories, have %d", name, len(s[name]))
		}
		for i, p := range s[name] {
			if err := p.validate(name, c); err != nil {
				return fmt.Errorf("rule %s, setting %d: %w", name, i+1, err)
			}
		}
	}
	return nil
}

func (p Params) validate(rule string, c *panel.Catalogue) error {
	if severityOrder(p.Severity) == len(severities) {
		return fmt.Errorf("severity %q: want high, warn or info", p.Severity)
	}
	if p.State != "" && p.State != Active && p.State != Draft {
		return fmt.Errorf("state %q: want active or draft", p.State)
	}
	if p.MinEffect < 0 || p.FDR < 0 || p.FDR >= 1 || p.MinMonths < 0 {
		return fmt.Errorf("min_effect, fdr and min_months must not be negative, fdr below 1")
	}
	if slices.ContainsFunc(p.Lags, func(lag int) bool { return lag < 1 }) {
		return fmt.Errorf("lags %v: a lag is at least one month", p.Lags)
	}
	if (rule == thresholdCross.Name) != (len(p.Thresholds) > 0) {
		return fmt.Errorf("thresholds belong to %s, which needs at least one", thresholdCross.Name)
	}
	if rule == categoryWide.Name && (p.Limit <= 0 || p.MinPeers < 1) {
		return fmt.Errorf("limit and min_peers must be positive")
	}
	if p.Watch < 0 || p.Watch >= 1 {
		return fmt.Errorf("watch %v: want a probability from 0 to below 1", p.Watch)
	}
	if err := p.validateLasting(); err != nil {
		return err
	}
	if err := p.validateMembers(rule, c); err != nil {
		return err
	}
	if err := p.validateData(rule); err != nil {
		return err
	}
	return p.validateNames(c)
}

// validateData checks the settings of the rules about the data.
func (p Params) validateData(rule string) error {
	if (rule == panelBreak.Name) != (len(p.MinEffects) > 0) {
		return fmt.Errorf("min_effects belong to %s, which needs at least one", panelBreak.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(p.MinEffects)) {
		if !slices.Contains(quantityNames(), name) || p.MinEffects[name] <= 0 {
			return fmt.Errorf("min_effects: %s: %v: want a positive least jump of %s", name, p.MinEffects[name], strings.Join(quantityNames(), ", "))
		}
	}
	if (rule == identityFailed.Name) != (len(p.Identities) > 0) {
		return fmt.Errorf("identities belong to %s, which needs at least one", identityFailed.Name)
	}
	if (rule == calendarMissing.Name) != (p.MonthsAhead > 0) {
		return fmt.Errorf("months_ahead belongs to %s, which needs at least 1", calendarMissing.Name)
	}
	return nil
}

func (p Params) validateNames(c *panel.Catalogue) error {
	apps := slices.Clone(p.Apps)
	for _, t := range p.Thresholds {
		apps = append(apps, t.App)
		if t.Wan <= 0 {
			return fmt.Errorf("threshold of %s: wan must be positive", t.App)
		}
		if seg := t.Segment(); seg != panel.All {
			if _, ok := c.Member(seg.Dimension, seg.Member); !ok {
				return fmt.Errorf("threshold of %s: no member %q in dimension %q", t.App, seg.Member, seg.Dimension)
			}
		}
	}
	for _, id := range apps {
		if _, ok := c.App(id); !ok {
			return fmt.Errorf("no app %q in the catalogue", id)
		}
	}
	for _, name := range p.Lists {
		if !slices.ContainsFunc(c.Lists, func(l panel.ListOf) bool { return l.Name == name }) {
			return fmt.Errorf("no list %q in the catalogue", name)
		}
	}
	return nil
}

// Segment is the segment that a threshold watches.
func (t Threshold) Segment() panel.Segment {
	if t.Dimension == "" && t.Member == "" {
		return panel.All
	}
	return panel.Segment{Dimension: t.Dimension, Member: t.Member}
}

// scope is the part of a history that one of a rule's settings is about.
func (s Settings) scope(h History, rule string, i int) History {
	named := map[panel.AppID]bool{}
	for _, p := range s[rule] {
		if len(p.Apps)+len(p.Categories) > 0 {
			maps.Copy(named, h.appsOf(p))
		}
	}
	p := s[rule][i]
	of := h.appsOf(p)
	in := func(app panel.AppID) bool {
		if !p.namesApps() {
			return !named[app]
		}
		return of[app]
	}
	out := History{Month: h.Month, Panels: h.Panels, Primary: h.Primary, within: within{p.Dimension, p.Members}}
	for _, series := range h.Series {
		if in(series.App) && out.within.reads(series.Segment) {
			out.Series = append(out.Series, series)
		}
	}
	for _, list := range h.Lists {
		if len(p.Lists) == 0 || slices.Contains(p.Lists, list.Name) {
			out.Lists = append(out.Lists, list)
		}
	}
	for _, x := range h.Restated {
		if in(x.App) {
			out.Restated = append(out.Restated, x)
		}
	}
	return out
}

func ruleNames() []string {
	names := make([]string, len(Rules))
	for i, r := range Rules {
		names[i] = r.Name
	}
	return names
}

// ruleOrder is the place of a rule in Rules, len(Rules) when there is none.
func ruleOrder(name string) int { return place(ruleNames(), name) }

var (
	severities = []Severity{High, Warn, Info}
	verdicts   = []Verdict{Fired, Expected, Noise, NotEvaluable, Suppressed}
)

func severityOrder(s Severity) int { return place(severities, s) }

// place is the index of x, len(all) when it is not there.
func place[T comparable](all []T, x T) int {
	if i := slices.Index(all, x); i >= 0 {
		return i
	}
	return len(all)
}
