package alerts

import (
	"slices"

	"panelwatch/etl/panel"
)

// A View is what there was to tell of a month at some time: the findings of
// all verdicts, and the lists.
type View struct {
	Month    panel.Month
	Findings []Finding
	Lists    []List
}

// A Number is one number as a channel prints it, with its name there.
type Number struct{ Name, Value string }

// Printed is a finding as a channel prints it.
type Printed struct {
	Sentence string
	Numbers  []Number
}

// A Row is one place of a list as a channel prints it.
type Row struct {
	App   panel.AppID
	Name  string
	Cells []Number
}

// A Printing is how a channel prints what is told. What it prints alike is the
// same to its readers.
type Printing struct {
	Finding func(Finding) Printed
	Rows    func(List, panel.Month) []Row
}

// A Correction is what later data have changed of what was told of a month.
// Was is always what was told first, so that the way from there to what holds
// now leaves no trace: two revisions in a row and the second alone make the
// same correction.
type Correction struct {
	Because   []ExtractNote // the extracts that are others now, oldest first
	Standing  []Finding     // what the month tells now, in the order of now
	Changed   []Changed
	Withdrawn []Finding // as they were told
	Added     []Finding
	Rows      []ChangedRow
	// State names what was changed, withdrawn and added, as printed: empty when
	// a reader would see what was told. It does not depend on Because.
	State string
}

// Changed is a finding that still holds, but with other words or numbers.
type Changed struct {
	Was, Is Finding
	Before  Printed
	Moved   []Moved // none when only words are others
}

// Moved is a number whose print is another now; Was or Is is empty where there
// is no such number.
type Moved struct{ Name, Was, Is string }

// A ChangedRow is a place of a list that reads otherwise now.
type ChangedRow struct {
	List  string
	App   panel.AppID
	Name  string
	New   bool // not printed before
	Gone  bool // not printed any more
	Moved []Moved
}

// Correct compares. told are the findings as they were told; was is what
// today's rules say of the data of then, now what they say of today's data: so
// only data make a correction, whatever became of rules, calendar and wording
// in between.
func Correct(told []Finding, was, now View, p Printing) Correction {
	c := Correction{}
	then, before, after := byCell(told), byCell(was.Findings), byCell(now.Findings)
	for _, f := range now.Findings {
		if f.told() {
			c.stands(f, then, before, p)
		}
	}
	for _, f := range told {
		_, held := before[f.cell()]
		if _, holds := after[f.cell()]; !f.told() || holds {
			continue
		}
		if held {
			c.Withdrawn = append(c.Withdrawn, f)
		} else { // gone with its rule, which is no matter of data
			c.Standing = append(c.Standing, f)
		}
	}
	for _, l := range bothLists(was.Lists, now.Lists) {
		c.Rows = append(c.Rows, changedRows(l, listOf(was.Lists, l), listOf(now.Lists, l), now.Month, p)...)
	}
	c.State = c.state(p)
	return c
}

// byCell are the findings worth telling, of which there is one for each cell.
func byCell(findings []Finding) map[cell]Finding {
	out := map[cell]Finding{}
	for _, f := range findings {
		if _, seen := out[f.cell()]; f.told() && !seen {
			out[f.cell()] = f
		}
	}
	return out
}

// stands files a finding that holds now.
func (c *Correction) stands(f Finding, told, was map[cell]Finding, p Printing) {
	first, wasTold := told[f.cell()]
	base, held := was[f.cell()]
	switch {
	case !wasTold && held: // of a rule that came later
		return
	case !wasTold:
		c.Added = append(c.Added, f)
	case !held:
		base = first
	}
	c.Standing = append(c.Standing, f)
	if !wasTold {
		return
	}
	before, after := p.Finding(base), p.Finding(f)
	if moved := differences(before.Numbers, after.Numbers); len(moved) > 0 || before.Sentence != after.Sentence || base.Verdict != f.Verdict {
		c.Changed = append(c.Changed, Changed{Was: base, Is: f, Before: before, Moved: moved})
	}
}

// Tells are the findings that the month tells now, and those of all that were
// judged which it does not.
func (c Correction) Tells(all []Finding) []Finding {
	out := slices.Clone(c.Standing)
	for _, f := range all {
		if !f.told() {
			out = append(out, f)
		}
	}
	return out
}
