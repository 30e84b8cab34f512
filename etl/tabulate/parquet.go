package tabulate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/parquet-go/parquet-go"

	"panelwatch/etl/extract"
)

// A parquetFile is a Parquet file of microdata. Its row groups are its
// chunks, and its lines are row numbers.
type parquetFile struct {
	index int
	name  string
	in    *os.File
	file  *parquet.File
	cells *extract.Cells
	first []int64 // row number of the first row of each row group
	next  atomic.Int32
}

func openParquet(d extract.Delivery, in *extract.Intake, index int) (*parquetFile, error) {
	f := &parquetFile{index: index, name: d.Manifest.Files[index].Name}
	var err error
	if f.in, err = d.OpenFile(index); err != nil {
		return nil, err
	}
	if err := f.open(in); err != nil {
		f.in.Close()
		return nil, err
	}
	return f, nil
}

func (f *parquetFile) open(in *extract.Intake) (err error) {
	defer f.survive(&err)
	info, err := f.in.Stat()
	if err != nil {
		return fmt.Errorf("open %s: %w", f.name, err)
	}
	f.file, err = parquet.OpenFile(io.NewSectionReader(f.in, 0, info.Size()), info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(1<<20))
	if err != nil {
		return f.damaged(err)
	}
	if err := extract.CheckCodecs(f.name, f.file.Metadata()); err != nil {
		return err
	}
	var names []string
	for _, c := range f.file.Root().Columns() {
		if !c.Leaf() || c.Repeated() {
			return &extract.DataError{File: f.name, Column: c.Name(), Msg: "is nested; deliver one value in each row, tags separated by ;"}
		}
		names = append(names, c.Name())
	}
	row := int64(1)
	for _, g := range f.file.RowGroups() {
		f.first = append(f.first, row)
		row += g.NumRows()
	}
	f.cells, err = in.Cells(f.index, names)
	return err
}

// Close closes the file.
func (f *parquetFile) Close() error { return f.in.Close() }

// claim is a row group that nobody has read yet.
func (f *parquetFile) claim() (group int, ok bool) {
	group = int(f.next.Add(1)) - 1
	return group, group < len(f.first)
}

func (f *parquetFile) damaged(err error) error {
	var system *os.PathError
	if errors.As(err, &system) || errors.Is(err, context.Canceled) {
		return fmt.Errorf("read %s: %w", f.name, err)
	}
	return &extract.DataError{File: f.name, Msg: "is damaged Parquet (" + err.Error() + "); fetch the file again"}
}

// survive makes an error of a panic: a damaged file may bring the library to
// one.
func (f *parquetFile) survive(err *error) {
	if r := recover(); r != nil {
		*err = f.damaged(fmt.Errorf("%v", r))
	}
}

// A groupReader reads row groups of a file, a batch of rows at a time.
type groupReader struct {
	file    *parquetFile
	columns []*column
	group   int
	row     int // of the row group, the next to be read
	from    int // the first of the batch
}

// open begins a row group.
func (r *groupReader) open(group int) {
	r.close()
	r.group, r.row = group, 0
	for i, chunk := range r.file.file.RowGroups()[group].ColumnChunks() {
		r.columns[i].open(chunk)
	}
}

func (r *groupReader) close() {
	for _, c := range r.columns {
		c.close()
	}
}

// next is how many rows can be taken from all columns at once, io.EOF at the
// end of the row group.
func (r *groupReader) next() (n int, err error) {
	n = batchRows
	left := r.file.file.RowGroups()[r.group].NumRows() - int64(r.row)
	if left == 0 {
		return 0, io.EOF
	}
	for _, c := range r.columns {
		if c.unread {
			continue
		}
		if err := c.need(); err != nil {
			return 0, r.file.damaged(fmt.Errorf("column %s: %w", c.name, err))
		}
		n = min(n, c.rows-c.at)
	}
	r.from = r.row
	r.row += n
	return min(n, int(left)), nil
}

// advance leaves the rows of the batch behind.
func (r *groupReader) advance(n int) {
	for _, c := range r.columns {
		c.at += n
	}
}

func (r *groupReader) place(at int32) extract.Place {
	return extract.Place{File: r.file.index, Line: int(r.file.first[r.group]) + int(at)}
}

// odd is a row of the batch in text, for the Intake.
func (r *groupReader) odd(at int32) extract.Row {
	cells := make([]string, len(r.columns))
	for i, c := range r.columns {
		if !c.unread {
			cells[i] = string(c.text(nil, c.at+int(at)-r.from))
		}
	}
	return r.file.cells.Row(r.place(at).Line, cells)
}
