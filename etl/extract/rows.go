package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A record is one row as a file has it.
type record struct {
	line     int      // physical line, row of a workbook, or row number
	cells    []string // valid until the next record is read
	fault    *fault   // why it cannot be read, nil if it can
	formulas []int    // cells whose formula has no stored result

	// Of a workbook, the merged cells that begin in this row and go on to the
	// right, nil if nothing tells of any, and those that come down from above.
	across, fromAbove []span
}

// A recordReader hands out the records of a file in its format.
type recordReader interface {
	// names are the columns, if the format knows them; else the header is a
	// record.
	names() []string
	// next is the next record that is not empty, io.EOF at the end.
	next() (record, error)
	close()
}

// A row is one data row in the order of the header. Its cells are valid until
// the next row is read.
type row struct {
	*header
	file, line int
	cells      []string
	footer     bool // blank, or below the data
}

// cell is the trimmed text of a column, "" when the file has no such column.
// Spreadsheets mark text by a leading apostrophe.
func (r row) cell(name string) string {
	i := r.place(name)
	if i < 0 {
		return ""
	}
	return trimmed(r.cells[i])
}

// A fault is what is wrong with a row.
type fault struct{ column, raw, rule, hint string }

// refuse is a fault of one cell.
func (r row) refuse(column, rule, hint string) *fault {
	f := &fault{column: column, rule: rule, hint: hint}
	if i := r.place(column); i >= 0 {
		f.column, f.raw = r.columns[i].header, r.cells[i]
	}
	return f
}

// refuseAll is a fault of the row as a whole.
func (r row) refuseAll(rule, hint string) *fault {
	return &fault{raw: strings.Join(r.cells, ","), rule: rule, hint: hint}
}

// A sheet is a table being read.
type sheet struct {
	book    *book
	file    int
	in      recordReader // nil if the rows come one by one
	grid    bool         // of a workbook: cells have names such as B7
	ahead   []record     // read while looking for the header
	header  header
	layout  layout
	footers int
}

// open opens a file of the delivery and reads its header. The sheet is to be
// closed.
func (b *book) open(ctx context.Context, file int) (*sheet, error) {
	f, err := b.format(ctx, file)
	if err != nil {
		return nil, err
	}
	if f.Name == XLSX {
		return b.openWorkbook(ctx, file)
	}
	if sheet := b.delivery.Manifest.Files[file].Sheet; sheet != "" {
		return nil, &DataError{File: b.name(file), Msg: fmt.Sprintf("is no workbook, but %s names its sheet %q", ManifestName, sheet)}
	}
	s := &sheet{book: b, file: file}
	switch f.Name {
	case Parquet:
		s.in, err = b.openParquet(ctx, file)
	case JSONL:
		s.in, err = b.openJSONL(ctx, file)
	default:
		s.in, err = b.openCSV(ctx, file)
	}
	if err != nil {
		return nil, err
	}
	if err := s.readHeader(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *sheet) contract() Contract {
	return s.book.options.Contracts.of(s.book.delivery.Manifest.Files[s.file].Table)
}

func (s *sheet) name() string { return s.book.name(s.file) }

func (s *sheet) close() { s.in.close() }

// take is the next record, also one that was put back.
func (s *sheet) take() (record, error) {
	if len(s.ahead) > 0 {
		r := s.ahead[0]
		s.ahead = s.ahead[1:]
		return r, nil
	}
	return s.in.next()
}

// each reads the rows and books what visit says of them: loaded or ignored,
// or rejected when there is a fault.
func (s *sheet) each(ctx context.Context, visit func(row) (verdict, *fault)) error {
	for !s.tooMany() {
		r, f, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		s.book.enter(s.file, s.judge(r, f, visit))
		if err := s.book.tick(ctx); err != nil {
			return err
		}
	}
	return s.checkCount()
}

// judge says what becomes of a row and notes what is wrong with it.
func (s *sheet) judge(r row, f *fault, visit func(row) (verdict, *fault)) verdict {
	v := ignored
	if f == nil && !r.footer {
		v, f = visit(r)
	}
	s.book.pending = nil
	if f != nil {
		v = s.book.fault(s.header.contract.Drift, Reject{
			File: s.file, Line: r.line, Cell: s.cellOf(r.line, f.column),
			Column: f.column, Raw: f.raw, Rule: f.rule, Hint: f.hint,
		})
	}
	return v
}

// next reads a row. A row that cannot be read has a fault.
func (s *sheet) next() (row, *fault, error) {
	r, err := s.take()
	if err != nil {
		return row{}, nil, err
	}
	x, f := s.fit(r)
	return x, f, nil
}

// fit puts a record in the order of the header. It may have empty cells too
// many; in a workbook, which leaves them out, also too few.
func (s *sheet) fit(r record) (row, *fault) {
	x := row{header: &s.header, file: s.file, line: r.line, cells: r.cells}
	if r.fault != nil {
		return x, r.fault
	}
	r.cells = s.comeDown(r)
	if x.footer = s.isFooter(r.cells); x.footer {
		s.footers++
		return x, nil
	}
	want := s.width()
	for s.grid && len(r.cells) < want {
		r.cells = append(r.cells, "")
	}
	if len(r.cells) < want || slices.ContainsFunc(r.cells[want:], isNotBlank) {
		return x, x.refuseAll("fields", fmt.Sprintf("has %d cells, the header has %d", len(r.cells), want))
	}
	x.cells = s.layout.pick(r.cells)
	for i, c := range s.header.columns {
		switch at := s.layout.cell(i); {
		case slices.Contains(r.formulas, at):
			return x, &fault{column: c.header, rule: "formula", hint: noResult}
		case c.name == "" && !isBlank(x.cells[i]):
			return x, x.refuseAll("fields", fmt.Sprintf("cell %d has no header above it", at+1))
		}
	}
	return x, nil
}

// comeDown puts what is merged over several rows, such as an app's name, into
// each of them. A number is not repeated: it is of one row.
func (s *sheet) comeDown(r record) []string {
	cells := r.cells
	for i, c := range s.header.columns {
		at := s.layout.cell(i)
		for _, from := range r.fromAbove {
			if from.left != at || c.factor != nil || c.name == "" {
				continue
			}
			for len(cells) <= at {
				cells = append(cells, "")
			}
			cells[at] = from.text
		}
	}
	return cells
}

const noResult = "is a formula without stored result; calculate and save the workbook, or put values in place of formulas"

// width is how many cells the header has.
func (s *sheet) width() int {
	if s.layout.from != nil {
		return s.layout.width
	}
	return len(s.header.columns)
}

// footers begin the rows below an exported table that are no data.
var footers = []string{"合计", "总计", "小计", "来源", "数据来源", "注：", "注:", "备注", "说明"}

// isFooter tells blank rows, totals and source lines of aggregate tables.
func (s *sheet) isFooter(cells []string) bool {
	first := slices.IndexFunc(cells, isNotBlank)
	if first < 0 {
		return true
	}
	if s.book.delivery.Manifest.Kind != Aggregate {
		return false
	}
	text := strings.Join(strings.Fields(cells[first]), "")
	return slices.ContainsFunc(footers, func(f string) bool { return strings.HasPrefix(text, f) })
}

func isBlank(cell string) bool { return strings.TrimSpace(cell) == "" }

func isNotBlank(cell string) bool { return !isBlank(cell) }

// tooMany stops a file that has far more rows than it should.
func (s *sheet) tooMany() bool {
	return tooMany(s.book.delivery.Manifest.Files[s.file], s.book.ledgers[s.file].Read)
}

func tooMany(f File, rows int) bool {
	if f.RowsUnknown {
		return rows > mostUncounted
	}
	return rows > f.Rows+100_000
}

// mostUncounted bounds the rows of a table per app that nobody counted.
const mostUncounted = 5_000_000

// checkCount compares the rows read with the manifest, which may count the
// rows below the data or not. A file without rows is a fault even if the
// manifest announces it: nobody delivers nothing on purpose.
func (s *sheet) checkCount() error {
	f, got := s.book.delivery.Manifest.Files[s.file], s.book.ledgers[s.file].Read
	if data := got - s.footers; data > 0 && data == f.Rows {
		return nil
	}
	return checkCount(f, got)
}

func checkCount(f File, got int) error {
	switch {
	case tooMany(f, got) && f.RowsUnknown:
		return &DataError{File: f.Name, Msg: fmt.Sprintf("has more than %d rows; reading was stopped", mostUncounted)}
	case tooMany(f, got):
		return &DataError{File: f.Name, Msg: fmt.Sprintf("has more than %d rows, %s says %d; reading was stopped", got, ManifestName, f.Rows)}
	case got != f.Rows && !f.RowsUnknown:
		return &DataError{File: f.Name, Msg: fmt.Sprintf("has %d rows, %s says %d: rows were lost or added; fetch the delivery again or ask for a new revision",
			got, ManifestName, f.Rows)}
	case got == 0:
		return &DataError{File: f.Name, Msg: "has a header but no rows; ask for a new revision"}
	}
	return nil
}
