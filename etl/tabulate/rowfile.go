package tabulate

import (
	"context"
	"io"
	"slices"
	"sync/atomic"

	"panelwatch/etl/extract"
)

// rowsPerChunk is how many rows of a file without blocks are a chunk.
const rowsPerChunk = 1 << 14

// A rowFile is a file of microdata in a format that is read row by row, such
// as a workbook. One worker reads it, and the Intake reads every row.
type rowFile struct {
	*extract.Rows
	taken atomic.Bool
}

func openRowFile(ctx context.Context, in *extract.Intake, file int) (*rowFile, error) {
	rows, err := in.OpenRows(ctx, file)
	if err != nil {
		return nil, err
	}
	return &rowFile{Rows: rows}, nil
}

// each visits the rows of the file with their chunks, unless another worker
// does so already. done is told the end of each chunk.
func (f *rowFile) each(visit func(extract.Row, chunk) error, done func() error) error {
	if !f.taken.CompareAndSwap(false, true) {
		return nil
	}
	defer f.Close()
	for n := 0; ; n++ {
		row, err := f.Next()
		if err == io.EOF {
			return done()
		}
		if err == nil {
			err = visit(row, chunkOf(f.File, n/rowsPerChunk))
		}
		if err == nil && n%rowsPerChunk == rowsPerChunk-1 {
			err = done()
		}
		if err != nil {
			return err
		}
	}
}

// rowFile keeps the devices of a file.
func (r *peopleReader) rowFile(f *rowFile, done func(file, seen, loaded int) error) error {
	err := f.each(func(row extract.Row, _ chunk) error {
		x, ok, err := r.census.intake.Device(row)
		if err != nil || !ok {
			return err
		}
		d := r.odd(x)
		d.file, d.line = uint16(f.File), uint32(row.Place().Line)
		r.add(d)
		return nil
	}, func() error { return done(f.File, 0, 0) })
	r.handOver()
	return err
}

// usage gives the rows of a file to a consumer: of the wanted chunks, if any
// are named, which are in order.
func (f *rowFile) usage(to consumer, wanted []chunk) error {
	return f.each(func(row extract.Row, from chunk) error {
		if _, is := slices.BinarySearch(wanted, from); !is && len(wanted) > 0 {
			return nil
		}
		return to.odd(row, from)
	}, func() error { return to.done(f.File) })
}
