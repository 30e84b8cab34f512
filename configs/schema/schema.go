// Package schema makes the JSON schemas of the configuration files from the
// structs that read them, so that an editor knows every key and what it means.
// It is no part of the program and must not be imported by it.
package schema

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"time"

	"panelwatch/alerts"
	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/identities"
	"panelwatch/etl/panel"
)

// A Schema is a JSON schema, of what configuration files need.
type Schema struct {
	Draft       string             `json:"$schema,omitempty"`
	Title       string             `json:"title,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        string             `json:"type,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	Properties  map[string]*Schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Items       *Schema            `json:"items,omitempty"`
	// Additional is false, or the schema of values under any key.
	Additional any `json:"additionalProperties,omitempty"`
}

// Files are the schemas by file name. root is the module's folder: what the
// keys mean is in the comments of its structs.
func Files(root fs.FS) (map[string][]byte, error) {
	m := maker{root: root, comments: map[string]string{}, read: map[string]bool{}}
	files := map[string][]byte{}
	for name, s := range map[string]*Schema{
		"panelwatch.json": m.of(reflect.TypeFor[configs.Settings]()),
		"apps.json":       m.of(reflect.TypeFor[panel.Catalogue]()),
		"rules.json":      m.rules(),
		"dataset.json":    m.of(reflect.TypeFor[extract.Contract]()),
	} {
		s.Draft, s.Title = "http://json-schema.org/draft-07/schema#", "panelwatch: "+strings.TrimSuffix(name, ".json")
		text, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return nil, err
		}
		files[name] = append(text, '\n')
	}
	return files, m.err
}

// required are the keys that a file makes no sense without, by struct.
var required = map[reflect.Type][]string{
	reflect.TypeFor[extract.Contract]():    {"table", "columns"},
	reflect.TypeFor[extract.Column]():      {"name", "type"},
	reflect.TypeFor[extract.FilePattern](): {"name"},
	reflect.TypeFor[panel.App]():           {"id", "name", "category", "profile"},
	reflect.TypeFor[panel.Tenure]():        {"name"},
	reflect.TypeFor[panel.ListOf]():        {"name", "size", "apps"},
	reflect.TypeFor[alerts.Threshold]():    {"app", "wan"},
	reflect.TypeFor[alerts.Route]():        {"channel"},
	reflect.TypeFor[alerts.Owner]():        {"users"},
	reflect.TypeFor[configs.Loose]():       {"vendor", "product", "tier_list_year", "tgi_base", "definitions_version"},
}

// scalars are the types that are written as text of a certain form.
var scalars = map[reflect.Type]Schema{
	reflect.TypeFor[panel.Month]():        {Type: "string", Pattern: `^\d{4}-(0[1-9]|1[0-2])$`},
	reflect.TypeFor[time.Duration]():      {Type: "string", Pattern: `^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$`},
	reflect.TypeFor[extract.Type]():       {Enum: names(extract.Types)},
	reflect.TypeFor[extract.Verdict]():    {Enum: names(extract.Verdicts)},
	reflect.TypeFor[identities.Verdict](): {Enum: names(identities.Verdicts)},
	reflect.TypeFor[extract.Bare]():       {Enum: names(extract.Bares)},
	reflect.TypeFor[alerts.State]():       {Enum: names([]alerts.State{alerts.Active, alerts.Draft})},
	reflect.TypeFor[alerts.Numerals]():    {Enum: names([]alerts.Numerals{alerts.Wan, alerts.Million})},
	reflect.TypeFor[alerts.Severity]():    {Enum: names([]alerts.Severity{alerts.High, alerts.Warn, alerts.Info})},
}

func names[T ~string](values []T) (out []string) {
	for _, v := range values {
		out = append(out, string(v))
	}
	return out
}

// A maker makes schemas; comments are those of the fields of structs, by
// package, struct and field.
type maker struct {
	root     fs.FS
	comments map[string]string
	read     map[string]bool
	err      error
}

func (m *maker) of(t reflect.Type) *Schema {
	if s, known := scalars[t]; known {
		return &s
	}
	switch t.Kind() {
	case reflect.Pointer:
		return m.of(t.Elem())
	case reflect.Slice, reflect.Array:
		return &Schema{Type: "array", Items: m.of(t.Elem())}
	case reflect.Map:
		return &Schema{Type: "object", Additional: m.of(t.Elem())}
	case reflect.Struct:
		s := &Schema{Type: "object", Properties: map[string]*Schema{}, Additional: false, Required: required[t]}
		m.fields(t, s)
		return s
	case reflect.String:
		return &Schema{Type: "string"}
	case reflect.Bool:
		return &Schema{Type: "boolean"}
	case reflect.Float32, reflect.Float64:
		return &Schema{Type: "number"}
	}
	return &Schema{Type: "integer"}
}

// fields adds the keys of a struct, those of embedded ones among them.
func (m *maker) fields(t reflect.Type, s *Schema) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("yaml")
		key, _, _ := strings.Cut(tag, ",")
		switch {
		case strings.Contains(tag, ",inline"):
			m.fields(f.Type, s)
		case key != "" && key != "-":
			s.Properties[key] = m.of(f.Type)
			s.Properties[key].Description = m.comment(t, f.Name)
		}
	}
}

// rules are the settings of each rule, which says itself what it is.
func (m *maker) rules() *Schema {
	s := &Schema{Type: "object", Properties: map[string]*Schema{}, Additional: false}
	for _, r := range alerts.Rules {
		one := m.of(reflect.TypeFor[[]alerts.Params]())
		one.Description = r.Zh + " | " + r.En
		s.Properties[r.Name] = one
	}
	return s
}

// comment is what the source says of a field.
func (m *maker) comment(t reflect.Type, field string) string {
	dir, ours := strings.CutPrefix(t.PkgPath(), "panelwatch/")
	if ours && !m.read[dir] {
		m.read[dir] = true
		if err := m.readComments(dir); err != nil && m.err == nil {
			m.err = fmt.Errorf("comments of %s: %w", dir, err)
		}
	}
	return m.comments[dir+"."+t.Name()+"."+field]
}

func (m *maker) readComments(dir string) error {
	paths, err := fs.Glob(m.root, path.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	for _, p := range paths {
		text, err := fs.ReadFile(m.root, p)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), p, text, parser.ParseComments)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, is := n.(*ast.TypeSpec); is {
				m.note(dir, spec)
			}
			return true
		})
	}
	return nil
}

func (m *maker) note(dir string, spec *ast.TypeSpec) {
	body, is := spec.Type.(*ast.StructType)
	if !is {
		return
	}
	for _, f := range body.Fields.List {
		text := f.Doc.Text()
		if text == "" {
			text = f.Comment.Text()
		}
		for _, name := range f.Names {
			m.comments[dir+"."+spec.Name.Name+"."+name.Name] = strings.Join(strings.Fields(text), " ")
		}
	}
}
