package extract

import (
	"strings"
	"testing"
)

// What is kept of a row is text, whatever bytes came, and says which they
// were.
func TestRawIsText(t *testing.T) {
	for raw, want := range map[string]string{
		"云闪付,1":                           "云闪付,1",
		"云\xff\xfe闪":                      `云\xFF\xFE闪`,
		"a\ufffdb":                        `a\xEF\xBF\xBDb`,
		"\xe5\x8c":                        `\xE5\x8C`,
		"":                                "",
		strings.Repeat("字", longestRaw+1): strings.Repeat("字", longestRaw) + "…",
	} {
		b := newBook(Delivery{Manifest: Manifest{Files: []File{{}}}}, Options{})
		b.note(Reject{Raw: raw})
		if got := b.rejects[0].Raw; got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
	for gb, want := range map[string]string{"\xc8\xf1\xff1": `锐\xFF1`, "\x81\x30\x81": `\x810\x81`, "a\x80b": `a\x80b`} {
		if got := escaped([]byte(gb), inGB18030); got != want {
			t.Errorf("%q in GB18030: %q, want %q", gb, got, want)
		}
	}
}
