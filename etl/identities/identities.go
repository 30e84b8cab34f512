// Package identities checks what must hold between the numbers of one month,
// whoever counted them: a part is no larger than its whole, the members of a
// dimension make up the app, printed growth is the growth of printed levels. It
// must not import a database, a clock or configuration.
package identities

import (
	"cmp"
	"math"
	"slices"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// A Verdict says what becomes of a delivery for which an identity does not
// hold.
type Verdict string

// The verdicts.
const (
	Fail Verdict = "fail" // it is refused
	Note Verdict = "note" // it is published, with a note
)

// Verdicts are all there are.
var Verdicts = []Verdict{Fail, Note}

// Names of the identities, which are the rules of their notes.
const (
	DAUAboveMUD     = "dau_above_mud"     // 日均 of an app above its MUD
	MembersTotal    = "members_total"     // members of a dimension against the app's total
	SharesTotal     = "shares_total"      // shares of a dimension against 100 %
	OverlapAboveApp = "overlap_above_app" // more devices with both apps than one of them has
	ExclusiveTotal  = "exclusive_total"   // exclusive and common devices against the app's total
	UniverseTotal   = "universe_total"    // 全网 of the tables against the control total of the manifest
	VendorGrowth    = "vendor_growth"     // growth as printed against that of the levels
	TGIBaseConflict = "tgi_base_conflict" // TGI of two tables that cannot have one base
)

// Defaults are the verdicts where the configuration says nothing: an
// impossible number refuses the delivery, a contradiction between two numbers
// that may both be meant is noted.
var Defaults = map[string]Verdict{
	DAUAboveMUD: Fail, MembersTotal: Note, SharesTotal: Note, OverlapAboveApp: Note,
	ExclusiveTotal: Note, UniverseTotal: Fail, VendorGrowth: Note, TGIBaseConflict: Note,
}

// A Month is the numbers of a delivery, with what they are held against.
type Month struct {
	Values []extract.Value // in base units, by file and line
	// Exact numbers are not rounded: those of a panel.
	Exact    bool
	Universe float64 // control total, devices; 0 for none
	// Members are all that a dimension has, the unknown aside.
	Members map[string][]string
	// Earlier are the devices of months before, by the measure of growth that
	// looks back to them.
	Earlier map[string]Earlier
}

// An Earlier is what the growth of a month is computed from.
type Earlier struct {
	Steps  int // months back, of compound growth
	Values []extract.Value
}

// Check lists what does not hold, by rule, file, line and app: Rule is the
// name of the identity, Raw the app, Column the measure.
func Check(m Month) []extract.Note {
	b := newBook(m.Values, m.Exact)
	notes := slices.Concat(
		b.dauAboveMUD(), b.membersTotal(m.Members), b.sharesTotal(m.Members), b.overlaps(),
		b.universe(m.Universe), b.growth(m.Earlier), b.tgiBases(),
	)
	slices.SortStableFunc(notes, func(x, y extract.Note) int {
		return cmp.Or(cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Raw, y.Raw))
	})
	return notes
}

// A figure is a number as delivered, with half of the last digit that its
// column prints: the true one is within.
type figure struct {
	extract.Value
	half float64
}

func (f figure) low() float64  { return f.Value.Value - f.half }
func (f figure) high() float64 { return f.Value.Value + f.half }

// near is how far two sums of the same numbers may be apart.
const near = 1e-9

// above says whether x is larger than y beyond arithmetic.
func above(x, y float64) bool { return x-y > near*math.Max(math.Abs(x), math.Abs(y)) }

type subject struct {
	measure string
	app     panel.AppID
	other   panel.AppID
	segment panel.Segment
}

// A book finds the numbers of a delivery. Of one that stands in two tables it
// has the last, as the warehouse does.
type book struct {
	figures []figure
	at      map[subject]figure
	order   []subject // of first appearance
}

func newBook(values []extract.Value, exact bool) *book {
	b := &book{at: map[subject]figure{}}
	halves := map[column]float64{}
	if !exact {
		halves = roundings(values)
	}
	for _, v := range values {
		f := figure{v, halves[columnOf(v)]}
		s := subject{v.Measure, v.App, v.Other, v.Segment}
		if _, known := b.at[s]; !known {
			b.order = append(b.order, s)
		}
		b.at[s] = f
		b.figures = append(b.figures, f)
	}
	return b
}

// of lists the subjects of a measure in their order.
func (b *book) of(measure string) (all []subject) {
	for _, s := range b.order {
		if s.measure == measure {
			all = append(all, s)
		}
	}
	return all
}

// devices are those of an app within a segment.
func (b *book) devices(app panel.AppID, s panel.Segment) (figure, bool) {
	f, ok := b.at[subject{extract.Devices, app, "", s}]
	return f, ok
}

func (f figure) note(rule, text string) extract.Note {
	return extract.Note{File: f.File, Line: f.Line, Column: f.Measure, Raw: string(f.App), Rule: rule, Rows: 1, Text: text}
}
