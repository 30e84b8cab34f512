package slack

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"panelwatch/alerts"
)

// A Press is a button under one of our messages that somebody pressed.
type Press struct {
	Channel, TS string
	User        string
	Kind        alerts.ResponseKind // "" takes the user's earlier presses back
	At          time.Time
}

// A Socket hears of buttons over Slack's socket mode, which needs no address
// that Slack could reach.
type Socket struct {
	AppToken string // xapp-..., with the scope connections:write
	Token    string // of the bot, which answers who pressed
	APIURL   string // of the Web API, https://slack.com/api/ when empty
	Log      *slog.Logger
	Sleep    func(context.Context, time.Duration) error
}

// refusedPause is how long a socket that Slack refuses, as with a token that
// was revoked, waits before it asks again.
const refusedPause = 5 * time.Minute

// Listen passes on every press until ctx ends. A press is acknowledged when
// heard has returned without error: of one that was not, Slack tells the user
// that it had no effect. It connects again by itself whenever it must.
func (s Socket) Listen(ctx context.Context, heard func(context.Context, Press) error) {
	for ctx.Err() == nil {
		err := s.connected(ctx, heard)
		if ctx.Err() != nil {
			return
		}
		s.Log.Error("buttons are not heard; asking again later", "wait", refusedPause, "err", s.clean(err))
		if s.Sleep(ctx, refusedPause) != nil {
			return
		}
	}
}

// connected stays so until Slack refuses for good or ctx ends.
func (s Socket) connected(ctx context.Context, heard func(context.Context, Press) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	api := slackgo.New(s.Token, s.options()...)
	client := socketmode.New(api)
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(ctx) }()
	for {
		select {
		case err := <-ended:
			return err
		case e := <-client.Events:
			s.take(ctx, client, e, heard)
		}
	}
}

func (s Socket) options() []slackgo.Option {
	options := []slackgo.Option{
		slackgo.OptionAppLevelToken(s.AppToken), slackgo.OptionHTTPClient(&http.Client{Timeout: 30 * time.Second}),
	}
	if s.APIURL != "" { // slack-go joins without a slash
		options = append(options, slackgo.OptionAPIURL(strings.TrimSuffix(s.APIURL, "/")+"/"))
	}
	return options
}

func (s Socket) take(ctx context.Context, client *socketmode.Client, e socketmode.Event, heard func(context.Context, Press) error) {
	switch data := e.Data.(type) {
	case *socketmode.ConnectedEvent:
		s.Log.Info("listening to buttons", "connection", data.ConnectionCount+1)
	case *slackgo.ConnectionErrorEvent:
		s.Log.Warn("socket mode: connecting again", "attempt", data.Attempt, "wait", data.Backoff, "err", s.clean(data.ErrorObj))
	case *socketmode.ErrorBadMessage:
		s.Log.Warn("socket mode: not understood", "err", s.clean(data.Cause))
	case slackgo.InteractionCallback:
		s.interaction(ctx, client, e.Request.EnvelopeID, data, heard)
	}
}

func (s Socket) interaction(ctx context.Context, client *socketmode.Client, envelope string, call slackgo.InteractionCallback, heard func(context.Context, Press) error) {
	var stored []Press
	for _, action := range call.ActionCallback.BlockActions {
		p, ok := pressOf(call, action)
		if !ok {
			s.Log.Warn("socket mode: not one of our buttons", "action", action.ActionID, "user", call.User.ID)
			continue
		}
		if err := heard(ctx, p); err != nil {
			s.Log.Error("an answer is not stored; whoever pressed is told", "user", p.User, "ts", p.TS, "err", err)
			return
		}
		stored = append(stored, p)
	}
	if err := client.AckCtx(ctx, envelope, nil); err != nil { // within the three seconds that Slack waits
		s.Log.Warn("socket mode: not acknowledged", "err", s.clean(err))
	}
	for _, p := range stored {
		s.confirm(ctx, client, p)
	}
}

// pressOf reads what was pressed; ok is false of what is not ours.
func pressOf(call slackgo.InteractionCallback, action *slackgo.BlockAction) (p Press, ok bool) {
	kind, ok := pressed[action.ActionID]
	if !ok || call.Type != slackgo.InteractionTypeBlockActions || call.Container.MessageTs == "" || call.User.ID == "" {
		return p, false
	}
	seconds, micros, _ := strings.Cut(action.ActionTs, ".")
	s, err1 := strconv.ParseInt(seconds, 10, 64)
	us, err2 := strconv.ParseInt(micros, 10, 64)
	if err1 != nil || err2 != nil || len(micros) != 6 {
		return p, false
	}
	at := time.Unix(s, us*1000).UTC()
	return Press{call.Container.ChannelID, call.Container.MessageTs, call.User.ID, kind, at}, true
}

// confirm tells who pressed, and nobody else, that it is stored. Should it
// fail, the next digest says so.
func (s Socket) confirm(ctx context.Context, client *socketmode.Client, p Press) {
	text := map[alerts.ResponseKind]string{
		alerts.Ack:  "✅ 已记录：知悉，将见于下期摘要 | Noted: seen; the next digest says so",
		alerts.Mute: "🔕 已记录：静音此项，将见于下期摘要 | Noted: muted; the next digest says so",
		"":          "已撤回您经按钮的回应 | What you pressed before is taken back",
	}[p.Kind]
	if _, err := client.PostEphemeralContext(ctx, p.Channel, p.User, slackgo.MsgOptionText(text, false), slackgo.MsgOptionTS(p.TS)); err != nil {
		s.Log.Warn("who pressed a button is not told that it counts", "user", p.User, "err", s.clean(err))
	}
}

// Inspect asks for a connection and does not use it.
func (s Socket) Inspect(ctx context.Context) Step {
	_, _, err := slackgo.New(s.Token, s.options()...).StartSocketModeContext(ctx)
	if err == nil {
		return Step{Name: "buttons", Says: "socket mode opens"}
	}
	step := failed("buttons", failureOf(classify(err, s.AppToken)))
	if errors.Is(step.Err, ErrDenied) {
		step.Do = mendAppToken
	}
	return step
}

// clean takes tokens, and the ticket of an address, out of an error.
func (s Socket) clean(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, secret := range []string{s.AppToken, s.Token} {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "[secret]")
		}
	}
	if i := strings.Index(text, "ticket="); i >= 0 {
		text = text[:i] + "ticket=[secret]"
	}
	return errors.New(text)
}
