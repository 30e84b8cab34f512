package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// CSV is an exhibit's table in base units: devices, ratios. A measure with an
// error has three columns more, one with flags one more. Empty is what is not
// known.
func (s Section) CSV() ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	if err := out.Write(s.Table.names()); err != nil {
		return nil, err
	}
	for _, row := range s.Table.Rows {
		if err := out.Write(s.Table.record(row)); err != nil {
			return nil, err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return nil, fmt.Errorf("write %s: %w", s.Slug, err)
	}
	return b.Bytes(), nil
}

func (t Table) names() (names []string) {
	for i, c := range t.Columns {
		names = append(names, c.Name)
		if c.HasError {
			names = append(names, c.Name+"_se", c.Name+"_ci_low", c.Name+"_ci_high")
		}
		if t.flagged(i) {
			names = append(names, c.Name+"_flags")
		}
	}
	return names
}

// flagged says whether anything is said of a column's numbers.
func (t Table) flagged(column int) bool {
	for _, row := range t.Rows {
		if len(row[column].Flags) > 0 {
			return true
		}
	}
	return false
}

func (t Table) record(row []Cell) (fields []string) {
	for i, cell := range row {
		c := t.Columns[i]
		if c.Numeric() {
			fields = append(fields, exact(cell.Number))
		} else {
			fields = append(fields, harmless(cell.Text))
		}
		if c.HasError {
			low, high := cell.bounds()
			fields = append(fields, exact(cell.SE), exact(low), exact(high))
		}
		if t.flagged(i) {
			fields = append(fields, strings.Join(cell.Flags, " "))
		}
	}
	return fields
}

// bounds are the ends of the 95 % interval, NaN if the error is unknown.
func (c Cell) bounds() (low, high float64) { return c.Number - z95*c.SE, c.Number + z95*c.SE }

// exact is a number in full, empty where there is none.
func exact(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// harmless is a name that no spreadsheet takes for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
