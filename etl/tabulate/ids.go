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
	size  uint32 // in bytes; longer than inline: see words
}

// A record is a slot of a directory: half a cache line, so that a look-up
// mostly touches one.
type record struct {
	name          // of size 0 in a free slot
	bucket, place uint16
}

// nobody is the slot of an id that the directory does not have.
const nobody = ^uint32(0)

// A directory finds an id. Its slots hold the records themselves, each at or
// behind the place that its hash is worth.
type directory struct {
	slots []record
	long  []byte // ids that are not inline
}

// newDirectory has room for n ids: three of five slots are taken then.
func newDirectory(n int) directory {
	return directory{slots: large[record](n + n*2/3 + 2)}
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
	n := name{words: [3]uint64{uint64(len(arena)), uint64(len(id)), h}, size: inline + 1}
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
func (d *directory) start(hash uint64) uint32 {
	at, _ := bits.Mul64(hash, uint64(len(d.slots)))
	return uint32(at)
}

// after is the slot behind another.
func (d *directory) after(at uint32) uint32 {
	if at++; int(at) == len(d.slots) {
		return 0
	}
	return at
}

// put adds a record that is not there yet.
func (d *directory) put(hash uint64, r record) {
	at := d.start(hash)
	for d.slots[at].size != 0 {
		at = d.after(at)
	}
	d.slots[at] = r
}

// find goes on from the first slot for a name to the one that has it. The
// bytes of a long name lie in arena.
func (d *directory) find(at uint32, n *name, arena []byte) uint32 {
	for ; ; at = d.after(at) {
		switch r := &d.slots[at]; {
		case r.size == 0:
			return nobody
		case n.size > inline:
			if r.same(n, d.long, arena) {
				return at
			}
		case r.words[0] == n.words[0] && r.words[1] == n.words[1] && r.words[2] == n.words[2] && r.size == n.size:
			return at
		}
	}
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

// lookUp finds the slot of an id, or nobody.
func (d *directory) lookUp(id []byte) uint32 {
	n, h, arena := nameOf(id, nil)
	return d.find(d.start(h), &n, arena)
}
