package warehouse

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
)

// newOutbox is a warehouse with a digest and a detail that are due.
func newOutbox(t *testing.T) (*Warehouse, *Lease) {
	t.Helper()
	w := newHouse(t)
	l := claimed(t, w)
	rewritten(t, w, l, sampleMessages())
	return w, l
}

func rewritten(t *testing.T, w *Warehouse, l *Lease, messages []alerts.Message) {
	t.Helper()
	if _, err := w.SaveJudgement(t.Context(), l, sampleJudgement(), messages); err != nil {
		t.Fatal(err)
	}
}

// anew are the sample's messages with other content.
func anew(replace bool) []alerts.Message {
	messages := sampleMessages()
	for i := range messages {
		m := &messages[i]
		m.Text, m.Hash, m.Replace, m.Revision = "new "+m.Text, hashOf("new "+m.Kind), replace, 2
	}
	messages[1].PNG = []byte("new png")
	messages[1].File = alerts.Attachment{Name: "more.csv", Data: []byte("app\n")}
	return messages
}

func TestWhatNobodySawIsRewritten(t *testing.T) {
	w, l := newOutbox(t)
	rewritten(t, w, l, anew(false))
	due, err := w.Waiting(t.Context())
	if err != nil || len(due) != 2 {
		t.Fatalf("%d messages are due, %v", len(due), err)
	}
	for i, want := range anew(false) {
		got := due[i]
		if got.Text != want.Text || got.Hash != want.Hash || got.Revision != 2 || string(got.PNG) != string(want.PNG) || got.File.Name != want.File.Name || string(got.File.Data) != string(want.File.Data) {
			t.Errorf("%s is %+v", want.Kind, got.Message)
		}
	}
}

// What was sent is replaced on demand alone, and is then due for an edit; a
// chart that changed is shared again, one that did not is left.
func TestWhatWasSentIsReplacedOnDemand(t *testing.T) {
	for _, replace := range []bool{false, true} {
		w, l := newOutbox(t)
		run(t, w, "UPDATE message SET state = 'sent', ts = CONCAT('1.', message_id), attempts = 1, sent_hash = content_hash, file_state = 'shared'")
		rewritten(t, w, l, anew(replace))
		due, err := w.Waiting(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range due {
			got = append(got, fmt.Sprintf("%s %s edit=%v chart=%q thread=%v", m.Kind, m.State, m.Hash != m.SentHash, m.FileState, m.ThreadTS != ""))
		}
		want := []string{`digest sent edit=true chart="shared" thread=false`, `detail sent edit=true chart="" thread=true`}
		if !replace {
			want = nil
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("replace %v: due (-want +got):\n%s", replace, diff)
		}
	}
}

// A message has one life: each mark leaves the outbox as the sender means it.
func TestMarks(t *testing.T) {
	w, l := newOutbox(t)
	ctx, at := t.Context(), time.Date(2023, 10, 9, 2, 0, 0, 0, time.UTC)
	id := func(kind string) (id int64) {
		if err := w.db.GetContext(ctx, &id, "SELECT message_id FROM message WHERE kind = ?", kind); err != nil {
			t.Fatal(err)
		}
		return id
	}
	digest, detail := id("digest"), id("detail")
	for _, step := range []struct {
		do   func() error
		want string
	}{
		{func() error { return w.Begin(ctx, l, digest, at) }, `"sending" "" "1" "no hash" ""`},
		{func() error { return w.Settle(ctx, l, digest, alerts.Unsure, "", "", "timeout") }, `"unknown" "" "1" "no hash" ""`},
		{func() error { return w.Settle(ctx, l, digest, alerts.Pending, "", "", "absent") }, `"pending" "" "1" "no hash" ""`},
		{func() error { return w.Begin(ctx, l, digest, at) }, `"sending" "" "2" "no hash" ""`},
		{func() error { return w.Settle(ctx, l, digest, alerts.Sent, "1.5", hashOf("older"), "") }, `"sent" "1.5" "2" "older" ""`},
		{func() error { return w.Edited(ctx, l, digest, hashOf("digest"), at) }, `"sent" "1.5" "2" "same" ""`},
		{func() error { return w.Lost(ctx, l, digest, "1.5", "message_not_found") }, `"pending" "" "2" "no hash" "1.5"`},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		got := one(t, w, `SELECT state, ts, attempts, CASE WHEN sent_hash = '' THEN 'no hash' WHEN sent_hash = content_hash THEN 'same' ELSE 'older' END, lost_ts
			FROM message WHERE kind = 'digest'`)
		if got != step.want {
			t.Errorf("the digest is %s, want %s", got, step.want)
		}
	}
	for _, err := range []error{w.SetChart(ctx, l, detail, "shared"), w.SetAttachment(ctx, l, detail, "uploading")} {
		if err != nil {
			t.Error(err)
		}
	}
	if got := one(t, w, "SELECT file_state, attachment_state FROM message WHERE kind = 'detail'"); got != `"shared" "uploading"` {
		t.Errorf("files are %s", got)
	}
	if err := w.Begin(ctx, l, digest, at); err != nil {
		t.Error(err)
	}
	if err := w.Begin(ctx, l, digest, at); !errors.Is(err, ErrNotPending) {
		t.Errorf("begun twice: %v, want ErrNotPending", err)
	}
}

// A sender whose lease is another's can mark nothing.
func TestMarksAreFenced(t *testing.T) {
	w, l := newOutbox(t)
	expire(t, w)
	next, _, err := w.Claim(t.Context(), "job", "other", time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = next.Release() }()
	before := read(t, w, "SELECT * FROM message ORDER BY message_id")
	ctx, at := t.Context(), time.Now()
	var id int64
	if err := w.db.GetContext(ctx, &id, "SELECT MIN(message_id) FROM message"); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"Begin":         w.Begin(ctx, l, id, at),
		"Settle":        w.Settle(ctx, l, id, alerts.Sent, "1.1", "", ""),
		"Edited":        w.Edited(ctx, l, id, "", at),
		"Lost":          w.Lost(ctx, l, id, "1.1", ""),
		"SetChart":      w.SetChart(ctx, l, id, "shared"),
		"SetAttachment": w.SetAttachment(ctx, l, id, "shared"),
		"Redirect":      w.Redirect(ctx, l, alerts.Message{ID: id, Channel: "C1"}, "C2", ""),
	} {
		if !errors.Is(err, ErrLeaseLost) {
			t.Errorf("%s: %v, want ErrLeaseLost", name, err)
		}
	}
	if diff := cmp.Diff(before, read(t, w, "SELECT * FROM message ORDER BY message_id")); diff != "" {
		t.Errorf("messages (-before +after):\n%s", diff)
	}
	if err := w.Begin(ctx, next, id, at); err != nil {
		t.Errorf("the new holder: %v", err)
	}
}

// Until is never later than what the server holds of the lease.
func TestUntilIsCautious(t *testing.T) {
	w, l := newOutbox(t)
	w.now = time.Now
	var id int64
	if err := w.db.GetContext(t.Context(), &id, "SELECT MIN(message_id) FROM message"); err != nil {
		t.Fatal(err)
	}
	before := l.Until()
	if err := w.SetChart(t.Context(), l, id, ""); err != nil {
		t.Fatal(err)
	}
	var left float64
	if err := w.db.GetContext(t.Context(), &left, "SELECT TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), lease_until) / 1e6 FROM job_lease"); err != nil {
		t.Fatal(err)
	}
	if ours := time.Until(l.Until()).Seconds(); ours > left || !l.Until().After(before) {
		t.Errorf("%.6f s by our clock, %.6f s by the server's; before the mark until %s, now %s", ours, left, before, l.Until())
	}
}

// A stand-in has a key of its own, also where the fallback channel is told the
// same month itself; a correction reaches it.
func TestRedirect(t *testing.T) {
	w, l := newOutbox(t)
	own := sampleMessages()
	for i := range own {
		own[i].Channel = "C2"
	}
	own[1].Subject = strings.Repeat("长", 180)
	rewritten(t, w, l, own)
	due, err := w.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // once more is no other
		for _, m := range due {
			if m.Channel == "C1" {
				if err := w.Redirect(t.Context(), l, m.Message, "C2", "is_archived; told in C2"); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	long := due[len(due)-1].Message
	if err := w.Redirect(t.Context(), l, long, "C3", "is_archived; told in C3"); err != nil {
		t.Errorf("a long subject: %v", err)
	}
	rewritten(t, w, l, anew(true))
	got := read(t, w, "SELECT channel, home, kind, state, SUBSTR(text, 1, 3) = 'new' FROM message ORDER BY message_id")
	want := []string{
		`"C1" "" "digest" "dead" "1"`, `"C1" "" "detail" "dead" "1"`,
		`"C2" "" "digest" "pending" "0"`, `"C2" "" "detail" "dead" "0"`,
		`"C2" "C1" "digest" "pending" "1"`, `"C2" "C1" "detail" "pending" "1"`,
		`"C3" "C2" "detail" "pending" "0"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outbox (-want +got):\n%s", diff)
	}
	if due, err = w.Waiting(t.Context()); err != nil {
		t.Fatal(err)
	}
	parents := map[string]alerts.MessageState{}
	for _, m := range due {
		if m.Threaded() {
			parents[m.Channel+" "+m.Home] = m.Parent
		}
	}
	if diff := cmp.Diff(map[string]alerts.MessageState{"C2 C1": alerts.Pending, "C3 C2": ""}, parents); diff != "" {
		t.Errorf("parents (-want +got):\n%s", diff)
	}
}
