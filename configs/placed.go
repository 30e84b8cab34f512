package configs

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/parser"
)

var (
	ofRule   = regexp.MustCompile(`^rule (\w+), setting (\d+)`)
	ofKey    = regexp.MustCompile(`^([a-z][a-z0-9_]*(?:\.[a-z0-9_]+|\[\d+\])*):? `)
	quotedIn = regexp.MustCompile(`"(?:[^"\\]|\\.)+"`)
)

// placed puts before what a check says the place it speaks of, as
// file:line:column: that of the value which it quotes, at or below the key
// with which it begins.
func placed(fsys fs.FS, name string, err error) error {
	text, readErr := fs.ReadFile(fsys, name)
	if err == nil || readErr != nil {
		return err
	}
	line, column := placeSaid(text, err.Error())
	if line == 0 {
		return fmt.Errorf("%s: %w", name, err)
	}
	return fmt.Errorf("%s:%d:%d: %w", name, line, column, err)
}

// placeSaid is line 0 where the message names nothing of the file.
func placeSaid(text []byte, msg string) (line, column int) {
	for path := pathSaid(msg); path != "" && path != "$"; path = parent(path) {
		var ok bool
		if line, column, ok = placeOf(text, path); ok {
			break
		}
	}
	quoted, err := strconv.Unquote(quotedIn.FindString(msg))
	if err != nil {
		return line, column
	}
	if l, c := placeOfWord(text, quoted, line); l > 0 {
		return l, c
	}
	return line, column
}

func pathSaid(msg string) string {
	if m := ofRule.FindStringSubmatch(msg); m != nil {
		n, _ := strconv.Atoi(m[2]) // digits
		return fmt.Sprintf("$.%s[%d]", m[1], n-1)
	}
	if m := ofKey.FindStringSubmatch(msg); m != nil {
		return "$." + m[1]
	}
	return ""
}

// placeOfWord is where a word stands by itself, or else within a reference
// such as ${NAME}, from a line on.
func placeOfWord(text []byte, word string, from int) (line, column int) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil || len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return 0, 0
	}
	token := file.Docs[0].Body.GetToken()
	for token != nil && token.Prev != nil {
		token = token.Prev
	}
	for ; token != nil; token = token.Next {
		if token.Position.Line >= from && (token.Value == word || strings.Contains(token.Value, "${"+word)) {
			return token.Position.Line, token.Position.Column
		}
	}
	return 0, 0
}

var wrongType = regexp.MustCompile(`cannot unmarshal (\w+) into Go (?:struct field \S+|value) of type (\S+)`)

// plainly says in words of the file what the decoder says in those of Go.
func plainly(msg string) string {
	found := wrongType.FindStringSubmatch(msg)
	if found == nil {
		if value, is := strings.CutPrefix(msg, "time: invalid duration "); is {
			return value + " is no duration: want one such as 30s, 5m or 24h"
		}
		if _, expected, is := strings.Cut(msg, " was used where "); is {
			return strings.NewReplacer("sequence is expected", "wrong type of value: want a list, such as [a, b]", "mapping is expected", "wrong type of value: want keys with values").Replace(expected)
		}
		return msg
	}
	want := "keys with values"
	switch t := found[2]; {
	case t == "time.Duration":
		want = "a duration such as 30s, 5m or 24h"
	case strings.HasPrefix(t, "[]"):
		want = "a list, such as [a, b]"
	case strings.HasPrefix(t, "int"), strings.HasPrefix(t, "uint"):
		want = "a whole number"
	case strings.HasPrefix(t, "float"):
		want = "a number"
	case t == "bool":
		want = "true or false"
	case t == "string":
		want = "text"
	}
	return "wrong type of value: want " + want
}

// InSettings puts before a fault that was found in panelwatch.yaml, of a folder
// or the shipped one, the place that it speaks of.
func InSettings(folder string, err error) error {
	if folder == "" {
		return placed(shipped, "panelwatch.yaml", err)
	}
	return placed(overlay{os.DirFS(folder), shipped}, "panelwatch.yaml", err)
}
