package jobs

import (
	"math"
	"testing"

	"panelwatch/configs"
	"panelwatch/etl/panel"
)

func shippedRun(t *testing.T) *run {
	t.Helper()
	c, err := configs.Load("", func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	return &run{Job: Job{Config: c}}
}

// Tickets for the eight days off from 29 September 2023 went on sale on the
// 15th; half a month of presale and two days off are more than half of September.
func TestHolidaysAreSharesOfTheMonth(t *testing.T) {
	c := shippedRun(t).Config
	days := holidays(c.Calendar, c.Catalogue)
	for profile, months := range days {
		for m, share := range months {
			if share <= 0 || share > 1 || math.IsNaN(share) {
				t.Errorf("%s %s: share %v", profile, m, share)
			}
		}
	}
	if got := days["rail"][panel.MustMonth("2023-09")]; got < 0.5 {
		t.Errorf("September 2023 of rail: %v, want more than half", got)
	}
	if got := days["tax"][panel.MustMonth("2023-03")]; got != 0 {
		t.Errorf("the filing season counts as a holiday: %v", got)
	}
}

// What is after a month does not concern it.
func TestSettingsOfAMonthEndWithIt(t *testing.T) {
	m := panel.MustMonth("2023-09")
	r := shippedRun(t)
	for profile, months := range r.settingsUpTo(m).Holidays {
		for later := range months {
			if later > m {
				t.Errorf("%s: settings of %s hold %s", profile, m, later)
			}
		}
	}
	if len(r.indicatorSettings().Holidays["rail"]) <= len(r.settingsUpTo(m).Holidays["rail"]) {
		t.Error("nothing was left out")
	}
}

func TestSettingsWithoutBaseMonthHaveTheReports(t *testing.T) {
	r := shippedRun(t)
	r.Config.Indicators.BaseMonth = 0
	if got := r.indicatorSettings().BaseMonth; got != panel.MustMonth("2020-01") {
		t.Errorf("base month %s", got)
	}
}
