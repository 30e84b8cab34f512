package configs

import (
	"fmt"
	"maps"
	"slices"

	"panelwatch/etl/panel"
)

// Remind says what is announced before it begins, and what is missed. Without
// it nothing is.
type Remind struct {
	Schedule string         `yaml:"schedule"` // of serve, in the time zone above; empty: serve does not remind
	Lead     int            `yaml:"lead"`     // days before a window opens
	Apps     []panel.AppID  `yaml:"apps"`     // whose windows of the calendar are announced
	Due      map[string]int `yaml:"due"`      // by source: working days after the end of a month until its delivery is overdue
}

func (c *Config) checkRemind() error {
	r := c.Remind
	if r.Lead < 0 {
		return fmt.Errorf("remind.lead: %d days: want 0 or more", r.Lead)
	}
	for _, app := range r.Apps {
		if _, ok := c.Catalogue.App(app); !ok {
			return fmt.Errorf("remind.apps: no app %q%s", app, c.nearestApp(app))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Due)) {
		if !slices.ContainsFunc(c.Sources, func(s Source) bool { return s.Name == name }) {
			return fmt.Errorf("remind.due: no source %q", name)
		}
		if r.Due[name] < 1 {
			return fmt.Errorf("remind.due: %s: %d working days: want at least 1", name, r.Due[name])
		}
	}
	return nil
}
