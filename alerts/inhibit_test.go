package alerts

import (
	"testing"

	"panelwatch/etl/panel"
)

// What is told of a list or a category as a whole is held back with its
// members, a comparison with either of its apps; what is about another
// dimension, or about no app of the source, is not.
func TestInhibitionReachesWhatDependsOnAnApp(t *testing.T) {
	m := panel.MustMonth("2023-12")
	h := History{
		Month:  m,
		Series: []Series{{App: "member", Category: "支付"}},
		Lists:  []List{{Name: "榜", Months: map[panel.Month][]Entry{m: {{App: "member"}}, m - 1: {{App: "gone"}}}}},
	}
	tier := panel.Segment{Dimension: panel.CityTier, Member: "一线"}
	for _, tc := range []struct {
		name    string
		inhibit Inhibition
		subject Subject
		want    Verdict
	}{
		{"the app", Inhibition{App: "member"}, Subject{App: "member", Segment: panel.All}, Suppressed},
		{"a member of a dimension", Inhibition{App: "member"}, Subject{App: "member", Segment: tier}, Suppressed},
		{"the second app", Inhibition{App: "member"}, Subject{App: "x", Other: "member", Segment: panel.All}, Suppressed},
		{"another app", Inhibition{App: "member"}, Subject{App: "x", Segment: panel.All}, Fired},
		{"its list", Inhibition{App: "member"}, Subject{List: "榜", Segment: panel.All}, Suppressed},
		{"a list that it left", Inhibition{App: "gone"}, Subject{List: "榜", Segment: panel.All}, Fired},
		{"its category", Inhibition{App: "member"}, Subject{List: "支付", Segment: panel.All}, Suppressed},
		{"another category", Inhibition{App: "member"}, Subject{List: "银行", Segment: panel.All}, Fired},
		{"another app of its list", Inhibition{App: "member"}, Subject{App: "x", List: "榜", Segment: panel.All}, Fired},
		{"tiers alone, of tiers", Inhibition{"member", panel.CityTier}, Subject{App: "member", Segment: tier}, Suppressed},
		{"tiers alone, of the whole", Inhibition{"member", panel.CityTier}, Subject{App: "member", Segment: panel.All}, Fired},
	} {
		doubt := Finding{Rule: "panel_break", Verdict: Fired, Inhibits: []Inhibition{tc.inhibit}, Facts: []Fact{{"样本", "panel"}}}
		found := []Finding{{Rule: "record_high", Verdict: Fired, Subject: tc.subject}}
		if got := inhibit(found, []Finding{doubt}, h)[0]; got.Verdict != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got.Verdict, tc.want)
		}
	}
}
