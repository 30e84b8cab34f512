package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"panelwatch/etl/panel"
)

// A kind of number is how it is printed: shifted by powers of ten, to so many
// places, with a unit. Places of a workbook's format are the same.
type kind struct {
	shift, places int
	unit          Text
	signed        bool
	counted       bool // exact by nature: a place, a number of months
	form          form
}

// A form tells numbers from what is no number to reckon with.
type form int

const (
	number form = iota
	words
	aMonth // YYYY-MM
	aYear  // of a date in it
	answer // 1 or 0
)

var (
	name    = kind{form: words}
	monthly = kind{form: aMonth}
	yearly  = kind{form: aYear}
	yesNo   = kind{form: answer}
	whole   = kind{counted: true}

	wan    = kind{shift: -4, places: 1, unit: same("万台")}
	yi     = kind{shift: -8, places: 2, unit: same("亿台")}
	share  = kind{shift: 2, places: 1, unit: same("%")}
	hourly = kind{shift: 2, places: 2, unit: same("%")}
	growth = kind{shift: 2, places: 1, unit: same("%"), signed: true}
	tiny   = kind{shift: 2, places: 2, unit: same("%"), signed: true}
	points = kind{places: 1, unit: Text{"个百分点", "pp"}, signed: true}
	times  = kind{places: 2, unit: Text{"倍", "times"}}
	index  = kind{places: 1}
	uses   = kind{places: 1, unit: Text{"次", "uses"}}
	minute = kind{places: 1, unit: Text{"分", "min"}}
	moved  = kind{signed: true, counted: true}
)

// print is v without its unit: 13300.0, +14.4.
func (k kind) print(v float64) string {
	s := panel.Decimal(v, k.shift, k.places)
	if k.signed && v > 0 && strings.Trim(s, "0.") != "" {
		s = "+" + s
	}
	return strings.Replace(s, "-", "−", 1)
}

// with is v with its unit, nothing where there is no number.
func (k kind) with(v float64) Text {
	if math.IsNaN(v) {
		return Text{}
	}
	s := k.print(v)
	if k.unit.En == k.unit.Zh {
		return Text{s + k.unit.Zh, s + k.unit.En}
	}
	return Text{s + k.unit.Zh, s + " " + k.unit.En}
}

// scaled is v in the unit of the kind.
func (k kind) scaled(v float64) float64 { return v * math.Pow10(k.shift) }

// interval is the 95 % interval of v, without unit. One that is narrower than
// what is printed has more places, so that its ends differ.
func (k kind) interval(v, se float64) string {
	if math.IsNaN(v) || math.IsNaN(se) {
		return ""
	}
	low, high := k.print(v-z95*se), k.print(v+z95*se)
	for more := k; low == high && se > 0 && more.places < k.places+3; {
		more.places++
		low, high = more.print(v-z95*se), more.print(v+z95*se)
	}
	return low + "\u00a0– " + high
}

// z95 is what the views take for the 95 % interval.
const z95 = 1.96

// around is v with its unit and interval, or with the word that its error is
// unknown.
func (k kind) around(v, se float64) Text {
	t := k.with(v)
	switch {
	case t.Zh == "":
		return t
	case math.IsNaN(se):
		return Text{t.Zh + "（" + unknownError.Zh + "）", t.En + " (" + unknownError.En + ")"}
	}
	i := k.interval(v, se)
	return Text{t.Zh + "（95% 区间 " + i + "）", t.En + " (95% interval " + i + ")"}
}

var unknownError = Text{"误差未知", "error unknown"}

func spell(m panel.Month) Text {
	return Text{
		fmt.Sprintf("%d年%d月", m.Year(), m.OfYear()),
		fmt.Sprintf("%s %d", m.OfYear(), m.Year()),
	}
}

func monthText(t time.Time) string { return panel.MonthIn(t).String() }
