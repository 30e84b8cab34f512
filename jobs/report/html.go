package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"strings"
)

//go:embed page.html
var pageText string

//go:embed page.css
var pageStyle string

// Widths that every picture is drawn for: the page shows the one that fits.
const (
	wideWidth   = 760.0
	narrowWidth = 343.0
)

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"style": func() template.CSS { return template.CSS(pageStyle) },
	"policy": func() string {
		sum := sha256.Sum256([]byte(pageStyle))
		return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	},
	"instant": instant,
	"spell":   spell,
	"text":    func(zh, en string) Text { return Text{zh, en} },
}).Parse(pageText))

// HTML is the report as one page that needs nothing else: no script, no font
// and no picture from elsewhere.
func (r Report) HTML(lang string) ([]byte, error) {
	var b bytes.Buffer
	if err := page.Execute(&b, sheet{Report: r, Lang: lang}); err != nil {
		return nil, fmt.Errorf("write the page: %w", err)
	}
	return b.Bytes(), nil
}

// A sheet is a report in a language, with what its template asks for.
type sheet struct {
	Report
	Lang string
}

// Tag is the language of the page as a whole.
func (s sheet) Tag() string {
	if s.Lang == English {
		return "en"
	}
	return "zh-CN"
}

// Say writes a text in the page's language, or in both, each marked as what it
// is.
func (s sheet) Say(t Text) template.HTML {
	zh, en := template.HTMLEscapeString(t.Zh), template.HTMLEscapeString(t.En)
	switch {
	case s.Lang == English:
		return template.HTML(en)
	case s.Lang == Chinese || t.common():
		return template.HTML(zh)
	}
	return template.HTML(`<span class="zh">` + zh + `</span> <span class="en" lang="en">` + en + `</span>`)
}

// Plain is a text for a place that takes no marks.
func (s sheet) Plain(t Text) string { return t.In(s.Lang) }

// Anchor is where a section begins.
func (s Section) Anchor() string { return strings.ToLower(s.ID) }

// Long says whether the table is folded away at first: series of more than a
// year are, their chart stands above.
func (t Table) Long() bool {
	return len(t.Rows) > 24 || len(t.Rows) > 12 && t.Columns[0].kind == monthly
}

// Draw makes the pictures of a chart, for wide and for narrow screens.
func (s sheet) Draw(section Section, i int) template.HTML {
	name := fmt.Sprintf("%s-%d", section.Anchor(), i)
	return template.HTML(`<div class="wide">` + section.Charts[i].svg(name+"w", wideWidth, s.Lang) +
		`</div><div class="narrow">` + section.Charts[i].svg(name+"n", narrowWidth, s.Lang) + `</div>`)
}

// Head is a column's heading with its unit.
func (s sheet) Head(c Column) template.HTML {
	t := c.Head
	if unit := c.Unit(); unit.Zh != "" {
		t = Text{t.Zh + "（" + unit.Zh + "）", t.En + " (" + unit.En + ")"}
	}
	return s.Say(t)
}

// Value is a cell as the page prints it. Names of dimensions and answers are
// said in words.
func (s sheet) Value(c Column, cell Cell) template.HTML {
	shown := c.Shown(cell)
	switch {
	case cell.Absent:
	case c.kind.form == answer && shown == "1":
		return s.Say(Text{"是", "yes"})
	case c.kind.form == answer:
		return s.Say(Text{"否", "no"})
	case c.Name == "dimension":
		if t, known := dimensions[cell.Text]; known {
			return s.Say(t)
		}
	case c.Name == "member" && cell.Text == "all":
		return s.Say(Text{"全国", "whole"})
	case c.Name == "measure":
		return s.Say(measures[cell.Text])
	}
	return template.HTML(template.HTMLEscapeString(shown))
}

// measures of the exhibit that has two.
var measures = map[string]Text{
	"peak_penetration": {"当年渗透率峰值", "peak penetration of the year"},
	"share":            {"占比", "share"},
}

// Range is the interval of a cell, or the word that its error is unknown.
func (s sheet) Range(c Column, cell Cell) template.HTML {
	if i := c.Interval(cell); i != "" {
		return template.HTML(template.HTMLEscapeString(i))
	}
	if cell.NoSample {
		return s.Say(unknownError)
	}
	return ""
}

// Unknown is what is said where an error is unknown.
func (sheet) Unknown() Text { return unknownError }

// HasErrors says whether any of a table's numbers has an interval.
func (t Table) HasErrors() bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { return c.HasError })
}
