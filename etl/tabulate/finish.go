package tabulate

import (
	"cmp"
	"errors"
	"math/bits"
	"slices"
)

// denseApps is up to how many apps a bucket gets a table of all devices and
// apps; with more of them most of the table would be empty, and entries are
// sorted instead.
const denseApps = 256

// A pairCell is what a device did with an app: which days were met, those
// that count, and the packed sum of uses and seconds. In month grain days is
// the number of active days.
type pairCell struct {
	seen, days uint32
	sum        uint64
}

// A finisher takes buckets, one after the other, to sums.
type finisher struct {
	*plan
	packing   packing
	store     *store
	conflicts *conflicts
	sums      *groupSums

	reading reading
	table   []pairCell
	sorted  []sortable
	twice   []uint64 // keys met twice
	mingled bool     // some of them within entries of several days
	acts    []act
}

// A sortable is an entry with its value and chunk beside it.
type sortable struct {
	key, value uint64
	from       chunk
}

// bucket adds the devices of a bucket to the sums of its group.
func (f *finisher) bucket(bucket int) error {
	runs, err := f.store.entries(bucket, &f.reading)
	if err != nil {
		return err
	}
	first, end := int(f.roster.first[bucket]), int(f.roster.first[bucket+1])
	if len(f.apps) <= denseApps {
		if err := f.dense(bucket, runs, end-first); err != nil {
			return err
		}
	} else {
		f.sort(bucket, runs)
	}
	f.store.drop(bucket)
	next := 0
	for ordinal := first; ordinal < end; ordinal++ {
		f.acts = f.acts[:0]
		if len(f.apps) <= denseApps {
			f.denseActs(ordinal - first)
		} else {
			next = f.sortedActs(next, ordinal-first)
		}
		f.sums.device(ordinal, f.acts)
	}
	return nil
}

// days is what a row that counts adds to the days of its pair.
func (f *finisher) days(day uint) uint32 {
	if f.byDay {
		return 1 << day
	}
	return uint32(day)
}

// key leaves of an entry what must be met once only.
func (f *finisher) key(entry uint64) uint64 {
	if f.byDay {
		return entry >> f.packing.dayShift
	}
	return entry >> f.packing.appShift
}

// errMingled says that rows with the same key lie within entries of several
// days, from which they cannot be told apart.
var errMingled = errors.New("rows with the same key in entries of several days")

// dense fills the table and settles what was met twice.
func (f *finisher) dense(bucket int, runs [][]uint64, devices int) error {
	need := devices * len(f.apps)
	if cap(f.table) < need {
		f.table = make([]pairCell, need)
	}
	f.table = f.table[:need]
	clear(f.table)
	f.twice = f.twice[:0]
	for _, run := range runs {
		f.tabulate(run)
	}
	if len(f.twice) > 0 {
		slices.Sort(f.twice)
		f.twice = slices.Compact(f.twice)
		for _, run := range runs {
			f.mingled = f.mingled || f.covers(run)
		}
	}
	if f.mingled {
		return errMingled
	}
	f.settle(bucket, runs)
	return nil
}

// tabulate is the loop over all rows of the month.
func (f *finisher) tabulate(run []uint64) {
	apps, p := len(f.apps), f.packing
	appMask, valueMask := uint64(1)<<(p.placeShift-p.appShift)-1, uint64(1)<<p.dayShift-1
	for i := 0; i < len(run); i++ {
		entry := run[i]
		if entry&isMark != 0 {
			continue
		}
		cell := &f.table[int(entry>>p.placeShift)*apps+int(entry>>p.appShift&appMask)]
		day, value := uint(entry>>p.dayShift)&(1<<dayBits-1), entry&valueMask
		if day == 0 {
			i++
			f.several(cell, p.days(entry), run[i])
			continue
		}
		if value&secondsMask == escaped {
			i++
			value = run[i]
		}
		bit, days := uint32(1)<<day, uint32(1)<<day
		if !f.byDay {
			bit, days = 1, uint32(day)
		}
		if cell.seen&bit != 0 {
			f.twice = append(f.twice, f.key(entry))
			continue
		}
		cell.seen |= bit
		if value&secondsMask >= f.minSeconds {
			cell.days |= days
			cell.sum += value
		}
	}
}

// several adds an entry of several days.
func (f *finisher) several(cell *pairCell, days uint32, sum uint64) {
	f.mingled = f.mingled || cell.seen&days != 0
	cell.seen |= days
	cell.days |= days
	cell.sum += sum
}

// covers tells whether an entry of several days has one that was met twice.
func (f *finisher) covers(run []uint64) (yes bool) {
	f.packing.eachSeveral(run, func(entry uint64, days uint32) {
		for ; days != 0; days &= days - 1 {
			key := entry>>f.packing.dayShift | uint64(bits.TrailingZeros32(days))
			if _, found := slices.BinarySearch(f.twice, key); found {
				yes = true
			}
		}
	})
	return yes
}

func (f *finisher) denseActs(place int) {
	for app, cell := range f.table[place*len(f.apps):][:len(f.apps)] {
		if cell.days != 0 {
			f.acts = append(f.acts, act{app, cell.days, cell.sum})
		}
	}
}

// occurrences are the rows of the keys met twice, in order of key and chunk.
func (f *finisher) occurrences(runs [][]uint64) (rows []occurrence) {
	for _, run := range runs {
		f.packing.each(run, func(entry, value uint64, from chunk) {
			if _, found := slices.BinarySearch(f.twice, f.key(entry)); found {
				_, _, day := f.packing.split(entry)
				rows = append(rows, occurrence{f.key(entry), said{day, value}, from, len(rows)})
			}
		})
	}
	slices.SortFunc(rows, func(x, y occurrence) int {
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.from, y.from), cmp.Compare(x.met, y.met))
	})
	return rows
}

// An occurrence is one of several rows with the same key.
type occurrence struct {
	key  uint64
	said said
	from chunk
	met  int
}

// said is what a row says of its key.
type said struct {
	day   uint
	value uint64
}

// settle takes back what rows said of a key that others contradict, and
// accounts for the rows that are not used.
func (f *finisher) settle(bucket int, runs [][]uint64) {
	for rows := f.occurrences(runs); len(rows) > 0; {
		n, first := 1, rows[0]
		agree := true
		for ; n < len(rows) && rows[n].key == rows[0].key; n++ {
			agree = agree && rows[n].said == rows[0].said
			if rows[n].met < first.met {
				first = rows[n]
			}
		}
		if !agree {
			f.takeBack(first)
		}
		f.account(bucket, rows[:n], agree)
		rows = rows[n:]
	}
}

// account tells what becomes of the rows of one key.
func (f *finisher) account(bucket int, rows []occurrence, agree bool) {
	if agree {
		f.conflicts.repeated(rows[1:])
		return
	}
	place, app, day := f.packing.split(f.entryOf(rows[0].key))
	if !f.byDay {
		day = 0
	}
	ordinal := f.roster.first[bucket] + int32(place)
	f.conflicts.contradicted(subject{uint32(ordinal), uint16(app), uint8(day)}, rows)
}

// entryOf is an entry with nothing but its key.
func (f *finisher) entryOf(key uint64) uint64 {
	if f.byDay {
		return key << f.packing.dayShift
	}
	return key << f.packing.appShift
}

// takeBack undoes what the table took from the row it met first.
func (f *finisher) takeBack(row occurrence) {
	if row.said.value&secondsMask < f.minSeconds {
		return
	}
	place, app, _ := f.packing.split(f.entryOf(row.key))
	cell := &f.table[place*len(f.apps)+app]
	cell.days &^= f.days(row.said.day)
	cell.sum -= row.said.value
}

// sort puts the entries in order of key and settles those met twice.
func (f *finisher) sort(bucket int, runs [][]uint64) {
	f.sorted = f.sorted[:0]
	for _, run := range runs {
		f.packing.each(run, func(entry, value uint64, from chunk) {
			f.sorted = append(f.sorted, sortable{entry &^ (1<<f.packing.dayShift - 1), value, from})
		})
	}
	slices.SortFunc(f.sorted, func(x, y sortable) int {
		return cmp.Or(cmp.Compare(f.key(x.key), f.key(y.key)), cmp.Compare(x.from, y.from))
	})
	kept := f.sorted[:0]
	for i := 0; i < len(f.sorted); {
		end := i + 1
		for end < len(f.sorted) && f.key(f.sorted[end].key) == f.key(f.sorted[i].key) {
			end++
		}
		if end-i == 1 || f.settleSorted(bucket, f.sorted[i:end]) {
			kept = append(kept, f.sorted[i])
		}
		i = end
	}
	f.sorted = kept
}

// settleSorted accounts for the rows of one key and says whether one of them
// is used.
func (f *finisher) settleSorted(bucket int, same []sortable) (agree bool) {
	rows := make([]occurrence, len(same))
	agree = true
	for i, s := range same {
		_, _, day := f.packing.split(s.key)
		rows[i] = occurrence{f.key(s.key), said{day, s.value}, s.from, i}
		agree = agree && rows[i].said == rows[0].said
	}
	f.account(bucket, rows, agree)
	return agree
}

// sortedActs collects the acts of a device from the sorted entries.
func (f *finisher) sortedActs(next, place int) int {
	for ; next < len(f.sorted); next++ {
		s := f.sorted[next]
		at, app, day := f.packing.split(s.key)
		if at != place {
			break
		}
		if s.value&secondsMask < f.minSeconds {
			continue
		}
		if n := len(f.acts); n == 0 || f.acts[n-1].app != app {
			f.acts = append(f.acts, act{app: app})
		}
		last := &f.acts[len(f.acts)-1]
		last.days |= f.days(day)
		last.sum += s.value
	}
	return next
}
