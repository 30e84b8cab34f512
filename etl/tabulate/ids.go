package tabulate

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// inline is the longest id that is kept within a record.
const inline = 24

// A name is an id as it is compared: up to 24 bytes as three words; of a
// longer one place, length and hash.
type name struct {
	words [3]uint64
	size  uint32 // in bytes; isLong: see words
}

const isLong = 1 << 31

// A record is a device of the directory: half a cache line.
type record struct {
	name
	home
}

// A home is where a device is: its bucket and the place in there.
type home struct{ bucket, place uint16 }

// nobody is the ordinal of an id that the directory does not have.
const nobody = ^uint32(0)

// A directory finds the ordinal of an id. A slot holds 32 bits of the hash
// above the ordinal plus 1, 0 if it is free; at most half of them are taken.
// An id lies in the slot that its hash is worth, or behind it.
type directory struct {
	records []record
	slots   []uint64
	long    []byte // ids that are not inline
}

func newDirectory(n int) directory {
	return directory{records: large[record](max(1, n)), slots: large[uint64](2*n + 2)}
}

// The constants are digits of the fraction of pi; any odd numbers would do.
const (
	hash0 = 0x243f6a8885a308d3
	hash1 = 0x13198a2e03707345
	hash2 = 0xa4093822299f31d1
	hash3 = 0x082efa98ec4e6c89
)

// hashOf mixes the words of an id.
func hashOf(words *[3]uint64, size uint32) uint64 {
	high, low := bits.Mul64(words[0]^hash0, words[1]^hash1)
	high2, low2 := bits.Mul64(words[2]^hash2^high^low, hash3^uint64(size))
	return high2 ^ low2
}

// hashLong is the hash of an id of any length.
func hashLong(id []byte) (h uint64) {
	for ; len(id) > 0; id = id[min(inline, len(id)):] {
		n := pack(id[:min(inline, len(id))])
		n.words[0] ^= h
		h = hashOf(&n.words, n.size)
	}
	return h
}

// pack makes words of an id that is inline.
func pack(id []byte) (n name) {
	var text [inline]byte
	copy(text[:], id)
	for i := range n.words {
		n.words[i] = binary.LittleEndian.Uint64(text[8*i:])
	}
	n.size = uint32(len(id))
	return n
}

// nameOf is the name of any id and its hash. A long id is put behind those in
// the arena.
func nameOf(id []byte, arena []byte) (name, uint64, []byte) {
	if len(id) <= inline {
		n := pack(id)
		return n, hashOf(&n.words, n.size), arena
	}
	h := hashLong(id)
	n := name{words: [3]uint64{uint64(len(arena)), uint64(len(id)), h}, size: isLong}
	return n, h, append(arena, id...)
}

// text is the id that a name stands for.
func (n *name) text(arena []byte) []byte {
	if n.size > inline {
		return arena[n.words[0] : n.words[0]+n.words[1]]
	}
	var text [inline]byte
	for i, w := range n.words {
		binary.LittleEndian.PutUint64(text[8*i:], w)
	}
	return text[:n.size]
}

// start is the slot where the search for a hash begins. It grows with the
// hash.
func (d *directory) start(hash uint64) uint64 {
	at, _ := bits.Mul64(hash, uint64(len(d.slots)))
	return at
}

// after is the slot behind another.
func (d *directory) after(at uint64) uint64 {
	if at++; at == uint64(len(d.slots)) {
		return 0
	}
	return at
}

// slotOf is what the slot of an ordinal holds. The tag is the lower half of
// the hash: the upper one is much the same in all slots nearby.
func slotOf(hash uint64, ordinal int) uint64 { return hash<<32 | uint64(ordinal+1) }

// put enters the record of an ordinal.
func (d *directory) put(hash uint64, ordinal int) {
	at := d.start(hash)
	for d.slots[at] != 0 {
		at = d.after(at)
	}
	d.slots[at] = slotOf(hash, ordinal)
}

// find goes on from the first slot for a hash, at, which holds slot, to the
// ordinal of the name, whose bytes lie in arena if it is long.
func (d *directory) find(at, slot, hash uint64, n *name, arena []byte) uint32 {
	for ; slot != 0; slot = d.slots[at] {
		if slot>>32 == hash&(1<<32-1) {
			ordinal := uint32(slot) - 1
			if r := &d.records[ordinal]; n.size <= inline && r.name == *n || r.same(n, d.long, arena) {
				return ordinal
			}
		}
		at = d.after(at)
	}
	return nobody
}

// same compares long ids.
func (n *name) same(other *name, own, theirs []byte) bool {
	return n.size > inline && other.size > inline && n.words[2] == other.words[2] &&
		bytes.Equal(n.text(own), other.text(theirs))
}

// hash of a name, however long.
func (n *name) hash() uint64 {
	if n.size > inline {
		return n.words[2]
	}
	return hashOf(&n.words, n.size)
}

// lookUp finds the ordinal of an id, or nobody.
func (d *directory) lookUp(id []byte) uint32 {
	n, h, arena := nameOf(id, nil)
	at := d.start(h)
	return d.find(at, d.slots[at], h, &n, arena)
}
