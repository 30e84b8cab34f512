package tabulate

import (
	"io"

	"panelwatch/etl/extract"
)

// A parquetPeople reads devices from Parquet for one worker, cell by cell as
// from CSV.
type parquetPeople struct {
	*peopleReader
	groupReader
	text []byte
	ends []int
}

func newParquetPeople(p *peopleReader, f *parquetFile) *parquetPeople {
	r := &parquetPeople{peopleReader: p, groupReader: groupReader{file: f}}
	for i, leaf := range f.file.Root().Columns() {
		c := &column{name: leaf.Name(), unread: p.columns[i] == otherColumn}
		if t := leaf.Type().LogicalType(); t != nil {
			c.kind = t.Value
		}
		r.groupReader.columns = append(r.groupReader.columns, c)
	}
	return r
}

// groups reads row groups until there are no more.
func (r *parquetPeople) groups(done func(file, seen, loaded int) error) error {
	defer r.close()
	for {
		group, ok := r.groupReader.file.claim()
		if !ok {
			r.handOver()
			return nil
		}
		if err := r.read(group, done); err != nil {
			return err
		}
	}
}

func (r *parquetPeople) read(group int, done func(file, seen, loaded int) error) (err error) {
	f := r.groupReader.file
	defer f.survive(&err)
	r.open(group)
	for {
		n, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		seen := 0
		for i := range n {
			plain, err := r.row(int32(r.from + i))
			if err != nil {
				return err
			}
			if plain {
				seen++
			}
		}
		r.advance(n)
		if err := done(f.index, seen, seen); err != nil {
			return err
		}
	}
}

// row keeps one row and tells whether it was plain.
func (r *parquetPeople) row(at int32) (plain bool, err error) {
	r.render(int(at) - r.from)
	place := r.place(at)
	var d candidate
	if plain = r.cells(asUTF8{}, &d); !plain {
		x, ok, err := r.census.intake.Device(r.groupReader.odd(at))
		if err != nil || !ok {
			return false, err
		}
		d = r.peopleReader.odd(x)
	}
	d.file, d.line = uint16(place.File), uint32(place.Line)
	r.add(d)
	return plain, nil
}

// render makes text of the cells of a row.
func (r *parquetPeople) render(i int) {
	r.text, r.ends = r.text[:0], r.ends[:0]
	for _, c := range r.groupReader.columns {
		if !c.unread {
			r.text = c.text(r.text, c.at+i)
		}
		r.ends = append(r.ends, len(r.text))
	}
	r.spans = r.spans[:0]
	from := 0
	for _, end := range r.ends {
		r.spans = append(r.spans, r.text[from:end])
		from = end
	}
}

// asUTF8 is the decoding of cells that are text already.
type asUTF8 struct{}

// Decode takes valid UTF-8 as it is.
func (asUTF8) Decode(cell []byte) (string, bool) { return extract.DecodeUTF8(cell) }

// Clean tells whether the text is valid.
func (asUTF8) Clean(cell []byte) bool {
	_, ok := extract.DecodeUTF8(cell)
	return ok
}
