package report

import (
	"math"
	"slices"
	"time"

	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// A view is what an exhibit's view holds, with its cells by name of column.
type view struct {
	sheet warehouse.Exhibit
	month panel.Month
}

func (v view) len() int { return len(v.sheet.Rows) }

func (v view) at(row int, column string) any {
	i := slices.Index(v.sheet.Columns, column)
	if i < 0 {
		panic("no column " + column) // a misspelt name is a bug, found by the first test
	}
	return v.sheet.Rows[row][i]
}

func (v view) has(column string) bool { return slices.Contains(v.sheet.Columns, column) }

// num is a number, NaN where there is none.
func (v view) num(row int, column string) float64 {
	f, ok := v.at(row, column).(float64)
	if !ok {
		return math.NaN()
	}
	return f
}

func (v view) text(row int, column string) string {
	s, _ := v.at(row, column).(string)
	return s
}

func (v view) date(row int, column string) (panel.Month, bool) {
	t, ok := v.at(row, column).(time.Time)
	return panel.MonthIn(t), ok
}

// monthOf is the row's month; a row of a year has that of the report.
func (v view) monthOf(row int) panel.Month {
	if !v.has("month_start") {
		return v.month
	}
	m, _ := v.date(row, "month_start")
	return m
}

// only keeps rows that hold a text in a column.
func (v view) only(column, text string) view {
	return v.where(func(row int) bool { return v.text(row, column) == text })
}

func (v view) where(keep func(row int) bool) view {
	kept := v
	kept.sheet.Rows = nil
	for i := range v.sheet.Rows {
		if keep(i) {
			kept.sheet.Rows = append(kept.sheet.Rows, v.sheet.Rows[i])
		}
	}
	return kept
}

// now keeps the rows of the report's month.
func (v view) now() view {
	return v.where(func(row int) bool { return v.monthOf(row) == v.month })
}

// current says whether there is anything of the report's month, or of its year.
func (v view) current() bool {
	if v.has("of_year") {
		v = v.where(func(row int) bool { m, _ := v.date(row, "of_year"); return m.Year() == v.month.Year() })
		return v.len() > 0
	}
	return v.now().len() > 0
}

// members lists what a column holds, in order of appearance.
func (v view) members(column string) (all []string) {
	for i := range v.sheet.Rows {
		if s := v.text(i, column); !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// last is a number of the report's month, NaN where there is none.
func (v view) last(column string) float64 {
	if n := v.now(); n.len() > 0 {
		return n.num(0, column)
	}
	return math.NaN()
}

// highest is the row with the largest number of a column, -1 if all are absent.
func (v view) highest(column string) int {
	best := -1
	for i := range v.sheet.Rows {
		x := v.num(i, column)
		if !math.IsNaN(x) && (best < 0 || x > v.num(best, column)) {
			best = i
		}
	}
	return best
}
