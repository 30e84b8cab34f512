package jobs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/jobs"
)

// A revision whose manifest declares the files that are in force is passed over
// when they are those files, and refused when they are not.
func TestDeclaredAgain(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-01")
	w.mustRun(t)
	w.revise(t, "2023-01", "r2", 2, func(string, *string) {})
	path := filepath.Join(w.folder("2023-01", "r2"), appMonth)
	good, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, append(good[:len(good):len(good)], "spoiled\n"...), 0o644))
	w.wantStep(t, "refused", "1 refused, 0 due")
	w.wantStep(t, "refused", "1 refused, 0 due")
	must(t, os.WriteFile(path, good, 0o644))
	w.wantStep(t, "skipped", "0 refused, 0 due")
	w.wantStep(t, "", "0 refused, 0 due")
}

// wantStep runs the job and wants one step, or none of "", and how the vendor
// stands afterwards.
func (s *site) wantStep(t *testing.T, action, standing string) {
	t.Helper()
	summary, err := s.run(t)
	var done []string
	for _, step := range summary.Steps {
		done = append(done, step.Action)
	}
	var want []string
	if action != "" {
		want = []string{action}
	}
	if diff := cmp.Diff(want, done); diff != "" || (err != nil) != (action == jobs.Refused) {
		t.Fatalf("error %v; steps, want (-), got (+):\n%s", err, diff)
	}
	now, err := s.asking().Status(t.Context())
	must(t, err)
	if got := fmt.Sprintf("%d refused, %d due", len(now.Sources[0].Refused), len(now.Sources[0].Due)); got != standing {
		t.Errorf("after %q: %s, want %s", action, got, standing)
	}
}
