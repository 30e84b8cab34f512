package extract

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
)

// The formats a table may come in.
const (
	CSV     = "csv"
	JSONL   = "jsonl" // one JSON object a line
	XLSX    = "xlsx"
	Parquet = "parquet"
)

// A Format is how a file is written, told by its first bytes and not by its
// name.
type Format struct {
	Name    string // CSV, JSONL, XLSX or Parquet
	Packing string // gzip, zstd, zip or ""
}

// Format tells how a file of the delivery is written.
func (in *Intake) Format(ctx context.Context, file int) (Format, error) {
	return in.book.format(ctx, file)
}

func (b *book) format(ctx context.Context, file int) (Format, error) {
	s, err := b.unpack(ctx, file)
	if err != nil {
		return Format{}, err
	}
	defer s.Close()
	start, err := s.buffer.Peek(512)
	if err != nil && err != io.EOF && len(start) == 0 {
		return Format{}, s.fault(b.name(file), 0, err)
	}
	f := Format{Name: CSV, Packing: s.packing}
	text := bytes.TrimLeft(bytes.TrimPrefix(start, utf8BOM), " \t\r\n")
	switch {
	case bytes.HasPrefix(start, []byte("PAR1")):
		f.Name = Parquet
	case bytes.HasPrefix(start, zipMagic):
		f.Name = XLSX
	case bytes.HasPrefix(text, []byte("{")):
		f.Name = JSONL
	case bytes.HasPrefix(text, []byte("[")):
		return f, &DataError{File: b.name(file), Msg: "is one JSON array; deliver one object on each line"}
	}
	return f, nil
}

// A blob is a file whose format is not read from front to back.
type blob struct {
	*os.File
	size    int64
	packing string
}

// blob opens a file; a compressed one is inflated to a temporary file without
// a name. It is to be closed.
func (b *book) blob(ctx context.Context, file int) (*blob, error) {
	s, err := b.unpack(ctx, file)
	if err != nil {
		return nil, err
	}
	if s.packing == "" {
		return &blob{s.file, s.size, ""}, nil
	}
	defer s.Close()
	out, err := os.CreateTemp(b.options.TempDir, "panelwatch-*")
	if err != nil {
		return nil, fmt.Errorf("inflate %s: %w", b.name(file), err)
	}
	if err = os.Remove(out.Name()); err == nil {
		err = b.spill(out, s)
	}
	if err != nil {
		out.Close()
		return nil, s.fault(b.name(file), 0, err)
	}
	info, err := out.Stat()
	if err != nil {
		out.Close()
		return nil, fmt.Errorf("inflate %s: %w", b.name(file), err)
	}
	return &blob{out, info.Size(), s.packing}, nil
}

// spill writes what a stream inflates to, if it is not too much.
func (b *book) spill(out io.Writer, s *stream) error {
	n, err := io.Copy(out, io.LimitReader(s, b.limits.Scratch+1))
	if err == nil && n > b.limits.Scratch {
		err = &DataError{Msg: fmt.Sprintf("inflates to more than %d bytes; deliver it without %s", b.limits.Scratch, s.packing)}
	}
	return err
}
