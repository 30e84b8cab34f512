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
	differs [batchRows]uint64 // not 0 where the record is of another id
	home    [batchRows]home
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

// longID adds the id of the next row, which is not inline.
func (b *batch) longID(id []byte) {
	b.who[b.rows] = uint8(b.ids)
	b.add(id)
}

// add adds an id, of no row yet.
func (b *batch) add(id []byte) {
	b.names[b.ids], b.hashes[b.ids], b.long = nameOf(id, b.long)
	b.ids++
}

// resolve looks all ids up, one step for all of them at a time, so that
// nothing stands between one cache miss and the next: no branch that depends
// on what they bring.
func (b *batch) resolve(d *directory) {
	if !b.resolved {
		b.slotsOf(d)
		b.ordinals(d)
	}
	b.compare(d)
	if b.resolved {
		return
	}
	for i := range b.ids {
		if b.differs[i] != 0 {
			b.search(d, i)
		}
	}
}

func (b *batch) slotsOf(d *directory) {
	for i, h := range b.hashes[:b.ids] {
		b.slots[i] = d.slots[d.start(h)]
	}
}

// ordinals are those whose hash is right.
func (b *batch) ordinals(d *directory) {
	for i, h := range b.hashes[:b.ids] {
		slot := b.slots[i]
		if slot != 0 && uint32(slot>>32) != uint32(h) {
			at := d.start(h)
			for slot != 0 && uint32(slot>>32) != uint32(h) {
				at = d.after(at)
				slot = d.slots[at]
			}
		}
		b.ordinal[i] = uint32(slot) - 1 // of an empty slot nobody
	}
}

// compare fetches the records and compares the ids in them with those looked
// for. It has one for nobody, too.
func (b *batch) compare(d *directory) {
	last := uint32(len(d.records) - 1)
	for i, ordinal := range b.ordinal[:b.ids] {
		r, n := &d.records[min(ordinal, last)], &b.names[i]
		b.differs[i] = r.words[0] ^ n.words[0] | r.words[1] ^ n.words[1] | r.words[2] ^ n.words[2] | uint64(r.size^n.size|n.size&isLong)
		b.home[i] = r.home
	}
}

// search looks one id up that is long, unknown, or has half its hash in common
// with another.
func (b *batch) search(d *directory, i int) {
	h := b.hashes[i]
	at := d.start(h)
	b.ordinal[i] = d.find(at, d.slots[at], h, &b.names[i], b.long)
	if b.ordinal[i] != nobody {
		b.home[i] = d.records[b.ordinal[i]].home
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
