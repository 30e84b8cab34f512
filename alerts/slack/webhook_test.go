package slack

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
)

// Each answer of a webhook has its class, and its reason is kept; the address
// never shows.
func TestWebhookAnswers(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(f *slackfake.Fake, address *string)
		want   Class
		code   string
		stored int
	}{
		{"refused blocks", func(f *slackfake.Fake, _ *string) { f.Fail("webhook", plainAnswer(400, "invalid_blocks")) }, Malformed, "invalid_blocks", 0},
		{"removed", func(f *slackfake.Fake, _ *string) { f.Fail("webhook", plainAnswer(404, "no_service")) }, Denied, "no_service", 0},
		{"wrong secret", func(_ *slackfake.Fake, address *string) { *address += "x" }, Denied, "invalid_token", 0},
		{"archived", func(f *slackfake.Fake, _ *string) { f.SetChannel(slackfake.Channel{ID: channel, Archived: true}) }, BadChannel, "channel_is_archived", 0},
		{"429", func(f *slackfake.Fake, _ *string) { f.Fail("webhook", slackfake.RateLimited(7*time.Second)) }, Limited, "429", 0},
		{"429 bare", func(f *slackfake.Fake, _ *string) { f.Fail("webhook", slackfake.Status(429)) }, Limited, "429", 0},
		{"500", func(f *slackfake.Fake, _ *string) { f.Fail("webhook", slackfake.Status(500)) }, Ambiguous, "500", 0},
		{"500, stored", func(f *slackfake.Fake, _ *string) { f.Fail("webhook", slackfake.StatusAfter(500)) }, Ambiguous, "500", 1},
		{"dropped, stored", func(f *slackfake.Fake, _ *string) { f.Fail("webhook", slackfake.StoreThenDrop()) }, Ambiguous, "broken answer", 1},
		{"hangs, stored", func(f *slackfake.Fake, _ *string) { f.Fail("webhook", slackfake.HangAfter()) }, Ambiguous, "timeout", 1},
		{"not a webhook", func(f *slackfake.Fake, _ *string) { f.Fail("webhook", slackfake.Status(200)) }, Ambiguous, "broken answer", 0},
		{"nobody there", func(_ *slackfake.Fake, address *string) { *address = "https://127.0.0.1:1/services/T0/B0/0000fakehook" }, Unreachable, "no connection", 0},
	} {
		fake := startFake(t, slackfake.Options{})
		address := fake.WebhookURL(channel)
		tc.change(fake, &address)
		hook, err := NewWebhook(address, &http.Client{Timeout: 500 * time.Millisecond, Transport: &http.Transport{}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = hook.Post(t.Context(), sampleMessages(t, channel)[0])
		var f *Failure
		if !errors.As(err, &f) || f.Class != tc.want || !strings.HasPrefix(f.Code, tc.code) || len(fake.Messages(channel)) != tc.stored {
			t.Errorf("%s: %v with %d stored, want %s (%s) with %d", tc.name, err, len(fake.Messages(channel)), tc.code, tc.want, tc.stored)
		}
		if err != nil && (strings.Contains(err.Error(), "0000fakehook") || strings.Contains(err.Error(), "/services/")) {
			t.Errorf("%s: the address is in the error: %v", tc.name, err)
		}
	}
}

func plainAnswer(code int, reason string) slackfake.Fault {
	return func(_ *slackfake.Fake, w http.ResponseWriter, _ *http.Request, _ func() []byte) {
		http.Error(w, reason, code)
	}
}

func TestWebhookAddress(t *testing.T) {
	for _, address := range []string{"", "x", "http://hooks.slack.com/services/T0/B0/secretpart", "hooks.slack.com/secretpart", "https://%zz/secretpart"} {
		if _, err := NewWebhook(address, nil); err == nil || strings.Contains(err.Error(), "secretpart") {
			t.Errorf("%q: error %v", address, err)
		}
	}
}

// Without threads a month is its digest, and what changes is told by a message
// of its own; nothing is edited.
func TestWithoutThread(t *testing.T) {
	d := sampleDigest()
	d.Channel, d.Alone = channel, true
	messages, err := Compose(d, func(alerts.Finding) ([]byte, string, error) { return []byte("png"), "alt", nil })
	if err != nil {
		t.Fatal(err)
	}
	correction := alerts.Message{Channel: channel, Kind: alerts.KindCorrection, Month: d.Month, Subject: "s", Text: "订正", Hash: hash("订正", nil), State: alerts.Pending, Broadcast: true}
	kept := WithoutThread(append(messages, correction))
	if len(messages) < 3 || len(kept) != 2 || kept[0].Kind != alerts.KindDigest || kept[0].Replace || kept[1].Broadcast {
		t.Fatalf("%d of %d messages kept: %+v", len(kept), len(messages), kept)
	}
	if !strings.Contains(string(kept[0].Blocks), "Webhook") || strings.Contains(kept[0].Text, "见线程") {
		t.Errorf("the digest does not say where the details are:\n%s", kept[0].Text)
	}
	fake := startFake(t, slackfake.Options{})
	hook, err := NewWebhook(fake.WebhookURL(channel), nil)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, slackfake.Options{}, kept...)
	w.sender.Poster = hook
	if report, err := w.deliver(); err != nil || report.Sent != 2 {
		t.Errorf("report %+v, error %v", report, err)
	}
	if report, err := w.deliver(); err != nil || report.Sent != 0 || len(fake.Messages(channel)) != 2 {
		t.Errorf("second delivery: report %+v, error %v, %d messages", report, err, len(fake.Messages(channel)))
	}
}
