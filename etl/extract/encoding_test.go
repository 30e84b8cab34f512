package extract

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"
)

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, bytes string
		enc         encoding
		want        string
		bad         int
	}{
		{"ascii", "a1,geshui", inGB18030, "a1,geshui", -1},
		{"two bytes", "\xd5\xe3\xc0\xef\xb0\xec", inGB18030, "浙里办", -1},
		{"trail byte |", "\x81\x7c,1", inGB18030, "亅,1", -1},
		{"four bytes", "\x81\x39\xef\x34,1", inGB18030, "㐅,1", -1},
		{"four bytes outside the basic plane", "\x95\x32\x82\x36", inGB18030, "𠀀", -1},
		{"0x80 is no euro sign", "1\x80", inGB18030, "1\ufffd", 1},
		{"0xff", "\xff", inGB18030, "\ufffd", 0},
		{"cut", "\xd5", inGB18030, "\ufffd", 0},
		{"lost before", "\x84\x31\xa4\x37", inGB18030, "\ufffd", 0},
		{"utf-8", "浙里办", inUTF8, "浙里办", -1},
		{"bad utf-8", "浙\xe9,", inUTF8, "浙\ufffd,", 3},
		{"lost before in utf-8", "浙\ufffd", inUTF8, "浙\ufffd", 3},
		{"surrogate", "\xed\xa0\x80", inUTF8, "\ufffd", 0},
	} {
		text, bad := c.enc.decode([]byte(c.bytes))
		if bad != c.bad || string(text) != c.want {
			t.Errorf("%s: got %q, %d, want %q, %d", c.name, text, bad, c.want, c.bad)
		}
		if got, want := bytes.Count(text, []byte(",")), strings.Count(c.bytes, ","); got != want {
			t.Errorf("%s: %d commas, want %d", c.name, got, want)
		}
	}
}

// What is written in GB18030 is read again as it was. (Private characters,
// which its editions map differently, are in no name.)
func TestGB18030RoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringOf(rapid.RuneFrom(nil, unicode.Han, unicode.Latin, unicode.Nd, unicode.Po)).Draw(t, "text")
		line, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(want))
		if err != nil {
			t.Fatal(err)
		}
		if got, bad := decodeGB18030(line); bad >= 0 || string(got) != want {
			t.Fatalf("got %q, %d, want %q", got, bad, want)
		}
	})
}

func TestSplitLine(t *testing.T) {
	for text, want := range map[string][]string{
		"a\nb\n":       {"a", "b"},
		"a\r\nb":       {"a", "b"},
		"a\rb\r":       {"a", "b"},
		"a\r\r\nb\n\n": {"a", "", "b", ""},
		"\r":           {""},
		"":             nil,
	} {
		for _, size := range []int{1, 2, 64} {
			s := bufio.NewScanner(&slowly{text, size})
			s.Split(splitLine)
			var got []string
			for s.Scan() {
				got = append(got, s.Text())
			}
			if diff := cmp.Diff(want, got); diff != "" || s.Err() != nil {
				t.Errorf("%q by %d: %v want -, got +:\n%s", text, size, s.Err(), diff)
			}
		}
	}
}

// slowly gives out a few bytes at a time.
type slowly struct {
	rest string
	size int
}

func (s *slowly) Read(p []byte) (int, error) {
	n, err := strings.NewReader(s.rest).Read(p[:min(len(p), s.size)])
	s.rest = s.rest[n:]
	return n, err
}
