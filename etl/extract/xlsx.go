package extract

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"
)

// A workbook is an open XLSX file. Its sheets are read from front to back;
// only the texts that cells share, and the formats of numbers, are kept in
// memory.
type workbook struct {
	ctx      context.Context
	name     string // of the file
	in       *blob
	zip      *zipped
	gauge    *gauge // what all parts may inflate to
	looking  *gauge // the same, while looking for merged cells
	merging  *gauge // and while reading them
	limits   Limits
	tabs     []tab
	date1904 bool // days are counted from 1904
	texts    texts
	formats  []numberFormat // by style of cell
}

// A tab is a sheet of a workbook.
type tab struct {
	name   string
	part   string
	hidden bool
}

// openWorkbook opens the sheet that the manifest names; else the only visible
// one that has the table's header.
func (b *book) openWorkbook(ctx context.Context, file int) (*sheet, error) {
	in, err := b.blob(ctx, file)
	if err != nil {
		return nil, err
	}
	w := &workbook{ctx: ctx, name: b.name(file), in: in, limits: b.limits}
	s, err := w.sheetOf(b, file)
	if err != nil {
		in.Close()
		return nil, err
	}
	return s, nil
}

func (w *workbook) sheetOf(b *book, file int) (*sheet, error) {
	if err := w.open(); err != nil {
		return nil, err
	}
	wanted := b.delivery.Manifest.Files[file].Sheet
	var found *sheet
	var names []string
	var where string
	var faults []error
	for _, t := range w.tabs {
		if t.part == "" || wanted == "" && t.hidden || wanted != "" && t.name != wanted {
			continue
		}
		names = append(names, t.name)
		s := &sheet{book: b, file: file, grid: true}
		err := w.begin(s, t)
		switch {
		case err != nil && !isDataError(err):
			return nil, err
		case err != nil:
			faults = append(faults, err)
		case found != nil:
			return nil, &DataError{File: w.name, Msg: fmt.Sprintf("the sheets %.60q and %.60q both have the header of %s; name one of them as sheet of the file in %s",
				where, t.name, s.contract().Table, ManifestName)}
		default:
			found, where = s, t.name
			s.header.date1904 = s.header.date1904 || w.date1904
		}
	}
	if found != nil {
		return found, nil
	}
	return nil, w.without(wanted, names, faults)
}

// begin opens a sheet and reads its header.
func (w *workbook) begin(s *sheet, t tab) error {
	rows, err := w.rows(t)
	if err != nil {
		return err
	}
	s.in = rows
	if err := s.readHeader(); err != nil {
		rows.part.in.Close()
		return err
	}
	return nil
}

// without is the error of a workbook in which no sheet was found.
func (w *workbook) without(wanted string, names []string, faults []error) error {
	var all []string
	for _, t := range w.tabs {
		all = append(all, t.name)
	}
	switch {
	case len(faults) == 1:
		return faults[0]
	case wanted != "":
		return &DataError{File: w.name, Msg: fmt.Sprintf("has no sheet %q, which %s names; it has %.300s%s",
			wanted, ManifestName, strings.Join(all, ", "), didYouMean(wanted, all))}
	case len(names) == 0:
		return &DataError{File: w.name, Msg: "has no visible sheet with cells"}
	}
	return &DataError{File: w.name, Msg: fmt.Sprintf("none of the sheets %.300s has the header of the table: %.1000s", strings.Join(names, ", "), strings.ReplaceAll(errors.Join(faults...).Error(), "\n", "; "))}
}

func isDataError(err error) bool {
	var known *DataError
	return errors.As(err, &known)
}

// open reads what the sheets have in common.
func (w *workbook) open() (err error) {
	if w.zip, err = openZip(w.in, w.in.size); err != nil {
		return w.damaged("list of contents", err)
	}
	for _, g := range []**gauge{&w.gauge, &w.looking, &w.merging} {
		*g = w.limits.inflating(nil, w.in.size)
	}
	main := w.zip.part(workbookPart)
	if main == nil {
		return &DataError{File: w.name, Msg: "is a ZIP archive within another file; deliver the data file itself, packed once"}
	}
	ids := map[string]int{}
	err = w.each(main, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			w.date1904 = attr(e, "date1904") == "1" || attr(e, "date1904") == "true"
		case "sheet":
			if len(w.tabs) >= w.limits.Columns {
				return &DataError{File: w.name, Msg: fmt.Sprintf("has more than %d sheets", w.limits.Columns)}
			}
			ids[shortened(attr(e, "id"))] = len(w.tabs)
			w.tabs = append(w.tabs, tab{name: shortened(attr(e, "name")), hidden: attr(e, "state") == "hidden" || attr(e, "state") == "veryHidden"})
		}
		return nil
	})
	if err == nil {
		err = w.findParts(ids)
	}
	if err == nil {
		err = w.readFormats()
	}
	if err == nil {
		err = w.readTexts()
	}
	return err
}

// findParts finds the part of each sheet. A chart has none that is read.
func (w *workbook) findParts(ids map[string]int) error {
	relations := w.zip.part("xl/_rels/workbook.xml.rels")
	if relations == nil {
		return w.damaged(workbookPart, errors.New("the list of its sheets is missing"))
	}
	return w.each(relations, func(e xml.StartElement) error {
		i, known := ids[attr(e, "Id")]
		if e.Name.Local != "Relationship" || !known || path.Base(attr(e, "Type")) != "worksheet" {
			return nil
		}
		target := shortened(attr(e, "Target"))
		if !path.IsAbs(target) {
			target = path.Join("/xl", target)
		}
		w.tabs[i].part = path.Clean(target)[1:]
		return nil
	})
}

// readTexts reads the texts that cells share.
func (w *workbook) readTexts() error {
	f := w.zip.part("xl/sharedStrings.xml")
	if f == nil {
		return nil
	}
	p, err := w.openPart(f)
	if err != nil {
		return err
	}
	defer p.in.Close()
	left := w.limits.Text
	return w.damagedOr(p, eachText(p, "si", func(text string) error {
		const header = 16 // of a string in memory
		if left -= int64(len(text)) + header; left < 0 {
			return &DataError{Msg: fmt.Sprintf("the cells share more than %d bytes of text; deliver the table as CSV", w.limits.Text)}
		}
		w.texts.add(text)
		return nil
	}))
}

// texts are many texts by number, in blocks: one long slice would be copied
// again and again while it grows.
type texts [][]string

const perBlock = 1 << 14

func (t *texts) add(text string) {
	if n := len(*t); n == 0 || len((*t)[n-1]) == perBlock {
		*t = append(*t, make([]string, 0, perBlock))
	}
	last := &(*t)[len(*t)-1]
	*last = append(*last, text)
}

// at is a text; ok is false if there is none of the number.
func (t texts) at(i int) (text string, ok bool) {
	if i < 0 || i/perBlock >= len(t) || i%perBlock >= len(t[i/perBlock]) {
		return "", false
	}
	return t[i/perBlock][i%perBlock], true
}

func (w *workbook) damagedOr(p *part, err error) error {
	if err == nil {
		return nil
	}
	return w.damaged(p.name, err)
}
