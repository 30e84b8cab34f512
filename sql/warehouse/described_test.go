package warehouse

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/indicator/definitions"
	statements "panelwatch/sql"
	"panelwatch/sql/dictionary"
)

var update = flag.Bool("update", false, "rewrite golden files")

const contractFile = "../CONTRACT.csv"

// Analysts find in v_column what each table, view and column means, in Chinese
// and English.
func TestEveryViewAndColumnIsExplained(t *testing.T) {
	w := newHouse(t)
	rows := read(t, w, "SELECT object_name, column_name, comment_zh, comment_en FROM v_column ORDER BY object_name, position")
	for _, r := range rows {
		at := strings.Split(r[1:len(r)-1], `" "`)
		view := strings.HasPrefix(at[0], "v_")
		switch {
		case at[2] != "" && at[3] != "":
		case view && at[1] != "":
			t.Error(dictionary.Unsaid(at[0], at[1]))
		default:
			t.Errorf("%s %s has no description in both languages: for a view, two lines at the beginning of its file in sql/views; for a table, its COMMENT", at[0], at[1])
		}
	}
	all := read(t, w, "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()"+ours)
	said := read(t, w, "SELECT object_name, column_name FROM v_column WHERE position > 0")
	slices.Sort(all)
	slices.Sort(said)
	if diff := cmp.Diff(all, said); diff != "" {
		t.Errorf("columns (-there +explained):\n%s", diff)
	}
}

// Columns of tables that hold an indicator are called by its name.
func TestTablesNameIndicatorsAsDefined(t *testing.T) {
	w := newHouse(t)
	for _, d := range definitions.All() {
		for _, at := range d.Columns {
			table, column, _ := strings.Cut(at, ".")
			if strings.HasPrefix(table, "v_") {
				continue
			}
			zh := one(t, w, "SELECT comment_zh FROM v_column WHERE object_name = ? AND column_name = ?", table, column)
			en := one(t, w, "SELECT comment_en FROM v_column WHERE object_name = ? AND column_name = ?", table, column)
			if !strings.HasPrefix(zh, d.Zh) || !strings.HasPrefix(strings.ToLower(en), strings.ToLower(d.En)) {
				t.Errorf("COMMENT of %s: %q | %q, want it to begin with %q | %q: a migration with ALTER TABLE ... MODIFY COLUMN", at, zh, en, d.Zh, d.En)
			}
		}
	}
}

// The views keep the contract: sql/CONTRACT.csv lists them, and what it lists
// may go only with a new version in v_contract.
func TestViewsKeepTheirContract(t *testing.T) {
	w := newHouse(t)
	var have [][]string
	for _, r := range read(t, w, `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
		  JOIN information_schema.views v ON v.table_schema = c.table_schema AND v.table_name = c.table_name
		 WHERE c.table_schema = DATABASE() ORDER BY c.table_name, c.ordinal_position`) {
		have = append(have, strings.Split(r[1:len(r)-1], `" "`))
	}
	slices.SortStableFunc(have, func(a, b []string) int { return strings.Compare(a[0], b[0]) }) // servers order _ differently
	have = append([][]string{{"# contract " + one(t, w, "SELECT MAX(version) FROM v_contract")}, {"view", "column", "type"}}, have...)
	promised := contractLines(t, statements.Contract)
	for _, fault := range broken(promised, have) {
		t.Error(fault)
	}
	if t.Failed() || slices.EqualFunc(promised, have, slices.Equal) {
		return
	}
	if !*update {
		t.Fatalf("the views have what sql/CONTRACT.csv does not list: go test ./sql/warehouse -run Contract -update, then go generate ./sql/dictionary (-listed +there):\n%s", cmp.Diff(promised, have))
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(have); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(contractFile, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func contractLines(t *testing.T, text []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// broken lists what was promised and is not there any more. A new version of
// the contract, its first line, may break the one before.
func broken(promised, have [][]string) (faults []string) {
	if !slices.Equal(promised[0], have[0]) {
		return nil
	}
	for _, p := range promised[1:] {
		at := slices.IndexFunc(have, func(h []string) bool { return len(h) == 3 && h[0] == p[0] && h[1] == p[1] })
		switch {
		case at < 0:
			faults = append(faults, p[0]+"."+p[1]+" is promised to analysts and gone: bring it back, or add a version to sql/views/61_v_contract.sql that says so")
		case have[at][2] != p[2]:
			faults = append(faults, p[0]+"."+p[1]+" is promised as "+p[2]+" and is "+have[at][2]+": cast it, or add a version to sql/views/61_v_contract.sql that says so")
		}
	}
	return faults
}

func TestABrokenContractIsSeen(t *testing.T) {
	promised := contractLines(t, []byte("# contract 1\nview,column,type\nv_a,x,int\nv_a,y,date\n"))
	for _, c := range []struct{ name, have, want string }{
		{"kept", "# contract 1\nview,column,type\nv_a,x,int\nv_a,y,date\n", ""},
		{"added", "# contract 1\nview,column,type\nv_a,z,int\nv_a,x,int\nv_a,y,date\nv_b,x,int\n", ""},
		{"removed", "# contract 1\nview,column,type\nv_a,y,date\n", "v_a.x is promised to analysts and gone"},
		{"renamed", "# contract 1\nview,column,type\nv_a,x2,int\nv_a,y,date\n", "v_a.x is promised to analysts and gone"},
		{"of another type", "# contract 1\nview,column,type\nv_a,x,int\nv_a,y,varchar\n", "v_a.y is promised as date and is varchar"},
		{"a new version", "# contract 2\nview,column,type\nv_a,y,varchar\n", ""},
	} {
		got := strings.Join(broken(promised, contractLines(t, []byte(c.have))), "\n")
		if !strings.HasPrefix(got, c.want) || (c.want == "") != (got == "") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
