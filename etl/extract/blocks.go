package extract

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"
)

const (
	blockSize = 1 << 20
	maxRecord = 1 << 24 // of a record with line ends inside quotes

	// Slack is how many bytes behind its text a Block may be read beyond.
	Slack = 32
)

// A Blocks reads a CSV file of microdata in blocks of whole rows. Next may be
// called by many goroutines; the rows within a block are for the one who has
// it.
type Blocks struct {
	Columns []string // by contract name, "" for a column without header
	File    int

	in   *Intake
	ctx  context.Context
	head header
	name string

	mu    sync.Mutex
	raw   *stream
	enc   encoding
	sure  bool   // the encoding is declared, or was found out
	rest  []byte // read, but of the next block
	skip  int    // lines above the first row
	line  int
	seq   int
	ended bool
}

// A Block is some rows of a file.
type Block struct {
	Text   []byte // rows, each ending in a line feed, with Slack bytes behind
	Plain  bool   // is UTF-8 without lost characters
	Quotes bool   // has quotation marks
	Seq    int    // place in the file

	of     *Blocks
	enc    encoding
	line   int // physical line of the first row
	buffer []byte
}

// Open reads the header of a file of microdata. The file is held open from the
// first block to the last: what inflates it takes memory. The Blocks are to be
// closed.
func (in *Intake) Open(ctx context.Context, file int) (*Blocks, error) {
	s := &Blocks{in: in, ctx: ctx, File: file, name: in.book.delivery.Manifest.Files[file].Name}
	if err := s.readHeader(); err != nil {
		return nil, err
	}
	if err := in.accept(file, s.head); err != nil {
		return nil, err
	}
	return s, nil
}

// accept refuses a file whose columns do not go with the manifest or the
// other files.
func (in *Intake) accept(file int, h header) error {
	in.mu.Lock()
	in.book.heed(file, h)
	in.mu.Unlock()
	f := in.book.delivery.Manifest.Files[file]
	if f.Table == TableDevices {
		return in.devices.uniform(f.Name, h)
	}
	return in.usage.grain(f.Name, h)
}

// readHeader reads title and header rows. Where nothing declares the encoding
// and they are ASCII, the encoding stays open until a row is not.
func (s *Blocks) readHeader() error {
	b := s.in.book
	t, err := b.lines(s.ctx, s.File)
	if err != nil {
		return err
	}
	defer t.in.Close()
	s.enc, s.sure, err = b.encoding(s.File, t.in.bom)
	if err != nil {
		return err
	}
	t.enc = s.enc
	if !s.sure {
		if t.enc, err = s.ofHeader(); err != nil {
			return err
		}
	}
	sheet := &sheet{book: b, file: s.File, in: newCSV(t)}
	if err := sheet.readHeader(); err != nil {
		return err
	}
	s.head, s.skip, s.line = sheet.header, t.line, 1
	for _, c := range s.head.columns {
		s.Columns = append(s.Columns, c.name)
	}
	return nil
}

// ofHeader is an encoding that the first lines can be read in.
func (s *Blocks) ofHeader() (encoding, error) {
	t, err := s.in.book.lines(s.ctx, s.File)
	if err != nil {
		return encoding{}, err
	}
	defer t.in.Close()
	for i := 0; i <= maxTitleRows && t.scan(); i++ {
		if !isASCII(t.lines.Bytes()) {
			s.enc, err = s.in.book.guess(s.ctx, s.File)
			s.sure = err == nil
			return s.enc, err
		}
	}
	return inUTF8, t.fault(t.lines.Err())
}

// Close closes the file if it was not read to its end.
func (s *Blocks) Close() error {
	if s.raw == nil {
		return nil
	}
	raw := s.raw
	s.raw = nil
	return raw.Close()
}

// Next reads a block, io.EOF when there are no more. The block's memory is
// used again.
func (s *Blocks) Next(b *Block) error {
	s.mu.Lock()
	err := s.cut(b)
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return b.classify()
}

// cut takes the next whole rows.
func (s *Blocks) cut(b *Block) (err error) {
	if s.ended {
		return io.EOF
	}
	if s.raw == nil {
		if s.raw, err = s.in.book.stream(s.ctx, s.File); err != nil {
			return err
		}
	}
	for size := blockSize; ; size *= 2 {
		text, err := s.fill(b, size)
		if err != nil {
			return err
		}
		if len(text) == 0 && s.ended {
			return io.EOF
		}
		b.Quotes = bytes.IndexByte(text, '"') >= 0
		end := wholeRows(text, b.Quotes, s.ended)
		if end == 0 && len(text) > maxLine && (!b.Quotes || len(text) > maxRecord) {
			return s.tooLong(b.Quotes)
		}
		s.rest = append(s.rest[:0], text[end:]...)
		b.Text = s.belowHeader(text[:end])
		if len(b.Text) > 0 {
			s.hand(b)
			return nil
		}
	}
}

// hand gives the block its place in the file.
func (s *Blocks) hand(b *Block) {
	b.of, b.line, b.Seq = s, s.line, s.seq
	s.line += bytes.Count(b.Text, []byte{'\n'})
	s.seq++
}

// belowHeader leaves out the lines above the first row.
func (s *Blocks) belowHeader(text []byte) []byte {
	for ; s.skip > 0 && len(text) > 0; s.skip-- {
		text = text[1+bytes.IndexByte(text, '\n'):]
		s.line++
	}
	return text
}

// fill reads so many bytes, what was left of the last block first, and makes
// LF of lone CR.
func (s *Blocks) fill(b *Block, size int) ([]byte, error) {
	if cap(b.buffer) < size+len(s.rest)+1+Slack {
		b.buffer = make([]byte, size+len(s.rest)+1+Slack)
	}
	n := copy(b.buffer[:cap(b.buffer)], s.rest)
	for full := n + size; n < full && !s.ended; {
		m, err := s.raw.Read(b.buffer[n:full])
		n += m
		switch {
		case err == io.EOF:
			s.ended = true
		case err != nil:
			return nil, s.raw.fault(s.name, s.line-1, err)
		}
	}
	text := b.buffer[:n]
	if s.ended {
		s.Close()
	}
	if s.ended && n > 0 && text[n-1] != '\n' {
		text = append(text, '\n')
	}
	endLines(text)
	return text, nil
}

// endLines makes a line feed of every carriage return that has none behind
// it, except for the last byte: what follows it is not known yet.
func endLines(text []byte) {
	for i := 0; ; i++ {
		next := bytes.IndexByte(text[i:], '\r')
		if next < 0 || i+next+1 >= len(text) {
			return
		}
		if i += next; text[i+1] != '\n' {
			text[i] = '\n'
		}
	}
}

// wholeRows is where the last whole row of text ends.
func wholeRows(text []byte, quotes, last bool) (end int) {
	if last {
		return len(text)
	}
	if !quotes {
		return 1 + bytes.LastIndexByte(text, '\n')
	}
	for {
		next := rowEnd(text[end:])
		if next < 0 {
			return end
		}
		end += next
	}
}

func (s *Blocks) tooLong(quotes bool) error {
	e := &DataError{File: s.name, Line: s.line + s.skip, Msg: fmt.Sprintf("is longer than %d bytes; is the file CSV?", maxLine)}
	if quotes {
		e.Msg = fmt.Sprintf("a quote opens here, or in a line below, and is not closed within %d bytes", maxRecord)
	}
	return e
}

// rowEnd is where the row ends that text begins with, -1 if text ends before
// it. A quote opens at the beginning of a cell only; a row with a misplaced
// quote ends with its line, as for encoding/csv.
func rowEnd(text []byte) int {
	for at := 0; ; {
		if at >= len(text) || text[at] != '"' {
			next := bytes.IndexAny(text[at:], ",\n")
			switch {
			case next < 0:
				return -1
			case text[at+next] == '\n':
				return at + next + 1
			case bytes.IndexByte(text[at:at+next], '"') >= 0:
				return lineEnd(text, at)
			}
			at += next + 1
			continue
		}
		after := closing(text, at+1)
		switch {
		case after < 0:
			return -1
		case text[after] == ',':
			at = after + 1
		default: // the line's end, or a misplaced quote
			return lineEnd(text, after)
		}
	}
}

// closing is the place behind the quote that closes a cell whose text begins
// at i, -1 if there is none.
func closing(text []byte, i int) int {
	for {
		next := bytes.IndexByte(text[i:], '"')
		if next < 0 || i+next+1 >= len(text) {
			return -1
		}
		if i += next + 1; text[i] != '"' {
			return i
		}
		i++
	}
}

func lineEnd(text []byte, from int) int {
	next := bytes.IndexByte(text[from:], '\n')
	if next < 0 {
		return -1
	}
	return from + next + 1
}
