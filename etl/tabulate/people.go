package tabulate

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"slices"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// Columns of devices, besides those of usage: how a cell is read.
const (
	weightColumn = iota + 100
	groupColumn
	stratumColumn
	attributeColumn // and above: attributeColumn + kind
)

// dimensionOf is the dimension of an attribute's column.
var dimensionOf = map[string]string{
	"province": panel.Province, "city": panel.City, "city_tier": panel.CityTier, "gender": panel.Gender,
	"age_band": panel.AgeBand, "marital": panel.Marital, "occupation_tags": panel.Occupation,
}

func deviceColumnOf(name string) int {
	switch name {
	case "device_id":
		return deviceColumn
	case "weight":
		return weightColumn
	case "rep_group":
		return groupColumn
	case "strata":
		return stratumColumn
	case "month":
		return monthColumn
	case "":
		return blankColumn
	}
	if dimension, is := dimensionOf[name]; is {
		return attributeColumn + kindOf(dimension)
	}
	return otherColumn
}

func kindOf(dimension string) int {
	return slices.IndexFunc(kinds[:], func(k []string) bool { return slices.Contains(k, dimension) })
}

// A peopleReader reads the plain rows of devices of one file for one worker.
// What cells of attributes mean it asks the Intake once.
type peopleReader struct {
	census   *census
	names    []string // of the columns, by contract
	columns  []int
	known    []*lexicon // by column
	months   [2][]byte
	spans    [][]byte               // cells of the row
	absent   [len(kinds)][]int32    // segments of columns the file does not have
	said     [len(kinds)][]*meaning // of the row
	segments [len(kinds)][]int32
	profiles [len(kinds)]map[string]uint32 // that the census gave a number
	met      [len(kinds)]map[uint64]uint32 // the same, by stratum and numbers of meanings
	stratum  int32                         // of a file without strata
	key      []byte
	rows     []candidate
	long     []byte
}

// handful is how many candidates are handed over at once.
const handful = 1 << 16

func newPeopleReader(c *census, names []string, m panel.Month) *peopleReader {
	r := &peopleReader{census: c, names: names}
	if !slices.Contains(names, "strata") {
		r.stratum = int32(c.intake.Stratum(""))
	}
	r.months = [2][]byte{[]byte(m.Start().Format("200601")), []byte(m.String())}
	for k := range kinds {
		r.profiles[k], r.met[k] = map[string]uint32{}, map[uint64]uint32{}
	}
	has := map[string]bool{}
	for _, name := range names {
		r.columns = append(r.columns, deviceColumnOf(name))
		r.known = append(r.known, &lexicon{known: map[string]*meaning{}})
		has[name] = true
	}
	for name := range dimensionOf {
		if !has[name] {
			segments, _ := c.intake.Members(name, "")
			k := deviceColumnOf(name) - attributeColumn
			r.absent[k] = append(r.absent[k], segments...)
		}
	}
	return r
}

// blocks reads the blocks of the file until there are no more.
func (r *peopleReader) blocks(file *extract.Blocks, done func(file, seen, loaded int) error) error {
	var b extract.Block
	for {
		switch err := file.Next(&b); {
		case err == io.EOF:
			r.handOver()
			return nil
		case err != nil:
			return err
		}
		seen, err := r.read(&b, file.File)
		if err == nil {
			err = done(file.File, seen, seen)
		}
		if err != nil {
			return err
		}
	}
}

func (r *peopleReader) add(d candidate) {
	if r.rows == nil {
		r.rows = large[candidate](handful)[:0]
	}
	if r.rows = append(r.rows, d); len(r.rows) == handful {
		r.handOver()
	}
}

func (r *peopleReader) handOver() {
	r.census.keep(r.rows, r.long)
	r.rows, r.long = nil, r.long[:0]
}

// read keeps all rows of a block and tells how many were plain.
func (r *peopleReader) read(b *extract.Block, file int) (seen int, err error) {
	line := b.Place(0).Line
	for at := 0; at < len(b.Text); {
		end := b.RowEnd(at)
		var d candidate
		if r.plain(b, b.Text[at:end], &d) {
			seen++
		} else {
			x, ok, err := r.census.intake.Device(b.Row(at, end))
			if err != nil {
				return seen, err
			}
			if !ok {
				line += bytes.Count(b.Text[at:end], []byte{'\n'})
				at = end
				continue
			}
			d = r.odd(x)
		}
		d.file, d.line = uint16(file), uint32(line)
		r.add(d)
		line += bytes.Count(b.Text[at:end], []byte{'\n'})
		at = end
	}
	return seen, nil
}

// plain reads a row without quotes whose cells are all of known meaning.
func (r *peopleReader) plain(b *extract.Block, row []byte, d *candidate) bool {
	if b.Quotes && bytes.IndexByte(row, '"') >= 0 || !r.split(row) {
		return false
	}
	return r.cells(b, d)
}

// A decoder knows how the text of cells is encoded.
type decoder interface {
	Decode(cell []byte) (text string, ok bool)
	Clean(cell []byte) bool // needs no decoding
}

// cells reads the cells of a row.
func (r *peopleReader) cells(b decoder, d *candidate) bool {
	stratum, delivered := r.stratum, 0
	var id []byte
	for k := range kinds {
		r.said[k] = r.said[k][:0]
	}
	for i, column := range r.columns {
		cell := r.spans[i]
		ok := true
		switch column {
		case deviceColumn:
			id = cell
			ok = plainID(cell) && b.Clean(cell)
		case weightColumn:
			d.weight, ok = decimal(cell)
		case groupColumn:
			delivered, ok = groupIn(cell)
		case stratumColumn:
			m := r.meaning(b, i, cell)
			if ok = m != nil; ok {
				stratum = m.stratum
			}
		case monthColumn:
			ok = bytes.Equal(cell, r.months[0]) || bytes.Equal(cell, r.months[1])
		case blankColumn:
			ok = len(cell) == 0
		case otherColumn:
			ok = b.Clean(cell)
		default:
			m, k := r.meaning(b, i, cell), column-attributeColumn
			ok = m != nil
			r.said[k] = append(r.said[k], m)
		}
		if !ok {
			return false
		}
	}
	r.identify(d, id, delivered, stratum)
	for k := range kinds {
		d.profiles[k] = r.profileSaid(k, stratum)
	}
	return true
}

// identify fills in what follows from id, group and stratum.
func (r *peopleReader) identify(d *candidate, id []byte, group int, stratum int32) {
	d.name, _, r.long = nameOf(id, r.long)
	if group == 0 {
		group = panel.Group(id)
	}
	d.group, d.stratum = uint8(group), uint16(stratum)
}

// profileSaid is the number of the profile that the cells of a row make.
func (r *peopleReader) profileSaid(kind int, stratum int32) uint32 {
	key := uint64(stratum)
	for _, m := range r.said[kind] {
		key = key<<meaningBits | m.number
	}
	i, known := r.met[kind][key]
	if !known {
		segments := append(r.segments[kind][:0], r.absent[kind]...)
		for _, m := range r.said[kind] {
			segments = append(segments, m.segments...)
		}
		r.segments[kind] = segments
		i = r.profile(kind, stratum)
		r.met[kind][key] = i
	}
	return i
}

// profile is the number of the profile that the segments of a kind make.
func (r *peopleReader) profile(kind int, stratum int32) uint32 {
	segments := r.segments[kind]
	slices.Sort(segments)
	r.key = binary.LittleEndian.AppendUint32(r.key[:0], uint32(stratum))
	for _, s := range segments {
		r.key = binary.LittleEndian.AppendUint32(r.key, uint32(s))
	}
	i, known := r.profiles[kind][string(r.key)]
	if !known {
		i = r.census.profile(kind, string(r.key), stratum, segments)
		r.profiles[kind][string(r.key)] = i
	}
	return i
}

// split cuts a row at its commas.
func (r *peopleReader) split(row []byte) bool {
	row = bytes.TrimSuffix(bytes.TrimSuffix(row, []byte("\n")), []byte("\r"))
	r.spans = r.spans[:0]
	for {
		comma := bytes.IndexByte(row, ',')
		if comma < 0 {
			r.spans = append(r.spans, row)
			return len(r.spans) == len(r.columns)
		}
		r.spans = append(r.spans, row[:comma])
		row = row[comma+1:]
	}
}

// plainID tells whether an id means itself: the thorough reader would trim
// spaces and a leading apostrophe.
func plainID(id []byte) bool {
	return len(id) > 0 && id[0] > ' ' && id[0] < 0x80 && id[0] != '\'' && id[len(id)-1] > ' ' && id[len(id)-1] < 0x80
}

// decimal reads a plain decimal above 0 of at most 15 digits, which a float64
// holds exactly before the point is set: one division rounds correctly.
func decimal(cell []byte) (v float64, ok bool) {
	var digits uint64
	n, point := 0, -1
	for _, c := range cell {
		switch {
		case c == '.' && point < 0 && n > 0:
			point = n
		case c >= '0' && c <= '9':
			digits = digits*10 + uint64(c-'0')
			n++
		default:
			return 0, false
		}
	}
	if n == 0 || n > 15 || digits == 0 || point == n {
		return 0, false
	}
	if v = float64(digits); point >= 0 {
		v /= math.Pow10(n - point)
	}
	return v, true
}

func groupIn(cell []byte) (int, bool) {
	g, end := 0, len(cell)
	for _, c := range cell {
		if c < '0' || c > '9' || end > 2 {
			return 0, false
		}
		g = g*10 + int(c-'0')
	}
	return g, g >= 1 && g <= panel.Groups
}

// meaning of a cell of attributes or strata, nil if it is not plain.
func (r *peopleReader) meaning(b decoder, column int, cell []byte) *meaning {
	words := r.known[column]
	if m := words.find(cell); m != nil {
		return m
	}
	text, ok := b.Decode(cell)
	if !ok || len(words.known) >= mostMeanings {
		return nil
	}
	var m meaning
	if r.columns[column] == stratumColumn {
		m.stratum = int32(r.census.intake.Stratum(text))
	} else if m.segments, ok = r.census.intake.Members(r.names[column], text); !ok {
		return nil
	}
	return words.add(cell, m)
}

// odd makes a candidate of a device that the Intake has read.
func (r *peopleReader) odd(x extract.Device) (d candidate) {
	for k := range kinds {
		r.segments[k] = r.segments[k][:0]
	}
	for _, s := range x.Segments {
		k := kindOf(r.census.intake.Segment(s).Dimension)
		r.segments[k] = append(r.segments[k], s)
	}
	d.weight = x.Weight
	r.identify(&d, []byte(x.ID), x.Group, int32(x.Stratum))
	for k := range kinds {
		d.profiles[k] = r.profile(k, int32(x.Stratum))
	}
	return d
}
