package calendar

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A table reads one CSV file with a header row. The first error stops it and
// names file, line and column.
type table struct {
	name string
	csv  *csv.Reader
	at   map[string]int
	row  []string
	err  error
}

func openTable(fsys fs.FS, name string, columns ...string) *table {
	t := &table{name: name, at: map[string]int{}}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.err = fmt.Errorf("read calendar: %w", err)
		return t
	}
	t.csv = csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	head, err := t.csv.Read()
	if err != nil {
		t.err = misshapen(name, fmt.Errorf("header: %w", err))
		return t
	}
	for _, c := range columns {
		if t.at[c] = slices.Index(head, c); t.at[c] < 0 {
			t.err = fmt.Errorf("%s:1: no column %q, have %s", name, c, strings.Join(head, ", "))
			return t
		}
	}
	return t
}

// next moves to the following row; false at the end or after an error.
func (t *table) next() bool {
	if t.err != nil {
		return false
	}
	row, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return false
	}
	if err != nil {
		t.err = misshapen(t.name, err)
		return false
	}
	t.row = row
	return true
}

// misshapen puts the place of a row that is no row of the table first.
func misshapen(name string, err error) error {
	var fault *csv.ParseError
	if !errors.As(err, &fault) {
		return fmt.Errorf("%s: %w", name, err)
	}
	return fmt.Errorf("%s:%d:%d: %w: want as many fields as the header has, those with commas or quotes in quotes", name, fault.Line, fault.Column, fault.Err)
}

func (t *table) text(column string) string { return t.row[t.at[column]] }

func (t *table) fail(column, format string, args ...any) {
	if t.err != nil {
		return
	}
	line, char := t.csv.FieldPos(t.at[column])
	t.err = fmt.Errorf("%s:%d:%d: %s %q: %s", t.name, line, char, column, t.text(column), fmt.Sprintf(format, args...))
}

func (t *table) oneOf(column string, allowed ...string) string {
	s := t.text(column)
	if !slices.Contains(allowed, s) {
		t.fail(column, "want one of %s", strings.Join(allowed, ", "))
	}
	return s
}

func (t *table) number(column string) int {
	n, err := strconv.Atoi(t.text(column))
	if err != nil {
		t.fail(column, "not a whole number")
	}
	return n
}

func (t *table) date(column string) time.Time {
	d, err := time.Parse(time.DateOnly, t.text(column))
	if err != nil {
		t.fail(column, "not a date, want YYYY-MM-DD")
	}
	return d
}

// dateOr is date, or otherwise when the field is empty.
func (t *table) dateOr(column string, otherwise time.Time) time.Time {
	if t.text(column) == "" {
		return otherwise
	}
	return t.date(column)
}

// dayOfYear reads MM-DD as a date in year 1.
func (t *table) dayOfYear(column string) time.Time {
	d, err := time.Parse(time.DateOnly, "0001-"+t.text(column))
	if err != nil {
		t.fail(column, "not a day of the year, want MM-DD")
	}
	return d
}
