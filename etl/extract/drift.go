package extract

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"panelwatch/etl/panel"
)

// A Note is something about a delivery that does not keep it out, but that
// somebody should know.
type Note struct {
	File   int    // index into Manifest.Files
	Line   int    // physical line of the first case; 0 for a column
	Column string // as in the header
	Raw    string // what is new: the app, say
	Rule   string // missing_column, renamed_column, new_column, unknown_app, new_member, scale
	Rows   int    // how many rows have it; 0 for a column
	Text   string // what was made of it, and what to do
}

// adopt makes of a header that the contract does not have what its verdicts
// say: an error, the column it is nearly, or one that is passed over.
func (h *header) adopt(m panel.Month, i int) error {
	c := &h.columns[i]
	near, renamed := h.nearly(c.header)
	v, rule := h.contract.Drift.NewColumn, "new_column"
	if renamed {
		v, rule = h.contract.Drift.Renamed, "renamed_column"
	}
	if v == Fail {
		known := h.contract.headers()
		return &DataError{Column: c.header, Msg: fmt.Sprintf("is not in the contract of %s, which has %s%s",
			h.contract.Table, strings.Join(h.contract.shown(), ", "), didYouMean(plainName(c.header), known))}
	}
	text := "is not in the contract and was passed over; add it, or ask the vendor what it is"
	if renamed {
		c.of = near
		if err := c.settle(h.contract.Table, c.unit); err != nil {
			return err
		}
		text = fmt.Sprintf("was read as %s; add it to the headers of that column", near.Name)
	} else {
		c.name = "?" + c.header
	}
	if v == Warn {
		h.notes = append(h.notes, Note{Column: c.header, Rule: rule, Text: text})
	}
	return h.put(i)
}

// plainName is a header without month and unit.
func plainName(header string) string {
	name, _ := splitUnit(squeeze(header))
	return strings.TrimPrefix(name, leadingMonth.FindString(name))
}

// nearly is the column, not yet met, of which a header is a misspelling: at
// most a third of it would have to change.
func (h *header) nearly(cell string) (Column, bool) {
	var open []string
	for _, c := range h.contract.Columns {
		if h.place(c.Name) < 0 && c.Name != hourColumn {
			open = append(open, c.headers()...)
		}
	}
	name := plainName(cell)
	best := nearest(name, open)
	if best == "" || 3*panel.Edits(name, best) > len([]rune(name)) {
		return Column{}, false
	}
	c, _, ok := h.contract.lookup(squeeze(best))
	return c, ok
}

// complete checks that no column is missing that the contract asks for.
func (h *header) complete() error {
	for _, c := range h.contract.Columns {
		missing := h.missing(c)
		if missing == "" || c.Optional {
			continue
		}
		known, _ := fieldOf(h.contract.Table, c.Name)
		switch v := h.contract.Drift.Missing; {
		case known.needed || v == Fail:
			return &DataError{Column: missing, Msg: fmt.Sprintf("is missing; %s needs it, as %s",
				h.contract.Table, strings.Join(c.headers(), " or "))}
		case v == Warn:
			h.notes = append(h.notes, Note{
				Column: c.Name, Rule: "missing_column",
				Text: "is missing, and with it its numbers; ask for a new revision, or make the column optional",
			})
		}
	}
	return nil
}

// missing is the column, or the first of the hours, that the file lacks.
func (h *header) missing(c Column) string {
	if c.Name != hourColumn {
		if h.place(c.Name) < 0 {
			return c.Name
		}
		return ""
	}
	for hour := range 24 {
		if h.place(hourColumn+strconv.Itoa(hour)) < 0 {
			return fmt.Sprintf("%d点", hour)
		}
	}
	return ""
}

// shown is one header of each column, for messages.
func (c Contract) shown() (names []string) {
	for _, col := range c.Columns {
		names = append(names, cmp.Or(strings.Join(col.Zh[:min(1, len(col.Zh))], ""), col.Name))
	}
	return names
}

// headers are those that a table may have.
func (c Contract) headers() (names []string) {
	for _, col := range c.Columns {
		names = append(names, col.headers()...)
	}
	return slices.Compact(names)
}

// verdictOn is what the contract says of a row's fault.
func (d Drift) verdictOn(rule string) Verdict {
	switch rule {
	case "unknown_app":
		return d.UnknownApp
	case "unknown_member":
		return d.NewMember
	}
	return Warn
}
