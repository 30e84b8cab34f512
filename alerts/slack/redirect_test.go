package slack

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
)

const fallback = "C0FALLBACK"

// newDividedWorld has two channels; what the first does not take goes to the
// second.
func newDividedWorld(t *testing.T, first slackfake.Channel) *world {
	first.ID = channel
	w := newWorld(t, slackfake.Options{Channels: []slackfake.Channel{first, {ID: fallback}}}, sampleMessages(t, channel)...)
	w.rerun()
	return w
}

// rerun is a new process that knows the fallback channel.
func (w *world) rerun() {
	w.restart()
	w.sender.Fallback = func(string) string { return fallback }
}

func TestFallbackChannel(t *testing.T) {
	for name, bad := range map[string]slackfake.Channel{
		"archived": {Archived: true}, "not in channel": {NotIn: true}, "locked": {Locked: true},
	} {
		w := newDividedWorld(t, bad)
		report, err := w.deliver()
		if diff := cmp.Diff(Report{Sent: 3, Charts: 2, Redirected: 3}, report); diff != "" || !errors.Is(err, ErrUndelivered) {
			t.Errorf("%s: error %v, report (-want +got):\n%s", name, err, diff)
		}
		messages := w.fake.Messages(fallback)
		for i, m := range messages {
			if i > 0 && m.ThreadTS != messages[0].TS {
				t.Errorf("%s: message %d is not in the thread", name, i)
			}
			if m.Metadata != nil && !strings.Contains(m.Text+string(m.Blocks), "<#"+channel+">") {
				t.Errorf("%s: message %d does not say where it belongs: %s", name, i, m.Text)
			}
		}
		if n := w.fake.Calls("chat.postMessage"); n != 4 {
			t.Errorf("%s: %d posts, want one to the bad channel and three to the other", name, n)
		}
		for _, m := range w.outbox.rows[:3] {
			if m.State != alerts.Dead || !strings.Contains(m.LastError, fallback) {
				t.Errorf("%s: original %s is %s: %s", name, Key(m.Message), m.State, m.LastError)
			}
		}
		w.rerun()
		if report, err := w.deliver(); err != nil || report != (Report{}) {
			t.Errorf("%s: second run: %+v, %v", name, report, err)
		}
	}
}

// A channel that is archived after its digest was sent: what is left goes to
// the fallback channel, by itself, for its digest is not there.
func TestFallbackOfReplies(t *testing.T) {
	w := newDividedWorld(t, slackfake.Channel{})
	w.fake.Fail("chat.postMessage", nil, slackfake.APIError("is_archived"))
	report, err := w.deliver()
	if diff := cmp.Diff(Report{Sent: 3, Charts: 2, Redirected: 2}, report); diff != "" || !errors.Is(err, ErrUndelivered) {
		t.Errorf("error %v, report (-want +got):\n%s", err, diff)
	}
	for _, m := range w.fake.Messages(fallback) {
		if m.Metadata != nil && m.ThreadTS != "" {
			t.Errorf("%s is in a thread", m.Text)
		}
	}
	w.fake.SetChannel(slackfake.Channel{ID: channel, Archived: true})
	w.correct(0, "corrected")
	w.rerun()
	if report, err := w.deliver(); !errors.Is(err, ErrUndelivered) || report.Redirected != 1 || report.Sent != 1 {
		t.Errorf("correction of what an archived channel shows: %+v, %v", report, err)
	}
}

// Replies that are written after their digest was given up follow it.
func TestRepliesFollowTheirDigest(t *testing.T) {
	w := newDividedWorld(t, slackfake.Channel{Archived: true})
	if _, err := w.deliver(); !errors.Is(err, ErrUndelivered) {
		t.Fatal(err)
	}
	w.fake.SetChannel(slackfake.Channel{ID: channel})
	later := w.outbox.rows[1]
	later.Message.ID, later.Kind, later.Subject, later.State = 7, alerts.KindCorrection, "", alerts.Pending
	w.outbox.rows = append(w.outbox.rows, later)
	w.rerun()
	report, err := w.deliver()
	messages := w.fake.Messages(fallback)
	if err != nil || report.Redirected != 1 || report.Sent != 1 || len(w.fake.Messages(channel)) > 0 {
		t.Errorf("report %+v, error %v", report, err)
	}
	if n := len(messages); messages[n-1].ThreadTS != messages[0].TS {
		t.Error("the correction is not in the thread of the digest's stand-in")
	}
}

// What may have arrived is not told in another channel.
func TestWhatMayHaveArrivedStays(t *testing.T) {
	w := newDividedWorld(t, slackfake.Channel{})
	w.fake.Fail("chat.postMessage", slackfake.StoreThenDrop())
	w.fake.Fail("conversations.history", slackfake.APIError("not_in_channel"))
	report, err := w.deliver()
	if !errors.Is(err, ErrUndelivered) || report.Unknown != 1 || report.Redirected != 0 {
		t.Errorf("report %+v, error %v", report, err)
	}
	w.rerun()
	if report, err := w.deliver(); err != nil || report.Found != 1 {
		t.Errorf("next run: %+v, %v", report, err)
	}
	w.settleWithin(1)
}

// A sender that was held up beyond its lease posts, edits and shares nothing.
func TestHeldUpSenderIsSilent(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.outbox.until = w.now
	report, err := w.deliver()
	if !errors.Is(err, ErrUndelivered) || report.Pending != 3 || w.fake.Calls("chat.postMessage") != 0 {
		t.Errorf("report %+v, error %v, %d posts", report, err, w.fake.Calls("chat.postMessage"))
	}
	w.outbox.until = time.Time{}
	w.settleWithin(1)
	w.correct(0, "newer")
	w.restart()
	w.outbox.until = w.now
	if report, err := w.deliver(); !errors.Is(err, ErrUndelivered) || report.Outdated != 1 || w.fake.Calls("chat.update") != 0 {
		t.Errorf("report %+v, error %v, %d edits", report, err, w.fake.Calls("chat.update"))
	}
}

// The deadline is one for all deliveries of a run; what is left waits for the
// next one.
func TestDeadline(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.sender.Deadline = 40 * time.Second
	w.fake.Fail("chat.postMessage", slackfake.Status(http.StatusTooManyRequests), slackfake.Status(http.StatusTooManyRequests))
	for range 2 {
		report, err := w.deliver()
		if report.Pending != 3 || w.slept > 40*time.Second {
			t.Errorf("report %+v, error %v, slept %s", report, err, w.slept)
		}
	}
	w.settleWithin(1)
}

// A limited channel waits by itself; the others are served meanwhile.
func TestALimitedChannelHoldsNoOtherUp(t *testing.T) {
	const other = "C0OTHER"
	w := newWorld(t, slackfake.Options{Channels: []slackfake.Channel{{ID: channel}, {ID: other}}},
		append(sampleMessages(t, other), sampleMessages(t, channel)...)...)
	w.fake.Fail("chat.postMessage", slackfake.RateLimited(20*time.Second))
	if _, err := w.deliver(); err != nil {
		t.Fatal(err)
	}
	late, early := w.fake.Messages(other), w.fake.Messages(channel)
	if len(late) != 5 || len(early) != 5 || late[0].TS < early[4].TS {
		t.Errorf("the limited channel has %d messages, the first at %s; the other %d, the last at %s", len(late), late[0].TS, len(early), early[4].TS)
	}
}

// Attempts to connect come at growing distances, which chance spreads.
func TestBackOff(t *testing.T) {
	for _, tc := range []struct {
		jitter float64
		want   time.Duration // 1 s, 2 s and 4 s
	}{{0, 3500 * time.Millisecond}, {0.5, 5250 * time.Millisecond}} {
		w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
		w.sender.Poster = NewClient(ClientOptions{Token: slackfake.Token, APIURL: "http://127.0.0.1:1/api/", Sleep: w.sleep})
		w.sender.Jitter = func() float64 { return tc.jitter }
		if _, err := w.deliver(); !errors.Is(err, ErrUndelivered) {
			t.Errorf("error %v", err)
		}
		if slack := w.slept - tc.want; slack < -100*time.Millisecond || slack > 100*time.Millisecond {
			t.Errorf("jitter %v: slept %s, want %s", tc.jitter, w.slept, tc.want)
		}
		if n := w.outbox.rows[0].Attempts; n != 4 {
			t.Errorf("%d attempts, want 4", n)
		}
	}
}

// A file that goes with a message is shared beside its chart.
func TestAttachment(t *testing.T) {
	messages := sampleMessages(t, channel)
	messages[1].File = alerts.Attachment{Name: "2023-09-more.csv", Data: []byte("app,devices\n")}
	messages[2].Broadcast = true
	w := newWorld(t, slackfake.Options{}, messages...)
	if report, err := w.deliver(); err != nil || report.Charts != 3 {
		t.Fatalf("report %+v, error %v", report, err)
	}
	if got := w.fake.Uploaded(named("2023-09-more.csv", messages[1].File.Data)); len(got) != 1 || string(got[0]) != "app,devices\n" {
		t.Errorf("uploaded %q", got)
	}
	if w.outbox.rows[1].File.State != FileShared {
		t.Errorf("file is %q", w.outbox.rows[1].File.State)
	}
	w.checkSecond()
}

// A message in place of another keeps Slack's limits: without room for the
// line that says so, the blocks stay as they are.
func TestToldKeepsTheLimits(t *testing.T) {
	for blocks, want := range map[int]int{1: 2, maxBlocks - 1: maxBlocks, maxBlocks: maxBlocks} {
		m := alerts.Message{Home: channel, Text: "text", Blocks: []byte("[" + strings.TrimSuffix(strings.Repeat(`{"type":"divider"},`, blocks), ",") + "]")}
		got := told(m)
		if n := strings.Count(string(got.Blocks), `"type":"divider"`) + strings.Count(string(got.Blocks), `"type":"context"`); n != want {
			t.Errorf("%d blocks become %d, want %d", blocks, n, want)
		}
		full := m
		full.Blocks = []byte(`[{"type":"section","text":{"type":"mrkdwn","text":"` + strings.Repeat("字", maxBudget-20) + `"}}]`)
		if string(told(full).Blocks) != string(full.Blocks) {
			t.Error("a line was added beyond the budget")
		}
		if !strings.HasSuffix(got.Text, "\ntext") || !strings.Contains(got.Text, fmt.Sprintf("<#%s>", channel)) {
			t.Errorf("text %q", got.Text)
		}
	}
}

// A reply whose thread was deleted stands in the channel itself, with its
// chart, also when its sender died over it.
func TestAReplyWithoutItsThread(t *testing.T) {
	gone := slackfake.APIError("thread_not_found")
	for name, crash := range map[string]int{"sent": 0, "crashed": 5} {
		w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)[:2]...)
		w.fake.Fail("chat.postMessage", nil, gone)
		w.fake.Fail("conversations.replies", gone, gone)
		w.outbox.crashAt = crash // due, begin and settle of the digest, begin of the reply, its settling
		if _, err := w.deliver(); (err != nil) != (crash > 0) {
			t.Errorf("%s: %v", name, err)
		}
		w.outbox.crashAt = 0
		w.restart()
		if _, err := w.deliver(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(all[1:2], w.keys(channel)[:1]); diff != "" {
			t.Errorf("%s: chart (-want +got):\n%s", name, diff)
		}
		seen := 0
		for _, m := range w.fake.Messages(channel) {
			if m.Metadata != nil && m.ThreadTS == "" {
				seen++
			}
		}
		if seen != 2 {
			t.Errorf("%s: %d messages stand in the channel, want the digest and the reply", name, seen)
		}
	}
}
