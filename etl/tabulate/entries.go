package tabulate

import (
	"math/bits"
)

// An entry is a valid row in one word, from the highest bit: 0, place of the
// device in its bucket, app, day (or number of active days), uses, seconds.
// If the uses do not fit, the seconds are all ones, and the next word has
// uses and seconds. A word with the highest bit set is a mark: the entries
// behind it come from that chunk.
//
// Several days of one device and app that were met in one run are one entry
// of two words: its day is 0, uses and seconds make room for a bit for each
// day, and the next word has the sums.
type packing struct {
	dayShift, appShift, placeShift uint
	usesMost                       uint64
}

const (
	secondsBits = 22 // 31 x 86 400 fit
	secondsMask = 1<<secondsBits - 1
	dayBits     = 5
	isMark      = 1 << 63
	escaped     = secondsMask
	severalBits = 31 // days of a month
)

// newPacking gives place and app what they need and the uses the rest.
func newPacking(apps, devicesPerBucket int) packing {
	appBits, placeBits := uint(bits.Len(uint(apps-1))), uint(bits.Len(uint(devicesPerBucket-1)))
	p := packing{placeShift: 63 - placeBits}
	p.appShift = p.placeShift - appBits
	p.dayShift = p.appShift - dayBits
	p.usesMost = 1<<(p.dayShift-secondsBits) - 1
	return p
}

// joins tells whether an entry has room for several days.
func (p packing) joins() bool { return p.dayShift >= severalBits }

// key is what a row speaks of, in the place it has in an entry.
func (p packing) key(place uint16, app uint16, day uint8) uint64 {
	return uint64(place)<<p.placeShift | uint64(app)<<p.appShift | uint64(day)<<p.dayShift
}

// value packs uses and seconds so that values can be added up: sums of a
// month do not touch each other.
func value(uses, seconds uint32) uint64 { return uint64(uses)<<secondsBits | uint64(seconds) }

// split takes the key of an entry apart.
func (p packing) split(entry uint64) (place, app int, day uint) {
	place = int(entry >> p.placeShift)
	app = int(entry >> p.appShift & (1<<(p.placeShift-p.appShift) - 1))
	return place, app, uint(entry>>p.dayShift) & (1<<dayBits - 1)
}

// A chunk is a block of a file: where an entry came from. Chunks of a file
// are in the order of its rows.
type chunk uint64

func chunkOf(file, seq int) chunk { return chunk(file)<<40 | chunk(seq) }

func (c chunk) file() int { return int(c >> 40) }
func (c chunk) seq() int  { return int(c & (1<<40 - 1)) }

// A sheaf is the entries of one bucket being written by one worker.
type sheaf struct {
	piece []uint64
	from  chunk
}

// A writer sorts the entries of one worker by bucket.
type writer struct {
	store   *store
	packing packing
	sheaves []sheaf
}

func newWriter(s *store, p packing) *writer {
	return &writer{store: s, packing: p, sheaves: make([]sheaf, s.buckets)}
}

// add writes the entry of a row.
func (w *writer) add(at home, app uint16, day uint8, value uint64, from chunk) error {
	s, err := w.sheaf(at.bucket, from)
	if err != nil {
		return err
	}
	key := w.packing.key(at.place, app, day)
	if value>>secondsBits > w.packing.usesMost {
		s.piece = append(s.piece, key|escaped, value)
	} else {
		s.piece = append(s.piece, key|value)
	}
	return nil
}

// addDays writes the entry of several days.
func (w *writer) addDays(at home, app uint16, days uint32, sum uint64, from chunk) error {
	s, err := w.sheaf(at.bucket, from)
	if err != nil {
		return err
	}
	s.piece = append(s.piece, w.packing.key(at.place, app, 0)|uint64(days>>1), sum)
	return nil
}

// sheaf is that of a bucket, with room for an entry, whatever its size, from
// a chunk.
func (w *writer) sheaf(bucket uint16, from chunk) (*sheaf, error) {
	s := &w.sheaves[bucket]
	if len(s.piece)+3 > cap(s.piece) {
		if err := w.turn(int(bucket), s); err != nil {
			return nil, err
		}
	}
	if s.from != from || len(s.piece) == 0 {
		s.piece = append(s.piece, isMark|uint64(from))
		s.from = from
	}
	return s, nil
}

// turn hands a full piece over and takes an empty one.
func (w *writer) turn(bucket int, s *sheaf) (err error) {
	if len(s.piece) > 0 {
		err = w.store.put(bucket, s.piece)
	}
	s.piece = w.store.empty()
	return err
}

// close hands over what is left.
func (w *writer) close() error {
	for bucket := range w.sheaves {
		if s := &w.sheaves[bucket]; len(s.piece) > 0 {
			if err := w.store.put(bucket, s.piece); err != nil {
				return err
			}
		}
	}
	w.sheaves = nil
	return nil
}

// each calls visit for every entry of one row, with its value and chunk.
func (p packing) each(words []uint64, visit func(entry, value uint64, from chunk)) {
	var from chunk
	for i := 0; i < len(words); i++ {
		entry := words[i]
		switch value := entry & (1<<p.dayShift - 1); {
		case entry&isMark != 0:
			from = chunk(entry &^ isMark)
		case p.isSeveral(entry):
			i++
		case value&secondsMask == escaped:
			i++
			visit(entry, words[i], from)
		default:
			visit(entry, value, from)
		}
	}
}

// eachSeveral calls visit for every entry of several days.
func (p packing) eachSeveral(words []uint64, visit func(entry uint64, days uint32)) {
	for i := 0; i < len(words); i++ {
		entry := words[i]
		switch {
		case entry&isMark != 0:
		case p.isSeveral(entry):
			i++
			visit(entry, p.days(entry))
		case entry&secondsMask == escaped:
			i++
		}
	}
}

func (p packing) isSeveral(entry uint64) bool { return entry>>p.dayShift&(1<<dayBits-1) == 0 }

// days are those of an entry of several.
func (p packing) days(entry uint64) uint32 { return uint32(entry&(1<<severalBits-1)) << 1 }
