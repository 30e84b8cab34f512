package slack

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
)

const channel = "C0PANELWATCH"

func TestDeliver(t *testing.T) {
	w := newWorld(t, slackfake.Options{OnePerSecond: true, FilesReadyAfter: 2}, sampleMessages(t, channel)...)
	report, err := w.deliver()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Report{Sent: 3, Charts: 2}, report); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(all, w.keys(channel)); diff != "" {
		t.Errorf("channel (-want +got):\n%s", diff)
	}
	w.checkThread()
	w.checkSecond()
}

// checkThread: text before chart, everything but the digest in its thread.
func (w *world) checkThread() {
	w.t.Helper()
	messages := w.fake.Messages(channel)
	for i, m := range messages {
		if want := messages[0].TS; i > 0 && m.ThreadTS != want {
			w.t.Errorf("message %d is in thread %q, want %q", i, m.ThreadTS, want)
		}
		if m.Metadata != nil && !m.NoUnfurl {
			w.t.Errorf("message %d unfurls links", i)
		}
	}
	if len(messages[1].Files) > 0 || len(messages[2].Files) == 0 {
		w.t.Error("the chart does not follow its text")
	}
}

// checkSecond: a delivery of what is delivered calls nothing.
func (w *world) checkSecond() {
	w.t.Helper()
	posts, uploads := w.fake.Calls("chat.postMessage"), w.fake.Calls("upload")
	w.restart()
	report, err := w.deliver()
	if err != nil || report != (Report{}) {
		w.t.Errorf("second delivery: %+v, %v", report, err)
	}
	if w.fake.Calls("chat.postMessage") != posts || w.fake.Calls("upload") != uploads {
		w.t.Error("the second delivery sent something")
	}
	for _, f := range w.outbox.faults {
		w.t.Errorf("outbox: %s", f)
	}
	if strings.Contains(w.log.String(), slackfake.Token) {
		w.t.Errorf("the token is in the log:\n%s", w.log)
	}
}

// TestFaults lets one call fail, of the digest, of a detail or of a chart, and
// expects each message and chart in the channel exactly once, at the latest
// after a second run.
func TestFaults(t *testing.T) {
	faults := map[string]slackfake.Fault{
		"429":              slackfake.RateLimited(7 * time.Second),
		"429 bare":         slackfake.Status(429),
		"500":              slackfake.Status(500),
		"503":              slackfake.Status(503),
		"fatal, done":      slackfake.APIErrorAfter("fatal_error"),
		"internal, undone": slackfake.APIError("internal_error"),
		"ratelimited":      slackfake.APIError("ratelimited"),
		"hang":             slackfake.Hang(),
		"hang, done":       slackfake.HangAfter(),
		"drop":             slackfake.Drop(),
		"drop, done":       slackfake.StoreThenDrop(),
		"truncated":        slackfake.Truncated(),
		"slow body":        slackfake.SlowBody(time.Second),
		"unknown error":    slackfake.APIError("team_access_not_granted"),
	}
	methods := []string{"chat.postMessage", "conversations.history", "files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info"}
	for name, fault := range faults {
		for _, method := range methods {
			for _, before := range []int{0, 1} { // calls that go well first
				t.Run(name+" "+method, func(t *testing.T) {
					t.Parallel()
					w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
					w.fake.Fail(method, append(make([]slackfake.Fault, before), fault)...)
					if method == "conversations.history" { // is asked only about something unclear
						w.fake.Fail("chat.postMessage", slackfake.StoreThenDrop())
					}
					w.settleWithin(2)
				})
			}
		}
	}
}

// settleWithin runs the sender until everything is there, so often at most.
func (w *world) settleWithin(runs int) {
	w.t.Helper()
	var err error
	for range runs {
		w.restart()
		if _, err = w.deliver(); err != nil && strings.Contains(err.Error(), slackfake.Token) {
			w.t.Errorf("the token is in the error: %v", err)
		}
	}
	if err != nil {
		w.t.Errorf("last run: %v", err)
	}
	if diff := cmp.Diff(all, w.keys(channel)); diff != "" {
		w.t.Errorf("channel (-want +got):\n%s\n%s", diff, w.log)
	}
	w.checkSecond()
}

func TestNotSharedIsUploadedAgain(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.fake.Fail("files.completeUploadExternal", slackfake.NotShared())
	w.settleWithin(1)
	if n := len(w.fake.Uploaded(chartName(w.outbox.rows[1].Message))); n != 2 {
		t.Errorf("%d uploads of the chart that was not shared, want 2", n)
	}
}

// TestCrash stops the process at each of its steps, before or after the step
// took effect, with Slack answering or not, and starts it again.
func TestCrash(t *testing.T) {
	const steps = 1 + 3*2 + 2*2 // due; begin and settle of each message; two states of each chart
	for _, after := range []bool{false, true} {
		for at := 1; at <= steps; at++ {
			w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
			w.outbox.crashAt, w.outbox.after = at, after
			if _, err := w.deliver(); !errors.Is(err, errCrash) {
				t.Errorf("crash at step %d: error %v", at, err)
			}
			w.outbox.crashAt = 0
			w.settleWithin(1)
			if t.Failed() {
				t.Fatalf("crash at step %d, after it took effect: %v", at, after)
			}
		}
	}
}

func TestPermanentErrors(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(w *world)
		want   error
		posts  int // calls of chat.postMessage in two runs
	}{
		{"wrong token", func(w *world) {
			w.sender.Poster = NewClient(ClientOptions{Token: "xoxb-other-token", APIURL: w.fake.APIURL(), Sleep: w.sleep})
		}, ErrDenied, 2},
		{"token revoked", func(w *world) { w.fake.Fail("chat.postMessage", slackfake.Revoke()) }, ErrDenied, 2},
		{"archived", func(w *world) { w.fake.SetChannel(slackfake.Channel{ID: channel, Archived: true}) }, ErrUndelivered, 2},
		{"not in channel", func(w *world) { w.fake.SetChannel(slackfake.Channel{ID: channel, NotIn: true}) }, ErrUndelivered, 2},
		{"locked", func(w *world) { w.fake.SetChannel(slackfake.Channel{ID: channel, Locked: true}) }, ErrUndelivered, 2},
		{"blocks and text refused", func(w *world) {
			no := slackfake.APIError("invalid_blocks")
			w.fake.Fail("chat.postMessage", no, no, no, no)
		}, ErrRefused, 4},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
			tc.change(w)
			for range 2 {
				w.sender = &Sender{
					Poster: w.sender.Poster, Log: w.sender.Log, Now: w.clock, Sleep: w.sleep, Pace: time.Second, Waits: 3,
				}
				report, err := w.deliver()
				if !errors.Is(err, tc.want) || report.Pending != 3 {
					t.Errorf("report %+v, error %v, want 3 pending and %v", report, err, tc.want)
				}
				if err != nil && strings.Contains(err.Error(), "xoxb") {
					t.Errorf("a token is in the error: %v", err)
				}
			}
			if got := w.fake.Calls("chat.postMessage"); got != tc.posts {
				t.Errorf("%d posts in two runs, want %d", got, tc.posts)
			}
			if got := w.keys(channel); len(got) > 0 {
				t.Errorf("channel shows %v", got)
			}
		})
	}
}

func TestMissingScopeOfFilesKeepsTheText(t *testing.T) {
	w := newWorld(t, slackfake.Options{Scopes: []string{"chat:write", "channels:history"}}, sampleMessages(t, channel)...)
	report, err := w.deliver()
	if !errors.Is(err, ErrDenied) || !strings.Contains(err.Error(), "files:write") {
		t.Errorf("error %v, want one that names files:write", err)
	}
	if diff := cmp.Diff(Report{Sent: 3, Missing: 2}, report); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

func TestUnreadableHistoryStaysUnknown(t *testing.T) {
	w := newWorld(t, slackfake.Options{Scopes: []string{"chat:write", "files:write", "files:read"}}, sampleMessages(t, channel)...)
	w.fake.Fail("chat.postMessage", slackfake.StoreThenDrop())
	for range 2 {
		report, err := w.deliver()
		if !errors.Is(err, ErrDenied) || report.Unknown != 1 || report.Sent != 0 {
			t.Errorf("report %+v, error %v, want one unknown", report, err)
		}
	}
	if got := w.outbox.rows[0]; got.State != alerts.Unsure || !strings.Contains(got.LastError, "channels:history") {
		t.Errorf("digest is %s: %s", got.State, got.LastError)
	}
	if n := w.fake.Calls("chat.postMessage"); n != 1 {
		t.Errorf("%d posts, want 1: what is unknown must not be sent again", n)
	}
}

func TestRefusedBlocksGoOutAsText(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.fake.Fail("chat.postMessage", slackfake.APIError("msg_blocks_too_long"))
	if _, err := w.deliver(); err != nil {
		t.Fatal(err)
	}
	digest := w.fake.Messages(channel)[0]
	if len(digest.Blocks) > 0 || !strings.Contains(digest.Text, "创 2020-01 以来新高") {
		t.Errorf("digest has blocks %s and text %q", digest.Blocks, digest.Text)
	}
}

func TestOneBadChannelStopsNoOther(t *testing.T) {
	messages := append(sampleMessages(t, "C0GONE"), sampleMessages(t, channel)...)
	w := newWorld(t, slackfake.Options{}, messages...)
	report, err := w.deliver()
	if !errors.Is(err, ErrUndelivered) || !strings.Contains(err.Error(), "C0GONE") {
		t.Errorf("error %v, want one about C0GONE", err)
	}
	if diff := cmp.Diff(Report{Sent: 3, Charts: 2, Pending: 3}, report); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(all, w.keys(channel)); diff != "" {
		t.Errorf("channel (-want +got):\n%s", diff)
	}
}

func TestRateLimits(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.fake.Fail("chat.postMessage", slackfake.RateLimited(7*time.Second), slackfake.Status(429))
	if _, err := w.deliver(); err != nil {
		t.Fatal(err)
	}
	// 7 s as told, 30 s as nothing was told, about 1 s before each of two more posts.
	if w.slept < 38*time.Second || w.slept > 40*time.Second {
		t.Errorf("slept %s, want about 39s", w.slept)
	}
}

// TestRateLimitBeyondDeadline: a wait that the run has no time for is left to
// the next run.
func TestRateLimitBeyondDeadline(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.now = time.Now()
	w.fake.Fail("chat.postMessage", slackfake.RateLimited(time.Hour))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	report, err := w.sender.Deliver(ctx, w.outbox)
	if !errors.Is(err, ErrUndelivered) || report.Pending != 3 || w.slept > time.Minute {
		t.Errorf("report %+v, slept %s, error %v; want 3 pending at once", report, w.slept, err)
	}
	w.settleWithin(1)
}

func TestCancelled(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := w.sender.Deliver(ctx, w.outbox); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	w.settleWithin(1)
}

// TestSearchReadsAllPages hides the message behind many others, and a stranger
// with the same metadata in front of it.
func TestSearchReadsAllPages(t *testing.T) {
	messages := sampleMessages(t, channel)
	w := newWorld(t, slackfake.Options{PageSize: 3}, messages[0])
	w.fake.Fail("chat.postMessage", slackfake.StoreThenDrop())
	w.outbox.crashAt = 3 // the process dies with the message on its way
	if _, err := w.deliver(); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	w.outbox.crashAt = 0
	other := messages[1]
	for i := range 10 {
		other.Subject = strings.Repeat("x", i+1)
		if _, err := w.sender.Poster.Post(context.Background(), other); err != nil {
			t.Fatal(err)
		}
	}
	report, err := w.deliver()
	if err != nil || report.Found != 1 || report.Sent != 0 {
		t.Errorf("report %+v, error %v, want the message found", report, err)
	}
}

func TestUnreachable(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.sender.Poster = NewClient(ClientOptions{Token: slackfake.Token, APIURL: "http://127.0.0.1:1/api/", Sleep: w.sleep})
	report, err := w.deliver()
	if !errors.Is(err, ErrUndelivered) || report.Pending != 3 || w.outbox.rows[0].State != alerts.Pending {
		t.Errorf("report %+v, digest %s, error %v; nothing left, so all is pending", report, w.outbox.rows[0].State, err)
	}
	w.settleWithin(1)
}
