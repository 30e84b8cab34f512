package indicator

import (
	"math"
	"slices"

	"panelwatch/etl/panel"
)

// A Row is one published number. Value is NaN where the formula could not be
// evaluated: Flags says why. SE is NaN where the basis carries no error.
type Row struct {
	Indicator string
	App       panel.AppID
	Segment   panel.Segment
	Value, SE float64
	N         int
	Basis     panel.Basis
	Flags     []Flag
	At        panel.Month // the month meant, where it is not the row's own: annual_peak
	From      *Derivation // how it came about, where that was asked for
}

// A Flag qualifies a number or says why there is none.
type Flag string

// Flags of a row.
const (
	LowBase         Flag = "low_base"          // fewer devices than the setting asks for
	NoBase          Flag = "no_base"           // the month or value to compare with is missing
	TermsDiffer     Flag = "terms_differ"      // definitions, tier list or vendor changed in between
	TierListDiffers Flag = "tier_list_differs" // it was the list of city tiers
	BasisChanged    Flag = "basis_changed"     // panel here, aggregate there: no common error
	ShortHistory    Flag = "short_history"     // fewer months than the indicator needs
	Provisional     Flag = "provisional"       // the year is not over
	AsDelivered     Flag = "as_delivered"      // printed by the vendor, not computed here
	ArgmaxOpen      Flag = "argmax_open"       // the second highest month is within sampling error
	February        Flag = "february"          // months of 28 and 31 days compared
	FewMembers      Flag = "few_members"       // fewer members than the top N asks for
	TGIBaseDiffers  Flag = "tgi_base_differs"  // it was the base of TGI
	WithinError     Flag = "within_error"      // true of the estimates, not beyond 1.96 errors
	Constant        Flag = "constant_series"   // a series that does not move has no correlation
	Conflict        Flag = "overlap_defect"    // more common devices than either app has
)

// A Ranked is one app's place in a list.
type Ranked struct {
	List     string
	App      panel.AppID
	Rank     int
	InList   bool // within the list's size
	Devices  Row
	Previous int // rank one month before, 0 when it was not ranked or the month is missing
	State    string
}

// States of a list member against the month before.
const (
	Stayed  = ""
	Entered = "NEW" // within the size now, not before
	Left    = "OUT" // within the size before, not now
)

// An Overlap is two apps seen together.
type Overlap struct {
	panel.Pair
	Both, ExclusiveA, ExclusiveB, RateA, RateUnion Row
}

// An HourShare is one hour's part of a day's device-hours.
type HourShare struct {
	App     panel.AppID
	Network string // G (cellular) or ALL
	Hour    int
	Share   float64
	Basis   panel.Basis
}

// Results are all published numbers of one source's month.
type Results struct {
	Month    panel.Month
	Rows     []Row
	Ranks    []Ranked
	Overlaps []Overlap
	Hours    []HourShare
}

func null(indicator string, app panel.AppID, s panel.Segment, basis panel.Basis, why ...Flag) Row {
	return Row{
		Indicator: indicator, App: app, Segment: s, Basis: basis,
		Value: math.NaN(), SE: math.NaN(), Flags: why,
	}
}

func row(indicator string, k panel.Key, r Result, n int, flags ...Flag) Row {
	return Row{
		Indicator: indicator, App: k.App, Segment: k.Segment,
		Value: r.Value, SE: r.SE, Basis: r.Basis, N: n, Flags: flags, From: r.From,
	}
}

func sortRows(rows []Row) {
	slices.SortFunc(rows, Row.Compare)
}
