package jobs_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/panel"
	"panelwatch/jobs"
)

// restatements are the findings of the rule, told or not, as they stand.
func (s *site) restatements(t *testing.T) (out []string) {
	t.Helper()
	for _, r := range rows(t, s.db, `
		SELECT month_start, verdict, app_id, text_zh FROM v_finding WHERE rule = 'restated' OR also LIKE '%restated%' ORDER BY month_start, app_id, verdict`) {
		_, clause, _ := strings.Cut(r[3], "更正为")
		out = append(out, r[0][:7]+" "+r[1]+" "+r[2]+" "+strings.Split(clause, "（")[0])
	}
	return out
}

// A correction is told once, with the first month that comes after it: from
// what was told last to what is in force then, whatever came between.
func TestCorrectionsAreToldWithTheNextMonth(t *testing.T) {
	s := newSite(t)
	s.small(t, "r1", "2023-10", 1, "1000")
	s.small(t, "r1", "2023-11", 1, "1000")
	s.known(t)
	s.small(t, "r2", "2023-11", 2, "1100")
	s.known(t)
	if got := s.restatements(t); len(got) > 0 {
		t.Errorf("told before there is a month to tell it with: %q", got)
	}
	s.small(t, "r3", "2023-11", 3, "1200") // corrected again, in the run that brings December
	s.small(t, "r1", "2023-12", 1, "1000")
	s.known(t)
	want := []string{"2023-12 fired yunshanfu  1200.0万台"}
	if diff := cmp.Diff(want, s.restatements(t)); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	s.small(t, "r2", "2023-10", 2, "1500")
	s.small(t, "r4", "2023-11", 4, "1200.0") // another file that says the same
	s.small(t, "r1", "2024-01", 1, "1000")
	s.known(t)
	want = append(want, "2024-01 fired yunshanfu  1500.0万台")
	if diff := cmp.Diff(want, s.restatements(t)); diff != "" {
		t.Errorf("a month later, want (-), got (+):\n%s", diff)
	}
	before := contents(t, s)
	s.known(t)
	if diff := cmp.Diff(before, contents(t, s)); diff != "" {
		t.Errorf("another run changed something:\n%s", diff)
	}
}

// known runs the job where every app of the deliveries is in the catalogue.
func (s *site) known(t *testing.T) jobs.Summary {
	t.Helper()
	s.named(t, "天津人社保", "津社保")
	return s.mustRun(t)
}

// Of a panel the error of the correction itself is known: one device of a
// thousand is noise, a hundred are not.
func TestCorrectionsWithinTheirErrorAreNoise(t *testing.T) {
	s := newSite(t)
	s.config.Primary.Apps = map[panel.AppID]string{"yunshanfu": "panel"}
	half := func(i int) bool { return i%2 == 0 }
	for _, m := range []string{"2023-10", "2023-11"} {
		s.panelMonth(t, m, 1, half)
	}
	s.mustRun(t)
	s.panelMonth(t, "2023-10", 2, func(i int) bool { return half(i) && i != 500 })
	s.panelMonth(t, "2023-11", 2, func(i int) bool { return half(i) || i%10 == 1 })
	s.panelMonth(t, "2023-12", 1, half)
	s.mustRun(t)
	want := []string{"2023-12 fired yunshanfu  60.0万台", "2023-12 noise yunshanfu  49.9万台"}
	got := s.restatements(t)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}
