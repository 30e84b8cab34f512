package configs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"panelwatch/configs"
)

func none(string) string { return "" }

func TestShippedConfigurationIsSound(t *testing.T) {
	c, err := configs.Load("", none)
	if err != nil {
		t.Fatal(err)
	}
	if c.Lease.TTL != time.Minute || c.Timezone != "Asia/Shanghai" || c.Primary.Of("geshui") != "vendor" {
		t.Errorf("lease %s, zone %s, primary %s", c.Lease.TTL, c.Timezone, c.Primary.Of("geshui"))
	}
	if got := c.Sources[0].Folder; got != "inbox/vendor" {
		t.Errorf("folder of the first source: got %s, want the default inbox/vendor", got)
	}
}

func TestEnvironmentFillsReferences(t *testing.T) {
	c, err := configs.Load("", func(name string) string {
		return map[string]string{"PANELWATCH_INBOX": "/data", "SLACK_CHANNEL": "C1"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Sources[1].Folder != "/data/panel" || c.Slack.Channel != "C1" {
		t.Errorf("folder %s, channel %s", c.Sources[1].Folder, c.Slack.Channel)
	}
}

// own writes a configuration folder in which one line of panelwatch.yaml is
// another.
func own(t *testing.T, line, instead string) string {
	t.Helper()
	text, err := os.ReadFile("panelwatch.yaml")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), line, instead, 1)
	if changed == string(text) {
		t.Fatalf("panelwatch.yaml has no %q", line)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "panelwatch.yaml"), []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFaultsAreNamed(t *testing.T) {
	for _, c := range []struct{ name, line, instead, want string }{
		{"unknown key", "timezone:", "tiemzone:", `unknown field "tiemzone"`},
		{"no such zone", "timezone: Asia/Shanghai", "timezone: Asia/Shangai", "timezone: unknown time zone"},
		{"primary without source", "default: vendor", "default: vendors", `no source "vendors"`},
		{"source twice", "{name: panel,", "{name: vendor,", "used twice"},
		{"no such app", "[yunshanfu, zhifubao]", "[yunshanfu, zifubao]", `no app "zifubao"`},
		{"no such dimension", "[province, city_tier,", "[province, tier,", `no dimension "tier"`},
		{"language", "language: zh ", "language: cn ", "zh, en or both"},
		{"ratio", "max_rejected_ratio: 0.01", "max_rejected_ratio: 1.1", "between 0 and 1"},
		{"rows", "# max_rejected_rows: 500", "max_rejected_rows: -1", "quality.max_rejected_rows: -1 is below 0"},
		{"kept rows", "keep_rejects: 1000", "keep_rejects: -1", "cannot be negative"},
		{"table", "tables: {}", "tables: {usages: {max_rejected_rows: 1}}", `no table "usages"`},
		{"ratio of a table", "tables: {}", "tables: {usage: {max_rejected_ratio: 2}}", "quality.tables.usage.max_rejected_ratio: 2"},
		{"archive", ":-folder}", ":-tape}", "folder, s3 or none"},
		{"bucket", ":-folder}", ":-s3}", "endpoint \"\" or bucket \"\" is empty"},
		{"lease", "ttl: 60s", "ttl: 1s", "too short"},
		{"prominence", "min_prominence: 0.02", "min_prominence: 2", "want 0 to 1"},
		{"app of a correlation", "{app: tielu12306, cities", "{app: tielu, cities", `indicators.correlations: no app "tielu"`},
		{"city of a correlation", "cities: [北京, 上海]", "cities: [北京, 天京]", `no city "天京"`},
		{"base month", "base_month: 2020-01", "base_month: 2020-13", "want YYYY-MM"},
		{"unset variable", "${SLACK_CHANNEL:-C0PANELWATCH}", "${SLACK_CHANNEL}", `"SLACK_CHANNEL" is not set`},
		{"no reference", "${SLACK_CHANNEL:-C0PANELWATCH}", "${slack_channel}", "is no reference: want ${NAME}"},
		{"duration", "ttl: 60s", "ttl: sixty", `"sixty" is no duration: want one such as 30s`},
		{"number for a duration", "ttl: 60s", "ttl: 60", "want a duration such as 30s"},
		{"word for a number", "top_n: 5", "top_n: five", "want a whole number"},
		{"word for a list", "dimensions: [province, city_tier, gender, age_band, marital, occupation]", "dimensions: province", "want a list"},
		{"key misspelt", "top_n: 5", "topn: 5", `did you mean "top_n"`},
		{"app misspelt", "[yunshanfu, zhifubao]", "[yunshanfu, zifubao]", `did you mean "zhifubao"`},
		{"limit of reading", "reading: {}", "reading: {columns: -1}", "quality.reading.columns: -1: want 0 for the default"},
		{"retention", "superseded: 0", "superseded: -1", "retention.superseded: -1 months"},
		{"lead", "lead: 7 ", "lead: -7 ", "remind.lead: -7 days"},
		{"app of a reminder", "apps: [tielu12306, geshui]", "apps: [tielu, geshui]", `remind.apps: no app "tielu"`},
		{"source of a promise", "due: {vendor: 15,", "due: {vendors: 15,", `remind.due: no source "vendors"`},
		{"promise", "due: {vendor: 15,", "due: {vendor: 0,", "remind.due: vendor: 0 working days: want at least 1"},
		{"month", `"${PANELWATCH_DELIVER_FROM:-}"`, "2023-13", "want YYYY-MM"},
	} {
		_, err := configs.Load(own(t, c.line, c.instead), none)
		if err == nil || !strings.Contains(err.Error(), c.want) || !placed.MatchString(err.Error()) {
			t.Errorf("%s: got %v, want file:line:column and %q", c.name, err, c.want)
		}
	}
}

// A judgement depends on rules, calendar and catalogue, not on where Slack is.
func TestChannelDoesNotChangeTheJudgement(t *testing.T) {
	shipped, err := configs.Load("", none)
	if err != nil {
		t.Fatal(err)
	}
	other, err := configs.Load(own(t, "C0PANELWATCH", "C1"), none)
	if err != nil {
		t.Fatal(err)
	}
	if shipped.JudgeHash != other.JudgeHash || shipped.Hash == other.Hash {
		t.Errorf("judge hash equal: %v, hash equal: %v; want true, false",
			shipped.JudgeHash == other.JudgeHash, shipped.Hash == other.Hash)
	}
}

func TestMissingFolder(t *testing.T) {
	if _, err := configs.Load("/nonexistent", none); err == nil || !strings.Contains(err.Error(), "/nonexistent: not a folder") {
		t.Errorf("got %v", err)
	}
}
