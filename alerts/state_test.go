package alerts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

// A draft takes no app away from the settings in force, and is judged as if it
// were one of them.
func TestDraftsAreJudgedApart(t *testing.T) {
	rules := alerts.Settings{
		"threshold_cross": {
			{Severity: alerts.High, Thresholds: []alerts.Threshold{{App: "a", Wan: 100}}},
			{Severity: alerts.Info, State: alerts.Draft, Thresholds: []alerts.Threshold{{App: "a", Wan: 110}}},
		},
		"yoy_above": {
			{Severity: alerts.Info, Limit: 0.1},
			{Severity: alerts.High, State: alerts.Draft, Apps: []panel.AppID{"b"}, Limit: 0.5},
		},
	}
	h := alerts.History{Month: panel.MustMonth("2023-12"), Series: []alerts.Series{
		wan("a", "甲", "none", "2023-12", 0, 90, 120), wan("b", "乙", "none", "2023-12", 0, 50, 90),
	}}
	k := alerts.Knowledge{Model: quiet}
	active, coverage := alerts.Judge(h, k, rules)
	if diff := cmp.Diff([]string{"threshold_cross a fired high", "yoy_above a not_evaluable info", "yoy_above b not_evaluable info"}, states(active)); diff != "" {
		t.Errorf("in force, want (-), got (+):\n%s", diff)
	}
	if coverage.Rules != 2 {
		t.Errorf("%d rules, want 2", coverage.Rules)
	}
	drafts := alerts.JudgeDrafts(h, k, rules)
	if diff := cmp.Diff([]string{"threshold_cross a fired info draft", "yoy_above b not_evaluable high draft"}, states(drafts)); diff != "" {
		t.Errorf("drafts, want (-), got (+):\n%s", diff)
	}
	if only := rules.Only("yoy_above"); len(only) != 1 || len(only["yoy_above"]) != 2 {
		t.Errorf("Only: %v", only)
	}
}

func states(found []alerts.Finding) (out []string) {
	for _, f := range found {
		s := f.Rule + " " + f.Subject.String() + " " + string(f.Verdict) + " " + string(f.Severity)
		if f.Draft {
			s += " draft"
		}
		out = append(out, s)
	}
	return out
}
