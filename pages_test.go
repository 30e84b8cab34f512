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
		strings.HasPrefix(b.text, "make test ") || strings.HasPrefix(b.text, "# on your server")
}

// script is a page as one person would paste it, block after block, into one
// shell. A query goes to the command that the demo's warehouse names.
func script(all []block) string {
	var s strings.Builder
	for _, b := range all {
		switch {
		case b.elsewhere():
		case b.kind == "sh":
			s.WriteString("\n" + b.text)
		case b.kind == "sql":
			s.WriteString("\nbash -c \"$(grep mariadb .demo/warehouse.log)\" <<'SQL'\n" + b.text + "SQL\n")
		}
	}
	return s.String()
}

// printed is some of what the commands of a page print, as the page says. A
// line of the shell's own trace begins with + and is none of it.
var printed = map[string][]string{
	"README.md":         {`vendor +2023-12 .*`, `1\t闽政通\t.*`, `2023-03-01\t\d+.*`, `\d{4}-\d\d-01\texpected\t个人所得税 .*`},
	"configs/README.md": {`nothing is due: .*`, `exit code 65`, `refused +vendor 2023-12 revision 2.*`, `vendor 2023-12 revision 2: says what revision 1 says.*`, `2`, `loader: loader@%`},
	"alerts/README.md":  {`2023-12  ●  high .*`, `触发 \(\d+\)`, `silence 1 holds until 2030-07-31.*`, `silence 1 ended by wang`, `.* messages a month.*|.* a month: a digest .*`},
	"sql/README.md":     {`mud_devices\tdecimal\t月独立设备数.*`, `1\t闽政通\t福建\t.*`, `[0-9.]+\t\d{4}-\d\d-\d\d .*`, `.*/report-2023-12.html`, `again +.*: equal`},
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
			command.Env = append(without(os.Environ(), "PANELWATCH_", "SLACK_", "PATH=", "LC_", "LANG"), "PATH="+bin+":"+os.Getenv("PATH"), "HOME="+home(t), "LC_ALL=C")
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
			text, _ := os.ReadFile(out.Name())
			if err != nil {
				t.Fatalf("%v\n%s", err, text[max(0, len(text)-4000):])
			}
			for _, want := range printed[page] {
				if !regexp.MustCompile(`(?m)^` + "(?:" + want + `)$`).Match(text) {
					t.Errorf("no line of what %s prints is %s", page, want)
				}
			}
		})
	}
}

// TestEveryTargetIsTold: what make can do stands in README.
func TestEveryTargetIsTold(t *testing.T) {
	targets, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^([a-z-]+):.*## `).FindAllStringSubmatch(string(targets), -1)
	for _, target := range found {
		if name := target[1]; name != "help" && name != "deps" && !regexp.MustCompile("make "+name+"[` ]").Match(page) {
			t.Errorf("README does not say what make %s does", name)
		}
	}
	if len(found) < 20 {
		t.Errorf("only %d targets in the Makefile", len(found))
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
