package manifesttest

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

const top = "../../.." // the folder that the image is built from

// sentToTheBuilder says whether a file of the sources passes .dockerignore.
func sentToTheBuilder(t *testing.T) func(name string) bool {
	t.Helper()
	text, err := os.Open(filepath.Join(top, ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	patterns, err := ignorefile.ReadAll(text)
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	return func(name string) bool {
		left, err := ignored.MatchesOrParentMatches(name)
		if err != nil {
			t.Fatal(err)
		}
		return !left
	}
}

// compiled lists the files that the program is built from, as go list has it.
func compiled(t *testing.T) (files []string) {
	t.Helper()
	list := exec.Command("go", "list", "-deps", "-json=Dir,Module,GoFiles,SFiles,EmbedFiles", "./cmd/panelwatch")
	list.Dir, list.Stderr = top, os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(top)
	if err != nil {
		t.Fatal(err)
	}
	for packages := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			Dir                         string
			Module                      *struct{ Main bool }
			GoFiles, SFiles, EmbedFiles []string
		}
		if err := packages.Decode(&p); errors.Is(err, io.EOF) {
			return files
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Module == nil || !p.Module.Main {
			continue
		}
		dir, err := filepath.Rel(root, p.Dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range append(append(p.GoFiles, p.SFiles...), p.EmbedFiles...) {
			files = append(files, filepath.Join(dir, name))
		}
	}
}

// TestDockerignoreLeavesWhatIsCompiled: a new package or an embedded file that
// the builder does not get would be missed when an image is made, not before.
func TestDockerignoreLeavesWhatIsCompiled(t *testing.T) {
	sent, files := sentToTheBuilder(t), append(compiled(t), "go.mod", "go.sum")
	for _, name := range files {
		if !sent(name) {
			t.Errorf("%s is compiled, and .dockerignore keeps it from the builder", name)
		}
	}
	if len(files) < 100 {
		t.Errorf("only %d files are compiled", len(files))
	}
}

// TestDockerignoreLeavesNothingElse: what lies about in a checkout, secrets
// among it, does not reach the builder, and editing a test or a page does not
// build anew.
func TestDockerignoreLeavesNothingElse(t *testing.T) {
	sent, needed := sentToTheBuilder(t), compiled(t)
	for _, name := range []string{".git/config", "dsn", "token", ".demo/dsn", "try/dsn", "deploy/panelwatch.yaml", "bin/panelwatch", "mine/apps.yaml"} {
		if sent(name) {
			t.Errorf("%s is sent to the builder", name)
		}
	}
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		waste := strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".md") || strings.Contains(name, "testdata/")
		if waste && sent(name) && !slices.Contains(needed, name) {
			t.Errorf("%s is sent to the builder", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
