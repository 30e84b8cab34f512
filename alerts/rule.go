package alerts

import (
	"panelwatch/alerts/calendar"
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A Rule is a kind of judgement: its name, the sentence for the catalogue in
// both languages, and the check.
type Rule struct {
	Name   string
	Zh, En string
	Data   bool // about the data themselves: never inhibited by what is found of them
	Check  func(h History, k Knowledge, p Params) []Finding
	Needs  func(p Params) []Need // what a setting reads besides apps' monthly devices, yoy and cagr6
	// Lasts says of what was told in an earlier month whether it is still so;
	// nil of a rule about something that happens once, such as a record.
	Lasts func(later) Standing
}

// Rules are all kinds of judgement, in the order in which they are run. Of
// several findings about one app the first in this order speaks for the rest.
var Rules = []Rule{
	holidayPeak, filingSeason, missingPeak, recordHigh, thresholdCross, levelShift, unexpectedHigh, unexpectedLow,
	yoyAbove, cagrFall, growthLeader, listEntryExit, rankChange,
	categoryWide, penetrationRecord, shareShift, concentrationChange, localPeak, peakHourShift, tgiPreference, tgiBaseConflict, restated,
	panelBreak, universeBreak, termsChanged, identityFailed, calendarMissing,
}

// Knowledge is what rules know besides the numbers.
type Knowledge struct {
	Calendar *calendar.Calendar
	Model    expect.Model
	Silences []Silence // about the judged month, standing when it is judged

	categories *categories // nil: nothing in common is looked for
}

// Params are one rule's settings from rules.yaml.
type Params struct {
	Severity Severity      `yaml:"severity"`
	State    State         `yaml:"state,omitempty"` // active (also when empty), or draft: shown by alerts replay only
	Apps     []panel.AppID `yaml:"apps,omitempty"`  // empty: every app that has a series
	Lists    []string      `yaml:"lists,omitempty"` // for list rules; other rules take the apps of the lists

	Categories []string `yaml:"categories,omitempty"` // the apps of these categories, besides Apps
	Watch      float64  `yaml:"watch,omitempty"`      // unexpected_high and _low: a p below it is put on the watch list when it is no alert
	MinPeers   int      `yaml:"min_peers,omitempty"`  // category_wide: fewest other apps of a category
	Dimension  string   `yaml:"dimension,omitempty"`  // members of this dimension instead of whole apps
	Members    []string `yaml:"members,omitempty"`    // of Dimension; empty: all

	MinEffect float64 `yaml:"min_effect,omitempty"` // |x/expected - 1| below this is not worth telling, 0.03 for 3 %
	Limit     float64 `yaml:"limit,omitempty"`      // the rule's own limit: yoy_above 0.1, cagr_fall -0.03
	MinMonths int     `yaml:"min_months,omitempty"` // shortest history
	FDR       float64 `yaml:"fdr,omitempty"`        // share of false alarms accepted over the month's batch, 0: each is tested alone
	Lags      []int   `yaml:"lags,omitempty"`       // rank_change: compare with so many months ago

	Again          float64 `yaml:"again,omitempty"`           // what lasts is told again when it is so many times what was told, without it 2
	Lookback       int     `yaml:"lookback,omitempty"`        // months in which it may have been told before, without it 24
	Recovery       int     `yaml:"recovery,omitempty"`        // unexpected_high and _low: months after an odd one in which the other side may be the way back, without it 3
	OrdinaryMonths int     `yaml:"ordinary_months,omitempty"` // holiday_peak: the fewest months that say what an ordinary one is, without it 6
	Hysteresis     float64 `yaml:"hysteresis,omitempty"`      // threshold_cross: the fall below a threshold after which it may be crossed anew, without it 0.02

	Thresholds []Threshold `yaml:"thresholds,omitempty"`

	MinEffects  map[string]float64 `yaml:"min_effects,omitempty"`  // panel_break: the least jump of n, weights, universe and deff; what is not named is not looked at
	Identities  []string           `yaml:"identities,omitempty"`   // identity_failed: names of quality.identities
	MonthsAhead int                `yaml:"months_ahead,omitempty"` // calendar_missing: so many months after the judged one are to be covered
}

// A Threshold is a level that an app, or one member of a dimension, may cross.
type Threshold struct {
	App       panel.AppID `yaml:"app"`
	Dimension string      `yaml:"dimension,omitempty"`
	Member    string      `yaml:"member,omitempty"`
	Wan       float64     `yaml:"wan"` // 万台
}
