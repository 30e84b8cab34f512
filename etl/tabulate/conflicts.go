package tabulate

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"panelwatch/etl/extract"
)

// A subject is what only one row may speak of.
type subject struct {
	device uint32
	app    uint16
	day    uint8 // 0 in month grain
}

// conflicts accounts for rows that say the same, and for rows that contradict
// each other. Of the latter it keeps where to look for them: those of the
// first subjects, for no more rejects are kept with their lines.
type conflicts struct {
	intake *extract.Intake
	most   int

	mu   sync.Mutex
	list map[subject][]chunk // in order, each once
}

func newConflicts(in *extract.Intake, most int) *conflicts {
	return &conflicts{intake: in, most: most, list: map[subject][]chunk{}}
}

func (c *conflicts) repeated(rows []occurrence) {
	for _, r := range rows {
		c.intake.Repeated(r.from.file(), 1)
	}
}

// contradicted takes the rows of one subject, in order of their chunks.
func (c *conflicts) contradicted(s subject, rows []occurrence) {
	var from []chunk
	for _, r := range rows {
		c.intake.Contradicted(r.from.file(), 1)
		if len(from) == 0 || from[len(from)-1] != r.from {
			from = append(from, r.from)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list[s] = slices.Clone(from[:min(len(from), c.most+1)])
	if len(c.list) > 4*c.most+1000 {
		c.forget()
	}
}

// forget keeps the subjects with the first rows, and those that may tie with
// the last of them.
func (c *conflicts) forget() {
	var first []chunk
	for _, from := range c.list {
		first = append(first, from[0])
	}
	slices.Sort(first)
	last := first[c.most]
	maps.DeleteFunc(c.list, func(_ subject, from []chunk) bool { return from[0] > last })
}

// wanted are the chunks that have to be read again, in order.
func (c *conflicts) wanted() []chunk {
	var all []chunk
	for _, from := range c.list {
		all = append(all, from...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A finding is a row of a subject, with its place and text.
type finding struct {
	subject subject
	at      extract.Place
	raw     string
}

// tell notes the rejects. Each names another row of its subject.
func (c *conflicts) tell(found []finding) {
	slices.SortFunc(found, func(x, y finding) int {
		return cmp.Or(cmp.Compare(x.subject.device, y.subject.device), cmp.Compare(x.subject.app, y.subject.app),
			cmp.Compare(x.subject.day, y.subject.day), cmp.Compare(x.at.File, y.at.File), cmp.Compare(x.at.Line, y.at.Line))
	})
	for i, first := 0, 0; i < len(found); i++ {
		if found[i].subject != found[first].subject {
			first = i
		}
		other := first
		if i == first && i+1 < len(found) {
			other = i + 1
		}
		c.intake.Contradiction(found[i].at, found[other].at, found[i].raw)
	}
}
