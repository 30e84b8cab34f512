package alerts_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/etl/panel"
)

var toldMonth = panel.MustMonth("2023-08")

// about is a finding about an app's devices, in 万.
func about(rule string, app panel.AppID, wan float64, v alerts.Verdict) alerts.Finding {
	return alerts.Finding{
		Rule: rule, Month: toldMonth, Subject: alerts.Subject{App: app, Segment: panel.All}, Verdict: v,
		Value: wan * 1e4, Unit: alerts.Devices, Zh: fmt.Sprintf("%s %s", app, alerts.Format(wan*1e4, alerts.Devices, false)),
	}
}

// chinese prints the value, and devices in the columns of a list.
var chinese = alerts.Printing{
	Finding: func(f alerts.Finding) alerts.Printed {
		p := alerts.Printed{Sentence: f.Zh}
		if !math.IsNaN(f.Value) {
			p.Numbers = append(p.Numbers, alerts.Number{Name: "实际", Value: alerts.Format(f.Value, f.Unit, false)})
		}
		return p
	},
	Rows: func(l alerts.List, m panel.Month) (rows []alerts.Row) {
		for _, e := range l.Months[m] {
			rows = append(rows, alerts.Row{App: e.App, Name: e.Name, Cells: []alerts.Number{
				{Name: "名次", Value: fmt.Sprint(e.Rank)}, {Name: "月总", Value: alerts.FormatWan(e.Devices)},
			}})
		}
		return rows
	},
}

func view(findings ...alerts.Finding) alerts.View {
	return alerts.View{Month: toldMonth, Findings: findings}
}

// inWords is a correction in words.
func inWords(c alerts.Correction) (out []string) {
	for _, x := range c.Changed {
		out = append(out, fmt.Sprintf("changed %s %s %v", x.Is.Subject.App, x.Is.Rule, x.Moved))
	}
	for _, f := range c.Withdrawn {
		out = append(out, fmt.Sprintf("withdrawn %s %s", f.Rule, f.Zh))
	}
	for _, f := range c.Added {
		out = append(out, fmt.Sprintf("added %s %s", f.Rule, f.Zh))
	}
	for _, r := range c.Rows {
		out = append(out, fmt.Sprintf("row %s new=%t gone=%t %v", r.App, r.New, r.Gone, r.Moved))
	}
	return out
}

func TestCorrect(t *testing.T) {
	nan := math.NaN()
	told := about("record_high", "rail", 11900, alerts.Fired)
	foretold := about("record_high", "rail", 11900, alerts.Expected)
	noise := about("record_high", "rail", 11900, alerts.Noise)
	moved := about("record_high", "rail", 12100, alerts.Fired)
	worded := told
	worded.Zh = "rail 1.19亿台，创新高"
	wordless := about("identity_failed", "rail", nan, alerts.Fired)
	for _, test := range []struct {
		name           string
		told, was, now []alerts.Finding
		want           []string
		standing       int
		flips          bool
	}{
		{name: "nothing moved", told: []alerts.Finding{told}, was: []alerts.Finding{told}, now: []alerts.Finding{told}, standing: 1},
		{
			name: "moved within rounding", told: []alerts.Finding{told}, was: []alerts.Finding{told},
			now: []alerts.Finding{about("record_high", "rail", 11900.4, alerts.Fired)}, standing: 1,
		},
		{
			name: "moved beyond rounding", told: []alerts.Finding{told}, was: []alerts.Finding{told}, now: []alerts.Finding{moved},
			want: []string{"changed rail record_high [{实际 1.19亿台 1.21亿台}]"}, standing: 1,
		},
		{
			name: "other words, the same number", told: []alerts.Finding{told}, was: []alerts.Finding{told}, now: []alerts.Finding{worded},
			want: []string{"changed rail record_high []"}, standing: 1,
		},
		{
			name: "another rule speaks of the same", told: []alerts.Finding{told}, was: []alerts.Finding{told},
			now:  []alerts.Finding{about("yoy_above", "rail", 12100, alerts.Fired)},
			want: []string{"changed rail yoy_above [{实际 1.19亿台 1.21亿台}]"}, standing: 1,
		},
		{
			name: "no number any more", told: []alerts.Finding{told}, was: []alerts.Finding{told}, now: []alerts.Finding{wordless},
			want: []string{"changed rail identity_failed [{实际 1.19亿台 }]"}, standing: 1,
		},
		{
			name: "foretold now", told: []alerts.Finding{told}, was: []alerts.Finding{told}, now: []alerts.Finding{foretold},
			want: []string{"changed rail record_high []"}, standing: 1, flips: true,
		},
		{
			name: "noise now", told: []alerts.Finding{told}, was: []alerts.Finding{told}, now: []alerts.Finding{noise},
			want: []string{"withdrawn record_high rail 1.19亿台"}, flips: true,
		},
		{
			name: "noise then", told: []alerts.Finding{noise}, was: []alerts.Finding{noise}, now: []alerts.Finding{told},
			want: []string{"added record_high rail 1.19亿台"}, standing: 1, flips: true,
		},
		{name: "a rule that came later", was: []alerts.Finding{told}, now: []alerts.Finding{told}},
		{name: "a rule that is gone", told: []alerts.Finding{told}, standing: 1},
		{
			name: "a rule that was gone, and new data", told: []alerts.Finding{told}, now: []alerts.Finding{moved},
			want: []string{"changed rail record_high [{实际 1.19亿台 1.21亿台}]"}, standing: 1,
		},
		{
			name: "another wording of today's program", told: []alerts.Finding{told}, was: []alerts.Finding{worded}, now: []alerts.Finding{worded}, standing: 1,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := alerts.Correct(test.told, view(test.was...), view(test.now...), chinese)
			if diff := cmp.Diff(test.want, inWords(c)); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
			if len(c.Standing) != test.standing || c.Flips() != test.flips || (c.State == "") != (len(test.want) == 0) {
				t.Errorf("%d stand, want %d; flips %t, want %t; state %q", len(c.Standing), test.standing, c.Flips(), test.flips, c.State)
			}
		})
	}
}

func TestCorrectLists(t *testing.T) {
	list := func(entries ...alerts.Entry) alerts.View {
		return alerts.View{Month: toldMonth, Lists: []alerts.List{{Name: "国有大行", Months: map[panel.Month][]alerts.Entry{toldMonth: entries}}}}
	}
	entry := func(app panel.AppID, rank int, wan float64) alerts.Entry {
		return alerts.Entry{App: app, Rank: rank, Devices: wan * 1e4}
	}
	was := list(entry("abc", 1, 20200), entry("icbc", 2, 19800), entry("boc", 3, 9000))
	now := list(entry("icbc", 1, 20300), entry("abc", 2, 20200.04), entry("ccb", 3, 19000))
	want := []string{
		"row icbc new=false gone=false [{名次 2 1} {月总 19800.0 20300.0}]",
		"row abc new=false gone=false [{名次 1 2}]",
		"row ccb new=true gone=false [{名次  3} {月总  19000.0}]",
		"row boc new=false gone=true [{名次 3 } {月总 9000.0 }]",
	}
	c := alerts.Correct(nil, was, now, chinese)
	if diff := cmp.Diff(want, inWords(c)); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if c := alerts.Correct(nil, was, was, chinese); c.State != "" {
		t.Errorf("the same list: %v", inWords(c))
	}
	if alerts.Correct(nil, was, list(), chinese).State == alerts.Correct(nil, was, now, chinese).State {
		t.Error("two corrections with the same state")
	}
}
