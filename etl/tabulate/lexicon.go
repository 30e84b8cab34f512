package tabulate

// A meaning is what a cell was found to mean: segments, or the number of a
// stratum.
type meaning struct {
	segments []int32
	stratum  int32
	number   uint64 // within the lexicon, from 0
}

// mostMeanings bounds a lexicon; so many fit in a part of a profile's key.
const (
	meaningBits  = 16
	mostMeanings = 1 << meaningBits
)

// A lexicon is the cells of a column whose meaning is known. Short ones are
// looked up without a map.
type lexicon struct {
	known map[string]*meaning
	short [1 << 9]struct {
		cell name
		is   *meaning
	}
}

func (l *lexicon) find(cell []byte) *meaning {
	if len(cell) > inline {
		return l.known[string(cell)]
	}
	n := pack(cell)
	slot := &l.short[hashOf(&n.words, n.size)%uint64(len(l.short))]
	if slot.is != nil && slot.cell == n {
		return slot.is
	}
	m := l.known[string(cell)]
	if m != nil {
		slot.cell, slot.is = n, m
	}
	return m
}

func (l *lexicon) add(cell []byte, m meaning) *meaning {
	m.number = uint64(len(l.known))
	l.known[string(cell)] = &m
	return &m
}
