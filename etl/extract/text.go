package extract

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxLine bounds a physical line, so that a damaged or hostile file cannot
// take all memory.
const maxLine = 1 << 20

var (
	utf8BOM   = []byte("\xef\xbb\xbf")
	gzipMagic = []byte("\x1f\x8b")
)

// foreign are formats recognised only to say that they are not CSV.
var foreign = []struct{ magic, name string }{
	{"PK\x03\x04", "a workbook or ZIP archive"},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook"},
	{"PAR1", "Parquet"},
	{"\x28\xb5\x2f\xfd", "zstd-compressed"},
	{"\xff\xfe", "UTF-16"},
	{"\xfe\xff", "UTF-16"},
}

// A text reads the lines of one file as UTF-8, however the file is compressed
// and encoded: what a CSV reader reads. Line ends LF, CRLF and CR all come
// out as LF.
type text struct {
	file   string
	in     io.Closer
	lines  *bufio.Scanner
	enc    encoding
	line   int         // of the last line read
	buffer []byte      // that line, decoded
	rest   []byte      // what of it was not yet given out
	faults []byteFault // of lines not yet asked for
}

// A byteFault is a place whose bytes are not valid in the file's encoding.
type byteFault struct{ line, offset int }

// openText opens a file of the manifest. Its encoding is the declared one,
// else UTF-8 if it has a byte-order mark, else the one of UTF-8 and GB18030
// that can read more of its lines, UTF-8 if both can.
func (d Delivery) openText(ctx context.Context, file int) (*text, error) {
	f := d.Manifest.Files[file]
	declared := strings.ToLower(f.Encoding)
	if declared == "" {
		declared = strings.ToLower(d.Manifest.Encoding)
	}
	enc := encodings[declared]
	if declared == "" {
		var err error
		if enc, err = d.guess(ctx, file); err != nil {
			return nil, err
		}
	}
	t, bom, err := d.openBytes(ctx, file)
	if err != nil {
		return nil, err
	}
	if bom && enc.name != inUTF8.name {
		t.in.Close()
		return nil, &DataError{File: f.Name, Line: 1, Msg: fmt.Sprintf(
			"begins with a UTF-8 byte-order mark, %s says %s; correct one of them", ManifestName, declared)}
	}
	t.enc = enc
	return t, nil
}

// guess reads the whole file once to find its encoding.
func (d Delivery) guess(ctx context.Context, file int) (encoding, error) {
	t, bom, err := d.openBytes(ctx, file)
	if err != nil {
		return encoding{}, err
	}
	defer t.in.Close()
	if bom {
		return inUTF8, nil
	}
	var badUTF8, badGB int
	for t.scan() {
		if isASCII(t.lines.Bytes()) {
			continue
		}
		if _, bad := decodeUTF8(t.lines.Bytes()); bad >= 0 {
			badUTF8++
		}
		if _, bad := decodeGB18030(t.lines.Bytes()); bad >= 0 {
			badGB++
		}
	}
	if badGB < badUTF8 {
		return inGB18030, t.fault(t.lines.Err())
	}
	return inUTF8, t.fault(t.lines.Err())
}

// openBytes opens a file, inflates it if it is gzip, and takes off a UTF-8
// byte-order mark.
func (d Delivery) openBytes(ctx context.Context, file int) (t *text, bom bool, err error) {
	in, err := d.open(file)
	if err != nil {
		return nil, false, err
	}
	t = &text{file: d.Manifest.Files[file].Name, in: in}
	raw := bufio.NewReaderSize(contextReader{ctx, in}, 1<<16)
	if start, _ := raw.Peek(len(gzipMagic)); bytes.Equal(start, gzipMagic) {
		inflated, err := gzip.NewReader(raw)
		if err != nil {
			in.Close()
			return nil, false, t.fault(err)
		}
		raw = bufio.NewReaderSize(inflated, 1<<16)
	}
	start, err := raw.Peek(4)
	if err == nil || errors.Is(err, io.EOF) {
		err = t.refuseForeign(start)
	}
	if err != nil {
		in.Close()
		return nil, false, t.fault(err)
	}
	if bom = bytes.HasPrefix(start, utf8BOM); bom {
		_, err = raw.Discard(len(utf8BOM))
	}
	t.lines = bufio.NewScanner(raw)
	t.lines.Buffer(make([]byte, 1<<16), maxLine)
	t.lines.Split(splitLine)
	return t, bom, err
}

func (t *text) refuseForeign(start []byte) error {
	for _, f := range foreign {
		if bytes.HasPrefix(start, []byte(f.magic)) {
			return &DataError{File: t.file, Msg: "is " + f.name + "; deliver CSV in UTF-8 or GB18030, plain or gzip"}
		}
	}
	return nil
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
		decoded, bad := t.enc.decode(t.lines.Bytes())
		if bad >= 0 {
			t.faults = append(t.faults, byteFault{t.line, bad})
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

// fault makes a *DataError of what a damaged file does to its reader.
func (t *text) fault(err error) error {
	var known *DataError
	var corrupt flate.CorruptInputError
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &DataError{File: t.file, Line: t.line, Msg: "the gzip stream is cut off after this line; fetch the file again"}
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt):
		return &DataError{File: t.file, Line: t.line, Msg: "the gzip stream is damaged (" + err.Error() + "); fetch the file again"}
	case errors.Is(err, bufio.ErrTooLong):
		return &DataError{File: t.file, Line: t.line + 1, Msg: fmt.Sprintf("is longer than %d bytes; is the file CSV?", maxLine)}
	}
	return fmt.Errorf("read %s: %w", t.file, err)
}
