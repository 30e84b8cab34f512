package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ParseManifest reads and checks a manifest. Unknown fields, wrong types and
// missing values are a *DataError that names the file, and line and column
// where the text has the fault.
func ParseManifest(file string, text []byte) (Manifest, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	var m Manifest
	if err := dec.Decode(&m); err != nil {
		return Manifest{}, manifestError(file, text, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Manifest{}, at(file, text, int(dec.InputOffset()), "text after the manifest's closing brace")
	}
	if err := m.check(); err != "" {
		return Manifest{}, &DataError{File: file, Msg: err}
	}
	return m, nil
}

var unknownField = regexp.MustCompile(`unknown field "(.*)"`)

// manifestError finds the place in the text that a JSON error means.
func manifestError(file string, text []byte, err error) error {
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	var wrongTime *time.ParseError
	switch {
	case errors.As(err, &syntax):
		return at(file, text, int(syntax.Offset)-1, syntax.Error())
	case errors.As(err, &wrongType):
		return at(file, text, int(wrongType.Offset)-1,
			fmt.Sprintf("%s is a %s, want %s", wrongType.Field, wrongType.Value, wrongType.Type))
	case errors.As(err, &wrongTime):
		return at(file, text, keyOffset(text, "delivered_at"),
			fmt.Sprintf("delivered_at %s: want a time such as 2024-01-12T09:30:00+08:00", wrongTime.Value))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return at(file, text, len(text), "the text ends before the manifest does; fetch it again")
	}
	if field := unknownField.FindStringSubmatch(err.Error()); field != nil {
		return at(file, text, keyOffset(text, field[1]),
			fmt.Sprintf("unknown field %q%s", field[1], didYouMean(field[1], manifestFields())))
	}
	return at(file, text, keyOffset(text, "extract_month"), err.Error())
}

// at is a DataError at a byte offset of the text.
func at(file string, text []byte, offset int, msg string) error {
	before := text[:min(max(offset, 0), len(text))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + len(bytes.Runes(before[bytes.LastIndexByte(before, '\n')+1:]))
	return &DataError{File: file, Line: line, Column: strconv.Itoa(column), Msg: msg}
}

// keyOffset is where a key stands in JSON text, 0 if nowhere.
func keyOffset(text []byte, key string) int {
	where := regexp.MustCompile(regexp.QuoteMeta(strconv.Quote(key)) + `\s*:`).FindIndex(text)
	if where == nil {
		return 0
	}
	return where[0]
}

// manifestFields are the names a manifest may use.
func manifestFields() (names []string) {
	for _, t := range []reflect.Type{reflect.TypeFor[Manifest](), reflect.TypeFor[File](), reflect.TypeFor[ControlTotal]()} {
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			names = append(names, name)
		}
	}
	return names
}
