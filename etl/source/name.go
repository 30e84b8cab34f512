package source

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds on what a place may make us believe.
const (
	mostFiles  = 200_000
	mostDepth  = 16  // folders within folders
	mostLength = 200 // bytes of one element of a name, so that ours still fit beside it
)

// checkName says what is wrong with a name that a place lists, "" if nothing.
func checkName(name string) string {
	switch {
	case !utf8.ValidString(name):
		return "is not UTF-8"
	case strings.ContainsFunc(name, unicode.IsControl):
		return "has control characters"
	case strings.Contains(name, `\`):
		return "has a backslash"
	case !fs.ValidPath(name) || name == ".":
		return "is absolute, empty, or leads out of its folder"
	case strings.Count(name, "/") >= mostDepth:
		return fmt.Sprintf("lies more than %d folders deep", mostDepth)
	}
	for element := range strings.SplitSeq(name, "/") {
		if len(element) > mostLength {
			return fmt.Sprintf("has an element of more than %d bytes", mostLength)
		}
	}
	return ""
}

// ignored tells names that are nobody's delivery: hidden ones, and those that
// uploading programs give to what they have not finished.
func ignored(name string) bool {
	for element := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(element, ".") {
			return true
		}
	}
	switch path.Ext(name) {
	case ".part", ".filepart", ".tmp":
		return true
	}
	return false
}

// within tells whether the pattern takes a file in: its name or a folder that
// it lies in matches. ** stands for any number of elements, and the other
// signs are those of path.Match.
func within(pattern, name string) bool {
	if pattern == "" {
		return true
	}
	parts := strings.Split(name, "/")
	for n := range parts {
		if matches(strings.Split(pattern, "/"), parts[:n+1]) {
			return true
		}
	}
	return false
}

func matches(pattern, name []string) bool {
	switch {
	case len(pattern) == 0:
		return len(name) == 0
	case pattern[0] == "**":
		return matches(pattern[1:], name) || len(name) > 0 && matches(pattern, name[1:])
	case len(name) == 0:
		return false
	}
	ok, err := path.Match(pattern[0], name[0])
	return ok && err == nil && matches(pattern[1:], name[1:])
}
