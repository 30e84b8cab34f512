package dictionary

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// Every column of the contract is described, and nothing is described that is
// not there.
func TestEveryColumnIsDescribedOnce(t *testing.T) {
	if len(All()) < 30 {
		t.Errorf("only %d views", len(All()))
	}
	for _, fault := range shipped().faults() {
		t.Error(fault)
	}
}

func TestViewsAreUpToDate(t *testing.T) {
	var want bytes.Buffer
	if err := Markdown(&want, All()); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("VIEWS.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), string(got)); diff != "" {
		t.Errorf("VIEWS.md: run go generate ./sql/dictionary; want (-), got (+):\n%s", diff)
	}
}

func TestCSVHasEveryColumn(t *testing.T) {
	var b bytes.Buffer
	if err := CSV(&b, All()); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := 1
	for _, v := range All() {
		for i, c := range v.Columns {
			if got := lines[at+1+i]; got[0] != v.Name || got[2] != c.Name || got[5] != c.Means.En {
				t.Errorf("%s.%s: line says %q", v.Name, c.Name, got)
			}
		}
		at += 1 + len(v.Columns)
	}
	if at != len(lines) {
		t.Errorf("%d lines, want %d", len(lines), at)
	}
}

const (
	soundView     = "-- zh: 甲\n-- en: A\n-- more\nCREATE OR REPLACE SQL SECURITY DEFINER VIEW v_a AS\nSELECT 1 AS x;\n"
	soundColumns  = "columns:\n  x: {zh: 数, en: number}\n  y: {indicator: yoy}\nviews:\n  v_b:\n    x: {error_of: yoy, zh: 乙, en: b}\n"
	soundContract = "# contract 1\nview,column,type\nv_a,x,int\nv_a,y,int\nv_b,x,int\n"
)

func TestWhatIsMissingIsNamed(t *testing.T) {
	for _, c := range []struct{ name, in, old, new, want string }{
		{"sound", "", "", "", ""},
		{"no heading", "view", "-- zh: 甲\n", "", "sql/views/1.sql: want it to begin with two lines, `-- zh: ...`"},
		{"one language", "view", "-- en: A\n", "", "sql/views/1.sql: want it to begin with two lines"},
		{"no description", "columns", "  y: {indicator: yoy}\n", "", "v_a.y has no description: add y under columns in sql/columns.yaml, or under views, v_a, where"},
		{"one language of a column", "columns", "{zh: 数, en: number}", "{zh: 数}", "sql/columns.yaml: x: want zh and en"},
		{"unknown key", "columns", "en: number", "in: number", `unknown field "in"`},
		{"no such indicator", "columns", "indicator: yoy", "indicator: yoyo", `y: no indicator "yoyo" in etl/indicator/definitions`},
		{"two of them", "columns", "error_of: yoy", "error_of: yoy, indicator: yoy", "v_b.x: indicator and error_of: want one of them"},
		{"not there", "columns", "views:", "  z: {zh: 数, en: number}\nviews:", "columns: no view has a column z: take it out"},
		{"not there in a view", "contract", "v_b,x,int\n", "v_b,y,int\n", "views: v_b has no column x: take it out"},
		{"no such view", "contract", "v_a,x,int\n", "v_c,x,int\nv_a,x,int\n", "view v_c of sql/CONTRACT.csv has no file in sql/views"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := map[string]string{"view": soundView, "columns": soundColumns, "contract": soundContract}
			in[c.in] = strings.Replace(in[c.in], c.old, c.new, 1)
			views := fstest.MapFS{
				"views/1.sql": {Data: []byte(in["view"])},
				"views/2.sql": {Data: []byte(strings.ReplaceAll(soundView, "v_a", "v_b"))},
			}
			s, err := read(views, []byte(in["columns"]), []byte(in["contract"]))
			err = errors.Join(append(s.ownFaults(), err)...)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// ownFaults leaves out what the definitions of the program say of its views.
func (s sources) ownFaults() []error {
	all := s.faults()
	return all[:len(all)-len(s.words.heldByDefinitions())]
}

// A column that a definition names is described by it.
func TestDefinitionsAreTheSource(t *testing.T) {
	w, err := readWords([]byte("columns:\n  yoy_ratio: {zh: 同比, en: year on year}\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := errors.Join(w.heldByDefinitions()...).Error()
	if want := "v_app_month.yoy_ratio holds yoy, says its definition: want `indicator: yoy`"; !strings.Contains(got, want) {
		t.Errorf("got %s, want %q", got, want)
	}
	yoy, _ := shipped().words.of("v_app_month", "yoy_ratio")
	if yoy.Zh != "同比，比率（0.144 即 14.4%）" || yoy.En != "Year on year (ratio, 0.144 = 14.4 %)" {
		t.Errorf("yoy_ratio: %+v", yoy)
	}
}
