package slack

import "panelwatch/alerts"

// A voice is how a channel is spoken to: language, numerals, and in English
// the English names of apps, lists and members.
type voice struct {
	language
	numerals alerts.Numerals
	names    englishNames
}

func voiceOf(d alerts.Digest) voice {
	return voice{language(d.Language), d.Route.Numerals, namesOf(d.Catalogue)}
}

// zh and en are a sentence, or a part of one, as the channel has it; other is
// what the other language says. They are safe to be sent.
func (v voice) zh(text, other string) string {
	return escape(v.numerals.Written(text, other, false))
}

func (v voice) en(text, other string) string {
	return escape(v.inEnglish(v.numerals.Written(text, other, true)))
}

func (v voice) inEnglish(text string) string { return v.names.in(text) }

// sentence is a whole one, in both languages one below the other.
func (v voice) sentence(zh, en string) string { return v.join(v.zh(zh, en), v.en(en, zh)) }

// name is a name for where it stands once.
func (v voice) name(s string) string {
	if v.english() {
		return v.inEnglish(s)
	}
	return s
}

// number writes a value for where it stands once.
func (v voice) number(x float64, u alerts.Unit) string { return v.numerals.Format(x, u, v.english()) }

// column writes devices without their unit, which columnUnit names.
func (v voice) column(devices float64) string { return v.numerals.Column(devices, v.english()) }

func (v voice) columnUnit() string {
	switch million := v.numerals.In(v.english()) == alerts.Million; {
	case million && v.english():
		return "M"
	case million:
		return "M台"
	case v.english():
		return "10k"
	}
	return v.pick("万台", "10k")
}
