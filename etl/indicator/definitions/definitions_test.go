package definitions_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/indicator/definitions"
)

func TestDictionaryIsUpToDate(t *testing.T) {
	var want bytes.Buffer
	if err := definitions.Markdown(&want, definitions.All()); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("DICTIONARY.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), string(got)); diff != "" {
		t.Errorf("DICTIONARY.md: run go generate ./etl/indicator/definitions; want (-), got (+):\n%s", diff)
	}
}

// Read back, the CSV says what the files say.
func TestCSVKeepsEveryField(t *testing.T) {
	var b bytes.Buffer
	all := definitions.All()
	if err := definitions.CSV(&b, all); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != len(all)+1 {
		t.Fatalf("%d lines, want a header and %d", len(lines), len(all))
	}
	for i, d := range all {
		got := lines[i+1]
		if got[0] != d.Name || got[4] != d.Formula || got[8] != d.EdgeCases.En || got[13] != strings.Join(d.Columns, " ") {
			t.Errorf("%s: line says %q", d.Name, got)
		}
	}
}

const sound = `name: x
position: 1
version: 1
zh: 甲
en: X
unit: ratio
formula: a / b
inputs: a
grain: month
edge_cases: {zh: 无, en: none}
error: {zh: 无, en: none}
source: {zh: 报告, en: report}
columns: [v_x.value]
`

func TestReadNamesFileAndFault(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"sound", "", "", ""},
		{"name", "name: x", "name: y", `definition x.yaml: name "y" is not that of the file`},
		{"unit", "unit: ratio", "unit: furlongs", `unit "furlongs" is not one of Units`},
		{"missing", "zh: 甲", "zh: ''", "zh is missing"},
		{"one language", "error: {zh: 无, en: none}", "error: {zh: 无}", "error.en is missing"},
		{"version", "version: 1\n", "", "version is missing: begin with 1"},
		{"position", "position: 1", "position: 2", "position 2, want 1"},
		{"unknown key", "grain:", "grian: a\ngrain:", `unknown field "grian"`},
		{"column", "v_x.value", "value", `columns: "value" is not view.column`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(sound, c.old, c.new, 1)
			_, err := definitions.Read(fstest.MapFS{"x.yaml": {Data: []byte(text)}})
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "x.yaml") {
				t.Errorf("got %v, want %q in x.yaml", err, c.want)
			}
		})
	}
}
