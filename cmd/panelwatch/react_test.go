package main

import (
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"panelwatch/alerts/slack/slackfake"
)

// react lets a user put an emoji on the finding of a month, or take it away
// with `! react`: react no_bell U0WANG 2023-08 threshold_cross geshui. Without a
// finding it is on the digest.
func react(ts *testscript.TestScript, neg bool, args []string) {
	fake := ts.Value("workspace").(*slackfake.Fake)
	emoji, user, subject := args[0], args[1], strings.Join(args[3:], " ")
	key := strings.TrimSpace("digest " + args[2])
	if subject != "" {
		key = "detail " + args[2] + " " + subject
	}
	for _, m := range fake.Messages("C0PANELWATCH") {
		if m.Metadata == nil || m.Metadata.EventPayload["key"] != key {
			continue
		}
		if neg {
			fake.Unreact(m.Channel, m.TS, emoji, user)
		} else {
			fake.React(m.Channel, m.TS, emoji, user)
		}
		return
	}
	ts.Fatalf("no message %q", key)
}
