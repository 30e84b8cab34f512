// Package seriesfile reads monthly series from a CSV file: series, month and
// value, with se and profile where there are such columns. It must not import
// alerts, configs or anything that knows a warehouse.
package seriesfile

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"panelwatch/alerts/expect"
	"panelwatch/etl/panel"
)

// A Fault is what is wrong with a file, where, and what to do about it.
type Fault struct {
	File string
	Line int // 0: the whole file
	What string
}

func (f *Fault) Error() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.What)
	}
	return fmt.Sprintf("%s: line %d: %s", f.File, f.Line, f.What)
}

const (
	noProfile  = "none" // of a series that names none
	mostFaults = 10     // told at once
)

// longestFile is how many bytes a file may have, which is kept in memory.
const longestFile = 64 << 20

// Read reads all series of a file, in the order of their first rows. name is
// the file's, for faults; profiles are those that the calendar knows. Text is
// UTF-8 or GB18030. Columns may come in any order, others are left alone. A
// value that is empty, NaN or - is none. The error joins Faults.
func Read(from io.Reader, name string, profiles []string) ([]expect.Subject, error) {
	text, err := io.ReadAll(io.LimitReader(from, longestFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(text) > longestFile {
		return nil, &Fault{File: name, What: fmt.Sprintf("is longer than %d bytes; divide it by series", longestFile)}
	}
	r := &reader{file: name, profiles: profiles, at: map[string]int{}}
	in := csv.NewReader(bytes.NewReader(decoded(text)))
	in.FieldsPerRecord = -1
	r.all(in)
	if len(r.faults) > 0 {
		return nil, errors.Join(r.faults...)
	}
	out := make([]expect.Subject, len(r.series))
	for i, s := range r.series {
		out[i] = s.subject()
	}
	return out, nil
}

// decoded is the text as UTF-8 without a byte-order mark.
func decoded(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if utf8.Valid(text) {
		return text
	}
	if all, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text); err == nil {
		return all
	}
	return text
}

type reader struct {
	file     string
	profiles []string
	column   map[string]int
	series   []*rows
	at       map[string]int // of series, by name
	faults   []error
}

// rows are those of one series.
type rows struct {
	name    string
	profile string
	begins  int // line
	points  []row
}

type row struct {
	expect.Point
	line int
}

func (r *reader) fault(line int, format string, args ...any) {
	if len(r.faults) < mostFaults {
		r.faults = append(r.faults, &Fault{r.file, line, fmt.Sprintf(format, args...)})
	}
}

func (r *reader) all(in *csv.Reader) {
	for {
		cells, err := in.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if r.column == nil {
				r.fault(0, "empty: the first line names the columns, such as series,month,value,se,profile")
			}
			return
		case errors.As(err, &parse):
			r.fault(parse.StartLine, "not CSV: %v: a cell with a quotation mark or a comma in it is put between quotation marks", parse.Err)
			return
		case err != nil:
			r.fault(0, "%v", err)
			return
		}
		line, _ := in.FieldPos(0)
		switch {
		case r.column == nil:
			if !r.head(cells, line) {
				return
			}
		default:
			r.row(cells, line)
		}
	}
}

// head notes which column is which.
func (r *reader) head(cells []string, line int) bool {
	r.column = map[string]int{}
	for i, cell := range cells {
		name := strings.ToLower(strings.TrimSpace(cell))
		if _, twice := r.column[name]; twice && slices.Contains(columns, name) {
			r.fault(line, "column %s is there twice", name)
		}
		r.column[name] = i
	}
	for _, name := range columns[:3] {
		if _, have := r.column[name]; !have {
			r.fault(line, "no column %s among %s: the first line names the columns, such as series,month,value,se,profile",
				name, strings.Join(cells, ", "))
		}
	}
	return len(r.faults) == 0
}

var columns = []string{"series", "month", "value", "se", "profile"}

func (r *reader) row(cells []string, line int) {
	cell := func(column string) string {
		if i, have := r.column[column]; have && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	name := cell("series")
	if name == "" {
		r.fault(line, "column series: empty: every row names its series")
		return
	}
	m, err := panel.ParseMonth(monthOf(cell("month")))
	if err != nil {
		r.fault(line, "column month: %q is no month: write YYYY-MM", cell("month"))
	}
	value, ok := number(cell("value"))
	if !ok {
		r.fault(line, "column value: %q is not a number: write it plain, such as 1234.5, or leave it empty where there is none", cell("value"))
	}
	se, ok := number(cell("se"))
	if !ok || se < 0 {
		r.fault(line, "column se: %q is no standard error: write it in the unit of value, not below zero, or leave it empty", cell("se"))
	}
	s := r.of(name, line)
	s.points = append(s.points, row{expect.Point{Month: m, Value: value, SE: se}, line})
	r.profile(s, cell("profile"), line)
}

func (r *reader) of(name string, line int) *rows {
	i, known := r.at[name]
	if !known {
		i = len(r.series)
		r.at[name] = i
		r.series = append(r.series, &rows{name: name, begins: line})
	}
	return r.series[i]
}

// profile takes a series' profile from any of its rows; they agree.
func (r *reader) profile(s *rows, cell string, line int) {
	switch {
	case cell == "" || cell == s.profile:
	case !slices.Contains(r.profiles, cell):
		r.fault(line, "column profile: %q is no profile: have %s", cell, strings.Join(r.profiles, ", "))
	case s.profile != "":
		r.fault(line, "column profile: %s is %s here and %s before: a series has one profile", s.name, cell, s.profile)
	default:
		s.profile = cell
	}
}

// subject is the series in order of months. A month that is there twice with
// two values keeps it from being judged.
func (s *rows) subject() expect.Subject {
	out := expect.Subject{Name: s.name, Profile: cmp.Or(s.profile, noProfile)}
	slices.SortStableFunc(s.points, func(a, b row) int { return cmp.Compare(a.Month, b.Month) })
	for i, p := range s.points {
		if i > 0 && p.Month == s.points[i-1].Month {
			if before := s.points[i-1]; !same(p.Value, before.Value) && out.Reason == "" {
				out.Reason = fmt.Sprintf("%s is there twice with different values (lines %d and %d)", p.Month, before.line, p.line)
			}
			continue
		}
		out.Points = append(out.Points, p.Point)
	}
	return out
}

func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
