package sample

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"panelwatch/etl/panel"
)

//go:embed data/*.csv published/*.csv
var files embed.FS

// A table is one of the sample's own CSV files. The first cell that cannot be
// read is kept in err, so that a reader asks once, at the end.
type table struct {
	name   string
	header []string
	rows   [][]string
	err    error
}

// readTable reads an embedded CSV file; lines that begin with # are comments.
func readTable(name string) *table {
	t := &table{name: name}
	data, err := files.ReadFile(name)
	if err != nil {
		t.err = err
		return t
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	all, err := r.ReadAll()
	if err != nil {
		t.err = fmt.Errorf("%s: %w", name, err)
		return t
	}
	t.header, t.rows = all[0], all[1:]
	return t
}

// text is the cell of row i under the first header that begins with column.
func (t *table) text(i int, column string) string {
	at := slices.IndexFunc(t.header, func(h string) bool { return strings.HasPrefix(h, column) })
	if at < 0 {
		t.fail(i, column, "no such column")
		return ""
	}
	return t.rows[i][at]
}

// number reads a cell as a number, a percent sign apart; an empty cell is 0.
func (t *table) number(i int, column string) float64 {
	text := strings.TrimSuffix(t.text(i, column), "%")
	if text == "" {
		return 0
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.fail(i, column, fmt.Sprintf("%q is not a number", text))
	}
	return v
}

// numbers reads the cells under the given columns.
func (t *table) numbers(i int, columns ...string) []float64 {
	out := make([]float64, len(columns))
	for j, c := range columns {
		out[j] = t.number(i, c)
	}
	return out
}

// month reads a cell as YYYY-MM.
func (t *table) month(i int, column string) panel.Month {
	m, err := panel.ParseMonth(t.text(i, column))
	if err != nil {
		t.fail(i, column, err.Error())
	}
	return m
}

func (t *table) fail(i int, column, why string) {
	if t.err == nil {
		t.err = fmt.Errorf("%s: data row %d, column %s: %s", t.name, i+1, column, why)
	}
}
