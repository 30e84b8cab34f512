package calendar

import (
	"io/fs"

	"panelwatch/etl/panel"
)

// An Occasion is why a month was like no other.
type Occasion struct{ Zh, En string }

// Unusual says whether a month was like no other for everybody, as in a
// pandemic, and why.
func (c *Calendar) Unusual(m panel.Month) (Occasion, bool) {
	o, ok := c.unusual[m]
	return o, ok
}

func readUnusual(fsys fs.FS) (map[panel.Month]Occasion, error) {
	t := openTable(fsys, "unusual.csv", "from", "to", "zh", "en")
	out := map[panel.Month]Occasion{}
	for t.next() {
		from, to := t.month("from"), t.month("to")
		switch {
		case to < from:
			t.fail("to", "before from")
		case to > from+120:
			t.fail("to", "more than ten years after from")
		case t.text("zh") == "" || t.text("en") == "":
			t.fail("zh", "both names are needed")
		}
		for m := from; m <= to && t.err == nil; m++ {
			out[m] = Occasion{t.text("zh"), t.text("en")}
		}
	}
	return out, t.err
}

func (t *table) month(column string) panel.Month {
	m, err := panel.ParseMonth(t.text(column))
	if err != nil {
		t.fail(column, "not a month, want YYYY-MM")
	}
	return m
}
