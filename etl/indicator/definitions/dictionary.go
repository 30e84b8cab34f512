package definitions

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// Markdown writes the dictionary for people: an overview, then each indicator.
func Markdown(w io.Writer, all []Definition) error {
	var b strings.Builder
	b.WriteString("# 指标词典 | Dictionary of indicators\n\n" +
		"D: monthly unique devices of the app in month t; U: universe; w: weight of a device.\n\n" +
		"| indicator | 指标 | unit | grain |\n|---|---|---|---|\n")
	for _, d := range all {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s |\n", d.Name, d.Name, cell(d.Zh), d.Unit, cell(d.Grain))
	}
	for _, d := range all {
		d.section(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (d Definition) section(b *strings.Builder) {
	unit := Units[d.Unit]
	fmt.Fprintf(b, "\n## %s\n\n%s | %s\n\n| | |\n|---|---|\n", d.Name, d.Zh, d.En)
	for _, r := range [][2]string{
		{"单位 unit", unit.Zh + " · " + unit.En},
		{"公式 formula", "`" + d.Formula + "`"},
		{"输入 inputs", d.Inputs},
		{"粒度 grain", d.Grain},
		{"边界 edge cases", d.EdgeCases.Zh + " · " + d.EdgeCases.En},
		{"误差 error", d.Error.Zh + " · " + d.Error.En},
		{"出处 source", d.Source.Zh + " · " + d.Source.En},
		{"所在列 columns", strings.Join(d.Columns, ", ")},
		{"公式版本 version", fmt.Sprint(d.Version)},
	} {
		fmt.Fprintf(b, "| %s | %s |\n", r[0], cell(r[1]))
	}
}

// cell keeps a text within its cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// CSV writes the dictionary for machines: a header, then one line each.
func CSV(w io.Writer, all []Definition) error {
	c := csv.NewWriter(w)
	lines := [][]string{{
		"name", "zh", "en", "unit", "formula", "inputs", "grain", "edge_cases_zh", "edge_cases_en",
		"error_zh", "error_en", "source_zh", "source_en", "columns", "version",
	}}
	for _, d := range all {
		lines = append(lines, []string{
			d.Name, d.Zh, d.En, d.Unit, d.Formula, d.Inputs, d.Grain, d.EdgeCases.Zh, d.EdgeCases.En,
			d.Error.Zh, d.Error.En, d.Source.Zh, d.Source.En, strings.Join(d.Columns, " "), fmt.Sprint(d.Version),
		})
	}
	return c.WriteAll(lines)
}
