package extract

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
)

// maxLine bounds a physical line, so that a damaged or hostile file cannot
// take all memory.
const maxLine = 1 << 20

// A text reads the lines of one file as UTF-8, however the file is compressed
// and encoded: what a CSV reader reads. Line ends LF, CRLF and CR all come
// out as LF.
type text struct {
	file   string
	in     *stream
	lines  *bufio.Scanner
	enc    encoding
	line   int         // of the last line read
	buffer []byte      // that line, decoded
	rest   []byte      // what of it was not yet given out
	faults []byteFault // of lines not yet asked for
	room   int         // bytes that the record being read may still take
}

// A byteFault is a place whose bytes are not valid in the file's encoding.
type byteFault struct {
	line, offset int
	raw          string // the line, with the bytes in question as \xFF
}

// escaped writes a line as it is but for what is no text: its bytes.
func escaped(line []byte, enc encoding) string {
	var b strings.Builder
	for len(line) > 0 {
		size := enc.size(line)
		text, bad := enc.decode(line[:max(size, 1)])
		if size == 0 || bad >= 0 {
			size = max(size, 1)
			for _, c := range line[:size] {
				fmt.Fprintf(&b, `\x%02X`, c)
			}
		} else {
			b.Write(text)
		}
		line = line[size:]
	}
	return b.String()
}

// openText opens a file of the manifest. Its encoding is the declared one,
// else UTF-8 if it has a byte-order mark, else the one of UTF-8 and GB18030
// that can read more of its lines, UTF-8 if both can.
func (b *book) openText(ctx context.Context, file int) (*text, error) {
	t, err := b.lines(ctx, file)
	if err != nil {
		return nil, err
	}
	enc, declared, err := b.encoding(file, t.in.bom)
	if err == nil && !declared {
		enc, err = b.guess(ctx, file)
	}
	if err != nil {
		t.in.Close()
		return nil, err
	}
	t.enc = enc
	return t, nil
}

// encoding is the one that manifest or byte-order mark tell of, if any.
func (b *book) encoding(file int, bom bool) (enc encoding, declared bool, err error) {
	f := b.delivery.Manifest.Files[file]
	name := strings.ToLower(cmp.Or(f.Encoding, b.delivery.Manifest.Encoding))
	switch enc = encodings[name]; {
	case name != "" && bom && enc.name != inUTF8.name:
		return enc, true, &DataError{File: f.Name, Line: 1, Msg: fmt.Sprintf(
			"begins with a UTF-8 byte-order mark, %s says %s; correct one of them", ManifestName, name)}
	case name != "":
		return enc, true, nil
	}
	return inUTF8, bom, nil
}

// guess reads the whole file to find its encoding, a second time if it is
// not all UTF-8.
func (b *book) guess(ctx context.Context, file int) (encoding, error) {
	badUTF8, err := b.undecodable(ctx, file, inUTF8)
	if err != nil || badUTF8 == 0 {
		return inUTF8, err
	}
	badGB, err := b.undecodable(ctx, file, inGB18030)
	if badGB < badUTF8 {
		return inGB18030, err
	}
	return inUTF8, err
}

// undecodable counts the lines with bytes that are not valid in an encoding.
func (b *book) undecodable(ctx context.Context, file int, enc encoding) (n int, err error) {
	t, err := b.lines(ctx, file)
	if err != nil {
		return 0, err
	}
	defer t.in.Close()
	for t.scan() {
		if isASCII(t.lines.Bytes()) {
			continue
		}
		if _, bad := enc.decode(t.lines.Bytes()); bad >= 0 {
			n++
		}
	}
	return n, t.fault(t.lines.Err())
}

// lines opens a file for reading line by line.
func (b *book) lines(ctx context.Context, file int) (*text, error) {
	in, err := b.stream(ctx, file)
	if err != nil {
		return nil, err
	}
	return newText(b.name(file), in), nil
}

func newText(file string, in *stream) *text {
	t := &text{file: file, in: in, lines: bufio.NewScanner(in)}
	t.lines.Buffer(nil, maxLine)
	t.lines.Split(splitLine)
	return t
}

// splitLine is a bufio.SplitFunc for lines that end in LF, CRLF or CR. No
// trail byte of GB18030 is one of these, so lines are split before decoding.
func splitLine(data []byte, atEOF bool) (advance int, line []byte, err error) {
	end := bytes.IndexByte(data, '\n')
	head := data
	if end >= 0 {
		head = data[:end]
	}
	switch cr := bytes.IndexByte(head, '\r'); {
	case cr >= 0 && cr+1 < len(data):
		if data[cr+1] == '\n' {
			return cr + 2, data[:cr], nil
		}
		return cr + 1, data[:cr], nil
	case end >= 0:
		return end + 1, head, nil
	case !atEOF || len(data) == 0:
		return 0, nil, nil
	}
	return len(data), bytes.TrimSuffix(data, []byte("\r")), nil
}

// scan goes on to the next line.
func (t *text) scan() bool {
	if !t.lines.Scan() {
		return false
	}
	t.line++
	return true
}

// Read gives out decoded lines. It notes the lines with bad bytes for
// byteFault.
func (t *text) Read(p []byte) (int, error) {
	if len(t.rest) == 0 {
		if !t.scan() {
			return 0, cmp.Or(t.fault(t.lines.Err()), io.EOF)
		}
		if t.room -= len(t.lines.Bytes()); t.room < 0 {
			return 0, errNoRoom
		}
		decoded, bad := t.enc.decode(t.lines.Bytes())
		if bad >= 0 {
			t.faults = append(t.faults, byteFault{t.line, bad, escaped(t.lines.Bytes(), t.enc)})
		}
		t.buffer = append(append(t.buffer[:0], decoded...), '\n')
		t.rest = t.buffer
	}
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

// byteFault tells of bad bytes in the row that begins at line from. Rows are
// asked for in order.
func (t *text) byteFault(from int, row []string) (byteFault, bool) {
	for len(t.faults) > 0 && t.faults[0].line < from {
		t.faults = t.faults[1:]
	}
	if len(t.faults) == 0 {
		return byteFault{}, false
	}
	for _, cell := range row {
		if strings.Contains(cell, string(lost)) {
			return t.faults[0], true
		}
	}
	return byteFault{}, false
}

func (t *text) fault(err error) error { return t.in.fault(t.file, t.line, err) }
