package warehouse

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// fired is a judgement of a month with one finding that fired.
func fired(m panel.Month, followups ...alerts.Followup) Judgement {
	j := sampleJudgement()
	j.Month, j.InputsHash = m, hashOf("inputs "+m.String())
	j.Findings = j.Findings[:1]
	j.Findings[0].Month, j.Findings[0].Rule, j.Findings[0].Verdict = m, "level_shift", alerts.Fired
	j.Followups = followups
	return j
}

// Something is followed from the month after it fired until it is resolved,
// and its newest state is what a view shows.
func TestAFindingIsFollowedUntilItIsResolved(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	first := panel.MustMonth("2023-09")
	quiet := func(m panel.Month, state alerts.FollowState, of []alerts.Told) Judgement {
		j := fired(m)
		j.Findings = nil
		for _, told := range of {
			j.Followups = append(j.Followups, alerts.Followup{Told: told, Standing: alerts.Standing{State: state}, Zh: "后续", En: "then"})
		}
		return j
	}
	if _, err := w.SaveJudgement(t.Context(), l, fired(first), nil); err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct {
		before    string // what the view says before the month is judged
		followed  int
		state     alerts.FollowState
		yetToTell string
	}{
		{"new", 1, alerts.Ongoing, ""},
		{"ongoing", 1, alerts.Unfollowed, ""},
		{"not_evaluable", 1, alerts.Resolved, ""},
		{"resolved", 0, "", ""},
	} {
		m := first + panel.Month(i) + 1
		became, err := w.Became(t.Context(), first, first)
		want := []Became{{first, "level_shift rail", step.before, m - 1}}
		if diff := cmp.Diff(want, became); diff != "" || err != nil {
			t.Errorf("before %s: %v, (-want +got)\n%s", m, err, diff)
		}
		told, err := w.Followed(t.Context(), m)
		if err != nil || len(told) != step.followed {
			t.Fatalf("%s follows %d, %v; want %d", m, len(told), err, step.followed)
		}
		if _, err := w.SaveJudgement(t.Context(), l, quiet(m, step.state, told), nil); err != nil {
			t.Fatal(err)
		}
	}
}

func TestASilenceIsKeptAsMade(t *testing.T) {
	w := newHouse(t)
	made := alerts.Silence{
		Match: alerts.Matcher{Rule: "unexpected_*", App: "rail", Dimension: "city", Member: "北京"},
		From:  panel.MustMonth("2023-10"), Holiday: "春节", Reason: "switch of the panel", Author: "wang",
		Until: time.Date(2030, 3, 31, 0, 0, 0, 0, time.UTC),
	}
	id, err := w.AddSilence(t.Context(), made)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddSilence(t.Context(), alerts.Silence{Match: alerts.Matcher{Source: "panel"}, Reason: "x", Author: "y", Until: made.Until}); err != nil {
		t.Fatal(err)
	}
	for round, want := range []bool{true, false} {
		if ok, err := w.ExpireSilence(t.Context(), id, "li"); err != nil || ok != want {
			t.Errorf("expire %d: %v, %v; want %v", round+1, ok, err, want)
		}
	}
	all, err := w.Silences(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("%d silences, %v; want both, the ended one too", len(all), err)
	}
	got := all[0]
	if got.Created.IsZero() || got.Expired.IsZero() || all[1].To != 0 || !all[1].Expired.IsZero() {
		t.Errorf("times: %+v, %+v", got, all[1])
	}
	made.ID, made.EndedBy, made.Created, made.Expired = id, "li", got.Created, got.Expired
	if diff := cmp.Diff(made, got); diff != "" {
		t.Errorf("silence (-want +got):\n%s", diff)
	}
	if got := read(t, w, "SELECT silence_id, is_standing FROM v_silence ORDER BY silence_id"); !cmp.Equal(got, []string{`"1" "0"`, `"2" "1"`}) {
		t.Errorf("v_silence: %q", got)
	}
}

// A mute is about what its message told, with the rules merged into it, for so
// many months after it.
func TestAMuteIsAboutItsMessagesFinding(t *testing.T) {
	w := toldHouse(t)
	for _, r := range []alerts.Response{
		{Channel: "C1", TS: "1.2", User: "U1", Kind: alerts.Mute, Via: alerts.ViaReaction, Emoji: "no_bell", At: noon},
		{Channel: "C1", TS: "1.1", User: "U2", Kind: alerts.Mute, Via: alerts.ViaReaction, Emoji: "no_bell", At: noon}, // the digest: mutes nothing
		{Channel: "C1", TS: "1.2", User: "U3", Kind: alerts.FalseAlarm, Via: alerts.ViaButton, At: noon},
	} {
		if _, _, err := w.Respond(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	told := panel.MustMonth("2023-09")
	want := []alerts.Silence{{
		Muted: &alerts.Muted{
			Rules:   []string{"holiday_peak", "record_high", "yoy_above"},
			Subject: alerts.Subject{App: rail, Segment: panel.All}, Topic: "holiday_peak rail", Told: told,
		},
		From: told + 1, To: told + 3, Author: "U1", Created: noon,
	}}
	got, err := w.Mutes(t.Context(), 3)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("mutes: %v, (-want +got)\n%s", err, diff)
	}
	answers, err := w.Responses(t.Context(), told)
	if err != nil || len(answers) != 3 || answers[0].Topic != "holiday_peak rail" || answers[1].Topic != "" {
		t.Errorf("answers: %+v, %v", answers, err)
	}
	if got := read(t, w, "SELECT rule, messages, acknowledged, muted, false_alarms FROM v_rule_response"); !cmp.Equal(got, []string{`"holiday_peak" "1" "0" "1" "1"`}) {
		t.Errorf("v_rule_response: %q", got)
	}
	posts, err := w.Answerable(t.Context(), 1)
	if err != nil || len(posts) != 2 {
		t.Errorf("answerable: %+v, %v; want both messages", posts, err)
	}
}

// When a month was told, silences were taken as they stood then: saving the
// same judgement again does not move that.
func TestAToldMonthKeepsItsInstant(t *testing.T) {
	w := newHouse(t)
	l := claimed(t, w)
	j := sampleJudgement()
	j.SilencesAt = noon
	if _, err := w.SaveJudgement(t.Context(), l, j, sampleMessages()); err != nil {
		t.Fatal(err)
	}
	if told, err := w.MonthsTold(t.Context()); err != nil || len(told) != 0 {
		t.Errorf("before anything was sent: %v, %v", told, err)
	}
	run(t, w, "UPDATE message SET attempts = 1")
	j.SilencesAt = noon.Add(time.Hour)
	if _, err := w.SaveJudgement(t.Context(), l, j, sampleMessages()); err != nil {
		t.Fatal(err)
	}
	told, err := w.MonthsTold(t.Context())
	if diff := cmp.Diff(map[panel.Month]time.Time{j.Month: noon}, told); diff != "" || err != nil {
		t.Errorf("told: %v, (-want +got)\n%s", err, diff)
	}
}
