package extract

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// maxTitleRows is how many title rows a table may have above its header.
const maxTitleRows = 5

// A row is one data row. Its cells are valid until the next row is read.
type row struct {
	*header
	file, line int
	cells      []string
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

// open opens a file of the delivery and reads its header. The sheet is to be
// closed.
func (b *book) open(ctx context.Context, file int) (*sheet, error) {
	t, err := b.delivery.openText(ctx, file)
	if err != nil {
		return nil, err
	}
	s := b.sheet(t, file)
	if err := s.readHeader(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (b *book) sheet(t *text, file int) *sheet {
	s := &sheet{book: b, text: t, file: file, above: t.line, csv: csv.NewReader(t)}
	s.csv.FieldsPerRecord, s.csv.ReuseRecord = -1, true
	return s
}

// A sheet is a file being read.
type sheet struct {
	book   *book
	text   *text
	file   int
	above  int // lines of the file above those that csv reads
	csv    *csv.Reader
	header header
}

func (s *sheet) table() string { return s.book.delivery.Manifest.Files[s.file].Table }

func (s *sheet) close() { s.text.in.Close() }

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
	if f == nil && !s.isFooter(r) {
		v, f = visit(r)
	}
	if f != nil {
		v = rejected
		s.book.note(Reject{File: s.file, Line: r.line, Column: f.column, Raw: f.raw, Rule: f.rule, Hint: f.hint})
	}
	return v
}

// readHeader skips title rows, which have text in one cell at most, and reads
// the header below them.
func (s *sheet) readHeader() error {
	for range maxTitleRows + 1 {
		cells, err := s.csv.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line := s.line(err)
		if err != nil {
			return s.asDataError(err, line)
		}
		if bad, is := s.text.byteFault(line, cells); is {
			return s.located(&DataError{Msg: s.wrongBytes(bad) + "; is the encoding in " + ManifestName + " right?"}, line)
		}
		if len(slices.DeleteFunc(slices.Clone(cells), isBlank)) <= 1 {
			if err := s.checkTitle(cells, line); err != nil {
				return err
			}
			continue
		}
		s.header, err = parseHeader(s.table(), s.book.delivery.Manifest.Month, cells)
		return s.located(err, line)
	}
	return &DataError{File: s.text.file, Msg: "has no header row with commas between the columns"}
}

// checkTitle compares the month that a title row may name with the manifest's.
func (s *sheet) checkTitle(cells []string, line int) error {
	title := leadingMonth.FindString(squeeze(strings.Join(cells, "")))
	if title == "" {
		return nil
	}
	if complaint := sameMonth(title, s.book.delivery.Manifest.Month); complaint != "" {
		return s.located(&DataError{Msg: complaint}, line)
	}
	return nil
}

// next reads a row. A row that cannot be split or decoded has a fault.
func (s *sheet) next() (row, *fault, error) {
	cells, err := s.csv.Read()
	if errors.Is(err, io.EOF) {
		return row{}, nil, err
	}
	r := row{header: &s.header, file: s.file, line: s.line(err), cells: cells}
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse) && parse.Line > parse.StartLine:
		return r, nil, s.located(&DataError{Msg: "a quote opens here and is not closed on this line"}, r.line)
	case errors.As(err, &parse):
		// The text is read line by line, so that its last line is this row.
		return r, &fault{
			raw: strings.TrimSuffix(string(s.text.buffer), "\n"), rule: "csv", hint: parse.Err.Error() + "; double the quotes inside quotes",
		}, nil
	case err != nil:
		return r, nil, err
	}
	if bad, is := s.text.byteFault(r.line, cells); is {
		return r, &fault{raw: bad.raw, rule: "encoding", hint: s.wrongBytes(bad)}, nil
	}
	return s.fit(r)
}

// fit compares a row with the header: a row may have empty cells too many.
func (s *sheet) fit(r row) (row, *fault, error) {
	want := len(s.header.columns)
	switch {
	case s.isFooter(r):
		return r, nil, nil
	case len(r.cells) < want, slices.ContainsFunc(r.cells[want:], func(c string) bool { return !isBlank(c) }):
		return r, r.refuseAll("fields", fmt.Sprintf("has %d cells, the header has %d", len(r.cells), want)), nil
	}
	for i, c := range s.header.columns {
		if c.name == "" && !isBlank(r.cells[i]) {
			return r, r.refuseAll("fields", fmt.Sprintf("cell %d has no header above it", i+1)), nil
		}
	}
	return r, nil, nil
}

// footers begin the rows below an exported table that are no data.
var footers = []string{"合计", "总计", "小计", "来源", "数据来源", "注：", "注:", "备注", "说明"}

// isFooter tells blank rows, totals and source lines of aggregate tables.
func (s *sheet) isFooter(r row) bool {
	first := slices.IndexFunc(r.cells, func(c string) bool { return !isBlank(c) })
	if first < 0 {
		return true
	}
	if s.book.delivery.Manifest.Kind != Aggregate {
		return false
	}
	text := strings.TrimSpace(r.cells[first])
	return slices.ContainsFunc(footers, func(f string) bool { return strings.HasPrefix(text, f) })
}

func isBlank(cell string) bool { return strings.TrimSpace(cell) == "" }

// line is the physical line where the record just read begins.
func (s *sheet) line(err error) int {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return s.above + parse.StartLine
	}
	if err != nil {
		return 0
	}
	line, _ := s.csv.FieldPos(0)
	return s.above + line
}

// wrongBytes says where a row is not valid in the file's encoding.
func (s *sheet) wrongBytes(bad byteFault) string {
	return fmt.Sprintf("byte %d of line %d is not valid %s, or a character that was lost before (U+FFFD)",
		bad.offset+1, bad.line, s.text.enc.name)
}

// located adds file and line to an error about a header.
func (s *sheet) located(err error, line int) error {
	var known *DataError
	if errors.As(err, &known) {
		known.File, known.Line = s.text.file, line
	}
	return err
}

func (s *sheet) asDataError(err error, line int) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return &DataError{File: s.text.file, Line: line, Msg: parse.Err.Error() + " in the header"}
	}
	return err
}

// tooMany stops a file that has far more rows than it should.
func (s *sheet) tooMany() bool {
	return tooMany(s.book.delivery.Manifest.Files[s.file], s.book.ledgers[s.file].Read)
}

func tooMany(f File, rows int) bool { return rows > f.Rows+100_000 }

// checkCount compares the rows read with the manifest. A file without rows is
// a fault even if the manifest announces it: nobody delivers nothing on
// purpose.
func (s *sheet) checkCount() error {
	return checkCount(s.book.delivery.Manifest.Files[s.file], s.book.ledgers[s.file].Read)
}

func checkCount(f File, got int) error {
	switch {
	case tooMany(f, got):
		return &DataError{File: f.Name, Msg: fmt.Sprintf("has more than %d rows, %s says %d; reading was stopped", got, ManifestName, f.Rows)}
	case got != f.Rows:
		return &DataError{File: f.Name, Msg: fmt.Sprintf("has %d rows, %s says %d: rows were lost or added; fetch the delivery again or ask for a new revision",
			got, ManifestName, f.Rows)}
	case got == 0:
		return &DataError{File: f.Name, Msg: "has a header but no rows; ask for a new revision"}
	}
	return nil
}
