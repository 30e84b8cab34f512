package slack

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"panelwatch/etl/panel"
)

// englishNames are what the catalogue calls things in English; the zero value
// leaves every name as it is.
type englishNames struct {
	apps    *strings.Replacer // and lists, wherever they stand
	words   *regexp.Regexp    // members and places, which are short enough to be parts of other words
	meaning map[string]string
}

func namesOf(c *panel.Catalogue) englishNames {
	if c == nil {
		return englishNames{}
	}
	named := map[string]string{}
	for _, a := range c.Apps {
		named[a.Name] = a.NameEn
	}
	for _, l := range c.Lists {
		named[l.Name] = l.NameEn
	}
	var pairs []string
	for _, name := range byLength(named) {
		if named[name] != "" {
			pairs = append(pairs, name, named[name])
		}
	}
	e := englishNames{apps: strings.NewReplacer(pairs...), meaning: c.NamesEn}
	if len(c.NamesEn) > 0 {
		var words []string
		for _, name := range byLength(c.NamesEn) {
			words = append(words, regexp.QuoteMeta(name))
		}
		e.words = regexp.MustCompile(strings.Join(words, "|"))
	}
	return e
}

// byLength has long names first, so that none is taken for a part of another.
func byLength(named map[string]string) (names []string) {
	for name := range named {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return names
}

func (e englishNames) in(text string) string {
	if e.apps == nil {
		return text
	}
	text = e.apps.Replace(text)
	if e.words == nil {
		return text
	}
	var out strings.Builder
	from := 0
	for _, at := range e.words.FindAllStringIndex(text, -1) {
		if !apart(text, at) {
			continue
		}
		out.WriteString(text[from:at[0]] + e.meaning[text[at[0]:at[1]]])
		from = at[1]
	}
	return out.String() + text[from:]
}

// apart says that what stands at a place of the text is no part of a longer
// Chinese word.
func apart(text string, at []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
	after, _ := utf8.DecodeRuneInString(text[at[1]:])
	return !unicode.Is(unicode.Han, before) && !unicode.Is(unicode.Han, after)
}
