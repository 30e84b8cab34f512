package panelwatch_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A file is one Go file of the module, parsed.
type file struct {
	name string // alerts/rule.go
	pkg  string // alerts
	test bool
	ast  *ast.File
	set  *token.FileSet
}

// parseModule parses all Go files of the module, leaving out modules nested
// in it, testdata and folders whose names begin with a dot.
func parseModule(module fs.FS) (files []file, err error) {
	set := token.NewFileSet()
	err = fs.WalkDir(module, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipFolder(module, name)
		}
		if path.Ext(name) != ".go" || path.Dir(name) == "." {
			return nil
		}
		text, err := fs.ReadFile(module, name)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
		files = append(files, file{name, path.Dir(name), strings.HasSuffix(name, "_test.go"), parsed, set})
		return err
	})
	return files, err
}

// skipFolder returns fs.SkipDir for folders that are not of this module.
func skipFolder(module fs.FS, name string) error {
	if name == "." {
		return nil
	}
	if path.Base(name) == "testdata" || strings.HasPrefix(path.Base(name), ".") {
		return fs.SkipDir
	}
	if _, err := fs.Stat(module, path.Join(name, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

// faults lists what a file does against the floor plan.
func faults(f file) (all []string) {
	floor, ok := floorOf(f.pkg)
	if !ok {
		return []string{f.name + ":1: " + f.pkg + " has no floor: add it to DESIGN.md and to floors_test.go"}
	}
	for _, spec := range f.ast.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			imported = spec.Path.Value
		}
		for _, fault := range importFaults(f, floor, imported) {
			all = append(all, f.at(spec.Pos())+fault)
		}
	}
	if floor <= 1 && !f.test {
		all = append(all, worldFaults(f, floor)...)
	}
	return all
}

func (f file) at(pos token.Pos) string {
	return fmt.Sprintf("%s:%d: ", f.name, f.set.Position(pos).Line)
}

// floorOf is the floor of the longest named package that holds pkg.
func floorOf(pkg string) (floor int, ok bool) {
	for ; pkg != "."; pkg = path.Dir(pkg) {
		if floor, ok = floors[pkg]; ok {
			return floor, true
		}
	}
	return 0, false
}

func importFaults(f file, floor int, imported string) (all []string) {
	if own, ok := strings.CutPrefix(imported, "panelwatch/"); ok {
		if above, ok := floorOf(own); !ok || above > floor {
			all = append(all, fmt.Sprintf("%s (floor %d) imports %s (floor %d)", f.pkg, floor, imported, above))
		}
	}
	for _, r := range reservations {
		if (r.tests || !f.test) && under(imported, r.imports) && !underAny(f.pkg, r.only) {
			all = append(all, fmt.Sprintf("%s is for %s only", imported, who(r.only)))
		}
	}
	if !f.test && (offDiet(f.pkg, imported) || underAny(imported, never[f.pkg])) {
		all = append(all, fmt.Sprintf("%s must not import %s", f.pkg, imported))
	}
	return all
}

func who(packages []string) string {
	if len(packages) == 0 {
		return "test files"
	}
	return strings.Join(packages, ", ")
}

// offDiet tells whether a package with a diet imports something else. The
// standard library's paths have no dot in their first element, nor our name.
func offDiet(pkg, imported string) bool {
	diet, ok := diets[pkg]
	first, _, _ := strings.Cut(imported, "/")
	standard := first != "panelwatch" && !strings.Contains(first, ".")
	return ok && !standard && !slices.Contains(diet, imported)
}

func under(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

func underAny(name string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool { return under(name, folder) })
}

// worldFaults lists the uses of the clock and of the global random source.
func worldFaults(f file, floor int) (all []string) {
	names := localNames(f.ast)
	ast.Inspect(f.ast, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := selector.X.(*ast.Ident); ok {
			if what := worldly(names[x.Name], selector.Sel.Name); what != "" {
				all = append(all, f.at(selector.Pos())+fmt.Sprintf("%s: a package of floor %d takes %s as an argument",
					path.Base(strings.TrimSuffix(names[x.Name], "/v2"))+"."+selector.Sel.Name, floor, what))
			}
		}
		return true
	})
	return all
}

// worldly says what a function of the standard library takes from the world.
func worldly(imported, name string) string {
	switch imported {
	case "time":
		if slices.Contains([]string{"Now", "Since", "Until"}, name) {
			return "time"
		}
	case "math/rand", "math/rand/v2":
		if !strings.HasPrefix(name, "New") && !slices.Contains([]string{"Rand", "Source", "Source64", "PCG", "ChaCha8", "Zipf"}, name) {
			return "its random source"
		}
	case "crypto/rand":
		return "its random source"
	}
	return ""
}

// localNames maps the names by which a file calls its imports to their paths.
func localNames(f *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(strings.TrimSuffix(imported, "/v2"))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = imported
	}
	return names
}
