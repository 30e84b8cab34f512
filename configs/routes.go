package configs

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// detailsShown is how many findings have a reply of their own where
// panelwatch.yaml says nothing.
const detailsShown = 20

// Ways are the routes with what they leave to the settings above them; without
// routes everything goes to the one channel.
func (s Slack) Ways() []alerts.Route {
	if len(s.Routes) == 0 {
		s.Routes = []alerts.Route{{Channel: s.Channel}}
	}
	ways := slices.Clone(s.Routes)
	for i := range ways {
		w := &ways[i]
		w.Language = cmp.Or(w.Language, s.Language)
		w.Numerals = cmp.Or(w.Numerals, s.Numerals)
	}
	return ways
}

// Shown is how many findings of a digest have a reply of their own.
func (s Slack) Shown() int { return cmp.Or(s.Details, detailsShown) }

// checkRoutes checks every route; a fault names its place in panelwatch.yaml.
func (c *Config) checkRoutes(fsys fs.FS) error {
	text, err := fs.ReadFile(fsys, "panelwatch.yaml")
	if err != nil {
		return err
	}
	if wrong := cmp.Or(oneOf("numerals", c.Slack.Numerals, numerals), atLeastOne("details", c.Slack.Details)); wrong != nil {
		return at("panelwatch.yaml", text, "$.slack."+wrong.key, fmt.Sprintf("slack: %v", wrong))
	}
	seen := map[string]int{}
	for i, r := range c.Slack.Routes {
		wrong := c.checkRoute(r)
		if first, twice := seen[r.Channel]; twice && wrong == nil {
			wrong = &fault{"channel", fmt.Sprintf("%q is the channel of routes[%d] already: one digest a month in each", r.Channel, first)}
		}
		seen[r.Channel] = i
		if wrong != nil {
			key := strings.TrimSuffix(fmt.Sprintf("$.slack.routes[%d].%s", i, wrong.key), ".")
			return at("panelwatch.yaml", text, key, fmt.Sprintf("slack.routes[%d]: %v", i, wrong))
		}
	}
	return nil
}

var (
	channelID = regexp.MustCompile(`^[CG][A-Z0-9]{2,}$`)
	userID    = regexp.MustCompile(`^[UW][A-Z0-9]{2,}$`)
	numerals  = []alerts.Numerals{alerts.Wan, alerts.Million}
	levels    = []alerts.Severity{alerts.High, alerts.Warn, alerts.Info}
)

// checkRoute finds the first thing that is wrong with a route by itself.
func (c *Config) checkRoute(r alerts.Route) *fault {
	if !channelID.MatchString(r.Channel) {
		return &fault{"channel", fmt.Sprintf("%q is not the id of a channel, such as C0123ABCD (in Slack: the channel's details, at the bottom)", r.Channel)}
	}
	if r.Fallback != "" && (!channelID.MatchString(r.Fallback) || r.Fallback == r.Channel) {
		return &fault{"fallback", fmt.Sprintf("%q is not the id of another channel, such as C0123ABCD", r.Fallback)}
	}
	for _, wrong := range []*fault{
		oneOf("language", r.Language, []string{"zh", "en", "both"}),
		oneOf("numerals", r.Numerals, numerals),
		oneOf("severity", r.Severity, levels),
		oneOf("urgent", r.Urgent, levels),
		each("rules", r.Rules, ruleNames()),
		each("categories", r.Categories, c.groups()),
		each("apps", r.Apps, c.appIDs()),
		each("members", r.Members, c.members()),
	} {
		if wrong != nil {
			return wrong
		}
	}
	return c.checkOwners(r.Owners)
}

func (c *Config) checkOwners(owners []alerts.Owner) *fault {
	for i, o := range owners {
		key := fmt.Sprintf("owners[%d].", i)
		if len(o.Users) == 0 {
			return &fault{key + "users", "names no user"}
		}
		for n, u := range o.Users {
			if !userID.MatchString(u) {
				return &fault{fmt.Sprintf("%susers[%d]", key, n), fmt.Sprintf("%q is not the id of a user, such as U0123ABCD (in Slack: the profile's menu, copy member ID)", u)}
			}
		}
		for _, wrong := range []*fault{
			each(key+"rules", o.Rules, ruleNames()),
			each(key+"categories", o.Categories, c.groups()),
			each(key+"apps", o.Apps, c.appIDs()),
		} {
			if wrong != nil {
				return wrong
			}
		}
	}
	return nil
}

// oneOf: a value that is given must be one of those known.
func oneOf[T ~string](key string, value T, known []T) *fault {
	if value == "" || slices.Contains(known, value) {
		return nil
	}
	return &fault{key, fmt.Sprintf("%q is not one of %v%s", value, known, panel.DidYouMean(string(value), texts(known)))}
}

// each of the values must be known.
func each[T ~string](key string, values, known []T) *fault {
	for i, v := range values {
		if !slices.Contains(known, v) {
			return &fault{fmt.Sprintf("%s[%d]", key, i), fmt.Sprintf("no %q%s", v, panel.DidYouMean(string(v), texts(known)))}
		}
	}
	return nil
}

func atLeastOne(key string, n int) *fault {
	if n < 0 {
		return &fault{key, fmt.Sprintf("%d: want at least 1", n)}
	}
	return nil
}

func texts[T ~string](values []T) (out []string) {
	for _, v := range values {
		out = append(out, string(v))
	}
	return out
}

func ruleNames() (names []string) {
	for _, r := range alerts.Rules {
		names = append(names, r.Name)
	}
	return names
}

// groups are the categories and lists of the catalogue.
func (c *Config) groups() (names []string) {
	for _, a := range c.Catalogue.Apps {
		names = append(names, a.Category)
	}
	for _, l := range c.Catalogue.Lists {
		names = append(names, l.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (c *Config) appIDs() (ids []panel.AppID) {
	for _, a := range c.Catalogue.Apps {
		ids = append(ids, a.ID)
	}
	return ids
}

// members are those of all dimensions, as a route names them: province=广东.
func (c *Config) members() (names []string) {
	for dimension, members := range c.Catalogue.Dimensions {
		for _, m := range members {
			names = append(names, dimension+"="+m)
		}
	}
	slices.Sort(names)
	return names
}
