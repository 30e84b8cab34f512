package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// A parquetRows reads the records of a Parquet file. Its lines are row
// numbers.
type parquetRows struct {
	name    string
	in      *blob
	ctx     context.Context
	groups  []parquet.RowGroup
	columns []string
	kinds   []format.LogicalTypeValue
	rows    parquet.Rows // of the group being read
	buffer  []parquet.Row
	ready   []parquet.Row
	line    int
	cells   []string
}

func (b *book) openParquet(ctx context.Context, file int) (*parquetRows, error) {
	in, err := b.blob(ctx, file)
	if err != nil {
		return nil, err
	}
	p := &parquetRows{name: b.name(file), in: in, ctx: ctx, buffer: make([]parquet.Row, 64)}
	if err := p.open(b.limits); err != nil {
		in.Close()
		return nil, err
	}
	return p, nil
}

func (p *parquetRows) open(l Limits) (err error) {
	defer p.survive(&err)
	f, err := parquet.OpenFile(io.NewSectionReader(p.in, 0, p.in.size), p.in.size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return p.damaged(err)
	}
	leaves := f.Root().Columns()
	if err := l.tooManyColumns(len(leaves)); err != nil {
		return p.damaged(err)
	}
	for _, c := range leaves {
		if !c.Leaf() || c.Repeated() {
			return &DataError{File: p.name, Column: c.Name(), Msg: "is nested; deliver one value in each row"}
		}
		p.columns = append(p.columns, c.Name())
		var kind format.LogicalTypeValue
		if t := c.Type().LogicalType(); t != nil {
			kind = t.Value
		}
		p.kinds = append(p.kinds, kind)
	}
	if err := CheckCodecs(p.name, f.Metadata()); err != nil {
		return err
	}
	p.groups, p.cells = f.RowGroups(), make([]string, len(leaves))
	return p.bounded(f.Metadata(), l)
}

// safeCodecs are those whose decoders end on damaged bytes, within bounds. The
// one of LZ4 asks for ever more memory.
var safeCodecs = []format.CompressionCodec{format.Uncompressed, format.Snappy, format.Gzip, format.Zstd}

// CheckCodecs refuses a Parquet file with columns that are compressed in a way
// that is not safe to read.
func CheckCodecs(file string, m *format.FileMetaData) error {
	for _, group := range m.RowGroups {
		for _, c := range group.Columns {
			if !slices.Contains(safeCodecs, c.MetaData.Codec) {
				return &DataError{File: file, Column: strings.Join(c.MetaData.PathInSchema, "."), Msg: fmt.Sprintf(
					"is compressed by %s; deliver Parquet with zstd, snappy, gzip or without compression", c.MetaData.Codec)}
			}
		}
	}
	return nil
}

// bounded refuses a file that says it inflates to too much.
func (p *parquetRows) bounded(m *format.FileMetaData, l Limits) error {
	g := l.inflating(nil, p.in.size)
	for _, group := range m.RowGroups {
		for _, c := range group.Columns {
			if *g.left -= max(0, c.MetaData.TotalUncompressedSize); *g.left < 0 {
				return p.damaged(g.tooMuch)
			}
		}
	}
	return nil
}

func (p *parquetRows) names() []string { return p.columns }

func (p *parquetRows) close() {
	if p.rows != nil {
		p.rows.Close()
	}
	p.in.Close()
}

func (p *parquetRows) next() (r record, err error) {
	defer p.survive(&err)
	for len(p.ready) == 0 {
		if err := p.more(); err != nil {
			return record{}, err
		}
	}
	clear(p.cells)
	for _, v := range p.ready[0] {
		if i := v.Column(); i >= 0 && i < len(p.cells) {
			p.cells[i] = parquetText(v, p.kinds[i])
		}
	}
	p.ready = p.ready[1:]
	p.line++
	r = record{line: p.line, cells: p.cells}
	return r, tooLong(p.name, p.line, p.cells)
}

// more reads some rows.
func (p *parquetRows) more() error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	if p.rows == nil {
		if len(p.groups) == 0 {
			return io.EOF
		}
		p.rows = p.groups[0].Rows()
		p.groups = p.groups[1:]
	}
	n, err := p.rows.ReadRows(p.buffer)
	p.ready = p.buffer[:n]
	switch {
	case n > 0 && (err == nil || errors.Is(err, io.EOF)):
		return nil
	case errors.Is(err, io.EOF):
		err = p.rows.Close()
		p.rows = nil
	case err == nil:
		err = io.ErrNoProgress
	}
	if err != nil {
		return p.damaged(err)
	}
	return nil
}

func (p *parquetRows) damaged(err error) error {
	var known *DataError
	var system *fs.PathError
	switch {
	case errors.As(err, &known):
		known.File = p.name
		return err
	case errors.As(err, &system), errors.Is(err, context.Canceled):
		return fmt.Errorf("read %s: %w", p.name, err)
	}
	return &DataError{File: p.name, Msg: "is damaged Parquet (" + err.Error() + "); fetch the file again"}
}

// survive makes an error of a panic: a damaged file may bring the library to
// one.
func (p *parquetRows) survive(err *error) {
	if r := recover(); r != nil {
		*err = p.damaged(fmt.Errorf("%v", r))
	}
}

// parquetText is a value as CSV would have it; nothing for a null.
func parquetText(v parquet.Value, kind format.LogicalTypeValue) string {
	if v.IsNull() {
		return ""
	}
	decimal, _ := kind.(*format.DecimalType)
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64)
	case parquet.Int32:
		return integerText(int64(v.Int32()), uint64(v.Uint32()), kind)
	case parquet.Int64:
		return integerText(v.Int64(), v.Uint64(), kind)
	case parquet.ByteArray, parquet.FixedLenByteArray:
		if decimal == nil {
			return string(v.ByteArray())
		}
		n := new(big.Int).SetBytes(v.ByteArray())
		if b := v.ByteArray(); len(b) > 0 && b[0] >= 0x80 { // two's complement
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
		}
		return decimalText(n, decimal.Scale)
	}
	return v.String()
}

func integerText(signed int64, unsigned uint64, kind format.LogicalTypeValue) string {
	switch k := kind.(type) {
	case *format.DateType:
		return time.Unix(signed*secondsPerDay, 0).UTC().Format(time.DateOnly)
	case *format.DecimalType:
		return decimalText(big.NewInt(signed), k.Scale)
	case *format.TimestampType:
		return timeText(k, signed)
	case *format.IntType:
		if !k.IsSigned {
			return strconv.FormatUint(unsigned, 10)
		}
	}
	return strconv.FormatInt(signed, 10)
}

// timeText writes a time that is midnight as a day.
func timeText(k *format.TimestampType, n int64) string {
	at := time.UnixMilli(n)
	switch k.Unit.Value.(type) {
	case *format.MicroSeconds:
		at = time.UnixMicro(n)
	case *format.NanoSeconds:
		at = time.Unix(0, n)
	}
	if at = at.UTC(); at.Equal(at.Truncate(24 * time.Hour)) {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.RFC3339Nano)
}

// decimalText is a decimal of a sensible scale.
func decimalText(n *big.Int, scale int32) string {
	if scale < 0 || scale > longestNumber {
		return "decimal of scale " + strconv.Itoa(int(scale))
	}
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	return new(big.Rat).SetFrac(n, power).FloatString(int(scale))
}
