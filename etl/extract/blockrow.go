package extract

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"unicode/utf8"
)

// RowEnd is where the row ends that begins at a place in the text.
func (b *Block) RowEnd(at int) int {
	if !b.Quotes {
		return at + 1 + bytes.IndexByte(b.Text[at:], '\n')
	}
	if end := rowEnd(b.Text[at:]); end >= 0 {
		return at + end
	}
	return len(b.Text) // a quote is never closed
}

// Place is file and line of the row at a place in the text.
func (b *Block) Place(at int) Place {
	return Place{b.of.File, b.line + bytes.Count(b.Text[:at], []byte{'\n'})}
}

// Row is the row between two places in the text.
func (b *Block) Row(from, to int) Row {
	return Row{block: b, place: b.Place(from), text: b.Text[from:to]}
}

// Decode is a cell of the block as UTF-8; ok is false if it has bad bytes.
func (b *Block) Decode(cell []byte) (text string, ok bool) {
	decoded, bad := b.enc.decode(cell)
	return string(decoded), bad < 0
}

// Clean tells whether a cell may be used as it is.
func (b *Block) Clean(cell []byte) bool { return b.Plain || isASCII(cell) }

// DecodeUTF8 tells whether a cell is UTF-8 without lost characters.
func DecodeUTF8(cell []byte) (text string, ok bool) {
	_, bad := decodeUTF8(cell)
	return string(cell), bad < 0
}

// classify finds out whether the text may be used as it is.
func (b *Block) classify() (err error) {
	if b.Plain = isASCII(b.Text); b.Plain {
		b.enc = inUTF8
		return nil
	}
	if b.enc, err = b.of.encoding(); err != nil {
		return err
	}
	b.Plain = b.enc.name == inUTF8.name && utf8.Valid(b.Text) && !bytes.Contains(b.Text, lost)
	return nil
}

// encoding is guessed from the whole file when nothing tells it.
func (s *Blocks) encoding() (_ encoding, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.sure {
		s.enc, err = s.in.book.guess(s.ctx, s.File)
		s.sure = err == nil
	}
	return s.enc, err
}

// A Row is a row to be read by an Intake: text of a block, or cells.
type Row struct {
	block *Block
	text  []byte
	place Place
	cells []string
	fault *fault // of a row of cells that cannot be read
	empty []int  // its formulas without result
	cols  *Cells
}

// sheet is a file of this row alone.
func (r Row) sheet(b *book) *sheet {
	if r.cols != nil {
		return &sheet{book: b, file: r.place.File, header: r.cols.head, grid: r.cols.grid}
	}
	of := r.block.of
	t := newText(of.name, &stream{Reader: bytes.NewReader(r.text)})
	t.enc, t.line = r.block.enc, r.place.Line-1
	return &sheet{book: b, file: r.place.File, header: of.head, in: newCSV(t)}
}

// read splits the row; done if it is an empty line.
func (r Row) read(s *sheet) (x row, f *fault, done bool, err error) {
	if r.cols != nil {
		x, f = s.fit(record{line: r.place.Line, cells: r.cells, fault: r.broken(s), formulas: r.empty})
		return x, f, false, nil
	}
	x, f, err = s.next()
	if errors.Is(err, io.EOF) {
		return x, nil, true, nil
	}
	return x, f, false, err
}

// broken is why the cells cannot be read.
func (r Row) broken(s *sheet) *fault {
	i := slices.IndexFunc(r.cells, func(c string) bool { _, ok := DecodeUTF8([]byte(c)); return !ok })
	if r.fault != nil || i < 0 || i >= len(s.header.columns) {
		return r.fault
	}
	return &fault{
		column: s.header.columns[i].header, raw: r.cells[i], rule: "encoding",
		hint: "is not valid utf-8, or has a character that was lost before (U+FFFD)",
	}
}

// Cells are the columns of a file whose rows come cell by cell, such as
// Parquet. Its lines are row numbers, from 1.
type Cells struct {
	Columns []string // by contract name, "" for a column without header
	file    int
	head    header
	grid    bool // of a workbook
}

// Cells matches the columns of a file with the contract.
func (in *Intake) Cells(file int, names []string) (*Cells, error) {
	d := in.book.delivery.Manifest
	h, err := parseHeader(in.book.options.Contracts.of(d.Files[file].Table), d.Month, names)
	var known *DataError
	if errors.As(err, &known) {
		known.File = d.Files[file].Name
	}
	if err != nil {
		return nil, err
	}
	c := &Cells{file: file, head: h}
	for _, column := range h.columns {
		c.Columns = append(c.Columns, column.name)
	}
	return c, in.accept(file, h)
}

// Row is a row of cells, one for each column.
func (c *Cells) Row(line int, cells []string) Row {
	return Row{cols: c, place: Place{c.file, line}, cells: cells}
}

// Place is where the row is.
func (r Row) Place() Place { return r.place }
