package configs

import (
	"fmt"
	"maps"
	"net"
	"slices"
	"time"

	"panelwatch/etl/panel"
)

// check finds what a strict decoder cannot: values that make no sense.
func (c *Config) check() error {
	for _, step := range []func() error{
		c.checkSources, c.checkTabulation, c.checkIndicators, c.checkDelivery, c.checkQuality, c.checkArchive, c.checkRemind, c.checkRetention,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (c *Config) checkSources() error {
	names := map[string]bool{}
	for _, s := range c.Sources {
		names[s.Name] = true
	}
	for _, s := range c.Primary.Sources() {
		if !names[s] {
			return fmt.Errorf("primary: no source %q%s", s, panel.DidYouMean(s, slices.Sorted(maps.Keys(names))))
		}
	}
	for app := range c.Primary.Apps {
		if _, ok := c.Catalogue.App(app); !ok {
			return fmt.Errorf("primary.apps: no app %q%s", app, c.nearestApp(app))
		}
	}
	return nil
}

// nearestApp is the did-you-mean of an app's id.
func (c *Config) nearestApp(id panel.AppID) string {
	var ids []string
	for _, a := range c.Catalogue.Apps {
		ids = append(ids, string(a.ID))
	}
	return panel.DidYouMean(string(id), ids)
}

func (c *Config) checkTabulation() error {
	for _, d := range c.Tabulate.Dimensions {
		if _, ok := c.Catalogue.Dimensions[d]; !ok {
			return fmt.Errorf("tabulate.dimensions: apps.yaml has no dimension %q%s", d, panel.DidYouMean(d, slices.Sorted(maps.Keys(c.Catalogue.Dimensions))))
		}
	}
	for _, p := range c.Tabulate.Pairs {
		for _, app := range p {
			if _, ok := c.Catalogue.App(app); !ok {
				return fmt.Errorf("tabulate.pairs: no app %q%s", app, c.nearestApp(app))
			}
		}
	}
	return nil
}

func (c *Config) checkIndicators() error {
	i := c.Indicators
	if i.CAGRSteps < 1 || i.TopN < 1 || i.RecordMonths < 1 {
		return fmt.Errorf("indicators: cagr_steps, top_n and record_months must be at least 1")
	}
	if i.MinProminence < 0 || i.MinProminence >= 1 {
		return fmt.Errorf("indicators.min_prominence: %v is not a part of a peak's height, want 0 to 1, such as 0.02", i.MinProminence)
	}
	for n, u := range i.Unusual {
		if u.From == 0 || u.To < u.From || u.Weight < 0 || u.Weight > 1 {
			return fmt.Errorf("indicators.unusual[%d]: want from, a month to not before it, and a weight of 0 to 1", n)
		}
	}
	for _, p := range i.Correlations {
		if _, ok := c.Catalogue.App(p.App); !ok {
			return fmt.Errorf("indicators.correlations: no app %q%s", p.App, c.nearestApp(p.App))
		}
		for _, city := range p.Cities {
			if !slices.Contains(c.Catalogue.Dimensions[panel.City], city) {
				return fmt.Errorf("indicators.correlations: apps.yaml has no city %q", city)
			}
		}
	}
	return nil
}

func (c *Config) checkDelivery() error {
	if _, err := time.LoadLocation(c.Timezone); err != nil {
		return fmt.Errorf("timezone: %w", err)
	}
	switch c.Slack.Language {
	case "zh", "en", "both":
	default:
		return fmt.Errorf("slack.language: %q is not zh, en or both", c.Slack.Language)
	}
	if c.Slack.DeliverFrom != "" {
		if _, err := panel.ParseMonth(c.Slack.DeliverFrom); err != nil {
			return fmt.Errorf("slack.deliver_from: %w", err)
		}
	}
	if c.Slack.Channel == "" {
		return fmt.Errorf("slack.channel: the id of a channel is missing")
	}
	if _, _, err := net.SplitHostPort(c.Listen); c.Listen != "" && err != nil {
		return fmt.Errorf("listen: %w; want host:port, such as 127.0.0.1:9464", err)
	}
	if err := c.Slack.Sending.check(); err != nil {
		return err
	}
	if c.Lease.TTL < 3*time.Second {
		return fmt.Errorf("lease.ttl: %s is too short, want at least 3s", c.Lease.TTL)
	}
	return nil
}

// checkProfiles: a profile that no window of the calendar moves would judge
// its apps as if there were no holidays; none says that this is meant.
func checkProfiles(c *Config) error {
	known := append(c.Calendar.Profiles(), "none")
	for _, a := range c.Catalogue.Apps {
		if !slices.Contains(known, a.Profile) {
			return fmt.Errorf("app %s: no profile %q in calendar/windows.csv%s; want one of %v", a.ID, a.Profile, panel.DidYouMean(a.Profile, known), known)
		}
	}
	return nil
}
