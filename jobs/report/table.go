package report

import (
	"fmt"
	"math"
	"slices"
	"time"

	"panelwatch/etl/panel"
)

// A Table is an exhibit's numbers: every cell of its view that the report
// shows, with what is to be said of them.
type Table struct {
	Columns []Column
	Rows    [][]Cell
	Notes   []Note
}

// A Column is one measure or key of a table.
type Column struct {
	Name      string // as the view has it
	Head      Text
	kind      kind
	HasError  bool // its numbers carry a standard error
	Uncertain bool // estimates of which none has an error: the head says so
}

// A Cell is one value. Words stand in Text; a number is NaN where there is
// none, its error where that is unknown.
type Cell struct {
	Text     string
	Number   float64
	SE       float64
	Absent   bool
	Why      Text     // why it is absent
	Flags    []string // as the warehouse has them
	Marks    []string // letters of its footnotes
	NoSample bool     // an estimate whose error is unknown while others of the column have one
}

// A Note is a footnote of a table.
type Note struct {
	Mark string
	Text Text
}

// A column of an exhibit, as it is declared.
type column struct {
	name      string
	head      Text
	kind      kind
	se        string // column with its standard error
	indicator string // whose flags speak of it
	absent    Text   // why it may be missing, where no flag says so
	exact     Text   // why it has no sampling error, for numbers that have none
}

// Why a cell is empty when neither a flag nor its column tells.
var notGiven = Text{"供应方未提供", "not delivered"}

func (e exhibit) table(v view, said remarks) Table {
	t := Table{}
	columns := e.with(v)
	for _, c := range columns {
		t.Columns = append(t.Columns, c.of(v))
	}
	notes := &footnotes{}
	for row := range v.sheet.Rows {
		var cells []Cell
		for i, c := range columns {
			cell := c.cell(v, row)
			if c.indicator != "" {
				cell.Flags = said[e.place(v, row, c.indicator)]
			}
			if cell.Absent {
				cell.Why = c.why(cell)
			}
			cell.Marks = notes.marks(cell)
			cell.NoSample = t.Columns[i].HasError && !cell.Absent && math.IsNaN(cell.SE)
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Notes = notes.all
	return t
}

// with adds to the columns of an exhibit where each row is from, as far as its
// view says.
func (e exhibit) with(v view) []column {
	all := slices.Clone(e.columns)
	for _, c := range []column{ofSource, ofRevision} {
		if v.has(c.name) {
			all = append(all, c)
		}
	}
	return all
}

// of is the column as the table has it.
func (c column) of(v view) Column {
	out := Column{Name: c.name, Head: c.head, kind: c.kind}
	if c.kind.form != number || c.kind.counted || c.exact.Zh != "" {
		return out
	}
	for row := range v.sheet.Rows {
		out.HasError = out.HasError || c.se != "" && !math.IsNaN(v.num(row, c.se))
	}
	out.Uncertain = !out.HasError
	return out
}

func (c column) cell(v view, row int) Cell {
	cell := Cell{Number: math.NaN(), SE: math.NaN()}
	switch x := v.at(row, c.name).(type) {
	case nil:
		cell.Absent = true
	case float64:
		cell.Number = x
		if c.kind == yesNo {
			cell.Text = oneOrNone(x)
		}
		if c.se != "" {
			cell.SE = v.num(row, c.se)
		}
	case time.Time:
		cell.Text = monthText(x)
		if c.kind == yearly {
			cell.Text = fmt.Sprint(x.Year())
		}
	case string:
		cell.Text = x
	}
	return cell
}

func oneOrNone(x float64) string {
	if x != 0 {
		return "1"
	}
	return "0"
}

// why says why a cell is empty: its flags, or its column.
func (c column) why(cell Cell) Text {
	switch {
	case len(cell.Flags) > 0:
		var all []Text
		for _, f := range cell.Flags {
			all = append(all, explain(f))
		}
		return joined(Text{"；", "; "}, all...)
	case c.absent.Zh != "":
		return c.absent
	}
	return notGiven
}

// place is where the warehouse keeps the number of a row.
func (e exhibit) place(v view, row int, indicator string) place {
	p := place{
		app: e.app, month: v.monthOf(row), indicator: indicator,
		dimension: panel.All.Dimension, member: panel.All.Member,
	}
	if e.app == "" {
		p.app = v.text(row, "app_name")
	}
	if e.member != "" {
		p.member, p.dimension = v.text(row, e.member), e.dimension
	}
	if e.member != "" && e.dimension == "" {
		p.dimension = v.text(row, "dimension")
	}
	return p
}

// footnotes gives a letter to each thing that is said, in order of appearance.
type footnotes struct {
	all []Note
}

func (n *footnotes) marks(c Cell) (marks []string) {
	if c.Absent {
		return []string{n.mark(c.Why)}
	}
	for _, flag := range c.Flags {
		marks = append(marks, n.mark(explain(flag)))
	}
	slices.Sort(marks)
	return slices.Compact(marks)
}

func (n *footnotes) mark(t Text) string {
	for _, note := range n.all {
		if note.Text == t {
			return note.Mark
		}
	}
	mark := letters(len(n.all))
	n.all = append(n.all, Note{mark, t})
	return mark
}

// letters counts a, b, .. z, aa, ab.
func letters(i int) string {
	if i >= 26 {
		return letters(i/26-1) + letters(i%26)
	}
	return string(rune('a' + i))
}

// Shown is a number as the page prints it.
func (c Column) Shown(cell Cell) string {
	switch {
	case cell.Absent:
		return "—"
	case c.kind.form != number:
		return cell.Text
	}
	return c.kind.print(cell.Number)
}

// Interval is the 95 % interval of a number as the page prints it, "" if its
// error is unknown.
func (c Column) Interval(cell Cell) string { return c.kind.interval(cell.Number, cell.SE) }

// Unit is what the numbers of a column count.
func (c Column) Unit() Text { return c.kind.unit }

// Numeric says whether a column holds numbers to reckon with.
func (c Column) Numeric() bool { return c.kind.form == number }
