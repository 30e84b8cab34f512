package extract

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"

	"panelwatch/etl/panel"
)

// A Scale is a column of counts, and the unit that its numbers were read in.
type Scale struct {
	File    int // index into Manifest.Files
	Measure string
	Column  string // as in the header
	Unit    string

	of Type
}

// scales are the columns whose numbers come in 台, 万台 or 亿台, or the like.
func (h header) scales(file int) (scales []Scale) {
	for _, c := range h.columns {
		switch c.of.Type {
		case TypeDevices, TypeHours, TypeUses:
			scales = append(scales, Scale{file, c.measure, c.header, c.unit, c.of.Type})
		}
	}
	return slices.CompactFunc(scales, func(a, b Scale) bool { return a.Measure == b.Measure })
}

// powers of ten between the units of one type, and how near to one of them a
// median ratio has to be. No app's month is a thousand times the one before;
// the median of all apps is not even twice.
var powers = []float64{3, 4, 7, 8}

const powerTolerance = 0.35

// CheckScale compares the counts of a delivery with those of an earlier month
// of the same source. Where a column's median ratio is near a power of ten,
// its unit is not what the header, or the contract, says: a *DataError, or a
// note, by the contract's verdict on scale.
func (f Figures) CheckScale(d Delivery, c Contracts, before panel.Month, earlier []Value) (notes []Note, err error) {
	known := map[Value]float64{}
	for _, v := range slices.Backward(earlier) { // of several the first
		known[v.about()] = v.Value
	}
	for _, s := range f.Scales {
		file := d.Manifest.Files[s.File]
		ratio, n := f.medianRatio(s, known)
		power, off := powerOf(ratio)
		v := c.of(file.Table).Drift.Scale
		if !off || v == Ignore {
			continue
		}
		text := fmt.Sprintf("is %s %s by the median of %d numbers, read as %s%s; correct the unit in the header or in the contract of %s, or ask for a new revision",
			times(power), before, n, s.Unit, s.likelier(power), file.Table)
		if v == Fail {
			return notes, &DataError{File: file.Name, Column: s.Column, Msg: text}
		}
		notes = append(notes, Note{File: s.File, Column: s.Column, Rule: "scale", Text: text})
	}
	return notes, nil
}

// about is what a number speaks of, in whatever table.
func (v Value) about() Value {
	v.List = ""
	return v.key()
}

// medianRatio is that of a column's numbers to those known of the same things.
func (f Figures) medianRatio(s Scale, known map[Value]float64) (median float64, n int) {
	var ratios []float64
	for _, v := range f.Values {
		if then := known[v.about()]; v.File == s.File && v.Measure == s.Measure && then > 0 && v.Value > 0 {
			ratios = append(ratios, v.Value/then)
		}
	}
	if len(ratios) == 0 {
		return 0, 0
	}
	slices.Sort(ratios)
	return math.Sqrt(ratios[(len(ratios)-1)/2] * ratios[len(ratios)/2]), len(ratios)
}

// powerOf is the power of ten that a ratio is near, if it is one that lies
// between units.
func powerOf(ratio float64) (power float64, off bool) {
	if ratio <= 0 {
		return 0, false
	}
	e := math.Log10(ratio)
	for _, p := range powers {
		if math.Abs(math.Abs(e)-p) <= powerTolerance {
			return math.Copysign(p, e), true
		}
	}
	return 0, false
}

// times is "10000 times" or "1/10000 of".
func times(power float64) string {
	factor := strconv.FormatFloat(math.Pow(10, math.Abs(power)), 'f', 0, 64)
	if power < 0 {
		return "1/" + factor + " of"
	}
	return factor + " times"
}

// likelier is the unit that would explain a power of ten.
func (s Scale) likelier(power float64) string {
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(math.Abs(power))), nil))
	want := new(big.Rat).Set(units[s.of][s.Unit])
	if power > 0 {
		want.Quo(want, ten)
	} else {
		want.Mul(want, ten)
	}
	var fits []string
	for name, factor := range units[s.of] {
		if factor.Cmp(want) == 0 {
			fits = append(fits, name)
		}
	}
	if len(fits) == 0 {
		return ""
	}
	slices.SortFunc(fits, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return ", likelier " + fits[0]
}
