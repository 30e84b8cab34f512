// Package alerts judges a month: rules look at the series as they were known
// and return findings, each with a verdict. It knows no database, no clock and
// no Slack.
package alerts

import (
	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A Verdict says what is to be done with a finding.
type Verdict string

// The five verdicts. Every subject that a rule looked at ends in one of them
// or in silence because the rule's condition did not hold.
const (
	Fired        Verdict = "fired"         // worth telling
	Expected     Verdict = "expected"      // a peak that the calendar foretold, told as such
	Noise        Verdict = "noise"         // within sampling error
	NotEvaluable Verdict = "not_evaluable" // Reason says why
	Suppressed   Verdict = "suppressed"    // Reason says by what
)

// A Severity orders findings of a digest.
type Severity string

// Severities, most urgent first.
const (
	High Severity = "high"
	Warn Severity = "warn"
	Info Severity = "info"
)

// A Subject is what a finding is about. App, List or Source is set, none of
// them when it is about the calendar; Other is the second app of a pair.
type Subject struct {
	App     panel.AppID
	Other   panel.AppID
	List    string
	Source  string
	Segment panel.Segment // panel.All unless the finding is about a member
}

// A Finding is one judgement of one rule on one subject in one month.
type Finding struct {
	Rule     string
	Month    panel.Month
	Subject  Subject
	Verdict  Verdict
	Severity Severity
	Reason   string // for noise, not_evaluable and suppressed, in English
	Draft    bool   // of a setting in draft: never told, never stored

	// NaN where there is no such number. Value, SE and the band are in Unit.
	Value, SE           float64
	Expected, Low, High float64
	Z                   float64
	Unit                Unit
	Parts               *expect.Parts // of Expected; nil where there is none

	Watch   bool   // no alert, but less likely than one would like
	Lasts   bool   // suppressed because it was told before and goes on
	Silence string // name of the silence that holds it back

	// Indicator is the published one that Value comes from, empty where there
	// is no value; Of is its month where that is not Month. TraceID names the
	// very number and Query reads it; whoever knows the publications sets them.
	Indicator, TraceID, Query string
	Of                        panel.Month

	// Zh and En state the finding in one sentence, with value, expectation
	// and reason, ready to be sent.
	Zh, En string
	// Facts are the clauses of the sentence that say why the month is worth
	// telling, the main one first.
	Facts []Fact
	// Swaps are the pairs whose order changed since the nearest base month, of
	// a finding about a place in a list.
	Swaps []Swapped
	// Was is the place in the base month, of a finding about a place in a list.
	Was Placed
	// Compared holds two periods side by side, of a finding about parts: of an
	// app, or of the day. nil where there are none.
	Compared *Comparison
	// Also names the rules merged into this finding: a record in season is
	// one finding, not two.
	Also []string
	// Inhibits are the apps whose other findings of the month it suppresses.
	Inhibits []Inhibition

	// Series is the series judged, for the chart; Label annotates the point
	// of Month, such as "国庆预售 9/15 起 +9.3%". Band holds the expectation of
	// each month that has one.
	Series Series
	Label  string
	Band   []Band
}

// A Fact is one clause of a sentence in both languages.
type Fact struct{ Zh, En string }

// A Band is what was to be expected of one month, before it was known.
type Band struct {
	Month               panel.Month
	Expected, Low, High float64
}

// A Unit says how a number is written.
type Unit string

// Units of findings. A Ratio of 0.144 is written 14.4%; Points are
// percentage points (个百分点); Places are ranks;
// Index is 100 for the average.
const (
	Devices Unit = "devices"
	Ratio   Unit = "ratio"
	Points  Unit = "pp"
	Places  Unit = "rank"
	Index   Unit = "index"
)

// A Series is one indicator of one app (and segment) up to the judged month.
type Series struct {
	App       panel.AppID
	Name      string // of the app, as shown: 铁路12306
	Profile   string // which calendar applies: rail, tax, utility, road, gov, bank, none
	Category  string // 地方政务
	Segment   panel.Segment
	Indicator string // mud, yoy, cagr6, ...
	Unit      Unit
	Basis     panel.Basis    // of the newest point
	Points    []expect.Point // ascending, months may be missing
	Breaks    []Break
}

// A List is a ranked list of apps, such as the TOP20 of 地方政务.
type List struct {
	Name   string // 地方政务
	Size   int    // 20
	Apps   []panel.AppID
	Months map[panel.Month][]Entry
	Breaks []Break
}

// An Entry is one app's place in a list, all members of the list, not only
// the first Size.
type Entry struct {
	App      panel.AppID
	Name     string
	Region   string
	Rank     int
	Devices  float64
	SE       float64         // NaN when unknown
	Basis    panel.Basis     // of Devices
	Estimate *panel.Estimate // replicates; nil unless Basis is panel
	DAU      float64         // 日均独立设备数, NaN when unknown
	CAGR6    float64         // 近6个月复合增长率, NaN when unknown
}

// A History is all that a rule may look at: what was known when Month was
// judged.
type History struct {
	Month    panel.Month
	Series   []Series // order of the catalogue
	Lists    []List
	Restated []Restatement // told with Month; by month and app

	Panels  []PanelMonth           // up to Month, of the sources that speak for some app
	Primary map[panel.AppID]string // the source that speaks for an app

	within within // what the setting that looks is about; everything, unless scope says so
}

// Find returns the series of an app's indicator within a segment.
func (h History) Find(app panel.AppID, seg panel.Segment, indicator string) (Series, bool) {
	for _, s := range h.Series {
		if s.App == app && s.Segment == seg && s.Indicator == indicator {
			return s, true
		}
	}
	return Series{}, false
}
