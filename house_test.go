package panelwatch_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

//go:generate scripts/kubernetes-config

// maxLines is the length from which a Go file is to be divided.
const maxLines = 400

// machinePath begins paths of the machine on which this was written; no file
// may name one. In two parts, for this file is searched too.
const machinePath = "/wo" + "rk/"

func TestHouseRules(t *testing.T) {
	got, err := houseFaults(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range got {
		t.Error(fault)
	}
}

func TestHouseRulesAreHeld(t *testing.T) {
	long := bytes.Repeat([]byte("\n"), maxLines+1)
	got, err := houseFaults(fstest.MapFS{
		"a/long.go":      {Data: long},
		"a/long_test.go": {Data: long},
		"a/limit.go":     {Data: long[1:]},
		"a/path.md":      {Data: []byte("one\nsee " + machinePath + "notes\n")},
		"a/network.md":   {Data: []byte("net" + machinePath[1:] + "\nhttps://example.org" + machinePath + "\n")},
		".git/path":      {Data: []byte(machinePath)},
		"bin/panelwatch": {Data: []byte(machinePath)},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"a/long.go: 401 lines, the most is 400",
		"a/path.md:2: names a path of one machine, " + machinePath,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// houseFaults walks the tree without what git leaves out.
func houseFaults(tree fs.FS) (all []string, err error) {
	err = fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name == ".git" || name == ".demo" || name == "bin" {
				return fs.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		all = append(all, fileFaults(name, text)...)
		return err
	})
	return all, err
}

func fileFaults(name string, text []byte) (all []string) {
	if n := bytes.Count(text, []byte("\n")); n > maxLines && path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
		all = append(all, fmt.Sprintf("%s: %d lines, the most is %d", name, n, maxLines))
	}
	for at, rest := 0, text; ; {
		i := bytes.Index(rest, []byte(machinePath))
		if i < 0 {
			return all
		}
		at += i
		if at == 0 || !pathByte(text[at-1]) {
			line := 1 + bytes.Count(text[:at], []byte("\n"))
			all = append(all, fmt.Sprintf("%s:%d: names a path of one machine, %s", name, line, machinePath))
		}
		at += len(machinePath)
		rest = text[at:]
	}
}

// pathByte tells whether b goes on before a slash as part of the same path or
// address, as in example.org/work.
func pathByte(b byte) bool {
	return b == '/' || b == '.' || b == '_' || b == '-' ||
		'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}
