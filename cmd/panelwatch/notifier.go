package main

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"panelwatch/alerts/slack"
	"panelwatch/configs"
	"panelwatch/jobs"
)

// slackWaits is how often a message is put off, by a rate limit or a missing
// connection, before the rest of its channel is left to the next run.
const slackWaits = 5

// notifier posts to Slack, or, without a token or webhook, shows the same
// messages in the terminal and leaves them in a folder.
func (w *world) notifier(config *configs.Config, log *slog.Logger) (jobs.Notifier, error) {
	s := &slack.Sender{Log: log, Now: time.Now, Sleep: sleep}
	m, err := w.messenger(config)
	if err != nil {
		return nil, err
	}
	s.Poster = m
	switch m.(type) {
	case slack.Folder:
		return s, nil
	case *slack.Webhook:
		log.Warn("posting by webhook: " + slack.CannotDo)
	}
	how := config.Slack.Sending
	s.Pace, s.LookAgain, s.Deadline, s.Waits = how.Pace, how.LookAgain, how.Deadline, slackWaits
	s.Jitter, s.Fallback = rand.Float64, config.Slack.FallbackOf
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
