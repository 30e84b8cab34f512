package extract

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"panelwatch/etl/panel"
)

// hourSumTolerance is how far the 24 shares of an hourly row may be from 1:
// 24 numbers printed with one decimal of a percent can be off by 0.012.
const hourSumTolerance = 0.0125

// values reads the numbers of a row and checks them against each other.
func (r row) values(s subject) ([]Value, *fault) {
	var values []Value
	has := map[string]float64{}
	for i, c := range r.columns {
		if c.factor == nil || c.measure == "" {
			continue
		}
		v, delivered, f := r.value(i)
		if f != nil {
			return nil, f
		}
		if delivered {
			has[c.name] += v
			values = append(values, s.value(c, v, r.file, r.line))
		}
	}
	return values, r.consistent(has, len(values))
}

// value is one number in base units; delivered is false for an empty cell
// and for —, N/A and the like.
func (r row) value(i int) (v float64, delivered bool, f *fault) {
	c := r.columns[i]
	refuse := func(rule, hint string) (float64, bool, *fault) {
		return 0, false, &fault{column: c.header, raw: r.cells[i], rule: rule, hint: hint}
	}
	n, delivered, err := parseNumber(r.cells[i])
	if err != nil {
		return refuse("not_a_number", err.Error())
	}
	if !delivered {
		return 0, false, nil
	}
	r.columns[i].bare.see(c, n)
	v, err = n.in(c.of.Type, c.factor)
	switch {
	case err != nil:
		return refuse("unit", err.Error())
	case c.of.Type == TypeInteger && v != math.Trunc(v):
		return refuse("not_a_number", "want a whole number")
	case v < c.of.least() && v < 0 && c.of.least() == 0:
		return refuse("negative", c.name+" cannot be below zero")
	case v < c.of.least():
		return refuse("out_of_range", fmt.Sprintf("%s cannot be below %s", c.name, c.of.limit(c.of.Min)))
	case v > c.of.most():
		return refuse("out_of_range", fmt.Sprintf("%s cannot be above %s", c.name, c.of.limit(c.of.Max)))
	}
	return v, true, nil
}

// least and most are the limits in base units.
func (c Column) least() float64 { return c.inBase(c.Min, 0) }

func (c Column) most() float64 { return c.inBase(c.Max, math.Inf(1)) }

// inBase converts a limit exactly as a cell is converted, so that a cell that
// says the limit is not above it.
func (c Column) inBase(limit *float64, otherwise float64) float64 {
	if limit == nil {
		return otherwise
	}
	factor, known := units[c.Type][c.Unit]
	digits, valid := new(big.Rat).SetString(strconv.FormatFloat(*limit, 'f', -1, 64))
	if !known || !valid {
		return otherwise
	}
	v, _ := digits.Mul(digits, factor).Float64()
	return v
}

// limit is a limit in words.
func (c Column) limit(v *float64) string {
	return strings.TrimSpace(strconv.FormatFloat(*v, 'f', -1, 64) + " " + c.Unit)
}

// value places a number under what its row and its column speak of.
func (s subject) value(c column, v float64, file, line int) Value {
	out := Value{
		Measure: c.measure, App: s.app, Other: s.other, Segment: s.segment,
		List: s.list, Network: s.network, Value: v, File: file, Line: line,
	}
	switch c.name {
	case hourColumn:
		out.Segment = panel.Segment{Dimension: panel.Hour, Member: strconv.Itoa(c.hour)}
	case "devices_b":
		out.App, out.Other = s.other, s.app
	}
	return out
}

// consistent checks what must hold between the numbers of one row.
func (r row) consistent(has map[string]float64, delivered int) *fault {
	above := func(part, of string) bool {
		a, ok := has[part]
		b, both := has[of]
		return ok && both && a > b
	}
	switch hours, isHourly := has[hourColumn]; {
	case above("dau_avg", "devices"):
		return r.refuse("dau_avg", "above_total", "the daily mean cannot be above the month's devices")
	case above("devices_both", "devices_a"), above("devices_both", "devices_b"):
		return r.refuse("devices_both", "above_total", "devices with both apps cannot be more than devices with one")
	case above("devices_a", "devices_union"), above("devices_b", "devices_union"):
		return r.refuse("devices_union", "below_part", "devices with one of both apps cannot be fewer than devices with one")
	case isHourly && delivered == 24 && math.Abs(hours-1) > hourSumTolerance:
		return r.refuseAll("hour_sum", fmt.Sprintf("the 24 hours sum to %.1f %%, want 100", 100*hours))
	}
	return nil
}

// bareNumbers counts the numbers of a column of percent that came without a
// sign of their own.
type bareNumbers struct{ small, large int }

// fewBare numbers say nothing.
const fewBare = 5

func (b *bareNumbers) see(c column, n number) {
	switch {
	case c.of.Type != TypeRatio || c.of.Bare == AsRatio || n.unit != "" || n.digits.Sign() == 0 || c.factor.IsInt():
	case n.digits.Num().CmpAbs(n.digits.Denom()) <= 0:
		b.small++
	default:
		b.large++
	}
}

// doubts notes the columns in which every number could be a ratio as well.
func (h header) doubts() (notes []Note) {
	for _, c := range h.columns {
		if c.name == hourColumn {
			continue // nights are quiet, and the sum of the hours is checked
		}
		if c.bare.large == 0 && c.bare.small >= fewBare {
			notes = append(notes, Note{Column: c.header, Rule: "ratio_or_percent", Text: fmt.Sprintf(
				"all %d numbers lie between -1 and 1 and were read as %s; if they are ratios, say bare: ratio for column %s", c.bare.small, c.unit, c.name)})
		}
	}
	return notes
}
