package configs

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"

	"panelwatch/etl/panel"
)

// at is an error about a place in a YAML file, as file:line:column. A key that
// is not there is told of at what would hold it.
func at(file string, text []byte, path, msg string) error {
	for ; path != ""; path = parent(path) {
		if line, column, ok := placeOf(text, path); ok {
			return fmt.Errorf("%s:%d:%d: %s", file, line, column, msg)
		}
	}
	return fmt.Errorf("%s: %s", file, msg)
}

// parent is the path without its last key: $.a[1].b, $.a[1], $.a, $.
func parent(path string) string { return path[:max(0, strings.LastIndexAny(path, ".["))] }

func placeOf(text []byte, path string) (line, column int, ok bool) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return 0, 0, false
	}
	p, err := yaml.PathString(path)
	if err != nil {
		return 0, 0, false
	}
	node, err := p.FilterFile(file)
	if err != nil || node == nil {
		return 0, 0, false
	}
	pos := node.GetToken().Position
	return pos.Line, pos.Column, true
}

var unknownField = regexp.MustCompile(`unknown field "(.*)"`)

// located is what the decoder says, with its place first, the lines around it
// below, and the key that may have been meant.
func located(file string, text []byte, err error, into any) error {
	var fault yaml.Error
	if !errors.As(err, &fault) || fault.GetToken() == nil {
		msg := plainly(err.Error())
		if line, column := placeSaid(text, msg); line > 0 {
			return fmt.Errorf("%s:%d:%d: %s", file, line, column, msg)
		}
		return fmt.Errorf("%s: %s", file, msg)
	}
	msg := plainly(fault.GetMessage())
	if field := unknownField.FindStringSubmatch(msg); field != nil {
		msg += panel.DidYouMean(field[1], keys(reflect.TypeOf(into), map[reflect.Type]bool{}))
	}
	pos := fault.GetToken().Position
	_, excerpt, _ := strings.Cut(yaml.FormatError(err, false, true), "\n")
	return fmt.Errorf("%s:%d:%d: %s\n%s", file, pos.Line, pos.Column, msg, excerpt)
}

// keys are the names that the structs of a file may use.
func keys(t reflect.Type, seen map[reflect.Type]bool) (names []string) {
	if seen[t] {
		return nil
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return keys(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if strings.Contains(t.Field(i).Tag.Get("yaml"), ",inline") {
				names = append(names, keys(t.Field(i).Type, seen)...)
			} else if name := yamlName(t.Field(i)); name != "" {
				names = append(append(names, name), keys(t.Field(i).Type, seen)...)
			}
		}
	}
	return names
}

// yamlName is the key of a field, "" if it has none.
func yamlName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	if name == "-" || !f.IsExported() {
		return ""
	}
	return name
}
