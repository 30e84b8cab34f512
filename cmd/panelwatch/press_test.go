package main

import (
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"panelwatch/alerts/slack/slackfake"
)

// press lets a user press a button of a month's finding, and waits until it is
// taken: press ack U0WANG 2023-08 threshold_cross geshui. Without a finding it
// is the digest's, and `! press` finds no such button.
func press(ts *testscript.TestScript, neg bool, args []string) {
	fake := ts.Value("workspace").(*slackfake.Fake)
	action, user, subject := "panelwatch_"+args[0], args[1], strings.Join(args[3:], " ")
	key := strings.TrimSpace("digest " + args[2])
	if subject != "" {
		key = "detail " + args[2] + " " + subject
	}
	for _, m := range fake.Messages("C0PANELWATCH") {
		if m.Metadata == nil || m.Metadata.EventPayload["key"] != key {
			continue
		}
		err := fake.Press(m.Channel, m.TS, action, user)
		if neg != (err != nil) {
			ts.Fatalf("press: %v", err)
		}
		for tries := 0; fake.Unacknowledged() > 0; tries++ {
			if tries == 600 {
				ts.Fatalf("nobody took the press within 12 seconds")
			}
			time.Sleep(20 * time.Millisecond)
		}
		return
	}
	ts.Fatalf("no message %q", key)
}
