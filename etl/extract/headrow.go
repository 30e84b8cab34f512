package extract

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxTitleRows is how many rows a table may have above its header.
const maxTitleRows = 5

// longestHeader is how much of a cell is looked at when a header is searched.
const longestHeader = 300

// readHeader skips title rows, which have text in one cell at most, and rows
// that are no header, and reads the header below them. An aggregate table may
// have a header of two rows. When none of the rows is a header, the error is
// that of the row that looks most like one.
func (s *sheet) readHeader() error {
	if names := s.in.names(); names != nil {
		return s.located(s.settle(record{}, record{cells: names}), 0)
	}
	var above record
	var best error
	most := -1
	for range maxTitleRows + 1 {
		r, err := s.headRow()
		if errors.Is(err, io.EOF) || best != nil && isDataError(err) {
			break
		}
		if err != nil {
			return err
		}
		n, err := s.tryHeader(above, r)
		if err == nil {
			return nil
		}
		if n > most {
			best, most = err, n
		}
		if best == nil {
			if err := s.checkTitle(r.cells, r.line); err != nil {
				return err
			}
		}
		if countText(r.cells) > 0 {
			above = r
		}
	}
	if best == nil {
		best = &DataError{File: s.name(), Msg: "has no header row with commas between the columns"}
		if s.grid {
			best = &DataError{File: s.name(), Msg: "has no header row: none of the first rows has text in two cells"}
		}
	}
	return best
}

// headRow is a record that may be the header.
func (s *sheet) headRow() (record, error) {
	r, err := s.take()
	if err != nil {
		return r, err
	}
	if r.fault != nil {
		hint := r.fault.hint
		if r.fault.rule == "encoding" {
			hint += "; is the encoding in " + ManifestName + " right?"
		}
		return r, s.located(&DataError{Msg: hint}, r.line)
	}
	cells := r.cells
	for len(cells) > 0 && isBlank(cells[len(cells)-1]) && s.grid {
		cells = cells[:len(cells)-1]
	}
	if err := s.book.limits.tooManyColumns(len(cells)); err != nil {
		return r, s.located(err, r.line)
	}
	r.cells = slices.Clone(cells)
	for i, cell := range r.cells {
		r.cells[i] = shortened(cell)
	}
	return r, nil
}

func shortened(cell string) string {
	if len(cell) <= longestHeader {
		return strings.Clone(cell)
	}
	end := longestHeader
	for !utf8.RuneStart(cell[end]) {
		end--
	}
	return strings.Clone(cell[:end])
}

// errTitle says that a row is no header because it has one cell at most.
var errTitle = errors.New("a title")

// tryHeader takes a row for the header, alone or with the row below or above
// it. If it is none, like tells how many of its cells are known.
func (s *sheet) tryHeader(above, r record) (like int, err error) {
	if countText(r.cells) <= 1 {
		return -1, errTitle
	}
	like = s.recognised(record{}, r)
	if len(r.formulas) > 0 {
		return like, &DataError{File: s.name(), Line: r.line, Cell: cellName(r.formulas[0], r.line), Msg: noResult}
	}
	err = s.settle(record{}, r)
	switch {
	case s.book.delivery.Manifest.Kind != Aggregate:
		return like, s.locatedIn(r, err)
	case err == nil:
		return like, s.tryBelow(r)
	case above.cells == nil:
		return like, s.locatedIn(r, err)
	}
	both := s.settle(above, r)
	if n := s.recognised(above, r); both == nil || n > like {
		like, err = n, both
	}
	return like, s.locatedIn(r, err)
}

// tryBelow looks whether the row below a header belongs to it; if not, it is
// put back.
func (s *sheet) tryBelow(r record) error {
	header, layout := s.header, s.layout
	below, err := s.take()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	case below.fault == nil && countText(below.cells) > 0 && len(below.cells) <= s.book.limits.Columns && s.settle(r, below) == nil:
		return nil
	}
	s.header, s.layout = header, layout
	below.cells, below.formulas = slices.Clone(below.cells), slices.Clone(below.formulas)
	s.ahead = append(s.ahead, below)
	return nil
}

func countText(cells []string) (n int) {
	for _, c := range cells {
		if !isBlank(c) {
			n++
		}
	}
	return n
}

// recognised counts the columns of a header that the contract knows.
func (s *sheet) recognised(upper, lower record) (n int) {
	for _, c := range s.combine(upper, lower) {
		if s.knows(c.rest) != "" {
			n++
		}
	}
	return n
}

// settle matches a header of one or two rows with the contract.
func (s *sheet) settle(upper, lower record) error {
	m := s.book.delivery.Manifest
	var l layout
	headers := lower.cells
	if m.Kind == Aggregate {
		var err error
		if l, err = s.arrange(upper, lower); err != nil {
			return err
		}
		headers = l.headers
	}
	h, err := parseHeader(s.contract(), m.Month, headers)
	if err == nil {
		s.header, s.layout = h, l
	}
	return err
}

// checkTitle compares the month that a title row may name with the manifest's.
func (s *sheet) checkTitle(cells []string, line int) error {
	title := squeeze(strings.Join(cells, ""))
	if m, is := (monthReader{}).parse(title); is {
		title = fmt.Sprintf("%d年%d月", m.Year(), m.Start().Month())
	}
	if title = leadingMonth.FindString(title); title == "" {
		return nil
	}
	if complaint := sameMonth(title, s.book.delivery.Manifest.Month); complaint != "" {
		return s.located(&DataError{Msg: complaint}, line)
	}
	return nil
}

// located adds file, line and cell to an error about a header.
func (s *sheet) located(err error, line int) error {
	var known *DataError
	if errors.As(err, &known) {
		known.File, known.Line = s.name(), line
		if j, is := s.in.(*jsonRows); is && line == 0 {
			known.Line = j.lineOf(known.Column)
		}
	}
	return err
}

// locatedIn names the cell too that an error is about.
func (s *sheet) locatedIn(r record, err error) error {
	var known *DataError
	if err = s.located(err, r.line); s.grid && errors.As(err, &known) && known.Column != "" {
		i := slices.IndexFunc(r.cells, func(c string) bool { return strings.TrimSpace(c) == known.Column })
		if i >= 0 {
			known.Cell = cellName(i, r.line)
		}
	}
	return err
}

// cellOf is the name of a cell of a workbook such as B7, "" elsewhere.
func (s *sheet) cellOf(line int, name string) string {
	if !s.grid || name == "" {
		return ""
	}
	i := slices.IndexFunc(s.header.columns, func(c column) bool { return c.header == name })
	if i < 0 || s.layout.cell(i) < 0 {
		return ""
	}
	return cellName(s.layout.cell(i), line)
}

// cellName is B7 for column 1 of row 7.
func cellName(column, line int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + strconv.Itoa(line)
}
