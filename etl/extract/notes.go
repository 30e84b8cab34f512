package extract

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// fault judges a row at fault by the drift's verdicts. What is not a drift is
// rejected.
func (b *book) fault(d Drift, r Reject) verdict {
	switch d.verdictOn(r.Rule) {
	case Ignore:
		return ignored
	case Fail:
		b.refuse(r)
	}
	b.note(r)
	if r.Rule == "unknown_app" {
		b.pending = &Note{File: r.File, Line: r.Line, Column: r.Column, Raw: trimmed(r.Raw), Rule: r.Rule, Rows: 1, Text: r.Hint}
	}
	return rejected
}

// refuse keeps the fault that comes first, whatever order they are met in.
func (b *book) refuse(r Reject) {
	if b.fatal != nil && byPlace(r, *b.fatal) >= 0 {
		return
	}
	b.fatal = &r
}

// refusal is the error of a row that the contract does not put up with.
func (b *book) refusal() error {
	r := b.fatal
	return &DataError{
		File: b.delivery.Manifest.Files[r.File].Name, Line: r.Line, Column: r.Column,
		Msg: fmt.Sprintf("%q: %s; the contract of this table lets nothing pass that it does not know", r.Raw, r.Hint),
	}
}

// heed takes over the notes on a header.
func (b *book) heed(file int, h header) {
	for _, n := range h.notes {
		n.File = file
		b.notes.count(n)
	}
}

// mostNotes is how many different things a file may be noted for under one
// rule.
const mostNotes = 1000

// A notebook counts what is odd about a delivery: one Note for each different
// thing. Of too many it keeps those that come first by alphabet, whatever
// order they are met in.
type notebook struct {
	notes map[noteKey]Note
	of    map[noteKey]int     // how many notes, by file and rule
	last  map[noteKey]noteKey // the last of them by alphabet, once there are too many
}

type noteKey struct {
	file              int
	rule, column, raw string
}

func (n Note) key() noteKey {
	if n.Rows > 0 { // the same app may stand in two columns
		return noteKey{n.File, n.Rule, "", n.Raw}
	}
	return noteKey{n.File, n.Rule, n.Column, n.Raw}
}

func (b *notebook) count(n Note) {
	if b.notes == nil {
		b.notes, b.of, b.last = map[noteKey]Note{}, map[noteKey]int{}, map[noteKey]noteKey{}
	}
	k := n.key()
	if old, known := b.notes[k]; known {
		old.Rows += n.Rows
		if n.Line < old.Line {
			old.Line, old.Column, old.Text = n.Line, n.Column, n.Text
		}
		b.notes[k] = old
		return
	}
	group := noteKey{file: k.file, rule: k.rule}
	if b.of[group] == mostNotes && !b.makeRoom(group, k) {
		return
	}
	b.notes[k] = n
	b.of[group]++
}

// makeRoom drops the last note of a full group if k comes before it. What was
// dropped comes after all that is kept, and so is not taken up again.
func (b *notebook) makeRoom(group, k noteKey) bool {
	last, known := b.last[group]
	if !known {
		for other := range b.notes {
			if other.file == group.file && other.rule == group.rule && other.raw >= last.raw {
				last = other
			}
		}
		b.last[group] = last
	}
	if k.raw >= last.raw {
		return false
	}
	delete(b.notes, last)
	delete(b.last, group)
	b.of[group]--
	return true
}

// list is the notes by file, line and rule.
func (b *notebook) list() []Note {
	return slices.SortedFunc(maps.Values(b.notes), func(x, y Note) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Rule, y.Rule),
			cmp.Compare(x.Column, y.Column), cmp.Compare(x.Raw, y.Raw))
	})
}

// MergeNotes adds up the notes of several readers of one delivery.
func MergeNotes(readers ...[]Note) []Note {
	var all notebook
	for _, notes := range readers {
		for _, n := range notes {
			all.count(n)
		}
	}
	return all.list()
}

// Held counts the rows of a file that were kept aside because their app is not
// in the catalogue: rejected, but no fault of the delivery.
func Held(notes []Note, file int) (rows int) {
	for _, n := range notes {
		if n.File == file && n.Rule == "unknown_app" {
			rows += n.Rows
		}
	}
	return rows
}
