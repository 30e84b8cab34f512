package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"panelwatch/alerts/slack/slackfake"
)

// workspace is the story's Slack: open makes the program use it, stumbles makes it fail
// once in each of two ways, revoked withdraws the token at the next call of a
// method, drops loses an answer to one, count counts messages, webhook makes the program use one, socket lets serve hear of buttons, breaks
// loses the next press on its way once, refreshes asks serve to connect anew, shows looks for a text, once checks
// that every message is there exactly once and its chart with it.
func workspace(ts *testscript.TestScript, neg bool, args []string) {
	fake := ts.Value("workspace").(*slackfake.Fake)
	switch args[0] {
	case "open":
		ts.Setenv("SLACK_BOT_TOKEN", slackfake.Token)
		ts.Setenv("SLACK_API_URL", fake.APIURL())
	case "stumbles":
		fake.Fail("chat.postMessage", nil, slackfake.StoreThenDrop(), slackfake.RateLimited(time.Second))
	case "revoked":
		fake.Fail(cmp.Or(strings.Join(args[1:], ""), "chat.postMessage"), slackfake.Revoke())
	case "drops":
		fake.Fail(args[1], slackfake.StoreThenDrop())
	case "count":
		if n := len(fake.Messages("C0PANELWATCH")); fmt.Sprint(n) != args[1] {
			ts.Fatalf("%d messages, want %s", n, args[1])
		}
	case "socket":
		ts.Setenv("SLACK_APP_TOKEN", slackfake.AppToken)
	case "breaks":
		fake.DropAtNextPress()
	case "refreshes":
		fake.Refresh()
	case "webhook":
		ts.Setenv("SLACK_WEBHOOK_URL", fake.WebhookURL("C0PANELWATCH"))
	case "shows":
		wanted := regexp.MustCompile(args[1])
		if !slices.ContainsFunc(fake.Messages("C0PANELWATCH"), func(m slackfake.Message) bool { return wanted.MatchString(m.Text) }) {
			ts.Fatalf("no message matches %s", args[1])
		}
	case "once":
		seen := map[any]bool{}
		for _, m := range fake.Messages("C0PANELWATCH") {
			key := any(nil)
			if m.Metadata != nil {
				key = m.Metadata.EventPayload["key"]
			} else if len(m.Files) > 0 {
				continue // a chart in the thread
			}
			if key == nil || seen[key] {
				ts.Fatalf("message %v stands twice or has no key", key)
			}
			seen[key] = true
		}
		if len(seen) < 2 {
			ts.Fatalf("%d messages, want a digest and its details", len(seen))
		}
	}
}
