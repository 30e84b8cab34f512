package extract

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"panelwatch/etl/panel"
)

// A layout tells where the columns of a table are in its records. Some tables
// have a header of two rows, the upper one grouping columns: a month over the
// measures of that month, or a measure over its months. The latter are wide:
// one column for each month. A delivery is of one month, so of a wide table
// the column of that month is read, and those of other months are ignored by
// contract, for each of them has a delivery of its own. A measure that has
// the same month twice is a fault, and so is one that has other months only.
type layout struct {
	headers []string // month, name and unit of each column
	from    []int    // the cell of each column; nil if column i is cell i
	width   int      // cells of the header
	month   string   // the delivery's, for a table whose header names it
	others  []OtherMonth
	cells   []string
}

// ofMonth stands for a cell that is the delivery's month.
const ofMonth = -1

// An OtherMonth is a column of a wide table that is not of the delivery's
// month, and therefore ignored.
type OtherMonth struct {
	File   int    // index into Manifest.Files
	Column string // measure, without the month
	Month  panel.Month
}

// cell is which cell of a record is column i, ofMonth if none.
func (l *layout) cell(i int) int {
	if l.from == nil {
		return i
	}
	return l.from[i]
}

// pick are the cells of a record in the order of the columns.
func (l *layout) pick(cells []string) []string {
	if l.from == nil {
		return cells
	}
	l.cells = l.cells[:0]
	for _, at := range l.from {
		if at == ofMonth {
			l.cells = append(l.cells, l.month)
			continue
		}
		l.cells = append(l.cells, cells[at])
	}
	return l.cells
}

// A headCell is what stands above a column.
type headCell struct {
	text  string
	month panel.Month // 0 if it names none
	rest  string      // without the month
}

// cut takes the month from the beginning of a header cell, which may be
// nothing but a month.
func (s *sheet) cut(cell string) headCell {
	c := headCell{text: cell, rest: squeeze(cell)}
	if m, is := (monthReader{}).parse(cell); is {
		c.month, c.rest = m, ""
		return c
	}
	parts := leadingMonth.FindStringSubmatch(c.rest)
	if parts == nil {
		return c
	}
	year, _ := strconv.Atoi(cmp.Or(parts[1], strconv.Itoa(s.book.delivery.Manifest.Month.Year())))
	if month, _ := strconv.Atoi(parts[2]); month >= 1 && month <= 12 {
		c.month, c.rest = panel.MonthOf(year, time.Month(month)), strings.TrimPrefix(c.rest, parts[0])
	}
	return c
}

// knows is the column that the contract has under a name, "" if it has none.
// The hours of a day are different columns.
func (s *sheet) knows(name string) string {
	if name == "" {
		return ""
	}
	c, known, err := parseColumn(s.contract(), s.book.delivery.Manifest.Month, name)
	if err != nil || !known {
		return ""
	}
	if c.name == hourColumn {
		return c.name + strconv.Itoa(c.hour)
	}
	return c.name
}

// isMeasure tells columns of numbers.
func (s *sheet) isMeasure(name string) bool {
	c, _, err := parseColumn(s.contract(), s.book.delivery.Manifest.Month, name)
	return name != "" && err == nil && c.factor != nil
}

// join is what an upper and a lower header cell say together.
func (s *sheet) join(upper, lower headCell) headCell {
	joined := headCell{month: cmp.Or(lower.month, upper.month), rest: lower.rest}
	switch {
	case s.knows(upper.rest+lower.rest) != "" && (lower.rest != "" || s.isMeasure(upper.rest)):
		joined.rest = upper.rest + lower.rest
	case s.knows(lower.rest+upper.rest) != "":
		joined.rest = lower.rest + upper.rest
	}
	if joined.rest != "" && s.knows(joined.rest) != "" && !s.isMeasure(joined.rest) {
		joined.month = 0
	}
	if joined.text = joined.rest; joined.month != 0 {
		joined.text = fmt.Sprintf("%d年%d月%s", joined.month.Year(), joined.month.Start().Month(), joined.rest)
	}
	return joined
}

// combine puts one or two rows of a header together. Of merged cells only the
// first has text: it holds for all of them. Where it is not known what is
// merged, as in CSV, it holds until the next one, or until a column that has
// nothing in the lower row.
func (s *sheet) combine(upper, lower record) []headCell {
	at := func(cells []string, i int) string {
		if i < len(cells) && !isBlank(cells[i]) {
			return cells[i]
		}
		return ""
	}
	var group string
	combined := make([]headCell, max(len(upper.cells), len(lower.cells)))
	for i := range combined {
		above, below := at(upper.cells, i), at(lower.cells, i)
		if group = cmp.Or(above, group); above == "" && !upper.reaches(i) {
			group = ""
		}
		switch {
		case above != "" && below == "":
			combined[i], group = s.cut(above), ""
		case group == "" || below == "":
			combined[i] = s.cut(below)
		default:
			combined[i] = s.join(s.cut(group), s.cut(below))
		}
	}
	return combined
}

// reaches tells whether a cell to the left is merged with cell i, or may be.
func (r record) reaches(i int) bool {
	return r.across == nil || slices.ContainsFunc(r.across, func(s span) bool { return s.left < i && i <= s.right })
}

// arrange finds the columns of the delivery's month in a header.
func (s *sheet) arrange(upper, lower record) (layout, error) {
	combined := s.combine(upper, lower)
	skip, others, err := s.otherMonths(combined)
	if err != nil {
		return layout{}, err
	}
	l := layout{from: []int{}, width: len(combined), others: others, month: s.book.delivery.Manifest.Month.String()}
	ofDelivery, hasMonth := false, false
	for i, c := range combined {
		if skip[i] {
			continue
		}
		if c.month != 0 && c.rest == "" {
			return l, &DataError{Column: c.text, Msg: "is a month that says not of what; put the measure above it, as in 月独立设备数(万台)"}
		}
		ofDelivery = ofDelivery || c.month == s.book.delivery.Manifest.Month && s.isMeasure(c.rest)
		hasMonth = hasMonth || s.knows(c.rest) == "month"
		l.headers, l.from = append(l.headers, c.text), append(l.from, i)
	}
	if ofDelivery && !hasMonth && s.knows("month") != "" {
		l.headers, l.from = append(l.headers, "month"), append(l.from, ofMonth)
	}
	return l, nil
}

// otherMonths are the columns of a wide table that are not of the delivery's
// month.
func (s *sheet) otherMonths(combined []headCell) (skip map[int]bool, others []OtherMonth, err error) {
	type measure struct {
		name  string
		month panel.Month
	}
	seen := map[measure]int{}
	months := map[string]int{}
	for i, c := range combined {
		name := s.knows(c.rest)
		if c.month == 0 || name == "" {
			continue
		}
		if other, twice := seen[measure{name, c.month}]; twice {
			return nil, nil, &DataError{Column: c.text, Msg: fmt.Sprintf("is %s of %s, as is column %d; ask which of them holds", name, c.month, other+1)}
		}
		seen[measure{name, c.month}] = i
		months[name]++
	}
	skip = map[int]bool{}
	want := s.book.delivery.Manifest.Month
	for i, c := range combined {
		name := s.knows(c.rest)
		if months[name] < 2 || c.month == 0 || c.month == want {
			continue
		}
		if _, has := seen[measure{name, want}]; !has {
			return nil, nil, &DataError{Column: c.text, Msg: fmt.Sprintf("is one of %d months of %s, none of them %s as %s says", months[name], name, want, ManifestName)}
		}
		skip[i] = true
		others = append(others, OtherMonth{File: s.file, Column: c.rest, Month: c.month})
	}
	return skip, others, nil
}
