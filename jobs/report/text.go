package report

import "strings"

// A Text says the same in Chinese and English.
type Text struct{ Zh, En string }

// Languages of a report.
const (
	Both    = "both"
	Chinese = "zh"
	English = "en"
)

// In is the text in one language, or in both with a dash between.
func (t Text) In(lang string) string {
	switch {
	case lang == Chinese, t.common():
		return t.Zh
	case lang == English:
		return t.En
	}
	return t.Zh + " · " + t.En
}

// First is the text in the first language of a page: what a picture has room for.
func (t Text) First(lang string) string {
	if lang == English {
		return t.En
	}
	return t.Zh
}

// common says whether both languages say it with the same signs.
func (t Text) common() bool {
	return strings.NewReplacer("，", ", ", "（", " (", "）", ")").Replace(t.Zh) == t.En
}

// same is a text that needs no translation, such as a name.
func same(s string) Text { return Text{s, s} }

// joined puts texts in a row.
func joined(separator Text, texts ...Text) (all Text) {
	var zh, en []string
	for _, t := range texts {
		zh, en = append(zh, t.Zh), append(en, t.En)
	}
	return Text{strings.Join(zh, separator.Zh), strings.Join(en, separator.En)}
}

// A phrase is a sentence in the making. What could not be computed is left out
// of it.
type phrase struct {
	zh, en []string
	apart  bool // the clauses are sentences of their own
}

// add appends a clause if all its parts are there.
func (p *phrase) add(zh, en string, parts ...Text) *phrase {
	for _, part := range parts {
		if part.Zh == "" {
			return p
		}
	}
	for _, part := range parts {
		zh = strings.Replace(zh, "%s", part.Zh, 1)
		en = strings.Replace(en, "%s", part.En, 1)
	}
	p.zh, p.en = append(p.zh, zh), append(p.en, en)
	return p
}

// when is add under a condition.
func (p *phrase) when(holds bool, zh, en string, parts ...Text) *phrase {
	if !holds {
		return p
	}
	return p.add(zh, en, parts...)
}

// title is the phrase as a heading: no stop at its end.
func (p *phrase) title() Text {
	if p.apart {
		return Text{strings.Join(p.zh, "；"), capital(strings.Join(p.en, "; "))}
	}
	return Text{strings.Join(p.zh, "，"), capital(strings.Join(p.en, ", "))}
}

// sentences is the phrase as one sentence, or as none when nothing is known.
func (p *phrase) sentences() []Text {
	if len(p.zh) == 0 {
		return nil
	}
	t := p.title()
	return []Text{{t.Zh + "。", t.En + "."}}
}

func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
