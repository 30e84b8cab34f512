package jobs_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/jobs"
)

// Of months that nobody corrected, replay says what was judged when they came,
// word for word, with the figures of then and of today.
func TestReplaySaysWhatWasJudged(t *testing.T) {
	s := loaded(t)
	from, to := month("2023-03"), month("2023-04")
	kept, err := s.house.Kept(t.Context(), from, to)
	must(t, err)
	want := sentences(kept)
	if len(want) < 20 {
		t.Fatalf("only %d findings to compare with", len(want))
	}
	for _, today := range []bool{false, true} {
		var found []alerts.Finding
		messages := 0
		must(t, s.asking().Rejudge(t.Context(), jobs.Rejudging{From: from, To: to, Today: today}, func(r jobs.Rejudged) error {
			found, messages = append(found, r.Findings...), messages+r.Messages
			return nil
		}))
		if diff := cmp.Diff(want, sentences(found)); diff != "" {
			t.Errorf("figures of today %t: judged (-), replayed (+):\n%s", today, diff)
		}
		if told := toldOf(found); messages != told+2 {
			t.Errorf("%d messages, want a digest for each of 2 months and a detail for each of %d findings", messages, told)
		}
	}
}

func sentences(found []alerts.Finding) (out []string) {
	for _, f := range found {
		out = append(out, fmt.Sprintln(f.Month, f.Rule, f.Subject, f.Verdict, f.Severity, f.Zh, f.En))
	}
	return out
}

func toldOf(found []alerts.Finding) (n int) {
	for _, f := range found {
		if f.Verdict == alerts.Fired || f.Verdict == alerts.Expected {
			n++
		}
	}
	return n
}
