package alerts

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"panelwatch/alerts/calendar"
	"panelwatch/etl/panel"
)

// Longest texts of a silence, in characters.
const (
	longestReason = 120
	longestAuthor = 40
)

// Validate finds what makes no sense: no matcher, a name or a pattern that
// fits nothing there is, months out of order, a text that is missing or too
// long.
func (s Silence) Validate(c *panel.Catalogue, sources []string, cal *calendar.Calendar) error {
	switch {
	case s.Match == Matcher{}:
		return fmt.Errorf("what is to be silent? want at least one of rule, app, list, category, dimension, member, source")
	case s.Reason == "" || utf8.RuneCountInString(s.Reason) > longestReason:
		return fmt.Errorf("reason: want 1 to %d characters", longestReason)
	case s.Author == "" || utf8.RuneCountInString(s.Author) > longestAuthor:
		return fmt.Errorf("author: want 1 to %d characters", longestAuthor)
	case s.Until.IsZero():
		return fmt.Errorf("until: want the last day on which it holds")
	case s.From != 0 && s.To != 0 && s.To < s.From:
		return fmt.Errorf("from %s is after to %s", s.From, s.To)
	case s.Holiday != "" && !slices.Contains(cal.Names(), s.Holiday):
		return fmt.Errorf("holiday: the calendar has no %q%s", s.Holiday, panel.DidYouMean(s.Holiday, cal.Names()))
	}
	known := s.Match.known(c, sources)
	for _, f := range s.Match.fields() {
		if err := fitsSome(f[0], f[1], known[f[0]]); err != nil {
			return err
		}
	}
	return nil
}

// known are the names that a matcher's fields may fit.
func (m Matcher) known(c *panel.Catalogue, sources []string) map[string][]string {
	known := map[string][]string{"rule": ruleNames(), "source": sources}
	categories := map[string]bool{}
	for _, a := range c.Apps {
		known["app"] = append(known["app"], string(a.ID))
		categories[a.Category] = true
	}
	for _, l := range c.Lists {
		known["list"] = append(known["list"], l.Name)
		categories[l.Name] = true
	}
	known["category"] = slices.Sorted(maps.Keys(categories))
	known["dimension"] = append(slices.Sorted(maps.Keys(c.Dimensions)), panel.All.Dimension, panel.Hour)
	for _, dimension := range known["dimension"] {
		if fits(m.Dimension, dimension) {
			known["member"] = append(known["member"], c.Dimensions[dimension]...)
		}
	}
	return known
}

func fitsSome(field, pattern string, names []string) error {
	if pattern == "" || field == "member" && len(names) == 0 {
		return nil
	}
	if _, err := path.Match(pattern, ""); err != nil {
		return fmt.Errorf("%s: %q is no pattern: %w", field, pattern, err)
	}
	if slices.ContainsFunc(names, func(name string) bool { return fits(pattern, name) }) {
		return nil
	}
	if strings.ContainsAny(pattern, "*?[") {
		return fmt.Errorf("%s: nothing fits %q", field, pattern)
	}
	return fmt.Errorf("%s: there is no %q%s", field, pattern, panel.DidYouMean(pattern, names))
}
