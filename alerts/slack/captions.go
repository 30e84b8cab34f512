package slack

import (
	"regexp"
	"strings"

	"panelwatch/alerts"
)

// Captions are the words of a digest's charts, as its channel has them; a
// channel in both languages has Chinese charts.
type Captions struct {
	d alerts.Digest
	v voice
}

// CaptionsOf are those of a digest.
func CaptionsOf(d alerts.Digest) Captions { return Captions{d, voiceOf(d)} }

// English says which language the charts have.
func (c Captions) English() bool { return c.v.english() }

// Numerals are those of the channel.
func (c Captions) Numerals() alerts.Numerals { return c.v.numerals.In(c.English()) }

// Title states a finding in one sentence: who and when, and the main fact; its
// error is in the picture.
func (c Captions) Title(f alerts.Finding) string {
	if len(f.Facts) == 0 {
		return c.Say(firstClause(f.Zh), firstClause(f.En))
	}
	name := c.Name(nameOf(c.d, f))
	if s := f.Subject.Segment; s.Member != "" && s.Dimension != "all" {
		name += " " + c.Name(s.Member)
	}
	return name + " " + f.Month.String() + c.v.colon() + plusMinus.ReplaceAllString(c.Say(f.Facts[0].Zh, f.Facts[0].En), "")
}

// plusMinus is an error in parentheses.
var plusMinus = regexp.MustCompile(`（±[^）]*）| ?\(±[^)]*\)`)

func firstClause(sentence string) string {
	first, _, _ := strings.Cut(sentence, "；")
	first, _, _ = strings.Cut(first, "; ")
	return first
}

// Say picks and writes what is said in both languages.
func (c Captions) Say(zh, en string) string {
	if c.English() {
		return c.v.inEnglish(c.v.numerals.Written(en, zh, true))
	}
	return c.v.numerals.Written(zh, en, false)
}

// Name is a name as the channel has it.
func (c Captions) Name(s string) string { return c.v.name(s) }
