package schema_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"panelwatch/configs/schema"
)

func TestSchemasAreUpToDate(t *testing.T) {
	files, err := schema.Files(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: run go generate ./configs; want (-), got (+):\n%s", name, diff)
		}
	}
}

// Every shipped file names its schema, and keeps to it.
func TestShippedFilesKeepToTheirSchemas(t *testing.T) {
	files, err := filepath.Glob("../datasets/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no datasets: %v", err)
	}
	for _, path := range append(files, "../panelwatch.yaml", "../apps.yaml", "../rules.yaml") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), "\n")
		name, named := strings.CutPrefix(first, "# yaml-language-server: $schema=")
		if !named {
			t.Errorf("%s: names no schema in its first line", path)
			continue
		}
		var value any
		if err := yaml.Unmarshal(text, &value); err != nil {
			t.Fatal(err)
		}
		for _, fault := range check(value, load(t, filepath.Join(filepath.Dir(path), name)), "$") {
			t.Errorf("%s: %s", path, fault)
		}
	}
}

func TestSchemasRefuse(t *testing.T) {
	s := load(t, "dataset.json")
	for text, want := range map[string]string{
		"tabel: app_month":                                `$: no key "tabel"`,
		"{table: x, columns: [{name: a}]}":                `$.columns[0]: lacks "type"`,
		"{table: x, columns: [], drift: {missing: stop}}": `$.drift.missing: "stop" is none of [fail warn ignore]`,
		"{table: x, columns: [], month_ids: {51: 2019}}":  "$.month_ids.51: is no string",
	} {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		if got := check(value, s, "$"); !slices.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func load(t *testing.T, path string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var s map[string]any
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// check holds a value to the part of JSON schema that the schemas use.
func check(v any, s map[string]any, at string) (faults []string) {
	if enum, ok := s["enum"].([]any); ok && !slices.Contains(enum, v) {
		faults = append(faults, fmt.Sprintf("%s: %q is none of %v", at, v, enum))
	}
	switch v := v.(type) {
	case map[string]any:
		return append(faults, checkObject(v, s, at)...)
	case []any:
		for i, x := range v {
			faults = append(faults, check(x, s["items"].(map[string]any), fmt.Sprintf("%s[%d]", at, i))...)
		}
	case string:
		if pattern, ok := s["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(v) {
			faults = append(faults, fmt.Sprintf("%s: %q is not %s", at, v, pattern))
		}
		if s["type"] != nil && s["type"] != "string" {
			faults = append(faults, at+": is a string")
		}
	default:
		if s["type"] == "string" {
			faults = append(faults, at+": is no string")
		}
	}
	return faults
}

func checkObject(v map[string]any, s map[string]any, at string) (faults []string) {
	known, _ := s["properties"].(map[string]any)
	others, _ := s["additionalProperties"].(map[string]any)
	for key, x := range v {
		of, ok := known[key].(map[string]any)
		if !ok {
			of = others
		}
		if of == nil {
			faults = append(faults, fmt.Sprintf("%s: no key %q", at, key))
			continue
		}
		faults = append(faults, check(x, of, at+"."+key)...)
	}
	needs, _ := s["required"].([]any)
	for _, key := range needs {
		if _, has := v[key.(string)]; !has {
			faults = append(faults, fmt.Sprintf("%s: lacks %q", at, key))
		}
	}
	return faults
}
