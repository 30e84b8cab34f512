package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
)

// A jsonValue is a value of an object: its first character tells its kind,
// as in "text", 1, null, true or {.
type jsonValue struct {
	kind byte // ", 1, n, t or {
	text string
}

// cell is the value as CSV would have it.
func (v jsonValue) cell(key string) (cell string, f *fault) {
	switch v.kind {
	case 'n':
		return "", nil
	case '"':
		if strings.Contains(v.text, string(lost)) || strings.Contains(key, string(lost)) {
			return "", &fault{column: key, raw: v.text, rule: "encoding", hint: "has a character that was lost before (U+FFFD)"}
		}
		return v.text, nil
	case '1':
		if plain, ok := plainDecimal(v.text); ok {
			return plain, nil
		}
		return "", &fault{column: key, raw: v.text, rule: "out_of_range", hint: "no number of an extract is so long"}
	case '{':
		return "", &fault{column: key, rule: "nested", hint: "the value is nested; deliver text, a number or null"}
	}
	return "", &fault{column: key, raw: v.text, rule: "not_a_number", hint: "is neither text nor a number nor null"}
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
// as what opens it, and must end the visits.
func eachPair(line []byte, visit func(key []byte, value jsonValue) error) error {
	var room [32]plainPair
	if pairs, plain := plainPairs(line, room[:0]); plain {
		for _, p := range pairs {
			if err := visit(p.key, jsonValue{p.kind, string(p.value)}); err != nil {
				return err
			}
		}
		return nil
	}
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
		v := valueOf(value)
		if err := visit([]byte(key.(string)), v); err != nil {
			return err
		}
		if v.kind == '{' {
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

func valueOf(token json.Token) jsonValue {
	switch v := token.(type) {
	case nil:
		return jsonValue{kind: 'n'}
	case string:
		return jsonValue{'"', v}
	case json.Number:
		return jsonValue{'1', v.String()}
	case json.Delim:
		return jsonValue{kind: '{'}
	}
	return jsonValue{'t', fmt.Sprint(token)}
}

func brokenJSON(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("ends before the object does")
	}
	return err
}
