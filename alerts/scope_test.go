package alerts_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/configs"
	"panelwatch/etl/panel"
)

// A setting goes by app, category or list; one that names none is for the apps
// that the others leave; a dimension turns it to members.
func TestSettingsNameWhatTheyAreAbout(t *testing.T) {
	record := func(app panel.AppID, category string) alerts.Series {
		s := wan(app, string(app), "none", "2023-12", 0.001, flat(30, 100, 150)...)
		s.Category = category
		return s
	}
	series := []alerts.Series{record("a", "支付"), record("b", "地方政务"), record("c", "地方政务"), record("d", "交通出行")}
	for _, name := range []string{"山东", "四川"} {
		series = append(series, as(record("a", "支付"), panel.Province, name, alerts.MUD, 1))
	}
	list := alerts.List{Name: "榜", Size: 2, Apps: []panel.AppID{"b", "d"}, Months: map[panel.Month][]alerts.Entry{}}
	for _, tc := range []struct {
		name     string
		settings []alerts.Params
		want     string
	}{
		{"every app, no member", []alerts.Params{{}}, "a b c d"},
		{"by category", []alerts.Params{{Categories: []string{"地方政务"}}}, "b c"},
		{"by app and category", []alerts.Params{{Apps: []panel.AppID{"d"}, Categories: []string{"地方政务"}}}, "b c d"},
		{"by list", []alerts.Params{{Lists: []string{"榜"}}}, "b d"},
		{"the others", []alerts.Params{{Categories: []string{"地方政务"}, MinMonths: 99}, {}}, "a d"},
		{"members", []alerts.Params{{Dimension: panel.Province}}, "a山东 a四川"},
		{"one member", []alerts.Params{{Apps: []panel.AppID{"a"}, Dimension: panel.Province, Members: []string{"四川"}}}, "a四川"},
		{"whole apps and members", []alerts.Params{{Apps: []panel.AppID{"d"}}, {Dimension: panel.Province}}, "a山东 a四川 d"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for i := range tc.settings {
				tc.settings[i].Severity = alerts.Info
			}
			h := alerts.History{Month: panel.MustMonth("2023-12"), Series: series, Lists: []alerts.List{list}}
			findings, _ := alerts.Judge(h, alerts.Knowledge{Model: quiet}, alerts.Settings{"record_high": tc.settings})
			var got []string
			for _, f := range findings {
				if f.Verdict == alerts.Fired {
					got = append(got, strings.TrimSuffix(string(f.Subject.App)+f.Subject.Segment.Member, "all"))
				}
			}
			slices.SortFunc(got, func(a, b string) int {
				return strings.Compare(strings.Replace(a, "山东", "1", 1), strings.Replace(b, "山东", "1", 1))
			})
			if s := strings.Join(got, " "); s != tc.want {
				t.Errorf("got %s, want %s", s, tc.want)
			}
		})
	}
}

func TestNeedsOfTheShippedRules(t *testing.T) {
	rules := shippedRules(t)
	var got []string
	for _, n := range rules.Needs() {
		got = append(got, fmt.Sprint(n.Indicator, " ", n.Dimension, " ", n.Months, " ", n.Apps))
	}
	want := []string{
		"hourly_share hour 25 []",
		"mud city 0 [tielu12306]",
		"mud city_tier 0 [geshui jiaoguan12123 yijiejiayou]",
		"mud province 0 [jiaoguan12123 wangshangguowang yunshanfu]",
		"penetration_all all 0 [geshui]",
		"tgi province 13 [wangshangguowang yunshanfu]",
		"top_share province 0 [jiaoguan12123 wangshangguowang yunshanfu]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := (alerts.Settings{"record_high": {{}}}).Needs(); len(got) != 0 {
		t.Errorf("record_high alone reads %v", got)
	}
}

func TestSettingsAboutMembersAreChecked(t *testing.T) {
	catalogue, err := configs.Catalogue(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		rule string
		p    alerts.Params
		want string
	}{
		{"good", "share_shift", alerts.Params{Dimension: panel.CityTier, Members: []string{"五线城市"}, Categories: []string{"支付"}}, ""},
		{"a rule of members without a dimension", "share_shift", alerts.Params{}, "share_shift needs a dimension"},
		{"no such dimension", "local_peak", alerts.Params{Dimension: "county"}, `no dimension "county" in the catalogue`},
		{"no such member", "local_peak", alerts.Params{Dimension: panel.City, Members: []string{"武汉"}}, `no member "武汉" in dimension "city"`},
		{"members of nothing", "record_high", alerts.Params{Members: []string{"北京"}}, "members [北京] without a dimension"},
		{"no such category", "record_high", alerts.Params{Categories: []string{"游戏"}}, `no app of category "游戏" in the catalogue`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.p.Severity = alerts.Info
			err := alerts.Settings{tc.rule: {tc.p}}.Validate(catalogue)
			if got := fmt.Sprint(err); tc.want == "" && err != nil || tc.want != "" && !strings.HasSuffix(got, tc.want) {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}
