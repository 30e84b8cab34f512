package tabulate

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/bits"

	"panelwatch/etl/extract"
)

// Columns of usage as the reader of plain rows sees them.
const (
	otherColumn = iota // not used, any content
	deviceColumn
	appColumn
	dayColumn
	activeColumn
	usesColumn
	secondsColumn
	monthColumn
	blankColumn // without header: must be empty
)

var usageColumns = map[string]int{
	"device_id": deviceColumn, "app_id": appColumn, "day": dayColumn, "active_days": activeColumn,
	"uses": usesColumn, "seconds": secondsColumn, "month": monthColumn, "": blankColumn,
}

// A csvReader reads the plain rows of one file for one worker: cells without
// quotes inside, days as YYYY-MM-DD, numbers of digits alone, known apps.
// Every other row is odd, and left to the Intake.
type csvReader struct {
	*scan
	columns []int
	month8  uint64    // YYYY-MM- as a word
	days    uint8     // of the month
	months  [2][]byte // plain spellings of the month

	batch   batch
	block   *extract.Block
	device  metCell
	again   bool // the device is that of the last row in the batch
	app     metCell
	number  uint16 // of the app
	scratch []byte // a row without its quotes
}

func newCSVReader(s *scan, columns []string) *csvReader {
	r := &csvReader{scan: s, days: uint8(s.month.Days())}
	for _, c := range columns {
		r.columns = append(r.columns, usageColumns[c])
	}
	r.months = [2][]byte{[]byte(s.month.Start().Format("200601")), []byte(s.month.String())}
	r.month8 = binary.LittleEndian.Uint64([]byte(s.month.String() + "-"))
	return r
}

func (r *csvReader) odd(at int32) extract.Row {
	return r.block.Row(int(at), r.block.RowEnd(int(at)))
}

func (r *csvReader) place(at int32) extract.Place { return r.block.Place(int(at)) }

// read gives all rows of a block to a consumer.
func (r *csvReader) read(b *extract.Block, from chunk, to consumer) error {
	r.block = b
	r.batch.reset()
	r.again = false
	text := b.Text[:len(b.Text)+extract.Slack]
	careful := b.Quotes || !b.Plain
	for at := 0; at < len(b.Text); {
		end, plain := -1, false
		if careful {
			end = b.RowEnd(at)
			plain = r.quoted(b, at, end)
		} else {
			end, plain = r.row(text, at)
		}
		if plain {
			r.batch.at[r.batch.rows] = int32(at)
			if r.batch.rows++; r.batch.rows == batchRows {
				if err := r.flush(from, to); err != nil {
					return err
				}
			}
		} else {
			end = b.RowEnd(at)
			if err := to.odd(b.Row(at, end), from); err != nil {
				return err
			}
		}
		at = end
	}
	if err := r.flush(from, to); err != nil {
		return err
	}
	return to.done(from.file())
}

func (r *csvReader) flush(from chunk, to consumer) error {
	err := to.take(r, from, &r.batch)
	r.batch.reset()
	r.again = false
	return err
}

// quoted reads a row of a block with quotes or bytes that are not plain.
func (r *csvReader) quoted(b *extract.Block, at, end int) bool {
	row := b.Text[at:end]
	if !b.Plain && !isASCII(row) {
		return false
	}
	if bytes.IndexByte(row, '"') < 0 {
		_, plain := r.row(b.Text[:len(b.Text)+extract.Slack], at)
		return plain
	}
	scratch, ok := unquote(r.scratch[:0], row)
	if r.scratch = scratch; !ok {
		return false
	}
	n := len(scratch)
	r.scratch = append(scratch, make([]byte, extract.Slack)...)
	next, plain := r.row(r.scratch, 0)
	return plain && next == n
}

// unquote appends a row without its quotes. ok is false if they hold
// anything that needs them.
func unquote(to, row []byte) (_ []byte, ok bool) {
	for len(row) > 0 {
		inner := row[:max(0, bytes.IndexAny(row, ",\r\n"))]
		if row[0] == '"' {
			close := bytes.IndexByte(row[1:], '"')
			if close < 0 || bytes.ContainsAny(row[1:1+close], ",\r\n") || !stopsAt(row, close+2) {
				return to, false
			}
			inner, row = row[1:1+close], row[close+2:]
		} else {
			row = row[len(inner):]
		}
		if bytes.IndexByte(inner, '"') >= 0 {
			return to, false
		}
		to, row = nextCell(append(to, inner...), row)
	}
	return to, true
}

// stopsAt tells whether a cell ends at i.
func stopsAt(row []byte, i int) bool {
	return i < len(row) && (row[i] == ',' || row[i] == '\n' || row[i] == '\r')
}

// nextCell copies what ends a cell.
func nextCell(to, row []byte) ([]byte, []byte) {
	n := 1
	if row[0] == '\r' {
		n = len(row)
	}
	return append(to, row[:n]...), row[n:]
}

func isASCII(text []byte) bool {
	return bytes.IndexFunc(text, func(r rune) bool { return r >= 0x80 }) < 0
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// stops marks, in the highest bit of each, the bytes of a word that are a
// comma or below 14, which all line ends are. The lowest mark is right; those
// above it need not be.
func stops(w uint64) uint64 {
	comma := w ^ ones*','
	return ((comma-ones)&^comma | (w-ones*14)&^w) & highs
}

func load(text []byte, at int) uint64 { return binary.LittleEndian.Uint64(text[at:]) }

// cell makes a name of the cell at a place and says where it ends. The name of
// a cell longer than inline is not filled in.
func cell(text []byte, at int, n *name) (end int) {
	n.words = [3]uint64{}
	for i := range n.words {
		w := load(text, at+8*i)
		if m := stops(w); m != 0 {
			length := bits.TrailingZeros64(m) &^ 7
			n.words[i] = w & (1<<length - 1)
			n.size = uint32(8*i + length/8)
			return at + int(n.size)
		}
		n.words[i] = w
	}
	end = skip(text, at+inline)
	n.size = uint32(end - at)
	return end
}

// skip is where the cell ends that a place lies in.
func skip(text []byte, at int) int {
	for ; ; at += 8 {
		if m := stops(load(text, at)); m != 0 {
			return at + bits.TrailingZeros64(m)>>3
		}
	}
}

// number reads up to eight digits; end is at if there are none, or more.
func number(text []byte, at int) (v uint32, end int) {
	w := load(text, at) ^ ones*'0' // a digit is its worth now
	others := ((w + ones*(0x80-10)) | w) & highs
	n := bits.TrailingZeros64(others) &^ 7 // bits of the digits
	if n == 0 || n == 64 && text[at+8]-'0' <= 9 {
		return 0, at
	}
	w <<= 64 - n // what is not there counts as leading zeros
	w = w*10 + w>>8
	const pairs = 0x000000ff_000000ff
	w = (w&pairs*(100+1_000_000<<32) + w>>16&pairs*(1+10_000<<32)) >> 32
	return uint32(w), at + n>>3
}

// A metCell is the cell of the row before, to compare with before the end of
// the next is looked for.
type metCell struct {
	name
	masks *[3]uint64
}

// masksOf are the bytes that a name of each length has of its words.
var masksOf = func() (all [inline + 1][3]uint64) {
	for size := range all {
		for i := range all[size] {
			all[size][i] = 1<<(8*min(max(size-8*i, 0), 8)) - 1
		}
	}
	return all
}()

func (c *metCell) set(n *name) { c.name, c.masks = *n, &masksOf[n.size] }

// at tells whether the cell stands at a place in the text, a comma behind it.
func (c *metCell) at(text []byte, at int) bool {
	return c.size > 0 && (load(text, at)^c.words[0])&c.masks[0]|(load(text, at+8)^c.words[1])&c.masks[1]|
		(load(text, at+16)^c.words[2])&c.masks[2] == 0 && text[at+int(c.size)] == ','
}

const secondsPerDay = 86_400

// row reads a row into the batch, without adding it. plain is false if it
// has to be read by the Intake.
func (r *csvReader) row(text []byte, at int) (next int, plain bool) {
	var uses, seconds, active uint32 = 0, 0, 1
	var long []byte
	b := &r.batch
	from, last := at, len(r.columns)-1
	for i, column := range r.columns {
		end := at
		switch column {
		case deviceColumn:
			if r.device.at(text, at) {
				end += int(r.device.size)
			} else if end = r.newDevice(text, at); end-at > inline {
				long = text[at:end]
			}
		case appColumn:
			if r.app.at(text, at) {
				end += int(r.app.size)
			} else if end = r.newApp(text, at); end == at {
				return from, false
			}
		case dayColumn:
			day := (text[at+8]-'0')*10 + text[at+9] - '0'
			if load(text, at) != r.month8 || text[at+8]-'0' > 9 || text[at+9]-'0' > 9 || day < 1 || day > r.days {
				return from, false
			}
			b.day[b.rows] = day
			end += 10
		case activeColumn:
			if active, end = number(text, at); active < 1 || active > uint32(r.days) {
				return from, false
			}
			b.day[b.rows] = uint8(active)
		case usesColumn:
			if uses, end = number(text, at); end == at {
				return from, false
			}
		case secondsColumn:
			if seconds, end = number(text, at); end == at {
				return from, false
			}
		case monthColumn:
			end = skip(text, at)
			if month := text[at:end]; !bytes.Equal(month, r.months[0]) && !bytes.Equal(month, r.months[1]) {
				return from, false
			}
		case otherColumn:
			end = skip(text, at)
		}
		switch {
		case i < last && text[end] != ',':
			return from, false
		case i == last && text[end] == '\r':
			end++
		}
		at = end + 1
	}
	if text[at-1] != '\n' || seconds > secondsPerDay*active || !r.byDay && uses < active {
		return from, false
	}
	r.who(long)
	b.app[b.rows] = r.number
	b.value[b.rows] = value(uses, seconds)
	return at, true
}

// newDevice takes the id of a device that is not that of the row before,
// unless it is long.
func (r *csvReader) newDevice(text []byte, at int) (end int) {
	var n name
	if end = cell(text, at, &n); n.size <= inline {
		r.device.set(&n)
		r.again = false
	}
	return end
}

// newApp looks up an app that is not that of the row before. end is at if it
// is not known.
func (r *csvReader) newApp(text []byte, at int) (end int) {
	var n name
	if end = cell(text, at, &n); n.size > inline {
		return at
	}
	h := hashOf(&n.words, n.size)
	first := r.apps.start(h)
	found := r.apps.find(first, r.apps.slots[first], h, &n, nil)
	if found == nobody {
		return at
	}
	r.app.set(&n)
	r.number = uint16(found)
	return end
}

// who gives the next row of the batch its device.
func (r *csvReader) who(long []byte) {
	switch b := &r.batch; {
	case long != nil:
		b.longID(long)
		r.again = false
	case r.again:
		b.who[b.rows] = uint8(b.ids - 1)
	default:
		b.id(&r.device.name)
		r.again = true
	}
}

// blocks reads the blocks of a file until there are no more.
func (r *csvReader) blocks(file *extract.Blocks, to consumer) error {
	var b extract.Block
	for {
		switch err := file.Next(&b); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if err := r.read(&b, chunkOf(file.File, b.Seq), to); err != nil {
			return err
		}
	}
}
