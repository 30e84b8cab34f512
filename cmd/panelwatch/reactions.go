package main

import "panelwatch/alerts/slack"

// reactions reads what people put on our messages; without a token there is
// nothing to read.
func (w *world) reactions() (slack.Reader, error) {
	token, err := w.secret("SLACK_BOT_TOKEN", "SLACK_TOKEN")
	if err != nil || token == "" {
		return nil, err
	}
	return slack.NewListener(slack.ClientOptions{Token: token, APIURL: w.getenv("SLACK_API_URL"), Sleep: sleep}), nil
}
