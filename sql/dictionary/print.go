package dictionary

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// Markdown writes the views for people: an overview, then each view's columns.
func Markdown(w io.Writer, all []View) error {
	var b strings.Builder
	b.WriteString("# 视图词典 | Dictionary of views\n\n| view | 说明 | what it shows |\n|---|---|---|\n")
	for _, v := range all {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", v.Name, v.Name, cell(v.Means.Zh), cell(v.Means.En))
	}
	for _, v := range all {
		fmt.Fprintf(&b, "\n## %s\n\n%s | %s\n\n| column | type | 说明 | meaning |\n|---|---|---|---|\n", v.Name, v.Means.Zh, v.Means.En)
		for _, c := range v.Columns {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.Name, c.Type, cell(c.Means.Zh), cell(c.Means.En))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cell keeps a text within its cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// CSV writes the views for machines: a header, one line for each view, with
// neither column nor type, and one for each of its columns.
func CSV(w io.Writer, all []View) error {
	lines := [][]string{{"view", "position", "column", "type", "zh", "en"}}
	for _, v := range all {
		lines = append(lines, []string{v.Name, "0", "", "", v.Means.Zh, v.Means.En})
		for i, c := range v.Columns {
			lines = append(lines, []string{v.Name, fmt.Sprint(i + 1), c.Name, c.Type, c.Means.Zh, c.Means.En})
		}
	}
	return csv.NewWriter(w).WriteAll(lines)
}
