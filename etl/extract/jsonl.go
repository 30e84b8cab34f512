package extract

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strconv"
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

// openJSONL reads the file once to learn its keys, and is then at its begin
// again.
func (b *book) openJSONL(ctx context.Context, file int) (*jsonRows, error) {
	t, err := b.openText(ctx, file)
	if err != nil {
		return nil, err
	}
	j := &jsonRows{text: t, at: map[string]int{}}
	if err := j.learn(b.limits); err != nil {
		j.close()
		return nil, err
	}
	j.close()
	again, err := b.lines(ctx, file)
	if err != nil {
		return nil, err
	}
	again.enc = t.enc
	j.text, j.seen, j.cells = again, make([]int, len(j.columns)), make([]string, len(j.columns))
	return j, nil
}

// learn collects the keys of all lines that are objects.
func (j *jsonRows) learn(l Limits) error {
	for j.text.scan() {
		line, bad := j.text.enc.decode(j.text.lines.Bytes())
		if bad >= 0 || len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		err := eachPair(line, func(key string, _ json.Token) error {
			if _, known := j.at[key]; !known {
				j.at[strings.Clone(key)] = len(j.columns)
				j.columns, j.first = append(j.columns, strings.Clone(key)), append(j.first, j.text.line)
			}
			return l.tooManyColumns(len(j.columns))
		})
		var tooMany *DataError
		if errors.As(err, &tooMany) {
			tooMany.File, tooMany.Line = j.text.file, j.text.line
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
			r.fault = &fault{raw: string(line), rule: "encoding", hint: j.text.wrongBytes(byteFault{r.line, bad})}
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
	err := eachPair(line, func(key string, value json.Token) error {
		i, known := j.at[key]
		if !known {
			return nil // the line is broken further on
		}
		if j.seen[i] == j.text.line {
			f = &fault{column: key, rule: "twice", hint: "the key comes twice in this line; ask which of them holds"}
			return errStop
		}
		j.seen[i] = j.text.line
		j.cells[i], f = cellOfJSON(key, value)
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

// cellOfJSON is a value as CSV would have it.
func cellOfJSON(key string, value json.Token) (cell string, f *fault) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		if strings.Contains(v, string(lost)) || strings.Contains(key, string(lost)) {
			return "", &fault{column: key, raw: v, rule: "encoding", hint: "has a character that was lost before (U+FFFD)"}
		}
		return v, nil
	case json.Number:
		if plain, ok := plainDecimal(v.String()); ok {
			return plain, nil
		}
		return "", &fault{column: key, raw: v.String(), rule: "out_of_range", hint: "no number of an extract is so long"}
	case json.Delim:
		return "", &fault{column: key, rule: "nested", hint: "the value is nested; deliver text, a number or null"}
	}
	return "", &fault{column: key, raw: fmt.Sprint(value), rule: "not_a_number", hint: "is neither text nor a number nor null"}
}

// mostExponent bounds the digits that an exponent may add.
const mostExponent = 30

// plainDecimal writes a number without exponent, exactly.
func plainDecimal(number string) (string, bool) {
	digits, exponent, has := strings.Cut(strings.ToLower(number), "e")
	if len(digits) > longestNumber {
		return "", false
	}
	if !has {
		return number, true
	}
	e, err := strconv.Atoi(exponent)
	value, ok := new(big.Rat).SetString(digits)
	if err != nil || !ok || e > mostExponent || e < -mostExponent {
		return "", false
	}
	_, fraction, _ := strings.Cut(digits, ".")
	power := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(e, -e))), nil))
	if e < 0 {
		power.Inv(power)
	}
	return value.Mul(value, power).FloatString(max(0, len(fraction)-e)), true
}

// eachPair visits the pairs of an object, in order. A nested value is visited
// as the delimiter that opens it, and must end the visits.
func eachPair(line []byte, visit func(key string, value json.Token) error) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.UseNumber()
	start, err := dec.Token()
	if err != nil || start != json.Delim('{') {
		return errors.New("is not a JSON object")
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return brokenJSON(err)
		}
		value, err := dec.Token()
		if err != nil {
			return brokenJSON(err)
		}
		if err := visit(key.(string), value); err != nil {
			return err
		}
		if _, nested := value.(json.Delim); nested {
			return errors.New("has a nested value")
		}
	}
	if _, err := dec.Token(); err != nil {
		return brokenJSON(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("has text behind the object")
	}
	return nil
}

func brokenJSON(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("ends before the object does")
	}
	return err
}
