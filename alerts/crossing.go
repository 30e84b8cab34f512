package alerts

import (
	"math"
	"slices"
)

// A crossing is an app that stands on the other side of a list's line than in
// the base month. z is the smaller of two: of its distance to the neighbour
// across the line, and of the change of its distance to who stood across the
// line then; above zero for an entry, NaN when no error is known.
type crossing struct {
	now, was Entry
	known    bool // the app has a place in the base month
	in       bool
	across   *Entry // the neighbour, nil when the list ends at the line
	z        float64
}

func (c crossing) p() float64 { return math.Erfc(math.Abs(c.z) / math.Sqrt2) }

// crossings are the entries and exits between two months, by rank now. idle is
// the number of other apps that noise might have moved across.
func crossings(now, then []Entry, size int) (out []crossing, idle int) {
	for _, e := range now {
		was, known := entryOf(then, e.App)
		wasIn := known && was.Rank <= size
		c := crossing{now: e, was: was, known: known, in: e.Rank <= size, z: math.NaN()}
		c.across = beyondLine(now, size, c.in)
		distance, change, tested := c.evidence(now, then, size, wasIn)
		switch {
		case c.in != wasIn:
			c.z = distance.z()
			if side := math.Copysign(1, c.z); tested {
				c.z = side * max(0, min(side*distance.z(), side*change.z()))
			}
			out = append(out, c)
		case tested && inReach(distance, change):
			idle++
		}
	}
	return out, idle
}

// beyondLine is the entry next to the line, on the other side of who is in or
// out.
func beyondLine(entries []Entry, size int, in bool) *Entry {
	i := size // first place outside
	if !in {
		i = size - 1
	}
	if i >= len(entries) {
		return nil
	}
	return &entries[i]
}

// evidence is the distance to the neighbour across the line, and the change of
// the distance to who stood across it in the base month. tested is false where
// one of the months lacks one of the two apps: then there is no change.
func (c crossing) evidence(now, then []Entry, size int, wasIn bool) (distance, change difference, tested bool) {
	distance = difference{math.NaN(), math.NaN()}
	if c.across == nil {
		return distance, distance, false
	}
	distance = apart(c.now, *c.across)
	holder := beyondLine(then, size, wasIn)
	if !c.known || holder == nil {
		return distance, distance, false
	}
	holderNow, here := entryOf(now, holder.App)
	if !here {
		return distance, distance, false
	}
	return distance, moved(c.now, holderNow, c.was, *holder), true
}

// chances are the p-values of a batch: of the crossings that can be tested,
// and of the apps that stayed where they were.
func chances(all []crossing, idle int) []float64 {
	ps := slices.Repeat([]float64{1}, idle)
	for _, c := range all {
		if !math.IsNaN(c.z) {
			ps = append(ps, c.p())
		}
	}
	return ps
}
