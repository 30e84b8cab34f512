package tabulate

import "panelwatch/etl/panel"

// pairCounts are the devices of every pair of apps, without replicates: those
// of half a million pairs would not fit anywhere. Most pairs of a group are
// nobody's, so what was touched is kept beside the sums.
type pairCounts struct {
	sums    []float64 // weights and devices of each pair of the triangle
	touched []uint32
}

func newPairCounts(pairs int) *pairCounts {
	return &pairCounts{sums: make([]float64, pairs*countedQ)}
}

func (c *pairCounts) clear() {
	for _, pair := range c.touched {
		c.sums[pair*countedQ], c.sums[pair*countedQ+1] = 0, 0
	}
	c.touched = c.touched[:0]
}

// add counts the pairs that a device of weight w used both of.
func (c *pairCounts) add(w float64, acts []act) {
	for i := range acts {
		row := triangle(0, acts[i].app)
		for _, b := range acts[:i] {
			c.put(uint32(row+b.app), w, 1)
		}
	}
}

func (c *pairCounts) put(pair uint32, w, n float64) {
	sums := c.sums[pair*countedQ:][:countedQ]
	if sums[1] == 0 {
		c.touched = append(c.touched, pair)
	}
	sums[0] += w
	sums[1] += n
}

// merge adds the counts of a group. For the result to be the same to the last
// bit, groups have to come in order.
func (c *pairCounts) merge(group *pairCounts) {
	for _, pair := range group.touched {
		c.put(pair, group.sums[pair*countedQ], group.sums[pair*countedQ+1])
	}
}

// list is the pairs of apps that were used at all, but for those that have
// replicates.
func (c *pairCounts) list(apps []panel.AppID, used []bool, counted func(panel.Pair) bool) (pairs []LooseOverlap) {
	if len(c.sums) == 0 {
		return nil
	}
	for a := range apps {
		for b := a + 1; b < len(apps); b++ {
			p := panel.Pair{A: apps[a], B: apps[b]}
			if !used[a] || !used[b] || counted(p) {
				continue
			}
			sums := c.sums[triangle(a, b)*countedQ:]
			pairs = append(pairs, LooseOverlap{Pair: p, Devices: sums[0], N: int(sums[1])})
		}
	}
	return pairs
}
