package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"panelwatch/etl/panel"
)

// A FilePattern is a name under which a table comes without a manifest:
// {month} stands for the month in any spelling, {app}, {list} and {dimension}
// for what a manifest would say of the file.
type FilePattern struct {
	Name      string `yaml:"name"`
	Sheet     string `yaml:"sheet,omitempty"` // of a workbook, when not the first
	App       string `yaml:"app,omitempty"`
	List      string `yaml:"list,omitempty"`
	Dimension string `yaml:"dimension,omitempty"`
}

// marks are what a pattern may leave open, and what may stand there.
var marks = map[string]string{
	"month": `\d{4}年\d{1,2}月|\d{4}[-./]\d{1,2}|\d{6}|[A-Z][a-z]{2}-\d{2}`,
	"app":   `[^_/]+?`, "list": `[^_/]+?`, "dimension": `[^_/]+?`,
}

var mark = regexp.MustCompile(`\{([^{}]*)\}`)

func (c Contract) checkPatterns(add complain) {
	for i, p := range c.Files {
		if msg := p.check(c.Table); msg != "" {
			add(fmt.Sprintf("files[%d].name", i), "files: %q: %s", p.Name, msg)
		}
	}
}

func (p FilePattern) check(table string) string {
	if !utf8.ValidString(p.Name) {
		return "is not valid UTF-8"
	}
	seen := map[string]bool{}
	for _, m := range mark.FindAllStringSubmatch(p.Name, -1) {
		if marks[m[1]] == "" || seen[m[1]] {
			return fmt.Sprintf("%s is not known here, or there twice: want {month}, {app}, {list} or {dimension}", m[0])
		}
		seen[m[1]] = true
	}
	switch {
	case slices.Contains(tablesOf[Microdata], table):
		return "microdata need a manifest: totals and grain are in it"
	case !seen["month"]:
		return "names no {month}"
	case strings.ContainsAny(p.Name, `/\`):
		return "is a path: want the name of a file"
	case table == TableTopList && p.List == "" && !seen["list"]:
		return "names no {list}: add it, or list"
	}
	return ""
}

// match reads a file name; ok is false if it is not of the pattern.
func (p FilePattern) match(name string) (f File, m panel.Month, ok bool) {
	parts := p.regexp().FindStringSubmatch(name)
	if parts == nil {
		return f, 0, false
	}
	f = File{Name: name, Sheet: p.Sheet, App: p.App, List: p.List, Dimension: p.Dimension}
	for i, key := range p.regexp().SubexpNames() {
		switch key {
		case "month":
			m, ok = monthReader{}.parse(parts[i])
		case "app":
			f.App = parts[i]
		case "list":
			f.List = parts[i]
		case "dimension":
			f.Dimension = parts[i]
		}
	}
	return f, m, ok
}

func (p FilePattern) regexp() *regexp.Regexp {
	var b strings.Builder
	rest := p.Name
	for {
		at := mark.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		key := rest[at[2]:at[3]]
		fmt.Fprintf(&b, "%s(?P<%s>%s)", regexp.QuoteMeta(rest[:at[0]]), key, marks[key])
		rest = rest[at[1]:]
	}
	return regexp.MustCompile("^" + b.String() + regexp.QuoteMeta(rest) + "$")
}
