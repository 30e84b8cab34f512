package extract

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A span is a block of merged cells: what stands in the first of them holds
// for all.
type span struct {
	left, top, right, bottom int // columns from 0, rows from 1
	text                     string
}

// mostSpans is how many blocks a sheet may have, mostOpen how many of them may
// reach from one row into the next.
const mostSpans, mostOpen = 1 << 16, 256

// spans are the merged cells of a sheet, by row. They stand behind its rows,
// so a sheet that has any is read once more.
func (w *workbook) spans(f *zip.File) (all []span, err error) {
	again := *w
	again.gauge = w.looking
	has, err := again.mentions(f, []byte("mergeCell"))
	if err != nil || !has {
		return nil, err
	}
	again.gauge = w.merging
	err = again.each(f, func(e xml.StartElement) error {
		if e.Name.Local != "mergeCell" {
			return nil
		}
		s, err := spanOf(attr(e, "ref"))
		if err != nil || len(all) == mostSpans {
			return w.damaged(f.Name, cmp.Or(err, errors.New("too many merged cells")))
		}
		all = append(all, s)
		return nil
	})
	slices.SortStableFunc(all, func(x, y span) int { return cmp.Or(cmp.Compare(x.top, y.top), cmp.Compare(x.left, y.left)) })
	return all, err
}

// mentions tells whether a word stands anywhere in a part.
func (w *workbook) mentions(f *zip.File, word []byte) (bool, error) {
	p, err := w.openPart(f)
	if err != nil {
		return false, err
	}
	defer p.in.Close()
	buffer, kept := make([]byte, 1<<16), 0
	for {
		n, err := p.leash.Read(buffer[kept:])
		text := buffer[:kept+n]
		if bytes.Contains(text, word) {
			return true, nil
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, w.damaged(f.Name, err)
		}
		kept = copy(buffer, text[max(0, len(text)-len(word)):])
	}
}

// spanOf reads a block such as A1:E1.
func spanOf(ref string) (s span, err error) {
	from, to, _ := strings.Cut(ref, ":")
	if s.left, s.top, err = cellAt(from); err == nil {
		s.right, s.bottom, err = cellAt(cmp.Or(to, from))
	}
	if err != nil || s.right < s.left || s.bottom < s.top {
		return s, fmt.Errorf("merged cells %.30q", ref)
	}
	return s, nil
}

func cellAt(name string) (column, row int, err error) {
	if column, err = columnOf(name); err != nil {
		return 0, 0, err
	}
	row, err = strconv.Atoi(strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return column, row, err
}

// merge tells a record of the merged cells that it is in.
func (r *sheetRows) merge(rec *record) error {
	if r.merged {
		rec.across = []span{}
	}
	r.open = slices.DeleteFunc(r.open, func(s span) bool { return s.bottom < r.line })
	for _, s := range r.open {
		if s.left >= len(rec.cells) || isBlank(rec.cells[s.left]) {
			rec.fromAbove = append(rec.fromAbove, s)
		}
	}
	for ; len(r.spans) > 0 && r.spans[0].top <= r.line; r.spans = r.spans[1:] {
		s := r.spans[0]
		if s.top < r.line || s.left >= len(rec.cells) {
			continue
		}
		if s.right > s.left {
			rec.across = append(rec.across, s)
		}
		if s.text = rec.cells[s.left]; s.bottom > r.line {
			r.open = append(r.open, s)
		}
	}
	if len(r.open) > mostOpen {
		return r.book.damaged(r.part.name, fmt.Errorf("more than %d merged cells in row %d", mostOpen, r.line))
	}
	return nil
}
