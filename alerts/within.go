package alerts

import (
	"fmt"
	"slices"

	"panelwatch/etl/panel"
)

// within is the part of each app that a setting is about: the members of a
// dimension, or the whole app.
type within struct {
	dimension string   // empty for the whole
	members   []string // empty for all of the dimension
}

// holds reports whether the setting is about a segment.
func (w within) holds(s panel.Segment) bool {
	if w.dimension == "" {
		return s == panel.All
	}
	return s.Dimension == w.dimension && (len(w.members) == 0 || slices.Contains(w.members, s.Member))
}

// reads reports whether a setting may look at a segment: at what it is about,
// at the whole app beside it, and at anything where it names no dimension. A
// share of the largest members is no member and stays.
func (w within) reads(s panel.Segment) bool {
	return w.dimension == "" || s == panel.All || s.Member == LargestMembers || w.holds(s)
}

// aMember reports whether a segment has a name to be told: not several members
// together, nor an hour, which the fact names.
func aMember(s panel.Segment) bool {
	return s.Member != "" && s.Member != LargestMembers && s.Dimension != panel.Hour
}

// namesApps reports whether a setting says which apps it is for.
func (p Params) namesApps() bool { return len(p.Apps)+len(p.Categories)+len(p.Lists) > 0 }

// appsOf are the apps that a setting names: one by one, by category, or by the
// lists that they are in.
func (h History) appsOf(p Params) map[panel.AppID]bool {
	out := map[panel.AppID]bool{}
	for _, app := range p.Apps {
		out[app] = true
	}
	for _, s := range h.Series {
		if slices.Contains(p.Categories, s.Category) {
			out[s.App] = true
		}
	}
	for _, l := range h.Lists {
		if !slices.Contains(p.Lists, l.Name) {
			continue
		}
		for _, app := range l.Apps {
			out[app] = true
		}
		for _, entries := range l.Months {
			for _, e := range entries {
				out[e.App] = true
			}
		}
	}
	return out
}

// validateMembers checks what a setting says of dimensions and categories.
func (p Params) validateMembers(rule string, c *panel.Catalogue) error {
	if wants := slices.Contains(byMember, rule); wants && p.Dimension == "" {
		return fmt.Errorf("%s needs a dimension", rule)
	}
	if p.Dimension == "" && len(p.Members) > 0 {
		return fmt.Errorf("members %v without a dimension", p.Members)
	}
	if _, ok := c.Dimensions[p.Dimension]; p.Dimension != "" && !ok {
		return fmt.Errorf("no dimension %q in the catalogue", p.Dimension)
	}
	for _, m := range p.Members {
		if _, ok := c.Member(p.Dimension, m); !ok {
			return fmt.Errorf("no member %q in dimension %q", m, p.Dimension)
		}
	}
	for _, name := range p.Categories {
		if !slices.ContainsFunc(c.Apps, func(a panel.App) bool { return a.Category == name }) {
			return fmt.Errorf("no app of category %q in the catalogue", name)
		}
	}
	return nil
}

// byMember are the rules that look at members only.
var byMember = []string{"share_shift", "concentration_change", "tgi_base_conflict", "tgi_preference", "local_peak"}
