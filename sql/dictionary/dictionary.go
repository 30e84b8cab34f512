// Package dictionary says what every view and each of its columns means, in
// Chinese and English. A view says it itself, in the first lines of its file; a
// column by its name, in sql/columns.yaml, and where it holds an indicator by
// the indicator's definition. The package opens no database.
package dictionary

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"sync"

	"panelwatch/etl/indicator/definitions"
	statements "panelwatch/sql"
)

//go:generate go run ./write

// A View is a view of the contract with all its columns, in order.
type View struct {
	Name    string
	Means   definitions.Text
	Columns []Column
}

// A Column is one of a view.
type Column struct {
	Name, Type string
	Means      definitions.Text
}

// All are the views that ship with the program, in order of name.
func All() []View { return slices.Clone(shipped().views) }

// Of is what a view means; ok is false when nobody says.
func Of(view string) (means definitions.Text, ok bool) {
	means, ok = shipped().means[view]
	return means, ok
}

// OfColumn is what a column of a view means; ok is false when nobody says.
func OfColumn(view, column string) (definitions.Text, bool) {
	return shipped().words.of(view, column)
}

type sources struct {
	views []View
	means map[string]definitions.Text
	words words
}

var shipped = sync.OnceValue(func() sources {
	all, err := read(statements.Views, statements.Columns, statements.Contract)
	if err != nil {
		panic(err) // they are part of the program, and a test reads them
	}
	return all
})

// read puts together what is said in the three places.
func read(views fs.FS, columns, contract []byte) (s sources, err error) {
	if s.means, err = readViews(views); err != nil {
		return s, err
	}
	if s.words, err = readWords(columns); err != nil {
		return s, fmt.Errorf("sql/columns.yaml: %w", err)
	}
	r := csv.NewReader(bytes.NewReader(contract))
	r.Comment = '#'
	lines, err := r.ReadAll()
	if err != nil {
		return s, fmt.Errorf("sql/CONTRACT.csv: %w", err)
	}
	for _, l := range lines[min(1, len(lines)):] {
		if n := len(s.views); n == 0 || s.views[n-1].Name != l[0] {
			s.views = append(s.views, View{Name: l[0], Means: s.means[l[0]]})
		}
		v := &s.views[len(s.views)-1]
		means, _ := s.words.of(l[0], l[1])
		v.Columns = append(v.Columns, Column{Name: l[1], Type: l[2], Means: means})
	}
	return s, nil
}

// faults lists the columns that nobody describes, the descriptions that no
// column has, and those that disagree with an indicator's definition. Each
// says what to add and where.
func (s sources) faults() (errs []error) {
	for _, v := range s.views {
		if _, ok := s.means[v.Name]; !ok {
			errs = append(errs, fmt.Errorf("view %s of sql/CONTRACT.csv has no file in sql/views", v.Name))
		}
		for _, c := range v.Columns {
			if _, ok := s.words.of(v.Name, c.Name); !ok {
				errs = append(errs, Unsaid(v.Name, c.Name))
			}
		}
	}
	return append(append(errs, s.words.unused(s.views)...), s.words.heldByDefinitions()...)
}

// Unsaid is the error of a column that nobody describes.
func Unsaid(view, column string) error {
	return fmt.Errorf("%s.%s has no description: add %s under columns in sql/columns.yaml, or under views, %s, where it means something else there",
		view, column, column, view)
}

var head = regexp.MustCompile(`^-- (E\d\d )?zh: (\S.*)\n-- (E\d\d )?en: (\S.*)\n(?:--.*\n)*CREATE OR REPLACE SQL SECURITY DEFINER VIEW (\w+) AS\n`)

// readViews reads the first two lines of each file.
func readViews(views fs.FS) (map[string]definitions.Text, error) {
	names, err := fs.Glob(views, "views/*.sql")
	if err != nil {
		return nil, err
	}
	means := map[string]definitions.Text{}
	for _, name := range names {
		text, err := fs.ReadFile(views, name)
		if err != nil {
			return nil, err
		}
		said := head.FindSubmatch(text)
		if said == nil || !bytes.Equal(said[1], said[3]) {
			return nil, fmt.Errorf("sql/%s: want it to begin with two lines, `-- zh: ...` and `-- en: ...`, that say what the view shows, then the view", name)
		}
		means[string(said[5])] = definitions.Text{Zh: string(said[1]) + string(said[2]), En: string(said[3]) + string(said[4])}
	}
	return means, nil
}
