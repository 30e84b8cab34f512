package alerts

import (
	"slices"
	"strings"

	"panelwatch/etl/panel"
)

// A Route says what of a month is told in a channel, and how. Severity, Rules
// and Members each narrow it; so do Categories and Apps together.
type Route struct {
	Channel    string        `yaml:"channel"`              // id, not name
	Fallback   string        `yaml:"fallback,omitempty"`   // id of the channel that is told when this one cannot be
	Language   string        `yaml:"language,omitempty"`   // zh, en or both; without it slack.language
	Numerals   Numerals      `yaml:"numerals,omitempty"`   // wan (万, 亿) or million (M, B); without it slack.numerals, else as the language has it
	Severity   Severity      `yaml:"severity,omitempty"`   // the least that is told; without it everything
	Rules      []string      `yaml:"rules,omitempty"`      // only of these rules
	Categories []string      `yaml:"categories,omitempty"` // only of these apps' categories or lists, besides those of apps
	Apps       []panel.AppID `yaml:"apps,omitempty"`       // only of these apps, besides those of categories
	Members    []string      `yaml:"members,omitempty"`    // only of these, such as province=广东: the members themselves, and apps of that region
	Quiet      bool          `yaml:"quiet,omitempty"`      // no digest of a month in which nothing of the route is told
	Urgent     Severity      `yaml:"urgent,omitempty"`     // fired findings from this severity on call @channel; without it nothing does
	Owners     []Owner       `yaml:"owners,omitempty"`     // who is mentioned
}

// An Owner is whom a fired finding concerns: it mentions the users when it is
// of one of the rules, and of one of the categories or apps; what is empty
// narrows nothing.
type Owner struct {
	Users      []string      `yaml:"users"` // ids, such as U0123ABCD
	Rules      []string      `yaml:"rules,omitempty"`
	Categories []string      `yaml:"categories,omitempty"`
	Apps       []panel.AppID `yaml:"apps,omitempty"`
}

// Narrow says whether a route leaves subjects out.
func (r Route) Narrow() bool { return len(r.Categories)+len(r.Apps)+len(r.Members) > 0 }

// Takes says whether a finding belongs to the route. The severity is asked of
// what is told only. What is about no app, list or member, such as the
// calendar, goes where its rule is named and where no subject is left out.
func (r Route) Takes(f Finding, c *panel.Catalogue) bool {
	told := f.Verdict == Fired || f.Verdict == Expected
	switch {
	case told && r.Severity != "" && severityOrder(f.Severity) > severityOrder(r.Severity):
		return false
	case !f.ofRule(r.Rules):
		return false
	case f.Subject.App == "" && f.Subject.List == "":
		return len(r.Rules) > 0 || !r.Narrow()
	}
	return r.about(f.Subject, c)
}

// ofRule says whether a finding, or one merged into it, is of one of the
// rules; where there are none, it is.
func (f Finding) ofRule(rules []string) bool {
	return len(rules) == 0 || slices.Contains(rules, f.Rule) ||
		slices.ContainsFunc(f.Also, func(also string) bool { return slices.Contains(rules, also) })
}

func (r Route) about(s Subject, c *panel.Catalogue) bool {
	if len(r.Members) > 0 && !r.withMember(s, c) {
		return false
	}
	return concerns(s, c, r.Categories, r.Apps)
}

// concerns says whether a subject is of one of the categories or apps; where
// both are empty, it is.
func concerns(s Subject, c *panel.Catalogue, categories []string, apps []panel.AppID) bool {
	if len(categories)+len(apps) == 0 || s.List != "" && slices.Contains(categories, s.List) {
		return true
	}
	for _, id := range []panel.AppID{s.App, s.Other} {
		if a, ok := c.App(id); ok && (slices.Contains(apps, id) || slices.Contains(categories, a.Category)) {
			return true
		}
	}
	return false
}

// withMember: the finding is about one of the members, or its app is of that
// region: 湖南-长沙 is of 湖南 and of 长沙.
func (r Route) withMember(s Subject, c *panel.Catalogue) bool {
	a, _ := c.App(s.App)
	for _, m := range r.Members {
		dimension, member, _ := strings.Cut(m, "=")
		if s.Segment == (panel.Segment{Dimension: dimension, Member: member}) {
			return true
		}
		if slices.Contains(strings.Split(a.Region, "-"), member) {
			return true
		}
	}
	return false
}

// Only are the findings that belong to the route, in their order.
func (r Route) Only(all []Finding, c *panel.Catalogue) []Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f Finding) bool { return !r.Takes(f, c) })
}

// Lists are those in which the route has an app.
func (r Route) Lists(all []List, c *panel.Catalogue) []List {
	return slices.DeleteFunc(slices.Clone(all), func(l List) bool {
		return !slices.ContainsFunc(l.Apps, func(app panel.AppID) bool {
			return r.about(Subject{App: app, List: l.Name}, c)
		})
	})
}

// Reminds says whether a reminder belongs to the route: one of its apps does,
// or it is about none.
func (r Route) Reminds(m Reminder, c *panel.Catalogue) bool {
	return len(m.Apps) == 0 || slices.ContainsFunc(m.Apps, func(app panel.AppID) bool {
		return r.about(Subject{App: app}, c)
	})
}

// OwnersOf are the users that a finding concerns, each once, in the order of
// the settings; none where it did not fire.
func (r Route) OwnersOf(f Finding, c *panel.Catalogue) (users []string) {
	if f.Verdict != Fired {
		return nil
	}
	for _, o := range r.Owners {
		if !f.ofRule(o.Rules) || !concerns(f.Subject, c, o.Categories, o.Apps) {
			continue
		}
		for _, u := range o.Users {
			if !slices.Contains(users, u) {
				users = append(users, u)
			}
		}
	}
	return users
}

// Calls says whether a finding calls the whole channel.
func (r Route) Calls(f Finding) bool {
	return f.Verdict == Fired && r.Urgent != "" && severityOrder(f.Severity) <= severityOrder(r.Urgent)
}
