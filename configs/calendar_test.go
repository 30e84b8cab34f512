package configs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"panelwatch/configs"
)

// A folder of one's own may replace one table of the calendar and leave the
// others as they are shipped; judgements are then made anew.
func TestOneTableOfTheCalendarIsReplaced(t *testing.T) {
	shipped, err := configs.Load("", none)
	if err != nil {
		t.Fatal(err)
	}
	days, err := os.ReadFile("calendar/days_off.csv")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	table := filepath.Join(dir, "calendar", "days_off.csv")
	replace := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(table), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(table, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	replace(string(days) + "2027-01-01,元旦,1\n")
	own, err := configs.Load(dir, none)
	if err != nil {
		t.Fatal(err)
	}
	if was, is := shipped.Calendar.CoversThrough().String(), own.Calendar.CoversThrough().String(); was != "2026-12" || is != "2027-12" {
		t.Errorf("covers through %s as shipped, %s with a year more", was, is)
	}
	if own.JudgeHash == shipped.JudgeHash {
		t.Error("another calendar, the same hash of what judgements depend on")
	}
	replace(string(days) + "2027-01-01,元日,1\n")
	if _, err := configs.Load(dir, none); err == nil || !strings.Contains(err.Error(), `days_off.csv:288:12: name "元日": want one of`) {
		t.Errorf("a name that is none: %v", err)
	}
}

func TestIdentitiesOfRulesAreKnown(t *testing.T) {
	text, err := os.ReadFile("rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	changed := strings.Replace(string(text), "members_total, shares_total", "members_totals, shares_total", 1)
	if err := os.WriteFile(filepath.Join(dir, "rules.yaml"), []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = configs.Load(dir, none)
	if err == nil || !strings.HasPrefix(err.Error(), "rules.yaml:175:63: ") || !strings.Contains(err.Error(), `: rule identity_failed, setting 1: no identity "members_totals", have`) {
		t.Errorf("got %v", err)
	}
}
