package alerts_test

import (
	"strings"
	"testing"
	"time"

	"panelwatch/alerts"
	"panelwatch/configs"
	"panelwatch/etl/panel"
)

// Of two apps far above their expectation, a silence holds back what it fits.
func TestASilenceHoldsBackWhatItFits(t *testing.T) {
	m := panel.MustMonth("2024-02")
	for _, tc := range []struct {
		name    string
		silence alerts.Silence
		want    string // verdicts of rail, then of tax
	}{
		{"by app", alerts.Silence{Match: alerts.Matcher{App: "tielu12306"}}, "suppressed fired"},
		{"by pattern", alerts.Silence{Match: alerts.Matcher{App: "ti?lu*"}}, "suppressed fired"},
		{"by rule", alerts.Silence{Match: alerts.Matcher{Rule: "unexpected_*"}}, "suppressed suppressed"},
		{"by another rule", alerts.Silence{Match: alerts.Matcher{Rule: "record_high"}}, "fired fired"},
		{"by both", alerts.Silence{Match: alerts.Matcher{Rule: "unexpected_high", App: "geshui"}}, "fired suppressed"},
		{"by category", alerts.Silence{Match: alerts.Matcher{Category: "出行"}}, "suppressed fired"},
		{"by whole apps", alerts.Silence{Match: alerts.Matcher{Dimension: "all"}}, "suppressed suppressed"},
		{"by a member", alerts.Silence{Match: alerts.Matcher{Dimension: "city", Member: "*"}}, "fired fired"},
		{"by a source", alerts.Silence{Match: alerts.Matcher{Source: "*"}}, "fired fired"},
		{"by a list", alerts.Silence{Match: alerts.Matcher{List: "*"}}, "fired fired"},
		{"in its months", alerts.Silence{Match: alerts.Matcher{App: "*"}, From: m, To: m}, "suppressed suppressed"},
		{"before them", alerts.Silence{Match: alerts.Matcher{App: "*"}, From: m + 1}, "fired fired"},
		{"after them", alerts.Silence{Match: alerts.Matcher{App: "*"}, To: m - 1}, "fired fired"},
		{"every 春节", alerts.Silence{Match: alerts.Matcher{App: "*"}, Holiday: "春节"}, "suppressed suppressed"},
		{"every 国庆节", alerts.Silence{Match: alerts.Matcher{App: "*"}, Holiday: "国庆节"}, "fired fired"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rail := wan("tielu12306", "铁路12306", "rail", m.String(), 0.001, flat(40, 100, 130)...)
			tax := wan("geshui", "个人所得税", "tax", m.String(), 0.001, flat(40, 100, 130)...)
			rail.Category = "出行"
			cal := shippedCalendar(t)
			k := alerts.Knowledge{Calendar: cal, Model: trailing{}, Silences: alerts.Covering([]alerts.Silence{tc.silence}, m, cal)}
			found, coverage := alerts.Judge(alerts.History{Month: m, Series: []alerts.Series{rail, tax}}, k,
				alerts.Settings{"unexpected_high": {{Severity: alerts.Warn, MinEffect: 0.03}}})
			got := map[panel.AppID]alerts.Verdict{}
			for _, f := range found {
				got[f.Subject.App] = f.Verdict
			}
			if line := string(got["tielu12306"] + " " + got["geshui"]); line != tc.want {
				t.Errorf("got %s, want %s", line, tc.want)
			}
			if coverage.Suppressed != strings.Count(tc.want, "suppressed") || coverage.Fired != strings.Count(tc.want, "fired") {
				t.Errorf("coverage %+v", coverage)
			}
		})
	}
}

// A mute holds back one subject: of a merged message what each of its rules
// says, of no other rule and no other app.
func TestAMuteIsAboutOneSubject(t *testing.T) {
	m := panel.MustMonth("2023-10")
	mute := alerts.Silence{
		Author: "U1", From: m, To: m + 2,
		Muted: &alerts.Muted{Rules: []string{"record_high", "yoy_above"}, Topic: "record_high app", Told: m - 1, Subject: alerts.Subject{App: "app", Segment: panel.All}},
	}
	k := alerts.Knowledge{Calendar: shippedCalendar(t), Model: trailing{}, Silences: []alerts.Silence{mute}}
	h := alerts.History{Month: m, Series: []alerts.Series{
		wan("app", "某应用", "none", m.String(), 0.001, flat(40, 100, 130)...), wan("other", "另一应用", "none", m.String(), 0.001, flat(40, 100, 130)...),
	}}
	found, _ := alerts.Judge(h, k, alerts.Settings{
		"record_high": {{Severity: alerts.High, MinMonths: 24}}, "yoy_above": {{Severity: alerts.Info, Limit: 0.1}},
		"unexpected_high": {{Severity: alerts.Warn, MinEffect: 0.03}},
	})
	got := map[string]int{}
	for _, f := range found {
		got[string(f.Subject.App)+" "+f.Rule+" "+string(f.Verdict)]++
		if f.Verdict == alerts.Suppressed && f.Reason != "muted by U1 on the message of 2023-09, until 2023-12" {
			t.Errorf("%s: %s", f.Rule, f.Reason)
		}
	}
	for _, want := range []string{"other record_high fired", "app unexpected_high fired", "app record_high suppressed", "app yoy_above suppressed"} {
		if got[want] != 1 {
			t.Errorf("want %s, have %v", want, got)
		}
	}
	if len(found) != 4 {
		t.Errorf("%d findings: %v", len(found), got)
	}
}

func TestASilenceStandsFromItsMakingToItsDay(t *testing.T) {
	made := time.Date(2023, 10, 9, 12, 0, 0, 0, time.UTC)
	until := time.Date(2023, 10, 31, 0, 0, 0, 0, time.UTC)
	ended := alerts.Silence{Created: made, Until: until, Expired: made.Add(time.Hour)}
	open := alerts.Silence{Created: made, Until: until}
	mute := alerts.Silence{Created: made}
	for _, tc := range []struct {
		name    string
		silence alerts.Silence
		at      time.Time
		want    bool
	}{
		{"before it was made", open, made.Add(-time.Second), false},
		{"once made", open, made, true},
		{"on its last day", open, until.Add(23 * time.Hour), true},
		{"the day after", open, until.Add(24 * time.Hour), false},
		{"before it was ended", ended, made.Add(time.Minute), true},
		{"once ended", ended, made.Add(time.Hour), false},
		{"a mute has no day", mute, until.AddDate(5, 0, 0), true},
	} {
		if got := tc.silence.Standing(tc.at); got != tc.want {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestASilenceThatMakesNoSenseIsRefused(t *testing.T) {
	config, err := configs.Load("", func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	sound := alerts.Silence{Match: alerts.Matcher{App: "geshui"}, Reason: "r", Author: "a", Until: day}
	for _, tc := range []struct {
		name  string
		spoil func(*alerts.Silence)
		want  string // "" for a sound one
	}{
		{"sound", func(*alerts.Silence) {}, ""},
		{"a pattern", func(s *alerts.Silence) { s.Match = alerts.Matcher{Rule: "unexpected_*", Member: "北?"} }, ""},
		{"everything", func(s *alerts.Silence) { s.Match = alerts.Matcher{} }, "what is to be silent?"},
		{"no reason", func(s *alerts.Silence) { s.Reason = "" }, "reason: want 1 to 120"},
		{"no author", func(s *alerts.Silence) { s.Author = "" }, "author: want 1 to 40"},
		{"no end", func(s *alerts.Silence) { s.Until = time.Time{} }, "until:"},
		{"months out of order", func(s *alerts.Silence) { s.From, s.To = 24001, 24000 }, "is after to"},
		{"an app that is not there", func(s *alerts.Silence) { s.Match.App = "geshi" }, `there is no "geshi"; did you mean "geshui"?`},
		{"a rule that is not there", func(s *alerts.Silence) { s.Match.Rule = "record_hihg" }, `did you mean "record_high"?`},
		{"a pattern that fits nothing", func(s *alerts.Silence) { s.Match.Rule = "x*" }, `rule: nothing fits "x*"`},
		{"no pattern", func(s *alerts.Silence) { s.Match.App = "[" }, `"[" is no pattern`},
		{"a member of another dimension", func(s *alerts.Silence) { s.Match.Dimension, s.Match.Member = "gender", "北京" }, `member: there is no "北京"`},
		{"a holiday that is not there", func(s *alerts.Silence) { s.Holiday = "春节日" }, `the calendar has no "春节日"`},
	} {
		s := sound
		tc.spoil(&s)
		err := s.Validate(config.Catalogue, []string{"vendor"}, config.Calendar)
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
		}
	}
}
