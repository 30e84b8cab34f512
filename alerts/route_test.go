package alerts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/configs"
	"panelwatch/etl/panel"
)

// routed are findings of every kind of subject, named by what they are about.
var routed = []struct {
	name string
	f    alerts.Finding
}{
	{"record", alerts.Finding{Rule: "holiday_peak", Also: []string{"record_high"}, Severity: alerts.High, Verdict: alerts.Fired, Subject: alerts.Subject{App: "tielu12306", Segment: panel.All}}},
	{"guangdong", alerts.Finding{Rule: "share_shift", Severity: alerts.Warn, Verdict: alerts.Fired, Subject: alerts.Subject{App: "yunshanfu", Segment: panel.Segment{Dimension: panel.Province, Member: "广东"}}}},
	{"changsha", alerts.Finding{Rule: "rank_change", Severity: alerts.Info, Verdict: alerts.Fired, Subject: alerts.Subject{App: "wodechangsha", List: "地方政务"}}},
	{"season", alerts.Finding{Rule: "filing_season", Severity: alerts.Info, Verdict: alerts.Expected, Subject: alerts.Subject{App: "geshui", Segment: panel.All}}},
	{"noise", alerts.Finding{Rule: "rank_change", Severity: alerts.Info, Verdict: alerts.Noise, Subject: alerts.Subject{App: "zheliban", List: "地方政务"}}},
	{"calendar", alerts.Finding{Rule: "calendar_missing", Severity: alerts.Warn, Verdict: alerts.Fired}},
	{"list", alerts.Finding{Rule: "category_wide", Severity: alerts.Warn, Verdict: alerts.Fired, Subject: alerts.Subject{List: "地方政务"}}},
}

func TestRoutesTakeWhatTheyName(t *testing.T) {
	catalogue, err := configs.Catalogue(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name  string
		route alerts.Route
		want  string
	}{
		{"everything", alerts.Route{}, "record guangdong changsha season noise calendar list"},
		{"severity is asked of what is told", alerts.Route{Severity: alerts.Warn}, "record guangdong noise calendar list"},
		{"rules", alerts.Route{Rules: []string{"rank_change", "calendar_missing"}}, "changsha noise calendar"},
		{"category or list", alerts.Route{Categories: []string{"地方政务"}}, "changsha noise list"},
		{"apps besides categories", alerts.Route{Categories: []string{"地方政务"}, Apps: []panel.AppID{"geshui"}}, "changsha season noise list"},
		{"member", alerts.Route{Members: []string{"province=广东"}}, "guangdong"},
		{"region of an app", alerts.Route{Members: []string{"province=湖南"}}, "changsha"},
		{"city of an app", alerts.Route{Members: []string{"city=长沙"}}, "changsha"},
		{"rule of no subject, narrowed", alerts.Route{Rules: []string{"calendar_missing"}, Apps: []panel.AppID{"geshui"}}, "calendar"},
		{"nothing", alerts.Route{Rules: []string{"record_high"}, Members: []string{"province=广东"}}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, r := range routed {
				if tc.route.Takes(r.f, catalogue) {
					got = append(got, r.name)
				}
			}
			if diff := cmp.Diff(tc.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("taken (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOwnersAreMentionedWhereSomethingFired(t *testing.T) {
	catalogue, err := configs.Catalogue(nil)
	if err != nil {
		t.Fatal(err)
	}
	route := alerts.Route{Urgent: alerts.High, Owners: []alerts.Owner{
		{Users: []string{"U1", "U2"}, Categories: []string{"交通出行"}},
		{Users: []string{"U2", "U3"}, Rules: []string{"record_high", "rank_change", "filing_season"}},
		{Users: []string{"U4"}, Rules: []string{"rank_change"}, Apps: []panel.AppID{"zheliban"}},
	}}
	got := map[string]string{}
	for _, r := range routed {
		got[r.name] = strings.Join(route.OwnersOf(r.f, catalogue), " ")
		if route.Calls(r.f) != (r.name == "record") {
			t.Errorf("%s calls the channel: %v", r.name, route.Calls(r.f))
		}
	}
	want := map[string]string{"record": "U1 U2 U3", "guangdong": "", "changsha": "U2 U3", "season": "", "noise": "", "calendar": "", "list": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("owners (-want +got):\n%s", diff)
	}
}

func TestRoutesSeeTheirListsAndReminders(t *testing.T) {
	catalogue, err := configs.Catalogue(nil)
	if err != nil {
		t.Fatal(err)
	}
	lists := []alerts.List{{Name: "地方政务", Apps: []panel.AppID{"zheliban"}}, {Name: "支付榜", Apps: []panel.AppID{"yunshanfu", "zhifubao"}}}
	for _, tc := range []struct {
		route alerts.Route
		want  string
	}{
		{alerts.Route{Rules: []string{"record_high"}}, "地方政务 支付榜 geshui late"},
		{alerts.Route{Apps: []panel.AppID{"zhifubao", "geshui"}}, "支付榜 geshui late"},
		{alerts.Route{Members: []string{"province=浙江"}}, "地方政务 late"},
	} {
		var got []string
		for _, l := range tc.route.Lists(lists, catalogue) {
			got = append(got, l.Name)
		}
		if tc.route.Reminds(alerts.Reminder{Apps: []panel.AppID{"geshui"}}, catalogue) {
			got = append(got, "geshui")
		}
		if tc.route.Reminds(alerts.Reminder{}, catalogue) {
			got = append(got, "late")
		}
		if s := strings.Join(got, " "); s != tc.want {
			t.Errorf("%+v: got %s, want %s", tc.route, s, tc.want)
		}
	}
}
