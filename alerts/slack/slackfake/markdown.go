package slackfake

import (
	"html"
	"html/template"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// The parts of Slack's mrkdwn that stand by themselves: code, which has no
// other marks in it, and what is in angle brackets.
var (
	codePart  = regexp.MustCompile("(?s)```(.+?)```|`([^`\n]+)`|<([^<>\n]+)>")
	boldPart  = regexp.MustCompile(`(^|[^\pL\pN*])\*([^*\n]+)\*`)
	emojiPart = regexp.MustCompile(`:([a-z0-9_+-]+):`)
)

// markdown shows Slack's mrkdwn as HTML. Whatever it is given, the outcome is
// escaped: only the tags written here are in it.
func markdown(s string) template.HTML {
	var out strings.Builder
	at := 0
	for _, m := range codePart.FindAllStringSubmatchIndex(s, -1) {
		out.WriteString(marked(s[at:m[0]]))
		switch {
		case m[2] >= 0:
			out.WriteString(`<pre tabindex="0">` + safe(strings.Trim(s[m[2]:m[3]], "\n")) + "</pre>")
		case m[4] >= 0:
			out.WriteString(code(s[m[4]:m[5]]))
		default:
			out.WriteString(reference(s[m[6]:m[7]]))
		}
		at = m[1]
	}
	out.WriteString(marked(s[at:]))
	return template.HTML(out.String())
}

func safe(s string) string { return html.EscapeString(unescape(s)) }

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

func unescape(s string) string { return unescaper.Replace(s) }

// code that is short, such as a number's id, stays on one line.
func code(s string) string {
	class := ""
	if utf8.RuneCountInString(s) <= 20 {
		class = ` class="short"`
	}
	return "<code" + class + ">" + safe(s) + "</code>"
}

// marked is text with bold parts, emoji and line ends.
func marked(s string) string {
	s = boldPart.ReplaceAllString(safe(s), "$1<b>$2</b>")
	s = emojiPart.ReplaceAllStringFunc(s, func(name string) string { return emoji(strings.Trim(name, ":")) })
	return dots.Replace(strings.ReplaceAll(s, "\n", `<br><span class="gap"></span>`))
}

// dots are drawn: not every machine has a font for them.
var dots = strings.NewReplacer("🔴", dot("red", "🔴"), "🟠", dot("orange", "🟠"), "🔵", dot("blue", "🔵"), "📅", dot("ring", "📅"))

func dot(class, name string) string {
	return `<i class="dot ` + class + `" role="img" aria-label="` + name + `"></i>`
}

// reference is what stands in angle brackets: a date, somebody, a channel, a
// link. Links are shown, not followed: this is a rehearsal.
func reference(s string) string {
	target, label, named := strings.Cut(s, "|")
	switch {
	case strings.HasPrefix(target, "!date^") && named:
		return "<time>" + safe(date(label)) + "</time>"
	case strings.HasPrefix(target, "!"), strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"):
		return `<span class="mention">` + safe("@"+strings.TrimLeft(target, "!@#")) + "</span>"
	case named:
		return `<span class="link">` + safe(label) + "</span>"
	}
	return `<span class="link">` + safe(target) + "</span>"
}

// date shortens a fallback in RFC 3339; any other stays as it is.
func date(s string) string {
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at.UTC().Format("2006-01-02 15:04 UTC")
	}
	return s
}

// emojis are the names that panelwatch knows; another is shown as a name.
var emojis = map[string]string{
	"white_check_mark": "✅", "no_bell": "🔕", "-1": "👎", "thumbsdown": "👎", "+1": "👍", "eyes": "👀", "tada": "🎉",
}

func emoji(name string) string {
	if e, ok := emojis[name]; ok {
		return e
	}
	return ":" + name + ":"
}
