package configs_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/alerts"
	"panelwatch/configs"
)

// placed is an error that begins with its place.
var placed = regexp.MustCompile(`^panelwatch\.yaml:\d+:\d+: `)

const detailsLine = "  details: 20 "

func TestWithoutRoutesThereIsOneChannel(t *testing.T) {
	c, err := configs.Load("", none)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]alerts.Route{{Channel: "C0PANELWATCH", Language: "zh"}}, c.Slack.Ways()); diff != "" {
		t.Errorf("ways (-want +got):\n%s", diff)
	}
}

func TestRoutesTakeOverWhatTheyDoNotSay(t *testing.T) {
	const routes = `  numerals: million
  routes:
    - {channel: "${SLACK_GOV}", severity: warn, owners: [{users: [U01, W02], apps: [geshui]}]}
    - {channel: C0EN, fallback: C0PANELWATCH, language: en, numerals: wan, members: [province=广东]}
  details: 7 `
	c, err := configs.Load(own(t, detailsLine, routes), func(name string) string {
		return map[string]string{"SLACK_GOV": "C0GOV"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	ways := c.Slack.Ways()
	var got []string
	for _, w := range ways {
		got = append(got, strings.Join([]string{w.Channel, w.Fallback, w.Language, string(w.Numerals)}, " "))
	}
	if diff := cmp.Diff([]string{"C0GOV  zh million", "C0EN C0PANELWATCH en wan"}, got); diff != "" || c.Slack.Shown() != 7 {
		t.Errorf("details %d, ways (-want +got):\n%s", c.Slack.Shown(), diff)
	}
}

func TestFaultsOfRoutesNameTheirPlace(t *testing.T) {
	for _, tc := range []struct{ name, routes, want string }{
		{"name instead of id", `[{channel: "#general"}]`, `slack.routes[0]: channel: "#general" is not the id of a channel`},
		{"without channel", `[{severity: high}]`, `slack.routes[0]: channel: "" is not the id`},
		{"channel twice", `[{channel: C01}, {channel: C01}]`, `slack.routes[1]: channel: "C01" is the channel of routes[0] already`},
		{"fallback to itself", `[{channel: C01, fallback: C01}]`, `fallback: "C01" is not the id of another channel`},
		{"language", `[{channel: C01, language: cn}]`, `language: "cn" is not one of [zh en both]`},
		{"numerals", `[{channel: C01, numerals: milion}]`, `did you mean "million"?`},
		{"severity", `[{channel: C01, severity: warm}]`, `did you mean "warn"?`},
		{"rule", `[{channel: C01, rules: [record_high, rank_chnage]}]`, `rules[1]: no "rank_chnage"; did you mean "rank_change"?`},
		{"category", `[{channel: C01, categories: [地方政府]}]`, `did you mean "地方政务"?`},
		{"app", `[{channel: C01, apps: [geshu]}]`, `did you mean "geshui"?`},
		{"member", `[{channel: C01, members: [province=广州]}]`, `did you mean "province=广东"?`},
		{"owner by name", `[{channel: C01, owners: [{users: ["@li"]}]}]`, `owners[0].users[0]: "@li" is not the id of a user`},
		{"owner of nothing", `[{channel: C01, owners: [{users: [U01], apps: [geshu]}]}]`, `owners[0].apps[0]: no "geshu"; did you mean`},
		{"nobody", `[{channel: C01, owners: [{rules: [restated]}]}]`, `owners[0].users: names no user`},
		{"unknown key", `[{chanel: C01}]`, `did you mean "channel"?`},
	} {
		_, err := configs.Load(own(t, detailsLine, "  routes: "+tc.routes+"\n"+detailsLine), none)
		if err == nil || !strings.Contains(err.Error(), tc.want) || !placed.MatchString(err.Error()) {
			t.Errorf("%s: got %v, want panelwatch.yaml:line:column and %q", tc.name, err, tc.want)
		}
	}
	if _, err := configs.Load(own(t, detailsLine, "  details: -1 "), none); err == nil || !strings.Contains(err.Error(), "slack: details: -1: want at least 1") {
		t.Errorf("details: %v", err)
	}
}
