package slack

import (
	"fmt"

	"panelwatch/alerts"
)

// A language is zh, en or both; anything else is read as zh.
type language string

// pick says something short: in both languages side by side where both are
// wanted.
func (l language) pick(zh, en string) string {
	switch l {
	case "en":
		return en
	case "both":
		return zh + " / " + en
	}
	return zh
}

// join writes a whole sentence, in both languages one below the other.
func (l language) join(zh, en string) string {
	if l == "both" {
		return zh + "\n" + en
	}
	return l.pick(zh, en)
}

// pickShort is pick for signs and asides, which are not doubled.
func (l language) pickShort(zh, en string) string {
	if l == "en" {
		return en
	}
	return zh
}

func (l language) colon() string { return l.pickShort("：", ": ") }

// english says which way numbers are written where they stand once.
func (l language) english() bool { return l == "en" }

// more counts what was left out.
func (l language) more(n int, zhWhere, enWhere string) string {
	return l.pick(fmt.Sprintf("…另有 %d 项，%s", n, zhWhere), fmt.Sprintf("…and %d more, %s", n, enWhere))
}

// icon marks verdict and severity for the eye.
func icon(f alerts.Finding) string {
	switch {
	case f.Verdict == alerts.Expected:
		return "📅"
	case f.Severity == alerts.High:
		return "🔴"
	case f.Severity == alerts.Warn:
		return "🟠"
	}
	return "🔵"
}
