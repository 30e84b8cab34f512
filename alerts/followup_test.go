package alerts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// follow judges a series month after month from first on, with what is known
// by then, and writes what each month says of the ones before, as the
// warehouse keeps it: what fired is followed until it is resolved.
func follow(t *testing.T, rules alerts.Settings, model expect.Model, s alerts.Series, first, last string) string {
	t.Helper()
	k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: model}
	var told []alerts.Told
	var lines []string
	for m := panel.MustMonth(first); m <= panel.MustMonth(last); m++ {
		known := s
		known.Points = slices.DeleteFunc(slices.Clone(s.Points), func(p expect.Point) bool { return p.Month > m })
		h := alerts.History{Month: m, Series: []alerts.Series{known}}
		findings, _ := alerts.Judge(h, k, rules)
		var still []alerts.Told
		line := m.String()
		for _, f := range alerts.Followups(told, findings, h, k, rules) {
			line += " " + string(f.State)
			if f.State != alerts.Resolved {
				still = append(still, f.Told)
			}
		}
		told = still
		for _, f := range findings {
			if f.Verdict == alerts.Fired {
				line += " fired"
				f.Series, f.Facts, f.Band = alerts.Series{}, nil, nil // as it is kept
				told = append(told, alerts.Told{Finding: f})
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestWhatBecomesOfAFinding(t *testing.T) {
	warn := func(p alerts.Params) []alerts.Params {
		p.Severity = alerts.Warn
		return []alerts.Params{p}
	}
	deviation := alerts.Settings{
		"unexpected_high": warn(alerts.Params{MinEffect: 0.03}), "unexpected_low": warn(alerts.Params{MinEffect: 0.03}),
	}
	shift := alerts.Settings{"level_shift": warn(alerts.Params{MinEffect: 0.05}), "unexpected_high": warn(alerts.Params{MinEffect: 0.03})}
	threshold := alerts.Settings{"threshold_cross": warn(alerts.Params{
		Hysteresis: 0.02, Thresholds: []alerts.Threshold{{App: "app", Wan: 120}, {App: "app", Wan: 140}, {App: "app", Wan: 900}},
	})}
	for _, tc := range []struct {
		name  string
		rules alerts.Settings
		model expect.Model
		then  []float64 // from 2023-09 on, after 40 months of 100
		want  string
	}{
		{
			"a peak that ended", deviation, expecting(100, false), []float64{130, 101},
			"2023-09 fired\n2023-10 resolved",
		},
		{
			"a deviation that stays is not told again, and ends", deviation, expecting(100, false), []float64{130, 128, 126, 101, 130},
			"2023-09 fired\n2023-10 ongoing\n2023-11 ongoing\n2023-12 resolved\n2024-01 fired",
		},
		{
			"a month without a value says nothing of it", deviation, expecting(100, false), []float64{130, nan, 128},
			"2023-09 fired\n2023-10 not_evaluable\n2023-11 ongoing",
		},
		{
			"from high to low is over and new", deviation, expecting(100, false), []float64{130, 60},
			"2023-09 fired\n2023-10 resolved fired",
		},
		{
			"the expectation has followed, the level has stayed", deviation, trailing{}, []float64{130, 130, 131, 104},
			"2023-09 fired\n2023-10 ongoing\n2023-11 ongoing\n2023-12 resolved",
		},
		{
			"a level that shifted and stays", shift, trailing{}, []float64{130, 131, 130, 132, 103},
			"2023-09 fired\n2023-10 ongoing fired\n2023-11 ongoing ongoing\n2023-12 ongoing ongoing\n2024-01 resolved resolved",
		},
		{
			"a crossing that holds, within the hysteresis too", threshold, expecting(100, false), []float64{145, 139, 150, 137, 130},
			"2023-09 fired\n2023-10 ongoing\n2023-11 ongoing\n2023-12 resolved\n2024-01",
		},
		{
			"a record happens once", alerts.Settings{"record_high": warn(alerts.Params{MinMonths: 24})}, expecting(100, false), []float64{130, 125},
			"2023-09 fired\n2023-10",
		},
		{
			"a growth over the year", alerts.Settings{"yoy_above": warn(alerts.Params{Limit: 0.1})}, expecting(100, false), []float64{120, 121, 105},
			"2023-09 fired\n2023-10 ongoing\n2023-11 resolved",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			last := (panel.MustMonth("2023-08") + panel.Month(len(tc.then))).String()
			s := wan("app", "某应用", "none", last, 0.001, flat(40, 100, tc.then...)...)
			if diff := cmp.Diff(tc.want, follow(t, tc.rules, tc.model, s, "2023-09", last)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A rule that was switched off says nothing, and neither does a silence.
func TestWhatIsSilencedOrSwitchedOffIsNotOver(t *testing.T) {
	rules := alerts.Settings{"unexpected_high": {{Severity: alerts.Warn, MinEffect: 0.03}}}
	k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: trailing{}}
	s := wan("app", "某应用", "none", "2023-10", 0.001, flat(40, 100, 100, 180)...)
	h := alerts.History{Month: panel.MustMonth("2023-10"), Series: []alerts.Series{s}}
	told := []alerts.Told{{Finding: alerts.Finding{
		Rule: "unexpected_high", Month: h.Month - 1, Subject: alerts.Subject{App: "app", Segment: panel.All}, Verdict: alerts.Fired, Value: 130e4,
		Zh: "某应用 2023-09 月独立设备数 130.0万台，高于预期区间；预期 100.0万", En: "某应用 2023-09: 1.3M devices, above the expected band; expected 1.0M",
	}}}
	k.Silences = []alerts.Silence{{ID: 7, Match: alerts.Matcher{App: "a*"}}}
	findings, _ := alerts.Judge(h, k, rules)
	got := alerts.Followups(told, findings, h, k, rules)
	if len(findings) != 1 || findings[0].Silence != "silence 7" || len(got) != 1 || got[0].State != alerts.Ongoing {
		t.Errorf("silenced: %s, %+v; want it held back and ongoing", brief(findings), got)
	}
	if want := "某应用 2023-09 月独立设备数 130.0万台，高于预期区间：仍在，2023-10 为 180.0万台"; got[0].Zh != want {
		t.Errorf("%s, want %s", got[0].Zh, want)
	}
	got = alerts.Followups(told, nil, h, k, alerts.Settings{"yoy_above": {{Severity: alerts.Info, Limit: 0.1}}})
	if want := "某应用 2023-09: 1.3M devices, above the expected band: cannot be evaluated (the rule is no longer in force)"; len(got) != 1 || got[0].En != want {
		t.Errorf("switched off: %+v, want %s", got, want)
	}
}

func TestAnEntryIsFollowedInItsList(t *testing.T) {
	rules := alerts.Settings{"list_entry_exit": {{Severity: alerts.Info, Lags: []int{1}}}}
	k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: trailing{}}
	told := func(rank float64) []alerts.Told {
		return []alerts.Told{{Finding: alerts.Finding{
			Rule: "list_entry_exit", Month: panel.MustMonth("2023-09"), Subject: alerts.Subject{App: "b", List: "地方政务", Segment: panel.All}, Value: rank, Unit: alerts.Places,
		}}}
	}
	for _, tc := range []struct {
		name string
		rank float64 // when told, of a list of two
		now  []alerts.Entry
		want alerts.FollowState
	}{
		{"came in and is in", 2, entries(0.001, "a=300", "b=200", "c=100"), alerts.Ongoing},
		{"came in and is out", 2, entries(0.001, "a=300", "c=200", "b=100"), alerts.Resolved},
		{"left and is out", 3, entries(0.001, "a=300", "c=200", "b=100"), alerts.Ongoing},
		{"left and is back", 3, entries(0.001, "b=300", "a=200", "c=100"), alerts.Resolved},
		{"not delivered", 2, entries(0.001, "a=300", "c=100"), alerts.Unfollowed},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := alerts.History{Month: panel.MustMonth("2023-10"), Lists: []alerts.List{{
				Name: "地方政务", Size: 2, Months: map[panel.Month][]alerts.Entry{panel.MustMonth("2023-10"): tc.now},
			}}}
			got := alerts.Followups(told(tc.rank), nil, h, k, rules)
			if len(got) != 1 || got[0].State != tc.want {
				t.Errorf("got %+v, want %s", got, tc.want)
			}
		})
	}
}

// Whoever adds a rule decides whether what it finds lasts.
func TestWhatHappensOnceIsNamed(t *testing.T) {
	want := []string{
		"holiday_peak", "filing_season", "missing_peak", "record_high", "rank_change", "penetration_record", "local_peak",
		"restated", "panel_break", "universe_break", "terms_changed",
	}
	var got []string
	for _, r := range alerts.Rules {
		if r.Lasts == nil {
			got = append(got, r.Name)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rules about what happens once (-want +got)\n%s", diff)
	}
}
