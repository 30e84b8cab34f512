package tabulate

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"sync"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// kinds of profiles: the dimensions whose members go together in one profile.
// Every device has one profile of each kind, so that few sums are kept for
// it, from which those of all members follow.
var kinds = [...][]string{
	{panel.Province, panel.City, panel.CityTier},
	{panel.Gender, panel.AgeBand, panel.Marital},
	{panel.Occupation},
}

// A candidate is a row of devices that passed the checks: one cache line.
type candidate struct {
	name
	profiles [len(kinds)]uint32
	weight   float64
	line     uint32
	stratum  uint16
	file     uint16
	group    uint8
}

// A roster is the devices of the month in order of group, stratum and hash of
// their id; a bucket is a run of them within one group.
type roster struct {
	directory
	weights  []float64
	profiles [len(kinds)][]uint32
	strata   []uint16
	first    []int32                    // ordinal of the first device of each bucket, and the end
	buckets  [2 + panel.Groups]int      // first bucket of each group; from index 1
	loads    [][1 + panel.Groups]burden // by stratum

	perBucket   int // most devices of a bucket
	segments    []panel.Segment
	stratumName []string
	interned    [len(kinds)][]profile
}

// A profile is what devices have in common: their stratum, and their
// segments of one kind.
type profile struct {
	stratum  int32
	segments []int32
}

// A census collects the candidates of all files.
type census struct {
	mu         sync.Mutex
	intake     *extract.Intake
	candidates [][]candidate
	long       []byte
	profiles   [len(kinds)]struct {
		at     map[string]uint32
		values []profile
	}
}

func newCensus(in *extract.Intake) *census {
	c := &census{intake: in}
	for k := range c.profiles {
		c.profiles[k].at = map[string]uint32{}
	}
	return c
}

// profile gives a combination of stratum and segments its number.
func (c *census) profile(kind int, key string, stratum int32, segments []int32) uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := &c.profiles[kind]
	i, known := p.at[key]
	if !known {
		i = uint32(len(p.values))
		p.at[key] = i
		p.values = append(p.values, profile{stratum, slices.Clone(segments)})
	}
	return i
}

// keep takes candidates over, and the ids that are not inline.
func (c *census) keep(list []candidate, long []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range list {
		if list[i].size > inline {
			list[i].words[0] += uint64(len(c.long))
		}
	}
	c.long = append(c.long, long...)
	c.candidates = append(c.candidates, list)
}

// A ranked candidate: the upper half of its hash, its place, in units of
// handfuls and within one, and its run: devices of one group and stratum.
type ranked struct{ hash, at, run uint32 }

// roster settles devices that were delivered twice and puts the others in
// order.
func (c *census) roster(perBucket func(devices int) int, workers int) *roster {
	r := &roster{}
	c.label(r)
	order := c.settle(c.order(len(r.stratumName)))
	r.perBucket = perBucket(len(order))
	order, runs := c.divide(r, order)
	r.fill(c, order, runs, workers)
	return r
}

func (c *census) at(r ranked) *candidate { return &c.candidates[r.at/handful][r.at%handful] }

// order ranks all candidates by hash and id.
func (c *census) order(strata int) []ranked {
	n := 0
	for _, list := range c.candidates {
		n += len(list)
	}
	order := large[ranked](n)[:0]
	for part, list := range c.candidates {
		for i := range list {
			run := int(list[i].group)*strata + int(list[i].stratum)
			order = append(order, ranked{uint32(list[i].hash() >> 32), uint32(part*handful + i), uint32(run)})
		}
	}
	order = radixSort(order, large[ranked](n))
	for i := 0; i < n; { // those of equal half hash, and of equal id
		end := i + 1
		for end < n && order[end].hash == order[i].hash {
			end++
		}
		if end-i > 1 {
			slices.SortFunc(order[i:end], c.byName)
		}
		i = end
	}
	return order
}

func (c *census) byName(x, y ranked) int {
	a, b := c.at(x), c.at(y)
	return cmp.Or(cmp.Compare(a.hash(), b.hash()), bytes.Compare(a.text(c.long), b.text(c.long)),
		cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
}

func (c *census) sameName(x, y ranked) bool {
	if x.hash != y.hash {
		return false
	}
	a, b := c.at(x), c.at(y)
	return a.hash() == b.hash() && bytes.Equal(a.text(c.long), b.text(c.long))
}

// settle keeps one of the rows that say the same of a device, and none where
// they differ.
func (c *census) settle(order []ranked) []ranked {
	kept := order[:0]
	for i := 0; i < len(order); {
		end, agree := i+1, true
		for ; end < len(order) && c.sameName(order[i], order[end]); end++ {
			a, b := c.at(order[i]), c.at(order[end])
			agree = agree && a.weight == b.weight && a.group == b.group && a.stratum == b.stratum && a.profiles == b.profiles
		}
		switch {
		case !agree:
			c.contradict(order[i:end])
		default:
			for _, again := range order[i+1 : end] {
				c.intake.Repeated(int(c.at(again).file), 1)
			}
			kept = append(kept, order[i])
		}
		i = end
	}
	return kept
}

func (c *census) contradict(rows []ranked) {
	for i, r := range rows {
		other := c.at(rows[0])
		if i == 0 {
			other = c.at(rows[1])
		}
		own := c.at(r)
		raw := string(own.text(c.long)) + "," + strconv.FormatFloat(own.weight, 'f', -1, 64)
		c.intake.Contradicted(int(own.file), 1)
		c.intake.Contradiction(extract.Place{File: int(own.file), Line: int(own.line)},
			extract.Place{File: int(other.file), Line: int(other.line)}, raw)
	}
}

const radixBits = 11 // three digits for the 32 bits

// radixSort sorts by hash. It uses, and may return, the spare slice.
func radixSort(list, spare []ranked) []ranked {
	for shift := 0; shift < 32; shift += radixBits {
		var at [1 << radixBits]int
		for i := range list {
			at[list[i].hash>>shift&(1<<radixBits-1)]++
		}
		sum := 0
		for i, n := range at {
			at[i], sum = sum, sum+n
		}
		for _, r := range list {
			digit := r.hash >> shift & (1<<radixBits - 1)
			spare[at[digit]] = r
			at[digit]++
		}
		list, spare = spare, list
	}
	return list
}
