package slack

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
)

// mishaps are the ways in which a call goes wrong here; what only a slow clock
// could show is left to the test with real processes.
var mishaps = []slackfake.Fault{
	slackfake.RateLimited(7 * time.Second), slackfake.Status(429), slackfake.APIError("ratelimited"),
	slackfake.Status(500), slackfake.StatusAfter(500), slackfake.Status(503), slackfake.StatusAfter(503),
	slackfake.APIError("internal_error"), slackfake.APIErrorAfter("fatal_error"), slackfake.APIErrorAfter("request_timeout"),
	slackfake.Drop(), slackfake.StoreThenDrop(), slackfake.Truncated(), slackfake.APIError("team_access_not_granted"),
}

// Whatever fails and whenever the process dies, with corrections coming in
// between: a delivery that nothing disturbs ends with each message and chart
// in the channel exactly once, as it reads by now.
func TestAnyCrashEndsTheSame(t *testing.T) {
	two := append(sampleMessages(t, channel), sampleMessages(t, "C0OTHER")...)
	channels := []slackfake.Channel{{ID: channel}, {ID: "C0OTHER"}}
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld(t, slackfake.Options{Channels: channels, FilesReadyAfter: 1, PageSize: 3}, two...)
		defer func() { _ = w.fake.Close() }()
		for range rapid.IntRange(1, 6).Draw(r, "runs") {
			w.fake.Disturb(rapid.Uint64().Draw(r, "seed"), rapid.SampledFrom([]float64{0, 0.1, 0.4}).Draw(r, "rate"), mishaps...)
			w.outbox.calls = 0
			w.outbox.crashAt, w.outbox.after = rapid.IntRange(0, 25).Draw(r, "crash at step"), rapid.Bool().Draw(r, "after it took effect")
			w.restart()
			_, _ = w.deliver()
			if i := rapid.IntRange(-len(two), len(two)-1).Draw(r, "corrected"); i >= 0 {
				w.correct(i, fmt.Sprintf("edition %d", rapid.IntRange(1, 9).Draw(r, "edition")))
			}
		}
		w.fake.Calm()
		w.outbox.crashAt = 0
		w.restart()
		if report, err := w.deliver(); err != nil {
			r.Fatalf("undisturbed delivery: %+v, %v", report, err)
		}
		w.agrees(r)
	})
}

// agrees compares outbox and channels.
func (w *world) agrees(t *rapid.T) {
	for _, fault := range w.outbox.faults {
		t.Error(fault)
	}
	wanted := map[string][]string{}
	for _, m := range w.outbox.rows {
		wanted[m.Channel] = append(wanted[m.Channel], Key(m.Message))
		if m.State != alerts.Sent || m.SentHash != m.Hash {
			t.Errorf("%s is %s", Key(m.Message), m.State)
		}
	}
	for name, want := range wanted {
		var got, files []string
		for _, m := range w.fake.Messages(name) {
			files = append(files, m.Files...)
			if m.Metadata == nil {
				continue
			}
			key := fmt.Sprint(m.Metadata.EventPayload["key"])
			got = append(got, key)
			i := slices.IndexFunc(w.outbox.rows, func(r Due) bool { return r.Channel == name && r.TS == m.TS })
			if i < 0 || Key(w.outbox.rows[i].Message) != key || w.outbox.rows[i].Text != m.Text {
				t.Errorf("%s at %s reads %.40q, which the outbox does not know", key, m.TS, m.Text)
			}
		}
		slices.Sort(files)
		if len(files) != 2 || files[0] == files[1] {
			t.Errorf("%s has the files %v, want two charts", name, files)
		}
		slices.Sort(got) // an error that only one message meets lets others overtake it
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s shows %v, want %v", name, got, want)
		}
	}
}
