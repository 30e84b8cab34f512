package warehouse

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
)

var noon = time.Date(2023, 10, 9, 12, 0, 0, 0, time.UTC)

// toldHouse is a house whose two messages were sent, as 1.1 and 1.2.
func toldHouse(t *testing.T) *Warehouse {
	w := newHouse(t)
	if _, err := w.SaveJudgement(t.Context(), claimed(t, w), sampleJudgement(), sampleMessages()); err != nil {
		t.Fatal(err)
	}
	run(t, w, "UPDATE message SET state = 'sent', attempts = 1, ts = CASE kind WHEN 'digest' THEN '1.1' ELSE '1.2' END")
	return w
}

// An answer stands once; taken back it stays in the books, and given again it
// is another one.
func TestAnAnswerStandsOnce(t *testing.T) {
	w := toldHouse(t)
	muted := alerts.Response{Channel: "C1", TS: "1.2", User: "U1", Kind: alerts.Mute, Via: alerts.ViaReaction, Emoji: "no_bell", At: noon}
	button := muted
	button.Via, button.Emoji = alerts.ViaButton, ""
	for i, step := range []struct {
		r           alerts.Response
		fresh, lift bool
	}{{muted, true, false}, {muted, false, false}, {button, true, false}, {muted, true, true}, {muted, false, true}, {muted, true, false}} {
		got, err := false, error(nil)
		if step.lift {
			got, err = w.Lift(t.Context(), step.r, noon.Add(time.Hour))
		} else {
			got, _, err = w.Respond(t.Context(), step.r)
		}
		if err != nil || got != step.fresh {
			t.Errorf("step %d: %v, %v; want %v", i+1, got, err, step.fresh)
		}
	}
	want := []string{
		`"U1" "mute" "reaction" "no_bell" "2023-10-09 12:00:00" "2023-10-09 13:00:00"`,
		`"U1" "mute" "button" "" "2023-10-09 12:00:00" NULL`,
		`"U1" "mute" "reaction" "no_bell" "2023-10-09 12:00:00" NULL`,
	}
	got := read(t, w, `SELECT r.user_id, r.kind, r.via, r.emoji, DATE_FORMAT(r.first_at, '%Y-%m-%d %H:%i:%s'), DATE_FORMAT(r.lifted_at, '%Y-%m-%d %H:%i:%s')
		 FROM response r JOIN message m ON m.message_id = r.message_id WHERE m.subject = 'holiday_peak rail' ORDER BY r.response_id`)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("responses (-want +got):\n%s", diff)
	}
}

// What is no message of ours takes no answers.
func TestOnlyMessagesThatWereSentTakeAnswers(t *testing.T) {
	w := toldHouse(t)
	run(t, w, "UPDATE message SET ts = '', state = 'pending' WHERE kind = 'digest'")
	for _, ts := range []string{"1.1", "9.9", ""} {
		r := alerts.Response{Channel: "C1", TS: ts, User: "U1", Kind: alerts.Ack, Via: alerts.ViaReaction, At: noon}
		if fresh, ours, err := w.Respond(t.Context(), r); err != nil || fresh || ours {
			t.Errorf("to %q: fresh %v, ours %v, %v; want neither", ts, fresh, ours, err)
		}
	}
	if got := one(t, w, "SELECT COUNT(*) FROM response"); got != "0" {
		t.Errorf("%s answers are stored, want none", got)
	}
}
