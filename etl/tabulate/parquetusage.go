package tabulate

import (
	"io"
	"strconv"
)

// A parquetUsage reads usage from Parquet for one worker.
type parquetUsage struct {
	*scan
	groupReader
	batch   batch
	devices batch // of a dictionary
	device  *column
	means   [monthColumn + 1][batchRows]int64
	has     [monthColumn + 1]*column
}

func newParquetUsage(s *scan, f *parquetFile) *parquetUsage {
	r := &parquetUsage{scan: s, groupReader: groupReader{file: f}}
	for i, leaf := range f.file.Root().Columns() {
		at := usageColumns[f.cells.Columns[i]]
		c := &column{name: leaf.Name(), unread: at == otherColumn}
		if t := leaf.Type().LogicalType(); t != nil {
			c.kind = t.Value
		}
		r.has[at] = c
		r.columns = append(r.columns, c)
		r.meanings(at, c)
	}
	r.device = r.has[deviceColumn]
	return r
}

// meanings are of ids ordinals, of days days of the month, of numbers
// themselves, of the right month 0.
func (r *parquetUsage) meanings(at int, c *column) {
	switch at {
	case deviceColumn:
		c.ofText = func(id []byte) int64 { return found(r.roster.lookUp(id)) }
		c.ofIDs = r.lookUp
	case appColumn:
		c.ofText = func(id []byte) int64 { return found(r.apps.lookUp(id)) }
	case dayColumn:
		first := r.month.Start().Unix() / secondsPerDay
		days := int64(r.month.Days())
		c.ofText = func(text []byte) int64 { return isoDay(text, r.month.String()+"-", int(days)) }
		c.ofInt = func(n int64) int64 {
			if n < first || n >= first+days || c.kind == nil {
				return unclear
			}
			return n - first + 1
		}
	case activeColumn, usesColumn, secondsColumn:
		c.ofText = wholeNumber
		c.ofInt = func(n int64) int64 { return max(n, unclear) }
	case monthColumn:
		right := []string{r.month.Start().Format("200601"), r.month.String()}
		c.ofText = func(text []byte) int64 {
			if string(text) == right[0] || string(text) == right[1] {
				return 0
			}
			return unclear
		}
	}
}

// lookUp finds the ordinals of all devices of a dictionary.
func (r *parquetUsage) lookUp(id func(i int) []byte, to []int64) {
	b := &r.devices
	for from := 0; from < len(to); from += batchRows {
		some := to[from:min(from+batchRows, len(to))]
		b.reset()
		for i := range some {
			b.add(id(from + i))
		}
		b.resolve(&r.roster.directory)
		for i, ordinal := range b.ordinal[:b.ids] {
			some[i] = found(ordinal)
		}
	}
}

func found(ordinal uint32) int64 {
	if ordinal == nobody {
		return unclear
	}
	return int64(ordinal)
}

// isoDay is the day of the month of a text such as 2023-12-31.
func isoDay(text []byte, month string, days int) int64 {
	if len(text) != len(month)+2 || string(text[:len(month)]) != month {
		return unclear
	}
	if day := wholeNumber(text[len(month):]); day >= 1 && day <= int64(days) {
		return day
	}
	return unclear
}

func wholeNumber(text []byte) int64 {
	if len(text) == 0 || len(text) > 9 {
		return unclear
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return unclear
		}
	}
	n, _ := strconv.ParseInt(string(text), 10, 64)
	return n
}

// groups reads row groups until there are no more.
func (r *parquetUsage) groups(to consumer) error {
	defer r.close()
	for {
		group, ok := r.file.claim()
		if !ok {
			return nil
		}
		if err := r.read(group, chunkOf(r.file.index, group), to); err != nil {
			return err
		}
	}
}

// read gives all rows of a row group to a consumer.
func (r *parquetUsage) read(group int, from chunk, to consumer) (err error) {
	defer r.file.survive(&err)
	r.open(group)
	for rows := 0; ; {
		n, err := r.next()
		if err == io.EOF {
			return to.done(r.file.index)
		}
		if err == nil {
			err = r.take(n, from, to)
		}
		if err != nil {
			return err
		}
		if rows += n; rows >= 1<<16 {
			rows = 0
			if err := to.done(r.file.index); err != nil {
				return err
			}
		}
	}
}

// take hands n rows over. Rows of which a value is unclear are odd.
func (r *parquetUsage) take(n int, from chunk, to consumer) error {
	b := &r.batch
	b.reset()
	for at, c := range r.has {
		if c != nil && (at != deviceColumn || c.index != nil) {
			c.means(r.means[at][:n])
		}
	}
	for i := range n {
		at := int32(r.from + i)
		if !r.row(b, i) {
			if err := to.odd(r.odd(at), from); err != nil {
				return err
			}
			continue
		}
		b.at[b.rows] = at
		b.rows++
	}
	err := to.take(r, from, b)
	r.advance(n)
	return err
}

// row adds the i-th row of the batch, unless it is odd.
func (r *parquetUsage) row(b *batch, i int) bool {
	uses, seconds, active := r.means[usesColumn][i], r.means[secondsColumn][i], int64(1)
	day := r.means[dayColumn][i]
	if !r.byDay {
		active = r.means[activeColumn][i]
		day = active
		if active < 1 || active > int64(r.month.Days()) || uses < active {
			return false
		}
	}
	if day < 1 || uses < 0 || uses > 1<<32-1 || seconds < 0 || seconds > secondsPerDay*active || r.means[appColumn][i] < 0 {
		return false
	}
	if r.has[monthColumn] != nil && r.means[monthColumn][i] < 0 {
		return false
	}
	if !r.who(b, i) {
		return false
	}
	b.app[b.rows], b.day[b.rows] = uint16(r.means[appColumn][i]), uint8(day)
	b.value[b.rows] = value(uint32(uses), uint32(seconds))
	return true
}

// who adds the device of the i-th row: known by the dictionary, or to be
// looked up.
func (r *parquetUsage) who(b *batch, i int) bool {
	c := r.device
	if c.index != nil {
		if b.resolved = true; r.means[deviceColumn][i] < 0 {
			return false
		}
		b.known(uint32(r.means[deviceColumn][i]))
		return true
	}
	at := c.value(c.at + i)
	if at < 0 {
		return false
	}
	id := c.bytes(c.values, at)
	if len(id) > inline {
		b.longID(id)
		return true
	}
	n := pack(id)
	b.id(&n)
	return true
}
