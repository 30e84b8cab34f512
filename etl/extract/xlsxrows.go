package extract

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// lastRow and lastColumn are the corner of the largest sheet there can be.
const lastRow, lastColumn = 1 << 20, 1 << 14

// A sheetRows reads the records of a sheet. Its lines are the numbers of its
// rows.
type sheetRows struct {
	book   *workbook
	part   *part
	line   int
	cells  []string
	empty  []int  // cells of the row whose formula has no result
	size   int    // bytes of the row's cells
	spans  []span // merged cells further down
	merged bool   // the sheet has any
	open   []span // merged cells that reach below the row
	ended  bool
}

// rows opens a sheet before its first row.
func (w *workbook) rows(t tab) (*sheetRows, error) {
	f := w.zip.part(t.part)
	if f == nil {
		return nil, w.damaged(t.part, errors.New("it is missing"))
	}
	spans, err := w.spans(f)
	if err != nil {
		return nil, err
	}
	p, err := w.openPart(f)
	if err != nil {
		return nil, err
	}
	return &sheetRows{book: w, part: p, spans: spans, merged: len(spans) > 0}, nil
}

func (r *sheetRows) names() []string { return nil }

func (r *sheetRows) close() {
	r.part.in.Close()
	r.book.in.Close()
}

// next is the next row that has a cell with text or a formula.
func (r *sheetRows) next() (record, error) {
	for !r.ended {
		token, err := r.part.next()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return record{}, r.book.damaged(r.part.name, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "row" {
				if err := r.row(e); err != nil {
					return record{}, r.book.damaged(r.part.name, err)
				}
				rec := r.record()
				if err := r.merge(&rec); err != nil {
					return record{}, err
				}
				if countText(r.cells) > 0 || len(r.empty) > 0 {
					return rec, nil
				}
			}
		case xml.EndElement:
			r.ended = e.Name.Local == "sheetData"
		}
	}
	return record{}, io.EOF
}

func (r *sheetRows) record() record {
	rec := record{line: r.line, cells: r.cells, formulas: r.empty}
	for i, c := range r.cells {
		if strings.Contains(c, string(lost)) {
			rec.fault = &fault{raw: c, rule: "encoding", hint: "cell " + cellName(i, r.line) + " has a character that was lost before (U+FFFD)"}
			return rec
		}
	}
	return rec
}

// row reads the cells of a row to its end.
func (r *sheetRows) row(e xml.StartElement) error {
	line, err := r.line+1, error(nil)
	text := attr(e, "r")
	if text != "" {
		line, err = strconv.Atoi(text)
	}
	if err != nil || line <= r.line || line > lastRow {
		return fmt.Errorf("row %.20q comes after row %d", text, r.line)
	}
	r.line, r.cells, r.empty, r.size = line, r.cells[:0], r.empty[:0], 0
	for {
		token, err := r.part.next()
		if err != nil {
			return noEnd(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "c" {
				if err := r.cell(e); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if e.Name.Local == "row" {
				return nil
			}
		}
	}
}

func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// cell reads a cell to its end and puts it into its place.
func (r *sheetRows) cell(e xml.StartElement) error {
	at := len(r.cells)
	if name := attr(e, "r"); name != "" {
		column, err := columnOf(name)
		if err != nil || column < at {
			return fmt.Errorf("cell %.20q comes after %s", name, cellName(at, r.line))
		}
		at = column
	}
	c, err := r.content()
	if err != nil {
		return err
	}
	shown, err := r.value(e, c)
	if err != nil {
		return err
	}
	missing := c.formula && shown == "" && !(c.has && attr(e, "t") == "str")
	if shown == "" && !missing {
		return nil
	}
	if at >= r.book.limits.Columns {
		return &DataError{Cell: cellName(at, r.line), Msg: fmt.Sprintf("is beyond the %d columns that are read; is the file the right one?", r.book.limits.Columns)}
	}
	if r.size += len(shown); r.size > longestRow {
		return &DataError{Line: r.line, Msg: fmt.Sprintf("is longer than %d bytes; is the file the right one?", longestRow)}
	}
	for len(r.cells) <= at {
		r.cells = append(r.cells, "")
	}
	r.cells[at] = shown
	if missing {
		r.empty = append(r.empty, at)
	}
	return nil
}

// A content is what stands in a cell.
type content struct {
	value   string
	text    string // of a cell that does not share its text
	formula bool
	has     bool // a value, which may be empty
}

func (r *sheetRows) content() (c content, err error) {
	var in string
	var value strings.Builder
	for {
		token, err := r.part.next()
		if err != nil {
			return c, noEnd(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			in = e.Name.Local
			c.formula, c.has = c.formula || in == "f", c.has || in == "v"
			if in == "is" {
				if c.text, err = textOf(r.part, "is"); err != nil {
					return c, err
				}
			}
		case xml.CharData:
			if in == "v" {
				if value.Write(e); value.Len() > longestCell {
					return c, errLongToken
				}
			}
		case xml.EndElement:
			if in = ""; e.Name.Local == "c" {
				c.value = value.String()
				return c, nil
			}
		}
	}
}

// value is what a cell shows, as CSV would have it.
func (r *sheetRows) value(e xml.StartElement, c content) (string, error) {
	value := c.value
	switch kind := attr(e, "t"); kind {
	case "s":
		i, err := strconv.Atoi(value)
		text, ok := r.book.texts.at(i)
		if err != nil || !ok {
			return "", fmt.Errorf("cell %.20q has text %.20q, which is not there", attr(e, "r"), value)
		}
		return text, nil
	case "inlineStr":
		return c.text, nil
	case "str":
		return unescaped(value), nil
	case "e":
		return value, nil // #N/A and the like are no numbers
	case "b":
		return map[string]string{"0": "FALSE", "1": "TRUE"}[value], nil
	case "d":
		return strings.TrimSuffix(value, "T00:00:00"), nil
	case "", "n":
		style, _ := strconv.Atoi(attr(e, "s"))
		return r.book.number(value, style), nil
	default:
		return "", fmt.Errorf("cell %.20q is of kind %.20q", attr(e, "r"), kind)
	}
}

// columnOf is the place of the column of a cell such as B7, from 0.
func columnOf(name string) (int, error) {
	n := 0
	for _, c := range []byte(name) {
		switch {
		case c >= 'A' && c <= 'Z':
			n = n*26 + int(c-'A') + 1
		case c >= '0' && c <= '9' && n > 0:
			return n - 1, nil
		default:
			return 0, errors.New("no cell")
		}
		if n > lastColumn {
			return 0, errors.New("no column")
		}
	}
	return 0, errors.New("no row")
}

// textOf reads a text, in pieces of different looks perhaps, to the end of
// its element. Readings of Chinese characters are no part of it.
func textOf(p *part, element string) (string, error) {
	var text strings.Builder
	take, reading := false, false
	for {
		token, err := p.next()
		if err != nil {
			return "", noEnd(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			reading = reading || e.Name.Local == "rPh"
			take = e.Name.Local == "t" && !reading
		case xml.CharData:
			if take {
				text.Write(e)
			}
			if text.Len() > longestCell {
				return "", errLongToken
			}
		case xml.EndElement:
			take = false
			reading = reading && e.Name.Local != "rPh"
			if e.Name.Local == element {
				return unescaped(text.String()), nil
			}
		}
	}
}

// eachText visits the texts of all elements of a name.
func eachText(p *part, element string, visit func(string) error) error {
	for {
		token, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, is := token.(xml.StartElement); !is || e.Name.Local != element {
			continue
		}
		text, err := textOf(p, element)
		if err == nil {
			err = visit(text)
		}
		if err != nil {
			return err
		}
	}
}
