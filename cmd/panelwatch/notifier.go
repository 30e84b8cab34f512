package main

import (
	"context"
	"log/slog"
	"time"

	"panelwatch/alerts/slack"
	"panelwatch/configs"
	"panelwatch/jobs"
)

// Slack takes about one message a second in a channel; a request that looked
// lost may still arrive some seconds later.
const (
	slackPace      = 1100 * time.Millisecond
	slackLookAgain = 5 * time.Second
	slackWaits     = 5
)

// notifier posts to Slack, or, without a token, shows the same messages in the
// terminal and leaves them in a folder.
func (w *world) notifier(config *configs.Config, log *slog.Logger) (jobs.Notifier, error) {
	s := &slack.Sender{Log: log, Now: time.Now, Sleep: sleep}
	token, err := w.secret("SLACK_BOT_TOKEN", "SLACK_TOKEN")
	if err != nil {
		return nil, err
	}
	if token == "" {
		s.Poster = slack.Folder{Dir: config.Slack.Folder, Out: w.stdout, Color: w.terminal(), Brief: w.brief}
		return s, nil
	}
	s.Poster = slack.NewClient(slack.ClientOptions{Token: token, APIURL: w.getenv("SLACK_API_URL"), Sleep: sleep})
	s.Pace, s.LookAgain, s.Waits = slackPace, slackLookAgain, slackWaits
	return s, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
