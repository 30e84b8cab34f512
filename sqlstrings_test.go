package panelwatch_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// statement begins a string that is SQL. Capitals tell it from prose.
var statement = regexp.MustCompile(`^\s*(SELECT\s|INSERT (IGNORE )?INTO\s|REPLACE INTO\s|UPDATE \S+ SET\s|DELETE FROM\s|(CREATE|ALTER|DROP|TRUNCATE) (OR REPLACE )?(TABLE|VIEW|INDEX|DATABASE|USER)\s|GRANT\s|REVOKE\s|LOAD DATA\s|SHOW [A-Z]+|WITH (RECURSIVE )?\w+ AS|KILL\s|SET (SESSION|GLOBAL|@))`)

// localserver makes users and databases on a server that it owns, before
// there is a warehouse.
const ownServer = "sql/warehouse/localserver"

// Statements stand in files under sql, where an analyst can read them and
// TestSQLKeepsToTheSharedSubset looks at them.
func TestNoSQLInGo(t *testing.T) {
	files, err := parseModule(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		for _, fault := range sqlIn(f) {
			t.Error(fault)
		}
	}
}

func sqlIn(f file) (all []string) {
	if f.test || under(f.pkg, ownServer) {
		return nil
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(literal.Value); err == nil && statement.MatchString(text) {
			all = append(all, f.at(literal.Pos())+"SQL in Go: put it in a file under sql")
		}
		return true
	})
	return all
}

func TestSQLInGoIsFound(t *testing.T) {
	module := fstest.MapFS{}
	for i, text := range []string{
		"SELECT 1", "select the newest", "\n  INSERT INTO t (a) VALUES (?)", "UPDATE t SET a = 1", "Update of r2", "WITH x AS (SELECT 1)",
		"CREATE TABLE t (a INT)", "CREATE a folder", "SHOW GRANTS", "DELETE FROM t", "GRANT SELECT ON t TO u", "LOAD DATA LOCAL INFILE 'x'",
	} {
		module[fmt.Sprintf("jobs/f%02d.go", i)] = &fstest.MapFile{Data: []byte("package p\nvar q = " + strconv.Quote(text))}
	}
	module[ownServer+"/a.go"] = &fstest.MapFile{Data: []byte("package p\nvar q = `SELECT 1`")}
	module["jobs/f_test.go"] = &fstest.MapFile{Data: []byte("package p\nvar q = `SELECT 1`")}
	files, err := parseModule(module)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		got = append(got, sqlIn(f)...)
	}
	slices.Sort(got)
	var want []string
	for _, i := range []int{0, 2, 3, 5, 6, 8, 9, 10, 11} {
		want = append(want, fmt.Sprintf("jobs/f%02d.go:2: SQL in Go: put it in a file under sql", i))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
