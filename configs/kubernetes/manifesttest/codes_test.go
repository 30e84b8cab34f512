package manifesttest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inGo are the exit codes of the program's const block, by number.
func inGo(t *testing.T) (codes []int32) {
	t.Helper()
	source, err := parser.ParseFile(token.NewFileSet(), "../../../cmd/panelwatch/exit.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(source, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "exit") || len(spec.Values) != 1 {
			return true
		}
		code, err := strconv.ParseInt(spec.Values[0].(*ast.BasicLit).Value, 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, int32(code))
		return true
	})
	slices.Sort(codes)
	return codes
}

// TestCodesAreTheSameEverywhere: the const block, the table of README and
// podFailurePolicy (held to permanent by the rules) say the same.
func TestCodesAreTheSameEverywhere(t *testing.T) {
	var told, failing []int32
	for _, row := range regexp.MustCompile(`(?m)^\| (\d+) \|.*\| (.*) \|$`).FindAllStringSubmatch(string(file(t, "../../../README.md")), -1) {
		code, err := strconv.ParseInt(row[1], 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		if code != 2 { // the Go runtime's own
			told = append(told, int32(code))
		}
		if strings.HasPrefix(row[2], "fail the job") {
			failing = append(failing, int32(code))
		}
	}
	if diff := cmp.Diff(inGo(t), told); diff != "" {
		t.Errorf("exit codes of the program (-) and of README (+):\n%s", diff)
	}
	if diff := cmp.Diff(permanent, failing); diff != "" {
		t.Errorf("codes that podFailurePolicy ends a Job on (-) and those of README (+):\n%s", diff)
	}
}
