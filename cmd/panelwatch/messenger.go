package main

import (
	"net/http"

	"panelwatch/alerts/slack"
	"panelwatch/configs"
)

// A messenger puts messages where people read them, and says without sending
// anything what stands in its way.
type messenger interface {
	slack.Poster
	slack.Inspector
}

// messenger is what the environment asks for: Slack's Web API with a bot
// token, else an incoming webhook, else a folder.
func (w *world) messenger(config *configs.Config) (messenger, error) {
	client := &http.Client{Timeout: config.Slack.Sending.Timeout}
	token, err := w.secret("SLACK_BOT_TOKEN", "SLACK_TOKEN")
	if err != nil {
		return nil, err
	}
	if token != "" {
		return slack.NewClient(slack.ClientOptions{
			Token: token, APIURL: w.getenv("SLACK_API_URL"), Sleep: sleep,
			HTTP: client, Pause: config.Slack.Sending.Pace,
		}), nil
	}
	address, err := w.secret("SLACK_WEBHOOK_URL")
	if err != nil {
		return nil, err
	}
	if address == "" {
		return slack.Folder{Dir: config.Slack.Folder, Out: w.stdout, Color: w.terminal(), Brief: w.brief}, nil
	}
	hook, err := slack.NewWebhook(address, client)
	if err != nil {
		return nil, configError{err}
	}
	return hook, nil
}
