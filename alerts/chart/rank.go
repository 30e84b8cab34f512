package chart

import (
	"errors"
	"fmt"
	"image/color"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// mostRows is how many rows can be read on one chart.
const mostRows = 30

// RankBars is a ranked list: number, name, a bar from zero, the value at the
// bar's end and the change of rank at the right edge.
type RankBars struct {
	Head
	Unit Unit
	Rows []Row // in order of rank; those after the thirtieth are counted, not drawn
}

// A Row is one place of a ranked list.
type Row struct {
	Rank  int
	Name  string
	Note  string // after the name, in grey: the region
	Value float64
	Move  Move
	// Tied says that the row cannot be told from the row above within sampling
	// error; tied rows share a mark.
	Tied   bool
	Marked bool // the finding is about this row
}

// A Move is a change of rank. Places is positive for a rise.
type Move struct {
	Known  bool // false: there is nothing to compare with
	New    bool // was not in the list
	Places int
}

// PNG draws the chart. It is an error when there is no row, when a value is
// negative or absurd, or when a character has no glyph in the embedded font.
func (b RankBars) PNG() ([]byte, error) {
	p, err := b.draw()
	if err != nil {
		return nil, fmt.Errorf("draw %q: %w", b.Title, err)
	}
	data, err := p.png()
	if err != nil {
		return nil, fmt.Errorf("draw %q: %w", b.Title, err)
	}
	return data, nil
}

func (b RankBars) draw() (*page, error) {
	if err := b.check(); err != nil {
		return nil, err
	}
	p, err := newPage()
	if err != nil {
		return nil, err
	}
	t := b.table(p, p.head(b.Head))
	t.tieMarks(p)
	for i := range t.rows {
		t.row(p, i)
	}
	t.footnote(p, len(b.Rows))
	return p, nil
}

func (b RankBars) check() error {
	if len(b.Rows) == 0 {
		return errors.New("no row to draw")
	}
	for _, r := range b.Rows {
		if r.Value < 0 {
			return fmt.Errorf("%s: value %g is negative, a bar starts at zero", r.Name, r.Value)
		}
		if err := checkRange(r.Name, r.Value); err != nil {
			return err
		}
	}
	return nil
}

// A table knows the columns of the rows it draws.
type table struct {
	RankBars
	rows   []Row
	top    vg.Length // of the first row
	pitch  vg.Length // from row to row
	font   style
	number vg.Length // right edge of the numbers
	names  vg.Length // left edge of the names
	bars   vg.Length // left edge of the bars
	room   vg.Length // length of the longest bar
	most   float64   // its value
}

func (b RankBars) table(p *page, top vg.Length) *table {
	t := &table{RankBars: b, rows: b.Rows[:min(len(b.Rows), mostRows)], top: top - 10}
	t.pitch = min(40, (t.top-sourceBaseline-16)/vg.Length(len(t.rows)))
	t.font = style{size: min(12.5, 0.68*t.pitch)}
	var name, value vg.Length
	for _, r := range t.rows {
		name = max(name, p.measure(t.bold(), t.name(p, r))+t.note(p, r))
		value = max(value, p.measure(t.bold(), Format(r.Value, b.Unit, b.Language)))
		if finite(r.Value) {
			t.most = max(t.most, r.Value)
		}
	}
	t.number = margin + 12 + p.measure(t.bold(), strconv.Itoa(t.rows[len(t.rows)-1].Rank))
	t.names = t.number + 8
	t.bars = t.names + name + 12
	t.room = width - margin - 44 - value - 8 - t.bars
	return t
}

func (t *table) bold() style { return style{size: t.font.size, bold: true} }

func (t *table) style(r Row) style { return style{size: t.font.size, bold: r.Marked} }

func (t *table) noteStyle() style { return style{size: 0.85 * t.font.size} }

// name is a row's name, shortened so that the bars keep at least half the page.
func (t *table) name(p *page, r Row) string { return p.shorten(t.bold(), clean(r.Name), 210) }

// note is the room a row's note takes.
func (t *table) note(p *page, r Row) vg.Length {
	if clean(r.Note) == "" {
		return 0
	}
	return 6 + p.measure(t.noteStyle(), t.noteText(p, r))
}

func (t *table) noteText(p *page, r Row) string { return p.shorten(t.noteStyle(), clean(r.Note), 90) }

// baseline of row i.
func (t *table) baseline(i int) vg.Length {
	return t.top - (vg.Length(i)+0.5)*t.pitch - 0.36*t.font.size
}

func (t *table) row(p *page, i int) {
	r, y := t.rows[i], t.baseline(i)
	st := t.style(r)
	p.write("rank", st, grey, strconv.Itoa(r.Rank), point(t.number, y), 1)
	name := t.name(p, r)
	p.write("name", st, ink, name, point(t.names, y), 0)
	p.write("note", t.noteStyle(), grey, t.noteText(p, r), point(t.names+p.measure(st, name)+6, y), 0)
	end := t.bars
	if finite(r.Value) && t.most > 0 {
		end += vg.Length(r.Value/t.most) * t.room
		middle, half := t.top-(vg.Length(i)+0.5)*t.pitch, min(0.34*t.pitch, 10)
		p.rect(t.colour(r), vg.Rectangle{Min: point(t.bars, middle-half), Max: point(end, middle+half)})
	}
	p.write("value", st, body, Format(r.Value, t.Unit, t.Language), point(end+6, y), 0)
	sign, c := t.move(r.Move)
	p.write("move", style{size: 0.9 * t.font.size, bold: true}, c, sign, point(width-margin, y), 1)
}

// colour is strong where the rank moved or the finding points.
func (t *table) colour(r Row) color.Color {
	if r.Marked || r.Move.Known && (r.Move.New || r.Move.Places != 0) {
		return barMoved
	}
	return barBlue
}

func (t *table) move(m Move) (sign string, c color.Color) {
	switch {
	case !m.Known:
		return "", grey
	case m.New:
		return pick(t.Language, "新", "new"), green
	case m.Places > 0:
		return "▲" + strconv.Itoa(m.Places), green
	case m.Places < 0:
		return "▼" + strconv.Itoa(-m.Places), red
	}
	return "–", zeroGrey
}

// tieMarks draws one bracket beside each run of rows that are tied.
func (t *table) tieMarks(p *page) {
	for start := 0; start < len(t.rows); {
		end := start + 1
		for end < len(t.rows) && t.rows[end].Tied {
			end++
		}
		if end-start > 1 {
			half := 0.3 * t.pitch
			t.bracket(p, margin, t.top-(vg.Length(start)+0.5)*t.pitch+half, t.top-(vg.Length(end)-0.5)*t.pitch-half)
		}
		start = end
	}
}

func (t *table) bracket(p *page, x, top, foot vg.Length) {
	p.stroke(zeroGrey, 1.25, []vg.Point{point(x+4, top), point(x, top), point(x, foot), point(x+4, foot)})
}

// footnote explains the bracket and counts the rows left out, at the right
// end of the source line.
func (t *table) footnote(p *page, all int) {
	text := ""
	for _, r := range t.rows[1:] {
		if r.Tied {
			text = pick(t.Language, "[ 名次差在抽样误差内", "[ order within sampling error")
		}
	}
	if rest := all - len(t.rows); rest > 0 {
		text += fmt.Sprintf(pick(t.Language, "  …另有 %d 项", "  …and %d more"), rest)
	}
	at := point(width-margin, sourceBaseline)
	p.write("footnote", sourceStyle, grey, clean(text), at, 1)
}
