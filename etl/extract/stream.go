package extract

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	kflate "github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var (
	utf8BOM   = []byte("\xef\xbb\xbf")
	gzipMagic = []byte("\x1f\x8b")
	zstdMagic = []byte("\x28\xb5\x2f\xfd")
	zipMagic  = []byte("PK\x03\x04")
	emptyZip  = []byte("PK\x05\x06")
)

// maxWindow bounds the memory that a zstd stream may ask for.
const maxWindow = 128 << 20

// A stream is the inflated bytes of a file.
type stream struct {
	io.Reader
	buffer  *bufio.Reader // the Reader of a file, to look ahead
	file    *os.File
	size    int64  // of the file as delivered
	packing string // gzip, zstd, zip or ""
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

// stream opens a file of text, inflates it and takes off a UTF-8 byte-order
// mark.
func (b *book) stream(ctx context.Context, file int) (*stream, error) {
	s, err := b.unpack(ctx, file)
	if err != nil {
		return nil, err
	}
	start, err := s.buffer.Peek(4)
	if len(start) > 0 || err == io.EOF {
		err = refuseForeign(start)
	}
	if err != nil {
		s.Close()
		return nil, s.fault(b.name(file), 0, err)
	}
	if s.bom = bytes.HasPrefix(start, utf8BOM); s.bom {
		_, _ = s.buffer.Discard(len(utf8BOM)) // they are in the buffer
	}
	return s, nil
}

// unpack opens a file and inflates it if it is gzip, zstd or a ZIP archive of
// one file. A workbook is left as it is.
func (b *book) unpack(ctx context.Context, file int) (*stream, error) {
	in, err := b.delivery.open(file)
	if err != nil {
		return nil, err
	}
	s := &stream{file: in, closers: []func(){func() { in.Close() }}}
	info, err := in.Stat()
	if err == nil {
		s.size = info.Size()
		err = s.inflate(ctx, b.limits)
	}
	if err != nil {
		s.Close()
		return nil, s.fault(b.name(file), 0, err)
	}
	return s, nil
}

func (s *stream) inflate(ctx context.Context, l Limits) error {
	raw := bufio.NewReaderSize(contextReader{ctx, s.file}, 1<<16)
	start, _ := raw.Peek(4)
	inflated, err := io.Reader(nil), error(nil)
	switch {
	case bytes.HasPrefix(start, gzipMagic):
		s.packing = "gzip"
		inflated, err = gzip.NewReader(raw)
	case bytes.HasPrefix(start, zstdMagic):
		s.packing = "zstd"
		inflated, err = s.zstd(raw)
	case bytes.HasPrefix(start, zipMagic), bytes.HasPrefix(start, emptyZip):
		if inflated, err = s.unzip(ctx); inflated == nil && err == nil {
			s.read(raw)
			return nil
		}
	default:
		s.read(raw)
		return nil
	}
	if err != nil {
		return err
	}
	s.read(bufio.NewReaderSize(l.inflating(inflated, s.size), 1<<16))
	return s.refuseTwice()
}

func (s *stream) read(in *bufio.Reader) { s.Reader, s.buffer = in, in }

func (s *stream) zstd(raw io.Reader) (io.Reader, error) {
	inflated, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, inflated.Close)
	return inflated, nil
}

// unzip opens the one data file of an archive; nil if it is a workbook.
func (s *stream) unzip(ctx context.Context) (io.Reader, error) {
	z, err := openZip(s.file, s.size)
	if err != nil || z.part(workbookPart) != nil {
		return nil, err
	}
	s.packing = "zip"
	data, err := z.data()
	if err != nil {
		return nil, err
	}
	in, err := data.Open()
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, func() { in.Close() })
	return contextReader{ctx, in}, nil
}

// refuseTwice refuses what is still compressed. A ZIP archive may be a
// workbook.
func (s *stream) refuseTwice() error {
	start, err := s.buffer.Peek(4)
	if err != nil && err != io.EOF && len(start) == 0 {
		return err
	}
	if bytes.HasPrefix(start, gzipMagic) || bytes.HasPrefix(start, zstdMagic) {
		return &DataError{Msg: "is compressed twice, the inner one in " + s.packing + "; compress it once"}
	}
	return nil
}

// foreign are formats recognised only to say that they are not read.
var foreign = []struct{ magic, name string }{
	{"\xd0\xcf\x11\xe0", "an old or encrypted Excel workbook"},
	{"\xff\xfe", "UTF-16"},
	{"\xfe\xff", "UTF-16"},
	{"PK", "a ZIP archive within another file"},
	{"7z\xbc\xaf", "a 7z archive"},
	{"Rar!", "a RAR archive"},
	{"\xfd7zX", "compressed by xz"},
	{"BZh", "compressed by bzip2"},
	{"%PDF", "PDF"},
	{"<", "HTML or XML, an error page perhaps"},
}

func refuseForeign(start []byte) error {
	for _, f := range foreign {
		if bytes.HasPrefix(start, []byte(f.magic)) {
			return &DataError{Msg: "is " + f.name + "; deliver CSV or JSON Lines in UTF-8 or GB18030, XLSX or Parquet, as they are or in gzip, zstd or ZIP"}
		}
	}
	return nil
}

// fault makes a *DataError of what a damaged file does to its reader. line is
// the last one read.
func (s *stream) fault(file string, line int, err error) error {
	var known *DataError
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
	case isDamage(err), s.packing == "zstd":
		return &DataError{File: file, Line: line, Msg: "the " + s.packing + " stream is damaged (" + err.Error() + "); fetch the file again"}
	}
	return fmt.Errorf("read %s: %w", file, err)
}

// isDamage tells the errors of inflating from those of reading.
func isDamage(err error) bool {
	var corrupt flate.CorruptInputError
	var kcorrupt kflate.CorruptInputError
	return errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.As(err, &corrupt) || errors.As(err, &kcorrupt) ||
		strings.HasPrefix(err.Error(), "zip: ") || errors.Is(err, zip.ErrChecksum)
}
