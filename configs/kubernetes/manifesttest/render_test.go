package manifesttest

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

const root = ".." // configs/kubernetes

// A tree is a copy of the kustomizations in memory, to try others on it.
type tree struct{ filesys.FileSystem }

func newTree(t testing.TB) tree {
	t.Helper()
	files := filesys.MakeFsInMemory()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".go") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return files.WriteFile(path.Join("/", filepath.ToSlash(strings.TrimPrefix(name, root))), text)
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree{files}
}

// render builds the kustomization of a folder, such as base.
func (f tree) render(t testing.TB, dir string) []byte {
	t.Helper()
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy // as kubectl does it
	objects, err := krusty.MakeKustomizer(options).Run(f, "/"+dir)
	if err != nil {
		t.Fatalf("kustomize %s: %v", dir, err)
	}
	text, err := objects.AsYaml()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// with renders a kustomization together with components.
func (f tree) with(t testing.TB, dir string, components ...string) []byte {
	t.Helper()
	text := "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: panelwatch\nresources: [../" + dir + "]\ncomponents:\n"
	for _, c := range components {
		text += "  - ../" + c + "\n"
	}
	if err := f.WriteFile("/tried/kustomization.yaml", []byte(text)); err != nil {
		t.Fatal(err)
	}
	return f.render(t, "tried")
}

// folders lists the kustomizations below a folder, such as overlays.
func folders(t testing.TB, below string) (all []string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(root, below, "*", "kustomization.yaml"))
	if err != nil || len(found) == 0 {
		t.Fatalf("nothing in %s: %v", below, err)
	}
	for _, name := range found {
		all = append(all, path.Join(below, filepath.Base(filepath.Dir(name))))
	}
	return all
}

// choices are the components that an operator chooses from; the others are
// parts of something else. serve goes last, and after it what listens in it, as
// they say.
func choices(t testing.TB) []string {
	parts := []string{"components/as-job", "components/references", "components/tabulation"}
	all := slices.DeleteFunc(folders(t, "components"), func(c string) bool { return slices.Contains(parts, c) })
	last := []string{"components/serve", "components/buttons"}
	all = slices.DeleteFunc(all, func(c string) bool { return slices.Contains(last, c) })
	return append(all, last...)
}

// everything is all that can be rendered, by name: every overlay, every
// component and every two of them on the base, every Job of every overlay.
func everything(t testing.TB) map[string][]byte {
	rendered.Do(func() { rendered.all = renderAll(t) })
	return rendered.all
}

var rendered struct {
	sync.Once
	all map[string][]byte
}

func renderAll(t testing.TB) map[string][]byte {
	f := newTree(t)
	all := map[string][]byte{"base": f.render(t, "base")}
	for _, o := range folders(t, "overlays") {
		all[o] = f.render(t, o)
	}
	for i, a := range choices(t) {
		all[a] = f.with(t, "base", a)
		for _, b := range choices(t)[i+1:] {
			all[a+and+b] = f.with(t, "base", a, b)
		}
	}
	text := "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../../"
	for _, o := range folders(t, "overlays") {
		if err := f.WriteFile("/jobs/overlay/kustomization.yaml", []byte(text+o+"]\n")); err != nil {
			t.Fatal(err)
		}
		for _, j := range folders(t, "jobs") {
			if j != "jobs/overlay" {
				all[j+" of "+o] = f.render(t, j)
			}
		}
	}
	return all
}

// and joins the names of two components.
const and = " and "

// TestKubectl renders what users render, by the program that they do it with.
func TestKubectl(t *testing.T) {
	kubectl, err := exec.LookPath("kubectl")
	if err != nil {
		t.Log("no kubectl here: the same is rendered by kustomize's library in the other tests")
		return
	}
	f := newTree(t)
	for _, dir := range slices.Concat([]string{"base"}, folders(t, "overlays"), folders(t, "jobs")) {
		got, err := exec.Command(kubectl, "kustomize", filepath.Join(root, dir)).Output()
		if err != nil {
			t.Fatalf("kubectl kustomize %s: %v", dir, err)
		}
		if diff := cmp.Diff(string(f.render(t, dir)), string(got)); diff != "" {
			t.Errorf("%s: library (-) and kubectl (+) differ:\n%s", dir, diff)
		}
	}
}
