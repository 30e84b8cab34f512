package alerts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"panelwatch/etl/panel"
)

// differences are the numbers that print otherwise, those of after first.
func differences(before, after []Number) (out []Moved) {
	value := func(all []Number, name string) string {
		if i := slices.IndexFunc(all, func(n Number) bool { return n.Name == name }); i >= 0 {
			return all[i].Value
		}
		return ""
	}
	for _, n := range after {
		if was := value(before, n.Name); was != n.Value {
			out = append(out, Moved{n.Name, was, n.Value})
		}
	}
	for _, n := range before {
		if value(after, n.Name) == "" && n.Value != "" {
			out = append(out, Moved{n.Name, n.Value, ""})
		}
	}
	return out
}

// bothLists are the names of lists, in the order of now.
func bothLists(was, now []List) (names []string) {
	for _, l := range slices.Concat(now, was) {
		if !slices.Contains(names, l.Name) {
			names = append(names, l.Name)
		}
	}
	return names
}

func listOf(lists []List, name string) List {
	if i := slices.IndexFunc(lists, func(l List) bool { return l.Name == name }); i >= 0 {
		return lists[i]
	}
	return List{Name: name}
}

// changedRows are the places that read otherwise, in the order of now, then
// those that are printed no more.
func changedRows(name string, was, now List, m panel.Month, p Printing) (out []ChangedRow) {
	before, after := p.Rows(was, m), p.Rows(now, m)
	of := func(rows []Row, app panel.AppID) (Row, bool) {
		if i := slices.IndexFunc(rows, func(r Row) bool { return r.App == app }); i >= 0 {
			return rows[i], true
		}
		return Row{}, false
	}
	for _, r := range after {
		had, known := of(before, r.App)
		if moved := differences(had.Cells, r.Cells); len(moved) > 0 || !known {
			out = append(out, ChangedRow{List: name, App: r.App, Name: r.Name, New: !known, Moved: moved})
		}
	}
	for _, r := range before {
		if _, still := of(after, r.App); !still {
			out = append(out, ChangedRow{List: name, App: r.App, Name: r.Name, Gone: true, Moved: differences(r.Cells, nil)})
		}
	}
	return out
}

// Flips says whether a verdict is another now: something told holds no more,
// or something new does, or what was foretold is an alarm or the reverse.
func (c Correction) Flips() bool {
	return len(c.Withdrawn)+len(c.Added) > 0 ||
		slices.ContainsFunc(c.Changed, func(x Changed) bool { return x.Was.Verdict != x.Is.Verdict })
}

// state is a hash of what a reader sees of the correction.
func (c Correction) state(p Printing) string {
	if len(c.Changed)+len(c.Withdrawn)+len(c.Added)+len(c.Rows) == 0 {
		return ""
	}
	h := sha256.New()
	for _, x := range c.Changed {
		fmt.Fprintf(h, "changed %q %q %q\n", x.Is.Verdict, x.Moved, p.Finding(x.Is))
	}
	for _, f := range c.Withdrawn {
		fmt.Fprintf(h, "withdrawn %q\n", p.Finding(f).Sentence)
	}
	for _, f := range c.Added {
		fmt.Fprintf(h, "added %q %q\n", f.Verdict, p.Finding(f))
	}
	for _, r := range c.Rows {
		fmt.Fprintf(h, "row %q\n", fmt.Sprint(r))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// SameCell says whether two findings are about the same thing, whatever they
// say of it: there is one message for it.
func (f Finding) SameCell(o Finding) bool { return f.cell() == o.cell() }
