package extract

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var (
	utf8BOM   = []byte("\xef\xbb\xbf")
	gzipMagic = []byte("\x1f\x8b")
	zstdMagic = []byte("\x28\xb5\x2f\xfd")
)

// maxWindow bounds the memory that a zstd stream may ask for.
const maxWindow = 128 << 20

// A stream is the inflated bytes of a file, without a byte-order mark.
type stream struct {
	io.Reader
	packing string // gzip, zstd or ""
	bom     bool   // there was a UTF-8 byte-order mark
	closers []func()
}

// Close closes the file and what inflated it.
func (s *stream) Close() error {
	for _, closing := range s.closers {
		closing()
	}
	return nil
}

// stream opens a file, inflates it if it is gzip or zstd, and takes off a
// UTF-8 byte-order mark.
func (d Delivery) stream(ctx context.Context, file int) (*stream, error) {
	in, err := d.open(file)
	if err != nil {
		return nil, err
	}
	s := &stream{closers: []func(){func() { in.Close() }}}
	if err := s.begin(contextReader{ctx, in}); err != nil {
		s.Close()
		return nil, s.fault(d.Manifest.Files[file].Name, 0, err)
	}
	return s, nil
}

func (s *stream) begin(in io.Reader) error {
	raw, err := s.inflate(bufio.NewReaderSize(in, 1<<16))
	if err != nil {
		return err
	}
	start, err := raw.Peek(4)
	if err != nil && err != io.EOF {
		return err
	}
	if s.bom = bytes.HasPrefix(start, utf8BOM); s.bom {
		_, _ = raw.Discard(len(utf8BOM)) // they are in the buffer
	}
	s.Reader = raw
	return refuseForeign(start)
}

func (s *stream) inflate(raw *bufio.Reader) (*bufio.Reader, error) {
	start, _ := raw.Peek(4)
	switch {
	case bytes.HasPrefix(start, gzipMagic):
		s.packing = "gzip"
		inflated, err := gzip.NewReader(raw)
		if err != nil {
			return nil, err
		}
		return bufio.NewReaderSize(inflated, 1<<16), nil
	case bytes.HasPrefix(start, zstdMagic):
		s.packing = "zstd"
		inflated, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
		s.closers = append(s.closers, inflated.Close)
		return bufio.NewReaderSize(inflated, 1<<16), nil
	}
	return raw, nil
}

// foreign are formats recognised only to say that they are not CSV.
var foreign = []struct{ magic, name string }{
	{"PK\x03\x04", "a workbook or ZIP archive"},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook"},
	{"PAR1", "Parquet"},
	{"\xff\xfe", "UTF-16"},
	{"\xfe\xff", "UTF-16"},
}

func refuseForeign(start []byte) error {
	for _, f := range foreign {
		if bytes.HasPrefix(start, []byte(f.magic)) {
			return &DataError{Msg: "is " + f.name + "; deliver CSV in UTF-8 or GB18030, plain, gzip or zstd"}
		}
	}
	return nil
}

// fault makes a *DataError of what a damaged file does to its reader. line is
// the last one read.
func (s *stream) fault(file string, line int, err error) error {
	var known *DataError
	var corrupt flate.CorruptInputError
	var system *fs.PathError
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &known):
		known.File = file
		return err
	case errors.Is(err, bufio.ErrTooLong):
		return &DataError{File: file, Line: line + 1, Msg: fmt.Sprintf("is longer than %d bytes; is the file CSV?", maxLine)}
	case errors.As(err, &system), s.packing == "":
		return fmt.Errorf("read %s: %w", file, err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &DataError{File: file, Line: line, Msg: "the " + s.packing + " stream is cut off after this line; fetch the file again"}
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt), s.packing == "zstd":
		return &DataError{File: file, Line: line, Msg: "the " + s.packing + " stream is damaged (" + err.Error() + "); fetch the file again"}
	}
	return fmt.Errorf("read %s: %w", file, err)
}
