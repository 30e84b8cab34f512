package extract

import (
	"fmt"
	"slices"
	"strings"
)

// asAgreed checks the cells of a row against their columns: none empty that
// may not be, and only members that are allowed.
func (r row) asAgreed() *fault {
	for i, c := range r.columns {
		if c.of.Name == "" || c.of.Nullable && len(c.of.Members) == 0 {
			continue
		}
		cell := trimmed(r.cells[i])
		switch empty := missingText(cell); {
		case empty && !c.of.Nullable:
			return &fault{column: c.header, raw: r.cells[i], rule: "missing", hint: "every row needs it; deliver it, or make the column nullable"}
		case !empty && len(c.of.Members) > 0 && !slices.Contains(c.of.Members, cell):
			return &fault{
				column: c.header, raw: r.cells[i], rule: "unknown_member",
				hint: fmt.Sprintf("want one of %s%s", strings.Join(c.of.Members, " "), didYouMean(cell, c.of.Members)),
			}
		}
	}
	return nil
}
