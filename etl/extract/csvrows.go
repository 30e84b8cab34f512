package extract

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
)

// A csvRows reads the records of a CSV file.
type csvRows struct {
	text  *text
	above int // lines of the file above those that csv reads
	csv   *csv.Reader
}

func (b *book) openCSV(ctx context.Context, file int) (*csvRows, error) {
	t, err := b.openText(ctx, file)
	if err != nil {
		return nil, err
	}
	return newCSV(t), nil
}

func newCSV(t *text) *csvRows {
	c := &csvRows{text: t, above: t.line, csv: csv.NewReader(t)}
	c.csv.FieldsPerRecord, c.csv.ReuseRecord = -1, true
	return c
}

func (c *csvRows) names() []string { return nil }

func (c *csvRows) close() { c.text.in.Close() }

func (c *csvRows) next() (record, error) {
	from := c.text.line + 1
	c.text.room = maxRecord
	cells, err := c.csv.Read()
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse) && parse.Line > parse.StartLine:
		return record{}, &DataError{File: c.text.file, Line: c.above + parse.StartLine, Msg: "a quote opens here and is not closed on this line"}
	case errors.As(err, &parse):
		f := &fault{raw: strings.TrimSuffix(string(c.text.buffer), "\n"), rule: "csv", hint: parse.Err.Error() + "; double the quotes inside quotes"}
		return record{line: c.above + parse.StartLine, cells: cells, fault: f}, nil
	case errors.Is(err, errNoRoom):
		return record{}, &DataError{File: c.text.file, Line: from, Msg: fmt.Sprintf("a quote opens here, or in a line below, and is not closed within %d bytes", maxRecord)}
	case err != nil:
		return record{}, err
	}
	line, _ := c.csv.FieldPos(0)
	r := record{line: c.above + line, cells: cells}
	if bad, is := c.text.byteFault(r.line, cells); is {
		r.fault = &fault{raw: bad.raw, rule: "encoding", hint: c.text.wrongBytes(bad)}
	}
	return r, tooLong(c.text.file, r.line, cells)
}

// tooLong refuses cells that no table has.
func tooLong(file string, line int, cells []string) error {
	left := longestRow
	for i, cell := range cells {
		if left -= len(cell); left < 0 {
			return &DataError{File: file, Line: line, Msg: fmt.Sprintf("is longer than %d bytes; is the file the right one?", longestRow)}
		}
		if len(cell) > longestCell {
			return &DataError{File: file, Line: line, Msg: fmt.Sprintf("cell %d is longer than %d bytes; is the file the right one?", i+1, longestCell)}
		}
	}
	return nil
}

// errNoRoom says that a record does not end.
var errNoRoom = errors.New("record too long")

// wrongBytes says where a row is not valid in the file's encoding.
func (t *text) wrongBytes(bad byteFault) string {
	return fmt.Sprintf("byte %d of line %d is not valid %s, or a character that was lost before (U+FFFD)",
		bad.offset+1, bad.line, t.enc.name)
}
