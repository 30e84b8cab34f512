package tabulate

import "panelwatch/etl/extract"

// batchRows is how many rows are looked up together: their cache misses then
// overlap.
const batchRows = 256

// A batch is rows of usage that are valid but for their device, which is to
// be looked up. Neighbours of one device share its id.
type batch struct {
	rows, ids int
	resolved  bool // the ordinals are known

	at    [batchRows]int32 // where the row is within its chunk
	who   [batchRows]uint8 // index of its id
	app   [batchRows]uint16
	day   [batchRows]uint8 // or the number of active days
	value [batchRows]uint64

	names   [batchRows]name
	hashes  [batchRows]uint64
	slots   [batchRows]uint64
	ordinal [batchRows]uint32
	long    []byte
}

func (b *batch) reset() { b.rows, b.ids, b.resolved, b.long = 0, 0, false, b.long[:0] }

// again tells whether the id is that of the row before.
func (b *batch) again(n *name) bool {
	return b.ids > 0 && b.names[b.ids-1] == *n && n.size <= inline
}

// id adds the id of the next row.
func (b *batch) id(n *name) {
	if !b.again(n) {
		b.names[b.ids] = *n
		b.hashes[b.ids] = hashOf(&n.words, n.size)
		b.ids++
	}
	b.who[b.rows] = uint8(b.ids - 1)
}

// known adds the id of the next row where its ordinal is known already.
func (b *batch) known(ordinal uint32) {
	if b.ids == 0 || b.ordinal[b.ids-1] != ordinal {
		b.ordinal[b.ids] = ordinal
		b.ids++
	}
	b.who[b.rows] = uint8(b.ids - 1)
}

// sorted tells whether most rows are of the same device as the one before.
func (b *batch) sorted() bool { return 2*b.ids <= b.rows }

// longID adds an id that is not inline.
func (b *batch) longID(id []byte) {
	b.names[b.ids], b.hashes[b.ids], b.long = nameOf(id, b.long)
	b.who[b.rows] = uint8(b.ids)
	b.ids++
}

// resolve looks all ids up: first all slots, then all records.
func (b *batch) resolve(d *directory) {
	if b.resolved {
		return
	}
	for i, h := range b.hashes[:b.ids] {
		b.slots[i] = d.slots[d.start(h)]
	}
	for i := range b.ids {
		h := b.hashes[i]
		b.ordinal[i] = d.find(d.start(h), b.slots[i], h, &b.names[i], b.long)
	}
}

// A chunkRows is the rows of a chunk as a reader of a format gives them.
type chunkRows interface {
	// odd is a row of the chunk for the Intake to read.
	odd(at int32) extract.Row
	place(at int32) extract.Place
}

// A consumer takes valid rows, and odd ones that the Intake has to read. It
// looks their devices up.
type consumer interface {
	take(rows chunkRows, from chunk, b *batch) error
	odd(r extract.Row, from chunk) error
	done(file int) error // the chunk is at its end
}
