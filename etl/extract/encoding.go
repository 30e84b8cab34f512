package extract

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// An encoding turns one physical line into UTF-8. bad is the offset of the
// first byte that is not valid, -1 when all are. A line with bad bytes keeps
// its commas, quotes and ASCII; the rest of it is not to be used.
type encoding struct {
	name   string
	decode func(line []byte) (text []byte, bad int)
	size   func(line []byte) int // of the first character, 0 if the bytes are none
}

var (
	inUTF8    = encoding{"utf-8", decodeUTF8, utf8Size}
	inGB18030 = encoding{"gb18030", decodeGB18030, gb18030Size}
)

// encodings by the names that manifests give them; GB2312 and GBK are parts
// of GB18030.
var encodings = map[string]encoding{
	"utf-8": inUTF8, "utf8": inUTF8, "utf-8-sig": inUTF8,
	"gb18030": inGB18030, "gbk": inGB18030, "gb2312": inGB18030,
}

// knownEncoding accepts "" too: then the bytes decide.
func knownEncoding(name string) bool {
	_, known := encodings[strings.ToLower(name)]
	return known || name == ""
}

func utf8Size(line []byte) int {
	if r, size := utf8.DecodeRune(line); r != utf8.RuneError || size > 1 {
		return size
	}
	return 0
}

// lost is U+FFFD in UTF-8: somebody before us replaced a character they could
// not read, so the text is as broken as with a bad byte.
var lost = []byte("\ufffd")

func decodeUTF8(line []byte) ([]byte, int) {
	if utf8.Valid(line) {
		return line, bytes.Index(line, lost)
	}
	return bytes.ToValidUTF8(line, lost), firstInvalid(line)
}

func firstInvalid(line []byte) int {
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		if r == utf8.RuneError && size < 2 {
			return i
		}
		i += size
	}
	return -1
}

// decodeGB18030 is strict, which the decoder of x/text is not: it reads 0x80
// as the euro sign and unknown sequences as U+FFFD.
func decodeGB18030(line []byte) ([]byte, int) {
	if isASCII(line) {
		return line, -1
	}
	if bad := malformedGB18030(line); bad >= 0 {
		return keepASCII(line), bad
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(line)
	if err != nil {
		return keepASCII(line), 0
	}
	if unmapped := bytes.Index(text, lost); unmapped >= 0 {
		return text, unmappedGB18030(line)
	}
	return text, -1
}

func isASCII(line []byte) bool {
	for ; len(line) >= 32; line = line[32:] {
		w := binary.LittleEndian.Uint64(line) | binary.LittleEndian.Uint64(line[8:]) |
			binary.LittleEndian.Uint64(line[16:]) | binary.LittleEndian.Uint64(line[24:])
		if w&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, b := range line {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// malformedGB18030 is the offset of the first byte that begins no sequence of
// one, two or four bytes, -1 if there is none.
func malformedGB18030(line []byte) int {
	for i := 0; i < len(line); {
		size := gb18030Size(line[i:])
		if size == 0 {
			return i
		}
		i += size
	}
	return -1
}

// unmappedGB18030 is the offset of the first well-formed sequence that stands
// for no character.
func unmappedGB18030(line []byte) int {
	decoder := simplifiedchinese.GB18030.NewDecoder()
	for i := 0; i < len(line); {
		size := gb18030Size(line[i:])
		if text, err := decoder.Bytes(line[i : i+size]); err != nil || bytes.Contains(text, lost) {
			return i
		}
		i += size
	}
	return -1
}

// gb18030Size is the length of the sequence that b begins with, 0 if it is
// none.
func gb18030Size(b []byte) int {
	between := func(i int, low, high byte) bool { return i < len(b) && low <= b[i] && b[i] <= high }
	switch {
	case between(0, 0, 0x7f):
		return 1
	case !between(0, 0x81, 0xfe):
		return 0
	case between(1, 0x40, 0x7e), between(1, 0x80, 0xfe):
		return 2
	case between(1, '0', '9') && between(2, 0x81, 0xfe) && between(3, '0', '9'):
		return 4
	}
	return 0
}

// keepASCII replaces every other byte, so that the row still splits.
func keepASCII(line []byte) []byte {
	var text []byte
	for _, b := range line {
		if b < utf8.RuneSelf {
			text = append(text, b)
		} else {
			text = append(text, lost...)
		}
	}
	return text
}
