package slack_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/slack"
	"panelwatch/alerts/slack/slackfake"
)

const threeButtons = `[{"type":"actions","block_id":"b","elements":[
	{"type":"button","text":{"type":"plain_text","text":"a"},"action_id":"panelwatch_ack"},
	{"type":"button","text":{"type":"plain_text","text":"l"},"action_id":"panelwatch_lift"},
	{"type":"button","text":{"type":"plain_text","text":"x"},"action_id":"somebody_elses"}]}]`

// A hearer stores presses, or fails as often as it is told to.
type hearer struct {
	mu     sync.Mutex
	heard  []slack.Press
	fail   int
	failed chan struct{}
}

func (h *hearer) hear(_ context.Context, p slack.Press) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fail > 0 {
		h.fail--
		h.failed <- struct{}{}
		return errors.New("the warehouse is away")
	}
	h.heard = append(h.heard, p)
	return nil
}

// listening starts a socket on a workspace; its log is safe to be read when
// stop has returned.
func listening(t *testing.T, f *slackfake.Fake, token string, h *hearer) (log *bytes.Buffer, stop func()) {
	t.Helper()
	log = &bytes.Buffer{}
	s := slack.Socket{AppToken: token, Token: slackfake.Token, APIURL: f.APIURL(), Log: slog.New(slog.NewTextHandler(log, nil)), Sleep: func(ctx context.Context, d time.Duration) error {
		<-ctx.Done()
		return ctx.Err()
	}}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); s.Listen(ctx, h.hear) }()
	return log, func() { cancel(); <-done }
}

func taken(t *testing.T, f *slackfake.Fake) {
	t.Helper()
	eventually(t, func() bool { return f.Unacknowledged() == 0 }, "every press acknowledged")
}

func eventually(t *testing.T, holds func() bool, what string) {
	t.Helper()
	for range 1000 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("not within ten seconds: %s", what)
}

func posted(t *testing.T, f *slackfake.Fake) string {
	t.Helper()
	client := slack.NewClient(slack.ClientOptions{Token: slackfake.Token, APIURL: f.APIURL()})
	ts, err := client.Post(t.Context(), alerts.Message{Channel: "C0PANELWATCH", Text: "a finding", Blocks: []byte(threeButtons)})
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func press(t *testing.T, f *slackfake.Fake, ts, action string) {
	t.Helper()
	if err := f.Press("C0PANELWATCH", ts, action, "U0LI"); err != nil {
		t.Fatal(err)
	}
}

// A press that could not be stored is not acknowledged and not confirmed; it
// counts when it comes again. What is no button of ours is passed over.
func TestSocketAcknowledgesWhatIsStored(t *testing.T) {
	now := time.Date(2024, 1, 2, 3, 4, 5, 678901000, time.UTC)
	f, err := slackfake.New(slackfake.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ts := posted(t, f)
	h := &hearer{fail: 1, failed: make(chan struct{})}
	log, stop := listening(t, f, slackfake.AppToken, h)
	press(t, f, ts, "panelwatch_ack")
	<-h.failed
	if n := f.Unacknowledged(); n != 1 || len(f.Whispers()) > 0 {
		t.Errorf("%d not acknowledged, want 1; confirmed: %v", n, f.Whispers())
	}
	f.Refresh()
	taken(t, f)
	press(t, f, ts, "somebody_elses")
	press(t, f, ts, "panelwatch_lift")
	taken(t, f)
	eventually(t, func() bool { return len(f.Whispers()) == 2 }, "two confirmations")
	stop()
	at := now.Add(time.Microsecond)
	want := []slack.Press{
		{Channel: "C0PANELWATCH", TS: ts, User: "U0LI", Kind: alerts.Ack, At: at},
		{Channel: "C0PANELWATCH", TS: ts, User: "U0LI", At: at.Add(3 * time.Microsecond)},
	}
	if diff := cmp.Diff(want, h.heard); diff != "" {
		t.Errorf("heard; want (-), got (+):\n%s", diff)
	}
	for _, text := range []string{"an answer is not stored", "not one of our buttons"} {
		if !strings.Contains(log.String(), text) {
			t.Errorf("the log does not say %q:\n%s", text, log)
		}
	}
}

// A token that Slack refuses is told without being told.
func TestSocketRefused(t *testing.T) {
	f, err := slackfake.New(slackfake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for token, code := range map[string]string{"xapp-1-revoked-long-ago": "invalid_auth", slackfake.Token: "not_allowed_token_type"} {
		step := slack.Socket{AppToken: token, APIURL: f.APIURL()}.Inspect(t.Context())
		if !errors.Is(step.Err, slack.ErrDenied) || !strings.Contains(step.Says, code) || !strings.Contains(step.Do, "connections:write") {
			t.Errorf("%s: %+v", code, step)
		}
		if strings.Contains(step.Says+step.Err.Error(), token) {
			t.Error("an error tells the token")
		}
	}
	log, stop := listening(t, f, "xapp-1-revoked-long-ago", &hearer{})
	eventually(t, func() bool { return f.Calls("apps.connections.open") > 2 }, "asked for a socket")
	stop()
	if text := log.String(); !strings.Contains(text, "buttons are not heard") || strings.Contains(text, "revoked-long-ago") {
		t.Errorf("log:\n%s", text)
	}
}
