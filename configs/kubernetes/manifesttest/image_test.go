package manifesttest

import (
	"debug/elf"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The image is a base without anything to run (distroless static: 2 MB), and
// this one file.
const (
	imageLimit = 60_000_000 // bytes, unpacked
	baseSize   = 3_000_000
)

// TestTheImageIsSmall measures what the Dockerfile copies into the image.
func TestTheImageIsSmall(t *testing.T) {
	info, err := os.Stat(build(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the program takes %.1f MB", float64(info.Size())/1e6)
	if info.Size()+baseSize > imageLimit {
		t.Errorf("the image would take %d bytes unpacked, the most is %d", info.Size()+baseSize, imageLimit)
	}
}

// TestTheProgramNeedsNothing: no loader and no libraries, for the base has
// none.
func TestTheProgramNeedsNothing(t *testing.T) {
	file, err := elf.Open(build(t))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if slices.ContainsFunc(file.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
		t.Error("the program asks for a loader: it is not static")
	}
}

// TestTheImageByItself runs what `docker run IMAGE` would, without a variable,
// a file or a folder of its own.
func TestTheImageByItself(t *testing.T) {
	for _, c := range []struct {
		arg, want string
		code      int
	}{
		{"version", "panelwatch", 0},
		{"--help", "Usage: panelwatch", 0},
		{"doctor", "-> set PANELWATCH_DSN", 78},
	} {
		command := exec.Command(build(t), c.arg)
		command.Dir, command.Env = t.TempDir(), []string{}
		out, err := command.CombinedOutput()
		if command.ProcessState == nil || command.ProcessState.ExitCode() != c.code || !strings.Contains(string(out), c.want) {
			t.Errorf("%s: %v, want exit code %d and %q:\n%s", c.arg, err, c.code, c.want, out)
		}
	}
}

// TestOneCompiler: the image is built by the version of Go that go.mod names.
func TestOneCompiler(t *testing.T) {
	version := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(string(file(t, "../../../go.mod")))
	if version == nil || !strings.Contains(string(file(t, "../../../Dockerfile")), "golang:"+version[1]+"-") {
		t.Errorf("the Dockerfile's GO_IMAGE is not of go.mod's %v", version)
	}
}
