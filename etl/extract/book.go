package extract

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Options of reading.
type Options struct {
	MaxRejects int // how many rejects are kept, 0 for all; ledgers count all
	// Contracts of the tables; a table without one has columns under their own
	// names, in base units.
	Contracts Contracts
	// Progress, if set, is told now and then how many rows were read.
	Progress func(rows int)
	Limits   Limits
	TempDir  string // for what cannot be read while it is inflated; "" for the system's
}

// A verdict is what became of a row.
type verdict int

const (
	loaded verdict = iota
	ignored
	rejected
)

// A book keeps the account of a delivery's rows: what was read, and what
// became of each row.
type book struct {
	delivery Delivery
	options  Options
	ledgers  []Ledger
	rejects  lastFirst
	rows     int
	notes    notebook
	pending  *Note   // of the row being judged, for enter
	fatal    *Reject // first fault of a row that refuses the delivery
	limits   Limits

	mu   sync.Mutex
	keys map[int]*jsonRows // of files of JSON Lines
}

func newBook(d Delivery, o Options) *book {
	return &book{
		delivery: d, options: o, ledgers: make([]Ledger, len(d.Manifest.Files)),
		limits: o.Limits.orDefaults(d.Manifest.Kind), keys: map[int]*jsonRows{},
	}
}

// name is the name of a file.
func (b *book) name(file int) string { return b.delivery.Manifest.Files[file].Name }

// enter counts a row that was just read.
func (b *book) enter(file int, v verdict) {
	b.ledgers[file].Read++
	*b.ledgers[file].side(v)++
	if b.pending != nil {
		b.notes.count(*b.pending)
		b.pending = nil
	}
}

// move corrects the verdict on rows that were counted as loaded.
func (b *book) move(file int, to verdict) {
	b.ledgers[file].Loaded--
	*b.ledgers[file].side(to)++
}

func (l *Ledger) side(v verdict) *int {
	switch v {
	case ignored:
		return &l.Ignored
	case rejected:
		return &l.Rejected
	default:
		return &l.Loaded
	}
}

// longestRaw is how many characters of a refused value or row are kept.
const longestRaw = 500

// note keeps a reject: those that come first by file and line, as many as
// there is room for, in whatever order they are noted.
func (b *book) note(r Reject) {
	if !utf8.ValidString(r.Raw) || strings.Contains(r.Raw, string(lost)) {
		r.Raw = escaped([]byte(r.Raw), inUTF8) // text for people, whatever came
	}
	if raw := []rune(r.Raw); len(raw) > longestRaw {
		r.Raw = string(raw[:longestRaw]) + "…"
	}
	most := b.options.MaxRejects
	switch {
	case most == 0:
		b.rejects = append(b.rejects, r)
	case len(b.rejects) < most:
		heap.Push(&b.rejects, r)
	case byPlace(r, b.rejects[0]) < 0:
		b.rejects[0] = r
		heap.Fix(&b.rejects, 0)
	}
}

func byPlace(x, y Reject) int {
	return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line))
}

// lastFirst is a heap of rejects with the last by file and line on top.
type lastFirst []Reject

func (l lastFirst) Len() int           { return len(l) }
func (l lastFirst) Less(i, j int) bool { return byPlace(l[i], l[j]) > 0 }
func (l lastFirst) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }
func (l *lastFirst) Push(r any)        { *l = append(*l, r.(Reject)) }

// Pop is part of heap.Interface.
func (l *lastFirst) Pop() any {
	last := (*l)[len(*l)-1]
	*l = (*l)[:len(*l)-1]
	return last
}

// tick is called once a row: it reports progress and looks at the context.
func (b *book) tick(ctx context.Context) error {
	b.rows++
	if b.rows%(1<<14) != 0 {
		return nil
	}
	if b.options.Progress != nil {
		b.options.Progress(b.rows)
	}
	return ctx.Err()
}

// close checks that every row is accounted for and orders the rejects.
func (b *book) close() error {
	if b.fatal != nil {
		return b.refusal()
	}
	for i, l := range b.ledgers {
		if !l.Balanced() {
			return fmt.Errorf("%w: %s: read %d, loaded %d, rejected %d, ignored %d", ErrUnbalanced,
				b.delivery.Manifest.Files[i].Name, l.Read, l.Loaded, l.Rejected, l.Ignored)
		}
	}
	slices.SortStableFunc(b.rejects, byPlace)
	if b.options.Progress != nil {
		b.options.Progress(b.rows)
	}
	return nil
}

// place is "usage.csv line 812".
func (b *book) place(file, line int) string {
	return fmt.Sprintf("%s line %d", b.name(file), line)
}
