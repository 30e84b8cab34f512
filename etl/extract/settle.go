package extract

import (
	"cmp"
	"slices"
)

// A claim is a row that speaks of something only one row may speak of: a
// device, or a device's day with an app.
type claim[T any] struct {
	order func(x, y T) int  // 0 when both speak of the same
	same  func(x, y T) bool // whether both say the same
	where func(T) (file, line int32)
	raw   func(T) string
}

// settle sorts loaded rows by what they speak of and keeps one of each: the
// first where all say the same, none where they differ, for nothing tells
// which of them is right. The book moves the others.
func (c claim[T]) settle(b *book, rows []T) []T {
	if !slices.IsSortedFunc(rows, c.byPlace) {
		slices.SortFunc(rows, c.byPlace)
	}
	kept := rows[:0]
	for i := 0; i < len(rows); {
		end, agree := i+1, true
		for ; end < len(rows) && c.order(rows[i], rows[end]) == 0; end++ {
			agree = agree && c.same(rows[i], rows[end])
		}
		if agree {
			c.ignore(b, rows[i+1:end])
			kept = append(kept, rows[i])
		} else {
			c.reject(b, rows[i:end])
		}
		i = end
	}
	return kept
}

func (c claim[T]) byPlace(x, y T) int {
	fx, lx := c.where(x)
	fy, ly := c.where(y)
	return cmp.Or(c.order(x, y), cmp.Compare(fx, fy), cmp.Compare(lx, ly))
}

func (c claim[T]) ignore(b *book, rows []T) {
	for _, r := range rows {
		file, _ := c.where(r)
		b.move(int(file), ignored)
	}
}

// reject refuses all rows, each with the place of another.
func (c claim[T]) reject(b *book, rows []T) {
	for i, r := range rows {
		other := rows[0]
		if i == 0 {
			other = rows[1]
		}
		file, line := c.where(r)
		otherFile, otherLine := c.where(other)
		b.move(int(file), rejected)
		b.note(b.contradiction(Place{int(file), int(line)}, Place{int(otherFile), int(otherLine)}, c.raw(r)))
	}
}

// contradiction is the reject of a row that another speaks against.
func (b *book) contradiction(at, other Place, raw string) Reject {
	return Reject{
		File: at.File, Line: at.Line, Raw: raw, Rule: "duplicate",
		Hint: "says otherwise than " + b.place(other.File, other.Line) + "; none of them is used",
	}
}
