package tabulate

import (
	"fmt"
	"io"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding"
	"github.com/parquet-go/parquet-go/format"
)

// unclear is the meaning of a value that only the Intake can judge.
const unclear = -1

// A column reads one column of a Parquet file page by page. What a value
// means is found out once for each entry of a dictionary.
type column struct {
	name   string
	unread bool // nobody needs it
	kind   format.LogicalTypeValue

	ofText func([]byte) int64                      // meaning of text, unclear if it is not plain
	ofIDs  func(id func(i int) []byte, to []int64) // of many texts at once, if that is faster
	ofInt  func(int64) int64                       // meaning of a number; nil where only text has one

	pages   parquet.Pages
	page    parquet.Page
	rows    int
	at      int
	null    []int32 // which value a row has, -1 for none; empty without nulls
	index   []int32 // of the dictionary, nil if values are in the page
	values  encoding.Values
	known   parquet.Dictionary
	dict    encoding.Values
	meaning []int64 // of the entries of the dictionary
	scratch []byte
}

func (c *column) open(chunk parquet.ColumnChunk) {
	c.rows, c.at, c.known = 0, 0, nil
	if !c.unread {
		c.pages = chunk.Pages()
	}
}

func (c *column) close() {
	c.release()
	if c.pages != nil {
		c.pages.Close()
		c.pages = nil
	}
}

func (c *column) release() {
	if c.page != nil {
		parquet.Release(c.page)
		c.page = nil
	}
}

// need reads the next page when the last one is used up.
func (c *column) need() (err error) {
	for c.at == c.rows {
		c.release()
		if c.page, err = c.pages.ReadPage(); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		c.rows, c.at = int(c.page.NumRows()), 0
		if err := c.decode(); err != nil {
			return err
		}
	}
	return nil
}

// decode makes out where the values of the page are.
func (c *column) decode() error {
	c.null, c.index = c.null[:0], nil
	if c.page.NumNulls() > 0 {
		next := int32(0)
		for _, level := range c.page.DefinitionLevels() {
			if level == 0 {
				c.null = append(c.null, -1)
				continue
			}
			c.null = append(c.null, next)
			next++
		}
	}
	c.values = c.page.Data()
	dictionary := c.page.Dictionary()
	if dictionary == nil {
		return c.supported(c.values)
	}
	c.index = c.values.Int32()
	if dictionary != c.known {
		c.known, c.dict = dictionary, dictionary.Page().Data()
		if err := c.supported(c.dict); err != nil {
			return err
		}
		c.learn(dictionary.Len())
	}
	return nil
}

// learn finds out what the n entries of a dictionary mean.
func (c *column) learn(n int) {
	c.meaning = slices.Grow(c.meaning[:0], n)[:n]
	if c.ofIDs != nil {
		c.ofIDs(func(i int) []byte { return c.bytes(c.dict, i) }, c.meaning)
		return
	}
	for i := range c.meaning {
		c.meaning[i] = c.mean(c.dict, i)
	}
}

func (c *column) supported(v encoding.Values) error {
	switch v.Kind() {
	case encoding.Int32, encoding.Int64, encoding.Float, encoding.Double, encoding.ByteArray, encoding.FixedLenByteArray:
		return nil
	}
	if v.Size() == 0 {
		return nil // a page of nulls
	}
	return fmt.Errorf("values of type %v are not read here", v.Kind())
}

// value is which value the row at a place in the page has, -1 for none.
func (c *column) value(at int) int {
	if len(c.null) > 0 {
		return int(c.null[at])
	}
	return at
}

// means fills in what the next values mean.
func (c *column) means(to []int64) {
	for i := range to {
		switch at := c.value(c.at + i); {
		case at < 0:
			to[i] = unclear
		case c.index != nil:
			to[i] = c.meaning[c.index[at]]
		default:
			to[i] = c.mean(c.values, at)
		}
	}
}

// mean is what one value means.
func (c *column) mean(v encoding.Values, i int) int64 {
	if n, is := integer(v, i); is && c.ofInt != nil && c.plainInt() {
		return c.ofInt(n)
	}
	if c.ofText == nil {
		return unclear
	}
	return c.ofText(c.bytes(v, i))
}

// plainInt tells whether an integer of this column counts something, or, as
// a date, days.
func (c *column) plainInt() bool {
	switch k := c.kind.(type) {
	case nil, *format.DateType:
		return true
	case *format.IntType:
		return k.IsSigned
	}
	return false
}

func integer(v encoding.Values, i int) (int64, bool) {
	switch v.Kind() {
	case encoding.Int32:
		return int64(v.Int32()[i]), true
	case encoding.Int64:
		return v.Int64()[i], true
	}
	return 0, false
}

// bytes is a value as text. It may be used until the next call.
func (c *column) bytes(v encoding.Values, i int) []byte {
	if v.Kind() == encoding.ByteArray {
		if _, decimal := c.kind.(*format.DecimalType); !decimal {
			data, offsets := v.ByteArray()
			return data[offsets[i]:offsets[i+1]]
		}
	}
	c.scratch = c.format(c.scratch[:0], v, i)
	return c.scratch
}

// text appends the value of the row at a place in the page, as CSV would have
// it; nothing for a null.
func (c *column) text(to []byte, at int) []byte {
	i := c.value(at)
	switch {
	case i < 0:
		return to
	case c.index != nil:
		return append(to, c.bytes(c.dict, int(c.index[i]))...)
	}
	return append(to, c.bytes(c.values, i)...)
}

func (c *column) format(to []byte, v encoding.Values, i int) []byte {
	switch v.Kind() {
	case encoding.Float:
		return strconv.AppendFloat(to, float64(v.Float()[i]), 'f', -1, 32)
	case encoding.Double:
		return strconv.AppendFloat(to, v.Double()[i], 'f', -1, 64)
	case encoding.Int32, encoding.Int64:
		n, _ := integer(v, i)
		return c.formatInt(to, v.Kind(), n)
	case encoding.FixedLenByteArray:
		data, size := v.FixedLenByteArray()
		return c.formatFixed(to, data[i*size:(i+1)*size])
	}
	data, offsets := v.ByteArray()
	return c.formatFixed(to, data[offsets[i]:offsets[i+1]])
}

func (c *column) formatInt(to []byte, physical encoding.Kind, n int64) []byte {
	switch k := c.kind.(type) {
	case *format.DateType:
		return time.Unix(n*secondsPerDay, 0).UTC().AppendFormat(to, time.DateOnly)
	case *format.DecimalType:
		return append(to, decimalText(big.NewInt(n), int(k.Scale))...)
	case *format.TimestampType:
		return appendTime(to, k, n)
	case *format.IntType:
		if !k.IsSigned && physical == encoding.Int32 {
			return strconv.AppendUint(to, uint64(uint32(n)), 10)
		} else if !k.IsSigned {
			return strconv.AppendUint(to, uint64(n), 10)
		}
	}
	return strconv.AppendInt(to, n, 10)
}

// appendTime writes a time that is midnight as a day.
func appendTime(to []byte, k *format.TimestampType, n int64) []byte {
	at := time.UnixMilli(n)
	switch k.Unit.Value.(type) {
	case *format.MicroSeconds:
		at = time.UnixMicro(n)
	case *format.NanoSeconds:
		at = time.Unix(0, n)
	}
	if at = at.UTC(); at.Equal(at.Truncate(24 * time.Hour)) {
		return at.AppendFormat(to, time.DateOnly)
	}
	return at.AppendFormat(to, time.RFC3339Nano)
}

// formatFixed writes text as it is, and of a decimal its number.
func (c *column) formatFixed(to, value []byte) []byte {
	k, is := c.kind.(*format.DecimalType)
	if !is {
		return append(to, value...)
	}
	n := new(big.Int).SetBytes(value)
	if len(value) > 0 && value[0] >= 0x80 { // two's complement
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(value))))
	}
	return append(to, decimalText(n, int(k.Scale))...)
}

func decimalText(n *big.Int, scale int) string {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	return new(big.Rat).SetFrac(n, power).FloatString(scale)
}
