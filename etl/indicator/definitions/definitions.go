// Package definitions says what each indicator is: one YAML file per indicator,
// from which come the rows of dim_indicator and the dictionary. It knows no
// formula and must not import any; a test holds the two to the same names.
package definitions

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:generate go run ./write

//go:embed *.yaml
var shipped embed.FS

// A Text is said in Chinese and in English.
type Text struct {
	Zh string `yaml:"zh"`
	En string `yaml:"en"`
}

// A Definition is what an analyst reads about an indicator. Formulas write D
// for the monthly unique devices of the app in month t, U for the universe and
// w for a device's weight.
type Definition struct {
	Name      string   `yaml:"name"`
	Position  int      `yaml:"position"` // in order of reading
	Version   int      `yaml:"version"`  // of the formula; raising it computes all months anew
	Zh        string   `yaml:"zh"`
	En        string   `yaml:"en"`
	Unit      string   `yaml:"unit"` // one of Units: of value and standard error as stored
	Formula   string   `yaml:"formula"`
	Inputs    string   `yaml:"inputs"`
	Grain     string   `yaml:"grain"` // what there is one value for
	EdgeCases Text     `yaml:"edge_cases"`
	Error     Text     `yaml:"error"`   // where the standard error comes from
	Source    Text     `yaml:"source"`  // where the indicator is used or printed
	Columns   []string `yaml:"columns"` // view.column or table.column that holds it
}

// Units are the units that values are stored in.
var Units = map[string]Text{
	"devices":         {"台", "devices"},
	"ratio":           {"比率（0.144 即 14.4%）", "ratio, 0.144 = 14.4 %"},
	"ratio_per_month": {"每月比率", "ratio per month"},
	"pp":              {"个百分点", "percentage points"},
	"index":           {"指数（100 为平均）", "index, 100 = average"},
	"index_points":    {"指数点", "points of an index"},
	"uses":            {"次", "uses"},
	"minutes":         {"分钟", "minutes"},
	"hours":           {"小时", "hours"},
	"days":            {"天", "days"},
	"bool":            {"1 是 0 否", "1 yes, 0 no"},
	"rank":            {"名次", "place"},
	"places":          {"位", "places"},
	"state":           {"NEW 进榜 OUT 出榜", "NEW or OUT"},
	"correlation":     {"-1 至 1", "-1 to 1"},
	"count":           {"个", "count"},
}

// All are the definitions that ship with the program, in order of reading.
func All() []Definition { return slices.Clone(read()) }

// Of is the definition of a number by its name; the two rates of a pair share
// one.
func Of(name string) (Definition, bool) {
	if name == "overlap_rate_union" {
		name = "overlap_rate"
	}
	all := read()
	i := slices.IndexFunc(all, func(d Definition) bool { return d.Name == name })
	if i < 0 {
		return Definition{}, false
	}
	return all[i], true
}

var read = sync.OnceValue(func() []Definition {
	all, err := Read(shipped)
	if err != nil {
		panic(err) // they are part of the program, and a test reads them
	}
	return all
})

// Read reads every *.yaml of a folder. Errors name the file and what is wrong.
func Read(fsys fs.FS) ([]Definition, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Definition
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		var d Definition
		if err := yaml.UnmarshalWithOptions(text, &d, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("definition %s: %w", name, err)
		}
		if err := d.check(name); err != nil {
			return nil, fmt.Errorf("definition %s: %w", name, err)
		}
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b Definition) int { return cmp.Compare(a.Position, b.Position) })
	for i, d := range all {
		if d.Position != i+1 {
			return nil, fmt.Errorf("definition %s.yaml: position %d, want %d: each is used once, from 1", d.Name, d.Position, i+1)
		}
	}
	return all, nil
}

var column = regexp.MustCompile(`^[a-z_]+\.[a-z0-9_]+$`)

func (d Definition) check(file string) error {
	var errs []error
	if d.Name+".yaml" != file {
		errs = append(errs, fmt.Errorf("name %q is not that of the file", d.Name))
	}
	if d.Version < 1 {
		errs = append(errs, errors.New("version is missing: begin with 1"))
	}
	if _, known := Units[d.Unit]; !known {
		errs = append(errs, fmt.Errorf("unit %q is not one of Units", d.Unit))
	}
	for _, f := range []struct{ key, text string }{
		{"zh", d.Zh},
		{"en", d.En},
		{"formula", d.Formula},
		{"inputs", d.Inputs},
		{"grain", d.Grain},
		{"edge_cases.zh", d.EdgeCases.Zh},
		{"edge_cases.en", d.EdgeCases.En},
		{"error.zh", d.Error.Zh},
		{"error.en", d.Error.En},
		{"source.zh", d.Source.Zh},
		{"source.en", d.Source.En},
		{"columns", strings.Join(d.Columns, "")},
	} {
		if strings.TrimSpace(f.text) == "" {
			errs = append(errs, fmt.Errorf("%s is missing", f.key))
		}
	}
	for _, c := range d.Columns {
		if !column.MatchString(c) {
			errs = append(errs, fmt.Errorf("columns: %q is not view.column", c))
		}
	}
	return errors.Join(errs...)
}
