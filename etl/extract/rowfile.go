package extract

import "context"

// A Rows reads a file of microdata row by row, for the formats that have no
// Blocks. It is for one goroutine.
type Rows struct {
	File int

	in    *Intake
	ctx   context.Context
	cells *Cells
	sheet *sheet // nil before the first row
}

// OpenRows reads the header of a file of microdata of any format. The file is
// held open from the first row on. The Rows are to be closed.
func (in *Intake) OpenRows(ctx context.Context, file int) (*Rows, error) {
	s, err := in.book.open(ctx, file)
	if err != nil {
		return nil, err
	}
	defer s.close()
	c := &Cells{file: file, head: s.header, grid: s.grid}
	for _, column := range s.header.columns {
		c.Columns = append(c.Columns, column.name)
	}
	if err := in.accept(file, s.header); err != nil {
		return nil, err
	}
	return &Rows{File: file, in: in, ctx: ctx, cells: c}, nil
}

// Columns are the columns by contract name, "" for one without header.
func (r *Rows) Columns() []string { return r.cells.Columns }

// Next is the next row, io.EOF when there are no more. It may be used until
// the next call.
func (r *Rows) Next() (Row, error) {
	if r.sheet == nil {
		s, err := r.in.book.open(r.ctx, r.File)
		if err != nil {
			return Row{}, err
		}
		r.sheet = s
	}
	x, err := r.sheet.take()
	if err != nil {
		return Row{}, err
	}
	return Row{cols: r.cells, place: Place{r.File, x.line}, cells: x.cells, fault: x.fault, empty: x.formulas}, nil
}

// Close closes the file.
func (r *Rows) Close() error {
	if r.sheet != nil {
		r.sheet.close()
		r.sheet = nil
	}
	return nil
}
