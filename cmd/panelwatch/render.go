package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/etl/panel"
	"panelwatch/jobs"
)

type alertsRender struct {
	Month   panel.Month `help:"Month of observation." required:"" placeholder:"YYYY-MM"`
	Channel string      `help:"Only what goes to this channel, by its id." placeholder:"ID"`
	Format  string      `help:"text: as people read it; json: as Slack gets it." enum:"text,json" default:"text"`
	Files   string      `help:"Folder for the charts and other files of the thread; without it they are named only." type:"path" placeholder:"DIR"`
}

// Run shows what a run would send of a month as it is in force. It asks the
// warehouse alone, needs no token and writes no row.
func (c *alertsRender) Run(w *world) error {
	var messages []alerts.Message
	err := w.asking(func(j jobs.Job) (err error) {
		if err := knownChannel(c.Channel, j.Config.Slack.Ways()); err != nil {
			return err
		}
		messages, err = j.Render(w.ctx, c.Month, c.Channel)
		return err
	})
	if errors.Is(err, jobs.ErrNothingToJudge) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	if err := c.writeFiles(messages); err != nil {
		return err
	}
	if c.Format == "json" {
		return slack.WritePayloads(w.stdout, messages)
	}
	if len(messages) == 0 {
		fmt.Fprintf(w.stdout, "%s: nothing would be sent: no finding for a route that is quiet\n", c.Month)
	}
	for _, m := range messages {
		if err := slack.Preview(w.stdout, m, w.terminal()); err != nil {
			return err
		}
	}
	return nil
}

func knownChannel(channel string, ways []alerts.Route) error {
	var ids []string
	for _, r := range ways {
		ids = append(ids, r.Channel)
	}
	if channel == "" || slices.Contains(ids, channel) {
		return nil
	}
	return usageError{fmt.Errorf("--channel %s: nothing is told there; channels are %v%s", channel, ids, panel.DidYouMean(channel, ids))}
}

// writeFiles puts the files of each channel into a folder of its own.
func (c *alertsRender) writeFiles(messages []alerts.Message) error {
	if c.Files == "" {
		return nil
	}
	for _, m := range messages {
		for _, f := range slack.PayloadOf(m).Files {
			path := filepath.Join(c.Files, m.Channel, f.Name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return usageError{fmt.Errorf("--files: %w", err)}
			}
			if err := os.WriteFile(path, f.Data, 0o644); err != nil {
				return usageError{fmt.Errorf("--files: %w", err)}
			}
		}
	}
	return nil
}
