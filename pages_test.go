package panelwatch_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// pages are what users read, in the order in which a newcomer does.
var pages = []string{"README.md", "configs/README.md", "alerts/README.md", "sql/README.md"}

// A block is a fenced piece of a page: commands (sh), queries (sql), or text
// that nobody runs.
type block struct {
	page, kind, text string
	line             int
}

var fence = regexp.MustCompile("(?ms)^```(\\S*)[^\\n]*\\n(.*?)^```$")

func blocks(t testing.TB, page string) (all []block) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range fence.FindAllSubmatchIndex(text, -1) {
		all = append(all, block{
			page: page, kind: string(text[at[2]:at[3]]), text: string(text[at[4]:at[5]]),
			line: bytes.Count(text[:at[0]], []byte("\n")) + 1,
		})
	}
	return all
}

// elsewhere says that a block needs what a reader's machine may not have: it
// begins with a comment that says where to run it.
func (b block) elsewhere() bool {
	return strings.HasPrefix(b.text, "# on a cluster") || strings.HasPrefix(b.text, "# with Docker") ||
		strings.HasPrefix(b.text, "# on the server") || strings.HasPrefix(b.text, "make test ") || strings.HasPrefix(b.text, "# on your server")
}

// script is a page as one person would paste it, block after block, into one
// shell. A query goes to the warehouse that the page has opened.
func script(all []block) string {
	var s strings.Builder
	for _, b := range all {
		switch {
		case b.elsewhere():
		case b.kind == "sh":
			s.WriteString("\n" + b.text)
		case b.kind == "sql":
			s.WriteString("\nmariadb --no-defaults --user=root --socket=\"$(sed -E 's/.*unix\\((.*)\\).*/\\1/' .demo/dsn)\" panelwatch <<'SQL'\n" + b.text + "SQL\n")
		}
	}
	return s.String()
}

// TestPages pastes every page into a shell that stands in a fresh copy of the
// sources: what the pages say works, with a real MariaDB, in their order.
func TestPages(t *testing.T) {
	dir := checkout(t)
	bin := kubectl(t, dir)
	for _, page := range pages {
		t.Run(page, func(t *testing.T) {
			all := blocks(t, page)
			command := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-x", "-c", script(all))
			command.Dir = dir
			command.Env = append(without(os.Environ(), "PANELWATCH_", "SLACK_", "PATH="), "PATH="+bin+":"+os.Getenv("PATH"), "HOME="+home(t))
			command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			command.WaitDelay = 0
			out, err := os.Create(filepath.Join(t.TempDir(), "out"))
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			command.Stdout, command.Stderr = out, out
			err = command.Run()
			_ = syscall.Kill(-command.Process.Pid, syscall.SIGTERM) // what the page left running
			if err != nil {
				text, _ := os.ReadFile(out.Name())
				t.Errorf("%v\n%s", err, text[max(0, len(text)-4000):])
			}
		})
	}
}

// home keeps Go's caches where they are.
func home(t *testing.T) string {
	t.Helper()
	dir, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func without(environ []string, prefixes ...string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(v string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(v, p) })
	})
}

// checkout copies the sources, without what git leaves out and without tests.
func checkout(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains([]string{".git", "bin", ".demo", "testdata"}, entry.Name()) {
				return fs.SkipDir
			}
			return os.MkdirAll(filepath.Join(dir, name), 0o755)
		}
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || strings.HasSuffix(name, "_test.go") && !strings.Contains(name, "manifesttest") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), text, info.Mode().Perm())
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// kubectl is the folder of a kubectl that renders by kustomize's library, for
// machines that have none; "" where there is one.
func kubectl(t *testing.T, dir string) string {
	t.Helper()
	bin := t.TempDir()
	if _, err := exec.LookPath("kubectl"); err == nil {
		return bin
	}
	text := "#!/bin/sh\nfolder=$(realpath \"$2\")\ncd '" + dir + "/configs/kubernetes/manifesttest' && exec go run ./render \"$folder\"\n"
	if err := os.WriteFile(filepath.Join(bin, "kubectl"), []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return bin
}

// TestPagesSayWhatIsThere: links between pages lead to files, and every block
// is of a kind that is run or plainly is not.
func TestPagesSayWhatIsThere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#\s]+)(?:#[^)]*)?\)`)
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllStringSubmatch(string(text), -1) {
			if target := found[1]; !strings.Contains(target, "://") {
				if _, err := os.Stat(filepath.Join(filepath.Dir(page), target)); err != nil {
					t.Errorf("%s links to %s: %v", page, target, err)
				}
			}
		}
		commands := 0
		for _, b := range blocks(t, page) {
			if !slices.Contains([]string{"sh", "sql", "yaml", "text"}, b.kind) {
				t.Errorf("%s:%d: a block of kind %q", page, b.line, b.kind)
			}
			if b.kind == "sh" && strings.Contains(b.text, "[--") {
				t.Errorf("%s:%d: a synopsis is text, not sh: it cannot be pasted", page, b.line)
			}
			if b.kind == "sh" && !b.elsewhere() {
				commands++
			}
		}
		if commands == 0 {
			t.Errorf("%s has no commands to try", page)
		}
	}
}
