package slack

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts/slack/slackfake"
)

func granting(scopes ...string) slackfake.Options { return slackfake.Options{Scopes: scopes} }

func having(c slackfake.Channel) slackfake.Options {
	return slackfake.Options{Channels: []slackfake.Channel{c}}
}

func testClient(t *testing.T, o slackfake.Options) (*Client, *slackfake.Fake) {
	fake := startFake(t, o)
	return NewClient(ClientOptions{Token: slackfake.Token, APIURL: fake.URL + "/api", Sleep: noSleep}), fake
}

// Each obstacle is named, with its kind and with what to do; nothing is sent.
func TestInspect(t *testing.T) {
	private := slackfake.Channel{ID: channel, Private: true}
	onlyPublic := slackfake.Options{Channels: []slackfake.Channel{private}, Scopes: []string{
		"chat:write", "files:write", "files:read", "channels:history", "channels:read", "reactions:read", "groups:read",
	}}
	for _, tc := range []struct {
		name     string
		options  slackfake.Options
		channel  string
		want, do string
		kind     error
	}{
		{"ready", slackfake.Options{}, channel, "", "", nil},
		{"private", having(private), channel, "", "", nil},
		{"scope", granting("chat:write", "channels:read"), channel, "files:write", "add the bot scope files:write", ErrDenied},
		{"scope of a private channel", onlyPublic, channel, "groups:history", "add the bot scope groups:history", ErrDenied},
		{"unknown channel", slackfake.Options{}, "C0NONE", "channel_not_found", "id", ErrUndelivered},
		{"archived", having(slackfake.Channel{ID: channel, Archived: true}), channel, "is_archived", "unarchive", ErrUndelivered},
		{"outside", having(slackfake.Channel{ID: channel, NotIn: true}), channel, "not_in_channel", "/invite", ErrUndelivered},
		{"token", slackfake.Options{Token: "xoxb-another"}, channel, "invalid_auth", "SLACK_BOT_TOKEN", ErrDenied},
	} {
		client, fake := testClient(t, tc.options)
		steps := client.Inspect(t.Context(), tc.channel)
		err, do := firstError(steps), ""
		for _, s := range steps {
			if (s.Err != nil) != (s.Do != "") || s.Says == "" {
				t.Errorf("%s: step %+v: what fails says what to do, and only that", tc.name, s)
			}
			if err != nil && errors.Is(s.Err, err) {
				do = s.Do
			}
		}
		if !errors.Is(err, tc.kind) || tc.kind != nil && (!strings.Contains(err.Error(), tc.want) || !strings.Contains(do, tc.do)) {
			t.Errorf("%s: error %v, do %q; want %q, %q", tc.name, err, do, tc.want, tc.do)
		}
		if len(fake.Messages(tc.channel)) > 0 {
			t.Errorf("%s: something was sent", tc.name)
		}
	}
}

func TestTry(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*slackfake.Fake)
		want   []string // steps, with what they failed of
	}{
		{"all is well", func(*slackfake.Fake) {}, []string{"post", "reply", "chart", "edit", "find"}},
		{"no post", func(f *slackfake.Fake) { f.Fail("chat.postMessage", slackfake.APIError("not_in_channel")) }, []string{"post: not_in_channel"}},
		{
			"no files", func(f *slackfake.Fake) { f.Fail("files.getUploadURLExternal", slackfake.APIError("missing_scope")) },
			[]string{"post", "reply", "chart: missing_scope", "find"},
		},
		{"no edit", func(f *slackfake.Fake) { f.Fail("chat.update", slackfake.APIError("edit_window_closed")) }, []string{"post", "reply", "chart", "edit: edit_window_closed", "find"}},
		{"no history", func(f *slackfake.Fake) { f.Fail("conversations.history", slackfake.APIError("missing_scope")) }, []string{"post", "reply", "chart", "edit", "find: missing_scope"}},
	} {
		client, fake := testClient(t, slackfake.Options{})
		tc.change(fake)
		trial := Trial{Poster: client, Channel: channel, Language: "both", Now: time.Now(), PNG: []byte("png"), Alt: "alt"}
		var got []string
		for _, s := range trial.Try(context.Background()) {
			step := s.Name
			var f *Failure
			if errors.As(s.Err, &f) {
				step += ": " + f.Code
			}
			got = append(got, step)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}
