package manifesttest

import (
	"bytes"
	"crypto/sha256"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
)

// unavailable is the program's exit code for a database that does not answer.
const unavailable = 69

// build makes the program as make build and the Dockerfile do, once.
func build(t testing.TB) string {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

var built = sync.OnceValues(func() (string, error) {
	program := filepath.Join(workspace, "panelwatch")
	command := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -X main.version=dev", "-o", program, "./cmd/panelwatch")
	command.Dir = "../../.."
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, nil
})

var workspace string // of all tests

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if workspace, err = os.MkdirTemp("", "manifests-"); err != nil {
			panic(err)
		}
		defer os.RemoveAll(workspace)
		return m.Run()
	}())
}

// A container is one of the manifests, laid out on this machine: its mounts
// are folders below dir.
type container struct {
	dir  string
	args []string
	env  []string
}

// layOut fills the mounts with what the ConfigMaps and the examples of Secrets
// hold, and points arguments and variables to them. The database is where
// nobody listens.
func (c *cluster) layOut(t *testing.T, pod *corev1.PodSpec) container {
	t.Helper()
	spec := pod.Containers[0]
	l := container{dir: t.TempDir()}
	var mounts []string
	for _, m := range spec.VolumeMounts {
		if err := os.MkdirAll(l.dir+m.MountPath, 0o755); err != nil {
			t.Fatal(err)
		}
		mounts = append(mounts, regexp.QuoteMeta(m.MountPath))
		volume := pod.Volumes[slices.IndexFunc(pod.Volumes, func(v corev1.Volume) bool { return v.Name == m.Name })]
		for name, text := range c.content(volume) {
			text = regexp.MustCompile(`@tcp\([^)]*\)`).ReplaceAllString(text, "@tcp(127.0.0.1:1)")
			if name == "ca.crt" {
				text = authority()
			}
			name = filepath.Join(l.dir, m.MountPath, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := regexp.MustCompile(`(^|=)(` + strings.Join(mounts, "|") + `)(/|$)`)
	move := func(text string) string { return path.ReplaceAllString(text, "${1}"+l.dir+"${2}${3}") }
	for _, a := range spec.Args {
		l.args = append(l.args, move(a))
	}
	for name, value := range c.environment(spec) {
		l.env = append(l.env, name+"="+move(value))
	}
	return l
}

// authority is a certificate that can be read.
func authority() string {
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
}

// content is what a volume holds when the pod starts.
func (c *cluster) content(v corev1.Volume) map[string]string {
	files := map[string]string{}
	if v.Secret != nil {
		maps.Copy(files, c.secret(v.Secret.SecretName).StringData)
	}
	if v.Projected == nil {
		return files
	}
	for _, s := range v.Projected.Sources {
		data := c.configMaps[s.ConfigMap.Name].Data
		if len(s.ConfigMap.Items) == 0 {
			maps.Copy(files, data)
		}
		for _, item := range s.ConfigMap.Items {
			files[item.Path] = data[item.Key]
		}
	}
	return files
}

// environment is what the manifests set. A label stands for a Job's name.
func (c *cluster) environment(spec corev1.Container) map[string]string {
	set := map[string]string{}
	for _, from := range spec.EnvFrom {
		maps.Copy(set, c.configMaps[from.ConfigMapRef.Name].Data)
	}
	for _, e := range spec.Env {
		set[e.Name] = e.Value
		if e.ValueFrom != nil {
			set[e.Name] = "panelwatch-watch-29923320"
		}
	}
	return set
}

// run is the container's end. An index of -1 leaves it to the manifests.
func (l container) run(program string, index int) (code int, output string) {
	args := slices.Clone(l.args)
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "$(JOB_COMPLETION_INDEX)", fmt.Sprint(index))
	}
	command := exec.Command(program, args...)
	command.Dir = l.dir
	command.Env = append(slices.Clone(l.env), "PANELWATCH_CONNECT_WAIT=1ms")
	out, err := command.CombinedOutput()
	if err != nil && command.ProcessState == nil {
		return -1, err.Error()
	}
	return command.ProcessState.ExitCode(), string(out)
}

// key is the same of containers that the program cannot tell apart.
func (c *cluster) key(pod *corev1.PodSpec) string {
	h := sha256.New()
	fmt.Fprintln(h, pod.Containers[0].Args, c.environment(pod.Containers[0]))
	for _, v := range pod.Volumes {
		fmt.Fprintln(h, v.Name, c.content(v))
	}
	return string(h.Sum(nil))
}

// TestTheProgramTakesWhatThePodsGiveIt runs every container of everything that
// can be rendered. All that it may miss is the database.
func TestTheProgramTakesWhatThePodsGiveIt(t *testing.T) {
	program := build(t)
	seen := map[string]bool{}
	rendered := everything(t)
	for _, name := range slices.Sorted(maps.Keys(rendered)) {
		c := read(t, rendered[name])
		for _, w := range c.workloads() {
			key := c.key(w.pod)
			if seen[key] || w.pod.Containers[0].Args[0] == "tabulate" { // has its own test
				continue
			}
			seen[key] = true
			if code, output := c.layOut(t, w.pod).run(program, 0); code != unavailable {
				t.Errorf("%s: %s: exit code %d, want %d:\n%s", name, w.name, code, unavailable, output)
			}
		}
	}
	if len(seen) < 10 {
		t.Errorf("only %d containers were tried", len(seen))
	}
}

// TestShardsAddUpInPods tabulates a sample as the pods of the Indexed Job
// would, and merges as the next Job would: the table is that of one process.
func TestShardsAddUpInPods(t *testing.T) {
	program, f := build(t), newTree(t)
	sharded, merging := read(t, f.render(t, "jobs/tabulate-sharded")), read(t, f.render(t, "jobs/tabulate-merge"))
	work := sharded.workloads()[0]
	pod := sharded.layOut(t, work.pod)
	inbox := filepath.Join(pod.dir, "inbox")
	sample := exec.Command(program, "sample", "--from=2023-12", "--to=2023-12", "--micro-months=1", inbox)
	if out, err := sample.CombinedOutput(); err != nil {
		t.Fatalf("sample: %v\n%s", err, out)
	}
	for i := range int(*work.job.Completions) {
		if code, out := pod.run(program, i); code != 0 {
			t.Fatalf("index %d: exit code %d:\n%s", i, code, out)
		}
	}
	next := merging.layOut(t, merging.workloads()[0].pod)
	if err := os.CopyFS(filepath.Join(next.dir, "parts"), os.DirFS(filepath.Join(pod.dir, "parts"))); err != nil {
		t.Fatal(err)
	}
	if code, out := next.run(program, 0); code != 0 {
		t.Fatalf("merge: exit code %d:\n%s", code, out)
	}
	want, err := exec.Command(program, "tabulate", filepath.Join(inbox, "panel/2023-12/r1")).Output()
	if err != nil {
		t.Fatal(err)
	}
	got := file(t, filepath.Join(next.dir, "parts/2023-12.csv"))
	if !bytes.Equal(got, want) || bytes.Count(got, []byte("\n")) < 10 {
		t.Errorf("one process (-) and four pods (+):\n%s", cmp.Diff(string(want), string(got)))
	}
}

var (
	literal   = regexp.MustCompile(`"([A-Z][A-Z0-9_]{2,})"|env:"([A-Z0-9_]+)"`)
	reference = regexp.MustCompile(`\$\{([A-Z0-9_]+)(:-)?`)
	ofSource  = regexp.MustCompile(`^PANELWATCH_SOURCE_(.+)_(PASSWORD|KEY|PASSPHRASE|SECRET_KEY|TOKEN)$`)
)

// known are the variables that the program's sources name.
func known(t *testing.T) map[string]bool {
	names := map[string]bool{"TMPDIR": true} // Go's own
	for _, pattern := range []string{"../../../cmd/panelwatch/*.go", "../../../jobs/*.go"} {
		sources, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range sources {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, found := range literal.FindAllSubmatch(file(t, name), -1) {
				names[string(found[1])+string(found[2])] = true
			}
		}
	}
	return names
}

// TestVariablesAreRead: every variable that a manifest sets is one that the
// program or its configuration reads, and every one that the configuration
// needs is set.
func TestVariablesAreRead(t *testing.T) {
	names := known(t)
	for name, text := range everything(t) {
		c := read(t, text)
		for _, w := range c.workloads() {
			set := c.environment(w.pod.Containers[0])
			needed := map[string]bool{} // false where there is a default
			sources := ""
			for _, v := range w.pod.Volumes {
				settings := c.content(v)["panelwatch.yaml"]
				for _, r := range reference.FindAllStringSubmatch(settings, -1) {
					needed[r[1]] = needed[r[1]] || r[2] == "" && r[1] != "NAME" // of the comment
				}
				sources += settings
			}
			for variable := range set {
				_, used := needed[variable]
				plain := strings.TrimSuffix(variable, "_FILE")
				part := ofSource.FindStringSubmatch(plain)
				if !used && !names[variable] && !names[plain] && (part == nil || !strings.Contains(sources, "name: "+strings.ToLower(part[1])+"\n")) {
					t.Errorf("%s: %s: nobody reads %s", name, w.name, variable)
				}
			}
			for variable, must := range needed {
				if _, ok := set[variable]; must && !ok {
					t.Errorf("%s: %s: %s is not set and has no default", name, w.name, variable)
				}
			}
		}
	}
}
