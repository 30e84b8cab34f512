package configs_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"panelwatch/alerts"
	"panelwatch/configs"
)

func TestShippedRules(t *testing.T) {
	apps, err := configs.Catalogue(nil)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := configs.Rules(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := rules.Validate(apps); err != nil {
		t.Fatal(err)
	}
	for _, r := range alerts.Rules {
		if len(rules[r.Name]) == 0 {
			t.Errorf("rule %s has no settings", r.Name)
		}
	}
	if got := rules["yoy_above"][1]; got.Limit != 0.30 || got.Apps[0] != "yijiejiayou" {
		t.Errorf("yoy_above, second setting: %+v", got)
	}
}

func TestRulesRefuseWhatTheyDoNotKnow(t *testing.T) {
	apps, err := configs.Catalogue(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, yaml, want string }{
		{"rule", "record_hihg: [{severity: high}]", `no rule "record_hihg"; did you mean "record_high"?, have holiday_peak`},
		{"key", "record_high:\n  - {severity: high, month: 24}", `unknown field "month"`},
		{"severity", "record_high: [{severity: loud}]", `rule record_high, setting 1: severity "loud"`},
		{"app", "record_high: [{severity: high, apps: [12306]}]", `no app "12306" in the catalogue`},
		{"list", "rank_change: [{severity: info, lists: [榜]}]", `no list "榜" in the catalogue`},
		{"lag", "rank_change: [{severity: info, lags: [0]}]", `a lag is at least one month`},
		{"no threshold", "threshold_cross: [{severity: high}]", `needs at least one`},
		{"threshold elsewhere", "record_high: [{severity: high, thresholds: [{app: geshui, wan: 1}]}]", `thresholds belong to threshold_cross`},
		{"member", "threshold_cross: [{severity: high, thresholds: [{app: geshui, dimension: province, member: 山冬, wan: 1}]}]", `no member "山冬" in dimension "province"`},
		{"wan", "threshold_cross: [{severity: high, thresholds: [{app: geshui}]}]", `wan must be positive`},
		{"fdr", "record_high: [{severity: high, fdr: 2}]", `fdr below 1`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rules, err := configs.Rules(fstest.MapFS{"rules.yaml": {Data: []byte(tc.yaml)}})
			if err == nil {
				err = rules.Validate(apps)
			}
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}
