package report

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// XLSX is the report as a workbook: a sheet of contents and one for each
// exhibit. Numbers are numbers, in the unit that their heading names.
func (r Report) XLSX(lang string) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	w := &workbook{file: f, lang: lang, styles: map[string]int{}}
	w.contents(r)
	for _, s := range r.Sections {
		w.section(s)
	}
	w.do(f.SetDocProps(&excelize.DocProperties{
		Title: "panelwatch " + r.Month.String(), Creator: "panelwatch", LastModifiedBy: "panelwatch",
		Created: r.Published.Format(time.RFC3339), Modified: r.Published.Format(time.RFC3339),
	}))
	var b bytes.Buffer
	if w.err == nil {
		_, w.err = f.WriteTo(&b)
	}
	if w.err != nil {
		return nil, fmt.Errorf("write the workbook: %w", w.err)
	}
	return b.Bytes(), nil
}

// A workbook in the making keeps the first error of all.
type workbook struct {
	file   *excelize.File
	lang   string
	styles map[string]int // by number format
	err    error
}

func (w *workbook) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

// style is the number format's style, made once.
func (w *workbook) style(format string, s excelize.Style) int {
	if id, made := w.styles[format]; made {
		return id
	}
	if format != "" && !strings.HasPrefix(format, "!") {
		s.CustomNumFmt = &format
	}
	id, err := w.file.NewStyle(&s)
	w.do(err)
	w.styles[format] = id
	return id
}

func (w *workbook) head() int {
	return w.style("!head", excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
		Border: []excelize.Border{{Type: "bottom", Color: "1A5FA8", Style: 1}},
	})
}

// words writes a text as text, whatever it begins with.
func (w *workbook) words(sheet string, col, row int, s string) {
	w.do(w.file.SetCellStr(sheet, cellName(col, row), s))
}

func (w *workbook) number(sheet string, col, row int, v float64, format string) {
	if math.IsNaN(v) {
		return
	}
	at := cellName(col, row)
	w.do(w.file.SetCellFloat(sheet, at, v, -1, 64))
	w.do(w.file.SetCellStyle(sheet, at, at, w.style(format, excelize.Style{})))
}

func cellName(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col, row) // columns and rows count from 1
	return name
}

func (w *workbook) contents(r Report) {
	const sheet = "Contents"
	w.do(w.file.SetSheetName("Sheet1", sheet))
	w.words(sheet, 1, 1, Text{"公共服务类 APP 流量监测月报", "Public-service apps: monthly report"}.In(w.lang)+" "+r.Month.String())
	row := 2
	for _, s := range r.Synthetic {
		w.words(sheet, 1, row, s)
		row++
	}
	row++
	for _, s := range r.Sections {
		w.words(sheet, 1, row, s.ID)
		w.words(sheet, 2, row, s.Title.In(w.lang))
		w.words(sheet, 3, row, joined(same(" "), s.Findings...).In(w.lang))
		w.do(w.file.SetCellHyperLink(sheet, cellName(1, row), "'"+s.ID+"'!A1", "Location"))
		row++
	}
	for _, a := range r.Without {
		w.words(sheet, 1, row, a.ID)
		w.words(sheet, 2, row, a.Title.In(w.lang))
		w.words(sheet, 3, row, a.Why.In(w.lang))
		row++
	}
	w.do(w.file.SetColWidth(sheet, "A", "A", 8))
	w.do(w.file.SetColWidth(sheet, "B", "B", 48))
	w.do(w.file.SetColWidth(sheet, "C", "C", 110))
}

// section writes a sheet: headings, numbers, then notes and sources.
func (w *workbook) section(s Section) {
	sheet := s.ID
	_, err := w.file.NewSheet(sheet)
	w.do(err)
	heads := s.Table.heads(w.lang)
	for i, head := range heads {
		w.words(sheet, i+1, 1, head)
	}
	w.do(w.file.SetCellStyle(sheet, "A1", cellName(len(heads), 1), w.head()))
	for i, row := range s.Table.Rows {
		w.row(sheet, i+2, s.Table, row)
	}
	w.notes(sheet, len(s.Table.Rows)+3, s)
	last, _ := excelize.ColumnNumberToName(len(heads))
	w.do(w.file.SetColWidth(sheet, "A", last, 17))
	w.do(w.file.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

// heads are those of the sheet, with units; a measure with an error has three
// columns more.
func (t Table) heads(lang string) (heads []string) {
	for i, c := range t.Columns {
		unit := ""
		if c.kind.unit.Zh != "" {
			unit = " [" + c.kind.unit.First(lang) + "]"
		}
		head := c.Head.In(lang) + unit
		if c.Uncertain {
			head += " (" + unknownError.In(lang) + ")"
		}
		heads = append(heads, head)
		if c.HasError {
			heads = append(heads, Text{"标准误", "standard error"}.In(lang)+unit, Text{"95% 下限", "95% low"}.In(lang)+unit, Text{"95% 上限", "95% high"}.In(lang)+unit)
		}
		if t.flagged(i) {
			heads = append(heads, Text{"标记", "flags"}.In(lang))
		}
	}
	return heads
}

func (w *workbook) row(sheet string, at int, t Table, row []Cell) {
	col := 1
	for i, cell := range row {
		c := t.Columns[i]
		switch {
		case cell.Absent:
			w.words(sheet, col, at, "—")
		case c.Numeric():
			w.number(sheet, col, at, c.inBook(cell.Number), c.format())
		case c.kind.form == answer:
			w.number(sheet, col, at, cell.Number, "0")
		default:
			w.words(sheet, col, at, cell.Text)
		}
		col++
		if c.HasError {
			low, high := cell.bounds()
			for k, v := range []float64{cell.SE, low, high} {
				w.number(sheet, col+k, at, c.inBook(v), c.format())
			}
			col += 3
		}
		if t.flagged(i) {
			w.words(sheet, col, at, strings.Join(cell.Flags, " "))
			col++
		}
	}
}

// inBook is a number in the unit of its column; percents stay ratios, which
// workbooks show as percents.
func (c Column) inBook(v float64) float64 {
	if c.kind.unit.Zh == "%" {
		return v
	}
	return c.kind.scaled(v)
}

// format is the number format of a column, with the places of the page.
func (c Column) format() string {
	f := "0"
	if c.kind.places > 0 {
		f += "." + strings.Repeat("0", c.kind.places)
	}
	if c.kind.unit.Zh == "%" {
		f += "%"
	}
	if c.kind.signed {
		f = "+" + f + ";-" + f + ";" + f
	}
	return f
}

func (w *workbook) notes(sheet string, row int, s Section) {
	for _, n := range s.Table.Notes {
		w.words(sheet, 1, row, "— / "+n.Mark+": "+n.Text.In(w.lang))
		row++
	}
	for _, source := range append([]Text{s.Title}, s.Sources...) {
		w.words(sheet, 1, row, source.In(w.lang))
		row++
	}
}
