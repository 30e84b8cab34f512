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
// bar's end and the change of rank at the right edge. Where errors are known
// the number has the interval of the rank beside it, and the bar a whisker.
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
	SE    float64 // of Value, 0 or NaN when not known
	// Low and High are the ranks that the row may hold, both 0 when not known.
	Low, High int
	Move      Move
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
	From   int // the rank before, 0 to leave it out
}

// PNG draws the chart. It is an error when there is no row, when a value is
// negative or absurd, or when a character has no glyph in the embedded font.
func (b RankBars) PNG() ([]byte, error) { return encode(b.Head, b.draw) }

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
	ranks  vg.Length // left edge of their intervals
	names  vg.Length // left edge of the names
	bars   vg.Length // left edge of the bars
	room   vg.Length // length of the longest bar
	most   float64   // its value
	// pointed says that the finding is about some of the rows.
	pointed bool
}

func (b RankBars) table(p *page, top vg.Length) *table {
	t := &table{RankBars: b, rows: b.Rows[:min(len(b.Rows), mostRows)], top: top - 10}
	t.pitch = min(40, (t.top-sourceBaseline-16)/vg.Length(len(t.rows)))
	t.font = style{size: min(12.5, 0.68*t.pitch)}
	var name, value, ranks, moves vg.Length
	for _, r := range t.rows {
		name = max(name, p.measure(t.bold(), t.name(p, r))+t.note(p, r))
		value = max(value, p.measure(t.bold(), b.format(r.Value, b.Unit)))
		ranks = max(ranks, p.measure(t.noteStyle(), t.interval(r)))
		sign, _ := t.move(r.Move)
		moves = max(moves, p.measure(t.moveStyle(), sign))
		t.pointed = t.pointed || r.Marked
		if finite(r.Value) {
			t.most = max(t.most, r.Value+r.whisker())
		}
	}
	t.number = margin + 12 + p.measure(t.bold(), strconv.Itoa(t.rows[len(t.rows)-1].Rank))
	t.ranks = t.number + 6
	t.names = t.number + 8
	if ranks > 0 {
		t.names = t.ranks + ranks + 10
	}
	t.bars = t.names + name + 12
	t.room = width - margin - max(44, moves+16) - value - 8 - t.bars
	return t
}

// whisker is half the 95 % interval of a row's value, 0 when not known.
func (r Row) whisker() float64 {
	if !finite(r.SE) || !finite(r.Value) {
		return 0
	}
	return 1.96 * r.SE
}

// interval is written where more than one rank is possible.
func (t *table) interval(r Row) string {
	if r.Low == r.High {
		return ""
	}
	return fmt.Sprintf("%d–%d", r.Low, r.High)
}

func (t *table) moveStyle() style { return style{size: 0.9 * t.font.size, bold: true} }

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
	p.write("interval", t.noteStyle(), grey, t.interval(r), point(t.ranks, y), 0)
	name := t.name(p, r)
	p.write("name", st, ink, name, point(t.names, y), 0)
	p.write("note", t.noteStyle(), grey, t.noteText(p, r), point(t.names+p.measure(st, name)+6, y), 0)
	end := t.bars
	if finite(r.Value) && t.most > 0 {
		end += vg.Length(r.Value/t.most) * t.room
		middle, half := t.top-(vg.Length(i)+0.5)*t.pitch, min(0.34*t.pitch, 10)
		p.rect(t.colour(r), vg.Rectangle{Min: point(t.bars, middle-half), Max: point(end, middle+half)})
		if w := vg.Length(r.whisker()/t.most) * t.room; w > 0 {
			p.whisker(max(t.bars, end-w), end+w, middle, 0.5*half)
			end += w
		}
	}
	p.write("value", st, body, t.format(r.Value, t.Unit), point(end+6, y), 0)
	sign, c := t.move(r.Move)
	p.write("move", t.moveStyle(), c, sign, point(width-margin, y), 1)
}

// colour is strong where the rank moved or, where there are such rows, where
// the finding points.
func (t *table) colour(r Row) color.Color {
	if r.Marked || !t.pointed && r.Move.Known && (r.Move.New || r.Move.Places != 0) {
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
		return "▲" + strconv.Itoa(m.Places) + t.from(m), green
	case m.Places < 0:
		return "▼" + strconv.Itoa(-m.Places) + t.from(m), red
	}
	return "–", zeroGrey
}

// from is the rank before, where it is to be told.
func (t *table) from(m Move) string {
	if m.From == 0 {
		return ""
	}
	return fmt.Sprintf(pick(t.Language, "  原第%d", "  was %d"), m.From)
}
