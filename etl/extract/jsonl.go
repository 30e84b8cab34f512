package extract

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A jsonRows reads the records of a JSON Lines file: an object a line, whose
// keys are the headers of columns. A key that a line leaves out is null, and
// null is a cell that was not delivered.
type jsonRows struct {
	text    *text
	columns []string       // in the order in which the keys first come
	at      map[string]int // of a key in columns
	first   []int          // line where the key first comes
	seen    []int          // line where the key last came
	cells   []string
}

// openJSONL opens a file at its begin, the keys of all its lines being known.
func (b *book) openJSONL(ctx context.Context, file int) (*jsonRows, error) {
	known, err := b.jsonKeys(ctx, file)
	if err != nil {
		return nil, err
	}
	t, err := b.lines(ctx, file)
	if err != nil {
		return nil, err
	}
	t.enc = known.text.enc
	n := len(known.columns)
	return &jsonRows{
		text: t, columns: known.columns, at: known.at, first: known.first,
		seen: make([]int, n), cells: make([]string, n),
	}, nil
}

// jsonKeys reads a file, the first time it is asked for, to learn its keys.
func (b *book) jsonKeys(ctx context.Context, file int) (*jsonRows, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if known, is := b.keys[file]; is {
		return known, nil
	}
	t, err := b.openText(ctx, file)
	if err != nil {
		return nil, err
	}
	j := &jsonRows{text: t, at: map[string]int{}}
	defer j.close()
	if err := j.learn(b.limits); err != nil {
		return nil, err
	}
	b.keys[file] = j
	return j, nil
}

// learn collects the keys of all lines that are objects.
func (j *jsonRows) learn(l Limits) error {
	for j.text.scan() {
		line, bad := j.text.enc.decode(j.text.lines.Bytes())
		if bad >= 0 || len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		err := eachPair(line, func(key []byte, _ jsonValue) error {
			if len(key) > longestHeader {
				return &DataError{Msg: fmt.Sprintf("has a key of %d bytes; is the file the right one?", len(key))}
			}
			if _, known := j.at[string(key)]; !known {
				j.at[string(key)] = len(j.columns)
				j.columns, j.first = append(j.columns, string(key)), append(j.first, j.text.line)
			}
			return l.tooManyColumns(len(j.columns))
		})
		var refused *DataError
		if errors.As(err, &refused) {
			refused.File, refused.Line = j.text.file, j.text.line
			return err
		}
	}
	if err := j.text.fault(j.text.lines.Err()); err != nil {
		return err
	}
	if len(j.columns) == 0 {
		return &DataError{File: j.text.file, Msg: "has no line that is a JSON object with keys"}
	}
	return nil
}

func (j *jsonRows) names() []string { return j.columns }

func (j *jsonRows) close() { j.text.in.Close() }

// lineOf is where a key first comes.
func (j *jsonRows) lineOf(key string) int {
	for i, c := range j.columns {
		if strings.TrimSpace(c) == key {
			return j.first[i]
		}
	}
	return 0
}

func (j *jsonRows) next() (record, error) {
	for {
		if !j.text.scan() {
			return record{}, cmp.Or(j.text.fault(j.text.lines.Err()), io.EOF)
		}
		line, bad := j.text.enc.decode(j.text.lines.Bytes())
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		r := record{line: j.text.line, cells: j.cells}
		if bad >= 0 {
			raw := escaped(j.text.lines.Bytes(), j.text.enc)
			r.fault = &fault{raw: raw, rule: "encoding", hint: j.text.wrongBytes(byteFault{r.line, bad, raw})}
			return r, nil
		}
		r.fault = j.read(line)
		return r, nil
	}
}

// read puts the values of a line into the cells.
func (j *jsonRows) read(line []byte) *fault {
	clear(j.cells)
	var f *fault
	err := eachPair(line, func(key []byte, value jsonValue) error {
		i, known := j.at[string(key)]
		if !known {
			return nil // the line is broken further on
		}
		if j.seen[i] == j.text.line {
			f = &fault{column: string(key), rule: "twice", hint: "the key comes twice in this line; ask which of them holds"}
			return errStop
		}
		j.seen[i] = j.text.line
		j.cells[i], f = value.cell(j.columns[i])
		if f != nil {
			return errStop
		}
		return nil
	})
	switch {
	case f != nil:
		f.raw = cmp.Or(f.raw, string(line))
		return f
	case err != nil:
		return &fault{raw: string(line), rule: "json", hint: err.Error() + "; deliver one object on each line"}
	}
	return nil
}

var errStop = errors.New("stop")
