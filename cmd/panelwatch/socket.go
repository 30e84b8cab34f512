package main

import (
	"context"
	"log/slog"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/configs"
)

// listenToButtons stores what people answer by the buttons of messages, until
// ctx ends, in a serve that has an app-level token. What it returns waits for
// the end.
func (s *server) listenToButtons(config *configs.Config) (wait func(), err error) {
	app, err := s.secret("SLACK_APP_TOKEN")
	if err != nil {
		return nil, err
	}
	bot, err := s.secret("SLACK_BOT_TOKEN", "SLACK_TOKEN")
	if err != nil {
		return nil, err
	}
	switch {
	case app == "" && config.Slack.Buttons:
		s.log.Warn("slack.buttons is on, and SLACK_APP_TOKEN is not set: nobody hears them")
	case app != "" && !config.Slack.Buttons:
		s.log.Warn("SLACK_APP_TOKEN is set, and slack.buttons is off: messages have none")
	}
	if app == "" {
		return func() {}, nil
	}
	socket := slack.Socket{AppToken: app, Token: bot, APIURL: s.getenv("SLACK_API_URL"), Log: s.log, Sleep: sleep}
	done := make(chan struct{})
	go func() {
		defer close(done)
		socket.Listen(s.ctx, s.pressed)
	}()
	return func() { <-done }, nil
}

// pressed stores one press, or takes earlier ones of the same person back.
func (s *server) pressed(ctx context.Context, p slack.Press) error {
	r := alerts.Response{Channel: p.Channel, TS: p.TS, User: p.User, Kind: p.Kind, Via: alerts.ViaButton, At: p.At}
	log := s.log.With(slog.String("user", p.User), slog.String("ts", p.TS))
	if p.Kind == "" {
		return s.takenBack(ctx, log, r)
	}
	fresh, ours, err := s.house.Respond(ctx, r)
	switch {
	case err != nil:
		return err
	case !ours:
		log.Warn("a button of a message that this warehouse does not have")
	case fresh:
		log.Info("button", "kind", p.Kind)
	}
	return nil
}

func (s *server) takenBack(ctx context.Context, log *slog.Logger, r alerts.Response) error {
	for _, kind := range []alerts.ResponseKind{alerts.Ack, alerts.Mute} {
		r.Kind = kind
		lifted, err := s.house.Lift(ctx, r, r.At)
		if err != nil {
			return err
		}
		if lifted {
			log.Info("button taken back", "kind", kind)
		}
	}
	return nil
}
