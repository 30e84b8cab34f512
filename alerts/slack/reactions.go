package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"
)

// A Reaction is one emoji on a message with the people who put it there.
type Reaction struct {
	Emoji string   // name without colons and skin tone: white_check_mark
	Users []string // ids; bots are left out
}

// A Reader sees how people react to messages.
type Reader interface {
	// Reactions are those on one message, in the order in which Slack has them.
	// Of a message that is gone there are none.
	Reactions(ctx context.Context, channel, ts string) ([]Reaction, error)
}

// Slack lets a workspace ask for reactions fifty times a minute and takes a
// burst well; then it says how long to wait.
const (
	readBurst  = 30
	readPace   = 1250 * time.Millisecond
	readAgain  = 3
	readPeople = 200 // users whose kind is asked for, of one reading
)

// A Listener reads reactions through the Web API, slowly enough for its limit.
type Listener struct {
	client *Client
	calls  int
	bots   map[string]bool
}

// NewListener makes a reader of a client's own; nothing is called yet.
func NewListener(o ClientOptions) *Listener {
	return &Listener{client: NewClient(o), bots: map[string]bool{}}
}

// Reactions asks for all users: without that Slack may leave some out.
func (l *Listener) Reactions(ctx context.Context, channel, ts string) (out []Reaction, err error) {
	got, err := l.read(ctx, slackgo.NewRefToMessage(channel, ts))
	if err != nil {
		return nil, err
	}
	for _, r := range got {
		name, _, _ := strings.Cut(r.Name, "::")
		people := Reaction{Emoji: name}
		for _, user := range r.Users {
			bot, err := l.isBot(ctx, user)
			if err != nil {
				return nil, err
			}
			if !bot && !slices.Contains(people.Users, user) {
				people.Users = append(people.Users, user)
			}
		}
		out = append(out, people)
	}
	return out, nil
}

func (l *Listener) read(ctx context.Context, ref slackgo.ItemRef) (got []slackgo.ItemReaction, err error) {
	err = l.patiently(ctx, func() error {
		item, err := l.client.api.GetReactionsContext(ctx, ref, slackgo.GetReactionsParameters{Full: true})
		got = item.Reactions
		return err
	})
	var f *Failure
	if errors.As(err, &f) && (f.Code == "message_not_found" || f.Code == "no_reaction") {
		return nil, nil
	}
	return got, err
}

// isBot asks once for each user. Where Slack does not say, because the token
// may not see users, everybody is a person but ourselves.
func (l *Listener) isBot(ctx context.Context, user string) (bool, error) {
	if bot, known := l.bots[user]; known {
		return bot, nil
	}
	if len(l.bots) == 0 {
		who, err := l.client.api.AuthTestContext(ctx)
		if err != nil {
			return false, classify(err, l.client.token)
		}
		l.bots[who.UserID] = true
		return l.isBot(ctx, user)
	}
	if len(l.bots) > readPeople {
		return false, nil
	}
	err := l.patiently(ctx, func() error {
		u, err := l.client.api.GetUserInfoContext(ctx, user)
		if err == nil {
			l.bots[user] = u.IsBot
		}
		return err
	})
	var f *Failure
	if errors.As(err, &f) && (f.Code == "missing_scope" || f.Code == "user_not_found") {
		l.bots[user] = false
		return false, nil
	}
	return l.bots[user], err
}

// patiently calls within the limit, and again when Slack says to wait. Reading
// changes nothing, so that any answer that is no answer may be asked for again.
func (l *Listener) patiently(ctx context.Context, call func() error) (err error) {
	for attempt := 1; ; attempt++ {
		if l.calls++; l.calls > readBurst {
			if err := l.client.sleep(ctx, readPace); err != nil {
				return err
			}
		}
		if err = classify(call(), l.client.token); err == nil {
			return nil
		}
		var f *Failure
		if !errors.As(err, &f) || attempt == readAgain || f.Class != Limited && f.Class != Ambiguous {
			return fmt.Errorf("read reactions: %w", err)
		}
		if e := l.client.sleep(ctx, max(f.RetryAfter, readPace)); e != nil {
			return errors.Join(e, err)
		}
	}
}
