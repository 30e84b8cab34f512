// Package panelwatch_test holds the floor plan of DESIGN.md: which package may
// import which, and what no package of the lower floors may do. The root has
// no other Go code.
package panelwatch_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// floors gives the floor of each package and, unless they are named
// themselves, of the packages below it. sql and configs hold files for the
// others to read and stand outside; their floor says from where they are seen.
var floors = map[string]int{
	"etl/panel": 0,
	"sql":       0,

	"alerts":          1,
	"alerts/calendar": 1,
	"alerts/chart":    1,
	"alerts/expect":   1,
	"configs":         1,
	"etl/archive":     1,
	"etl/extract":     1,
	"etl/identities":  1,
	"etl/indicator":   1,
	"etl/sample":      1,
	"etl/source":      1,
	"etl/tabulate":    1,
	"sql/dictionary":  1,

	"alerts/slack":  2,
	"sql/warehouse": 2,

	"jobs": 3,
	"cmd":  4,
}

// A reservation keeps a library, or a package of ours, to some packages.
type reservation struct {
	imports string   // the import and all below it
	only    []string // packages that may have it, with all below them
	tests   bool     // test files are held to it too
}

var reservations = []reservation{
	{imports: "database/sql", only: []string{"sql/warehouse"}},
	{imports: "github.com/jmoiron/sqlx", only: []string{"sql/warehouse"}},
	{imports: "github.com/go-sql-driver/mysql", only: []string{"sql/warehouse"}},
	{imports: "github.com/pressly/goose", only: []string{"sql/warehouse"}},
	{imports: "github.com/slack-go/slack", only: []string{"alerts/slack"}},
	{imports: "github.com/minio/minio-go", only: []string{"etl/source", "etl/archive"}},
	{imports: "github.com/pkg/sftp", only: []string{"etl/source"}},
	{imports: "golang.org/x/crypto/ssh", only: []string{"etl/source"}},
	{imports: "github.com/johannesboyne/gofakes3", only: []string{"etl/source/localplaces"}},
	{imports: "github.com/xuri/excelize", only: []string{"jobs/report"}},
	{imports: "github.com/prometheus/client_golang", only: []string{"jobs/metrics"}},
	{imports: "gonum.org/v1/plot", only: []string{"alerts/chart"}},
	{imports: "panelwatch/sql", only: []string{"sql", "jobs", "cmd"}},
	{imports: "panelwatch/jobs", only: []string{"jobs", "cmd"}, tests: true},
	{imports: "panelwatch/cmd", only: []string{"cmd"}, tests: true},
	{imports: "panelwatch/configs", only: []string{"configs", "jobs", "cmd"}},
	{imports: "panelwatch/sql/warehouse/localserver/servertest", only: []string{}},
}

// A diet lists all that a package may import besides the standard library.
var diets = map[string][]string{
	"etl/panel":                 {},
	"sql":                       {},
	"configs":                   {"github.com/goccy/go-yaml", "github.com/goccy/go-yaml/parser", "panelwatch/etl/extract", "panelwatch/etl/identities", "panelwatch/etl/panel", "panelwatch/alerts", "panelwatch/alerts/expect", "panelwatch/alerts/calendar"},
	"sql/warehouse/localserver": {"github.com/go-sql-driver/mysql", "panelwatch/sql/warehouse/localserver"},
}

// never lists imports between packages of one floor that would tie what is
// meant to be apart.
var never = map[string][]string{
	"alerts":          {"panelwatch/alerts/slack", "panelwatch/alerts/chart"},
	"alerts/calendar": {"panelwatch/alerts/chart"},
	"alerts/expect":   {"panelwatch/alerts/chart"},
	"alerts/slack":    {"panelwatch/sql/warehouse"},

	"etl/source/localplaces": {"panelwatch/etl/source"},

	"sql/warehouse": {"panelwatch/alerts/slack"},

	"jobs/heartbeat": {"panelwatch/jobs", "panelwatch/configs", "panelwatch/sql"},
	"jobs/metrics":   {"panelwatch/configs", "panelwatch/sql"},
}

func TestFloors(t *testing.T) {
	files, err := parseModule(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 10 {
		t.Fatalf("only %d Go files found: is this the root of the module?", len(files))
	}
	for _, f := range files {
		for _, fault := range faults(f) {
			t.Error(fault)
		}
	}
}

// TestFloorsAreHeld gives the checker one bad file for each rule.
func TestFloorsAreHeld(t *testing.T) {
	bad := map[string]string{
		"alerts/chart.go":           `import "panelwatch/alerts/chart"`,
		"alerts/clock.go":           "import \"time\"\nvar now = time.Now()",
		"alerts/db_test.go":         `import "panelwatch/sql/warehouse"`,
		"alerts/dice.go":            "import dice \"math/rand/v2\"\nvar n = dice.IntN(6)",
		"alerts/slack/slack.go":     `import "panelwatch/sql/warehouse"`,
		"configs/load.go":           `import "panelwatch/etl/tabulate"`,
		"etl/extract/settings.go":   `import "panelwatch/configs"`,
		"etl/panel/yaml.go":         `import "github.com/goccy/go-yaml"`,
		"etl/tabulate/deep/deep.go": `import "database/sql"`,
		"jobs/post.go":              `import "github.com/slack-go/slack"`,
		"newcomer/new.go":           "",
		"sql/logic.go":              `import "panelwatch/etl/panel"`,
		"sql/warehouse/jobs.go":     `import "panelwatch/jobs"`,
		"sql/warehouse/server.go":   `import "panelwatch/sql/warehouse/localserver/servertest"`,
	}
	want := []string{
		`alerts/chart.go:2: alerts must not import panelwatch/alerts/chart`,
		`alerts/clock.go:3: time.Now: a package of floor 1 takes time as an argument`,
		`alerts/db_test.go:2: alerts (floor 1) imports panelwatch/sql/warehouse (floor 2)`,
		`alerts/dice.go:3: rand.IntN: a package of floor 1 takes its random source as an argument`,
		`alerts/slack/slack.go:2: alerts/slack must not import panelwatch/sql/warehouse`,
		`alerts/slack/slack.go:2: panelwatch/sql/warehouse is for sql, jobs, cmd only`,
		`configs/load.go:2: configs must not import panelwatch/etl/tabulate`,
		`etl/extract/settings.go:2: panelwatch/configs is for configs, jobs, cmd only`,
		`etl/panel/yaml.go:2: etl/panel must not import github.com/goccy/go-yaml`,
		`etl/tabulate/deep/deep.go:2: database/sql is for sql/warehouse only`,
		`jobs/post.go:2: github.com/slack-go/slack is for alerts/slack only`,
		`newcomer/new.go:1: newcomer has no floor: add it to DESIGN.md and to floors_test.go`,
		`sql/logic.go:2: sql must not import panelwatch/etl/panel`,
		`sql/warehouse/jobs.go:2: panelwatch/jobs is for jobs, cmd only`,
		`sql/warehouse/jobs.go:2: sql/warehouse (floor 2) imports panelwatch/jobs (floor 3)`,
		`sql/warehouse/server.go:2: panelwatch/sql/warehouse/localserver/servertest is for test files only`,
	}
	if diff := cmp.Diff(want, allFaults(t, bad)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestFloorsLetGoodFilesPass(t *testing.T) {
	good := map[string]string{
		"alerts/rule.go":             "import (\n\"time\"\n\"panelwatch/alerts/expect\"\n)\nvar day = time.Hour * 24",
		"alerts/dice_test.go":        "import \"math/rand\"\nvar n = rand.Intn(6)",
		"cmd/panelwatch/main.go":     "import (\n\"time\"\n\"panelwatch/jobs\"\n)\nvar now = time.Now()",
		"etl/extract/local.go":       "type clock struct{ Now int }\nfunc f(time clock) int { return time.Now }",
		"etl/sample/sample.go":       "import \"math/rand/v2\"\nvar r = rand.New(rand.NewPCG(1, 2))\nvar s *rand.Rand",
		"etl/tabulate/peers/duck.go": `import "database/sql"`,
		"etl/tabulate/peers/go.mod":  "",
		"sql/warehouse/open.go":      `import "database/sql"`,
		"sql/warehouse/open_test.go": `import "panelwatch/sql/warehouse/localserver/servertest"`,
	}
	if got := allFaults(t, good); len(got) > 0 {
		t.Errorf("faults in good files:\n%s", strings.Join(got, "\n"))
	}
}

// allFaults checks a module made of the files, each without its package line.
func allFaults(t *testing.T, contents map[string]string) (all []string) {
	t.Helper()
	module := fstest.MapFS{}
	for name, content := range contents {
		module[name] = &fstest.MapFile{Data: []byte("package p\n" + content)}
	}
	files, err := parseModule(fs.FS(module))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		all = append(all, faults(f)...)
	}
	slices.Sort(all)
	return all
}
