package indicator

import (
	"cmp"
	"fmt"
	"slices"

	"panelwatch/etl/panel"
)

// A Derivation is how a number came about. It is kept only of Facts that ask
// for it, for it is many times as large as the number.
type Derivation struct {
	Inputs []Quantity // of the formula, in its order
	// Estimate has the number in the full sample and in all replicates; ok
	// false when there are none.
	Estimate   panel.Estimate
	Replicated bool
}

// derived keeps how a result came about, if one of the inputs asks for it.
func derived(r Result, f formula, in []Quantity) Result {
	if !slices.ContainsFunc(in, func(q Quantity) bool { return q.explain }) {
		return r
	}
	d := Derivation{Inputs: slices.Clone(in)}
	if r.Basis == panel.FromPanel {
		d.Estimate, d.Replicated = replicate(f, in)
	}
	r.From = &d
	return r
}

// Dimensions of rows that are no segment of an app.
const (
	InList = "list" // the member is the name of a list
	With   = "with" // the member is the id of another app
)

// Everything is all published numbers as rows, in order of indicator, app and
// segment: places in lists as indicator rank, and pairs of apps and hours with
// the other app, or network/hour, as the member.
func (r Results) Everything() []Row {
	rows := slices.Clone(r.Rows)
	for _, x := range r.Ranks {
		place := x.Devices
		place.Indicator, place.Segment = "rank", panel.Segment{Dimension: InList, Member: x.List}
		place.Value, place.SE, place.Flags = float64(x.Rank), unknownError(Result{}).SE, nil
		place.From = x.Devices.From.inputsOnly()
		rows = append(rows, place)
	}
	for _, o := range r.Overlaps {
		for _, x := range []Row{o.Both, o.ExclusiveA, o.ExclusiveB, o.RateA, o.RateUnion} {
			other := o.B
			if x.App == o.B {
				other = o.A
			}
			x.Segment = panel.Segment{Dimension: With, Member: string(other)}
			rows = append(rows, x)
		}
	}
	for _, h := range r.Hours {
		at := panel.Segment{Dimension: panel.Hour, Member: fmt.Sprintf("%s/%d", h.Network, h.Hour)}
		x := null("hourly_share", h.App, at, h.Basis, AsDelivered)
		x.Value = h.Share
		rows = append(rows, x)
	}
	sortRows(rows)
	return rows
}

// inputsOnly is the derivation of a number that is taken from another one.
func (d *Derivation) inputsOnly() *Derivation {
	if d == nil {
		return nil
	}
	return &Derivation{Inputs: d.Inputs}
}

// Difference is the change from one derivation of a number to another, with
// its error: of the same panel, corrected, most of the error cancels. ok is
// false where one of them has no replicates.
func Difference(was, is *Derivation) (change, se float64, ok bool) {
	if was == nil || is == nil || !was.Replicated || !is.Replicated {
		return 0, 0, false
	}
	var e panel.Estimate
	for g := range e {
		e[g] = is.Estimate[g] - was.Estimate[g]
	}
	return e[0], e.StandardError(), true
}

// DefinitionOf is what is known of an indicator; ok is false where it is none.
func DefinitionOf(name string) (d Definition, ok bool) {
	for _, d := range slices.Concat(Definitions, elsewhere) {
		if d.Name == name {
			return d, true
		}
	}
	return d, false
}

// elsewhere are the numbers that have tables of their own.
var elsewhere = []Definition{
	{"rank", "排名", "Place in a list", "rank", "1 + members of the list with larger D"},
	{"overlap_devices", "重合用户", "Devices with both apps", "devices", "sum of w over devices that used both in t"},
	{"exclusive_share", "独占用户比例", "Share of the app's devices without the other", "ratio", "(D - D_both) / D"},
	{"overlap_rate", "重合度", "Share of the app's devices with the other too", "ratio", "D_both / D"},
	{"overlap_rate_union", "重合率", "Common devices of those with one of both", "ratio", "D_both / (D_a + D_b - D_both)"},
	{"hourly_share", "24小时活跃分布", "Share of a day's device-hours", "ratio", "as the vendor delivered it"},
}

// Compare orders rows as they are listed.
func (r Row) Compare(o Row) int {
	return cmp.Or(cmp.Compare(r.Indicator, o.Indicator),
		panel.Key{App: r.App, Segment: r.Segment}.Compare(panel.Key{App: o.App, Segment: o.Segment}))
}
