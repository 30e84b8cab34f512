package slack

import "cmp"

// table writes as many rows as there is room for and Slack takes, and returns
// how many it left out; none are written where there is room for the heading
// alone. The columns from left on but the last are numbers, to the right.
func (p *page) table(head []string, rows [][]string, left, room int) (out int) {
	t := tableBlock{Type: "table"}
	for i := range head {
		align := "left"
		if left > 0 && i >= left && i < len(head)-1 {
			align = "right"
		}
		t.Columns = append(t.Columns, tableColumn{Align: align, IsWrapped: i == len(head)-1 && left == 0})
	}
	taken := 0
	for i, cells := range append([][]string{head}, rows...) {
		row, used := rawRow(cells)
		if taken+used > room || i >= maxTableRows {
			break
		}
		taken += used
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) < 2 {
		return len(rows)
	}
	p.put(t, taken)
	return len(rows) + 1 - len(t.Rows)
}

// rawRow fills empty cells, which Slack refuses.
func rawRow(cells []string) (row []textObject, used int) {
	for _, c := range cells {
		c = clip(cmp.Or(escapeCell(c), "–"), 200)
		row = append(row, textObject{"raw_text", c})
		used += length(c)
	}
	return row, used
}

// escapeCell leaves a cell that is blank on purpose blank.
func escapeCell(s string) string {
	if s == " " {
		return "\u00a0"
	}
	return escape(s)
}
