package tabulate

import (
	"errors"
	"fmt"
)

// ErrMemory says that even without rows the month does not fit in the memory
// that it was given.
var ErrMemory = errors.New("too little memory")

// base is what the program takes besides data: code, stacks, read buffers.
const base = 72 << 20

// makeStore divides the memory: what devices, tables and sums need is fixed, an
// eighth is for what the collector of garbage has not found yet, the rest
// is for rows.
func (j *job) makeStore() error {
	buckets := len(j.roster.first) - 1
	limit := j.options.spillAt
	if limit == 0 && j.options.Memory > 0 {
		fixed := j.fixed()
		if limit = j.options.Memory/16*14 - fixed; limit < leastRows {
			return fmt.Errorf("%w: %d MiB for %d devices and %d apps, give %d MiB", ErrMemory, j.options.Memory>>20,
				len(j.roster.records), len(j.plan.apps), (fixed+leastRows)/14*16>>20+1)
		}
	}
	j.store = newStore(buckets, j.options.Workers, limit, j.options.TempDir)
	return nil
}

// leastRows is the least memory for rows, in bytes.
const leastRows = 16 << 20

// fixed estimates the memory that does not depend on the rows.
func (j *job) fixed() int64 {
	p := j.plan
	devices, workers := int64(len(j.roster.records)), int64(j.options.Workers)
	bytes := base + devices*(32+8+4*int64(len(kinds))+2) + int64(len(j.roster.slots))*8 + int64(len(j.roster.long))
	perWorker := int64(0)
	for k := range kinds {
		if !p.idle[k] {
			perWorker += int64(len(p.rowsOf[k])*p.cells.width()) * 8
		}
	}
	if len(p.apps) <= denseApps {
		perWorker += int64(j.roster.perBucket*len(p.apps)) * pairBytes
	}
	for _, s := range p.shapes() {
		perWorker += int64(s.size()) * 8
		bytes += int64(s.size())*8 + int64(s.targets*s.width())*8*80 // totals, and those of each group
		bytes += int64(s.targets*s.items) * 8 * 81                   // estimates
	}
	pairs := int64(p.loosePairs) * countedQ * 8
	return bytes + pairs + workers*(perWorker+pairs)
}
