package slack

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	slackgo "github.com/slack-go/slack"
)

// A Step is one thing that was looked at or tried.
type Step struct {
	Name string // token, scope chat:write, channel C012AB3CD
	Says string // how it is
	Do   string // what to do about it, "" when nothing
	Err  error  // nil when all is well; of ErrDenied, ErrUndelivered or ErrRefused
}

// An Inspector looks at what posting to channels needs and sends nothing.
type Inspector interface {
	Inspect(ctx context.Context, channels ...string) []Step
}

// firstError is what went wrong first, nil when nothing did.
func firstError(steps []Step) error {
	for _, s := range steps {
		if s.Err != nil {
			return s.Err
		}
	}
	return nil
}

// failed is the step that met a failure.
func failed(name string, f *Failure) Step {
	return Step{Name: name, Says: f.Error(), Do: f.advice(), Err: fmt.Errorf("%w: %s: %w", f.kind(), name, f)}
}

// Scopes that a bot token needs: to tell, to look for what was told, to read
// answers. What is read of a private channel needs that of groups.
var scopes = []struct{ name, private, whatFor string }{
	{"chat:write", "", "posts and edits messages"},
	{"files:write", "", "uploads charts and tables"},
	{"files:read", "", "sees whether an upload is shared"},
	{"channels:history", "groups:history", "looks for a message that may have arrived"},
	{"channels:read", "groups:read", "checks the channel"},
	{"reactions:read", "", "reads answers to findings"},
}

// Inspect looks at token, scopes and channels and sends nothing. Each step
// says what to do where something stands in the way of posting.
func (c *Client) Inspect(ctx context.Context, channels ...string) (steps []Step) {
	who, err := c.api.AuthTestContext(ctx)
	if err != nil {
		return []Step{failed("token", failureOf(classify(err, c.token)))}
	}
	steps = append(steps, Step{Name: "token", Says: fmt.Sprintf("user %s of workspace %s", who.User, who.Team)})
	granted := grantedScopes(who.Header)
	private := false
	var places []Step
	for _, channel := range channels {
		place, closed := c.place(ctx, channel)
		places, private = append(places, place), private || closed
	}
	return append(append(steps, scopeSteps(granted, private)...), places...)
}

// Check is the first thing that stands in the way of posting to a channel.
func (c *Client) Check(ctx context.Context, channel string) error {
	return firstError(c.Inspect(ctx, channel))
}

// grantedScopes are those that Slack names in a header, nil when it names none.
func grantedScopes(h http.Header) map[string]bool {
	named := h.Get("X-OAuth-Scopes")
	if named == "" {
		return nil
	}
	granted := map[string]bool{}
	for s := range strings.SplitSeq(named, ",") {
		granted[strings.TrimSpace(s)] = true
	}
	return granted
}

func scopeSteps(granted map[string]bool, private bool) (steps []Step) {
	if granted == nil {
		return []Step{{Name: "scopes", Says: "Slack does not say which were granted"}}
	}
	for _, s := range scopes {
		names := []string{s.name}
		if private && s.private != "" {
			names = append(names, s.private)
		}
		for _, name := range names {
			step := Step{Name: "scope " + name, Says: s.whatFor}
			if !granted[name] {
				step = failed(step.Name, &Failure{Class: Denied, Code: "missing_scope", Detail: "needed " + name + ", which " + s.whatFor})
			}
			steps = append(steps, step)
		}
	}
	return steps
}

// place looks at a channel; private says that it needs the scopes of groups.
func (c *Client) place(ctx context.Context, channel string) (s Step, private bool) {
	name := "channel " + channel
	info, err := c.api.GetConversationInfoContext(ctx, &slackgo.GetConversationInfoInput{ChannelID: channel})
	switch {
	case err != nil:
		return failed(name, failureOf(classify(err, c.token))), false
	case info.IsArchived:
		return failed(name, &Failure{Class: BadChannel, Code: "is_archived"}), info.IsPrivate
	case !info.IsMember:
		return failed(name, &Failure{Class: BadChannel, Code: "not_in_channel"}), info.IsPrivate
	}
	return Step{Name: name, Says: "#" + info.Name + ", the bot is a member"}, info.IsPrivate
}

// Inspect says where messages go without Slack.
func (f Folder) Inspect(context.Context, ...string) []Step {
	return []Step{{Name: "folder", Says: "no token: messages and charts are written to " + f.Dir}}
}
