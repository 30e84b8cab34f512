package slack

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/slack/slackfake"
)

// correct gives a row of the outbox other content, as a new revision does.
func (w *world) correct(row int, text string) {
	m := &w.outbox.rows[row]
	m.Text, m.Blocks = text, []byte(`[{"type":"section","text":{"type":"mrkdwn","text":"`+text+`"}}]`)
	m.Hash, m.Revision = hash(m.Text, m.Blocks), 2
}

func TestWhatWasSentIsEditedInPlace(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.settleWithin(1)
	before := w.fake.Messages(channel)
	w.correct(0, "订正：原 1，现 2")
	report, err := w.deliver()
	if diff := cmp.Diff(Report{Edited: 1}, report); diff != "" || err != nil {
		t.Errorf("error %v, report (-want +got):\n%s", err, diff)
	}
	after := w.fake.Messages(channel)
	got := after[0]
	if got.TS != before[0].TS || got.Text != "订正：原 1，现 2" || len(got.Blocks) == 0 || got.Edits != 1 {
		t.Errorf("digest is %+v", got)
	}
	if got.Metadata == nil || got.Metadata.EventPayload["hash"] != w.outbox.rows[0].Hash || got.Metadata.EventPayload["revision"] != 2.0 {
		t.Errorf("metadata are %+v", got.Metadata)
	}
	if diff := cmp.Diff(before[1:], after[1:]); diff != "" {
		t.Errorf("other messages (-before +after):\n%s", diff)
	}
	w.checkSecond()
	if n := w.fake.Calls("chat.update"); n != 1 {
		t.Errorf("%d calls of chat.update, want 1: the same content needs none", n)
	}
}

// An edit may be tried again without harm, whatever became of the first try.
func TestUnclearEditIsTriedAgain(t *testing.T) {
	for name, fault := range map[string]slackfake.Fault{
		"done, dropped": slackfake.StoreThenDrop(), "dropped": slackfake.Drop(), "500": slackfake.Status(500),
		"429": slackfake.RateLimited(2 * time.Second), "blocks refused": slackfake.APIError("invalid_blocks"),
	} {
		w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
		w.settleWithin(1)
		w.correct(1, "now")
		w.fake.Fail("chat.update", fault)
		report, err := w.deliver()
		if err != nil || report.Edited != 1 || w.fake.Messages(channel)[1].Text != "now" {
			t.Errorf("%s: report %+v, error %v", name, report, err)
		}
		w.checkSecond()
	}
}

// A message that arrived with older content, unknown to its sender, is found
// and brought up to date.
func TestFoundWithOlderContent(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.outbox.crashAt = 3 // the digest is posted, its settling lost
	if _, err := w.deliver(); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	w.outbox.crashAt = 0
	w.correct(0, "newer")
	w.restart()
	report, err := w.deliver()
	if err != nil || report.Found != 1 || report.Edited != 1 || w.fake.Messages(channel)[0].Text != "newer" {
		t.Errorf("report %+v, error %v, digest %q", report, err, w.fake.Messages(channel)[0].Text)
	}
	w.settleWithin(1)
}

// A message that somebody deleted is told anew and says so; so are replies
// under it.
func TestADeletedMessageIsToldAnew(t *testing.T) {
	for _, code := range []string{"message_not_found", "cant_update_message", "edit_window_closed"} {
		w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
		w.settleWithin(1)
		old := w.outbox.rows[0].TS
		w.correct(0, "newer")
		w.fake.Fail("chat.update", slackfake.APIError(code))
		report, err := w.deliver()
		messages := w.fake.Messages(channel)
		last := messages[len(messages)-1]
		if err != nil || report.Sent != 1 || !strings.Contains(last.Text, "told anew\nnewer") || !strings.Contains(string(last.Blocks), "told anew") {
			t.Errorf("%s: report %+v, error %v, newest message %+v", code, report, err, last)
		}
		if got := w.outbox.rows[0]; got.State != alerts.Sent || got.LostTS != old || got.TS != last.TS {
			t.Errorf("%s: outbox has %+v", code, got.Message)
		}
		w.checkSecond()
	}
}

// A corrected chart is not taken for the one that was shared before.
func TestACorrectedChartIsSharedBesideTheFirst(t *testing.T) {
	w := newWorld(t, slackfake.Options{}, sampleMessages(t, channel)...)
	w.settleWithin(1)
	m := &w.outbox.rows[1]
	w.correct(1, "newer")
	m.PNG, m.FileState = []byte("other png"), ""
	w.outbox.crashAt, w.outbox.calls = 4, 0 // due, edited, uploading, then the process is gone
	if _, err := w.deliver(); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	w.outbox.crashAt = 0
	w.restart()
	if _, err := w.deliver(); err != nil {
		t.Fatal(err)
	}
	var charts []string
	for _, m := range w.fake.Messages(channel) {
		charts = append(charts, m.Files...)
	}
	first := sampleMessages(t, channel)
	want := []string{chartName(first[1]), chartName(first[2]), chartName(m.Message)}
	if diff := cmp.Diff(want, charts); diff != "" {
		t.Errorf("charts (-want +got):\n%s", diff)
	}
}
