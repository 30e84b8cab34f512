package slack

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
)

// TestAnyCorrectionIsAccepted posts whatever becomes of a month, small or
// huge, to a Slack that refuses what the real one refuses.
func TestAnyCorrectionIsAccepted(t *testing.T) {
	fake := startFake(t, slackfake.Options{})
	client := NewClient(ClientOptions{Token: slackfake.Token, APIURL: fake.APIURL(), Sleep: noSleep})
	rapid.Check(t, func(rt *rapid.T) {
		first, now := anyDigest(rt), anyDigest(rt)
		now.Language = first.Language
		k := posted(t, first)
		k.revise(t, now)
		shown, parent := 0, ""
		for _, key := range sortedKeys(k.shown) {
			m := k.shown[key]
			if shown++; shown > 6 && m.Kind == alerts.KindDetail {
				continue // details differ little from one another
			}
			m.ThreadTS = parent
			ts, err := client.Post(context.Background(), m)
			if err != nil {
				rt.Fatalf("%s: %v\n%s", key, err, m.Blocks)
			}
			if n := length(m.Text); n > maxText || n == 0 {
				rt.Fatalf("%s: text of %d characters", key, n)
			}
			if parent == "" {
				parent = ts
			}
		}
	})
}
