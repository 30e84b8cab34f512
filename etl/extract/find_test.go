package extract_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// small is a sound aggregate delivery of one table.
func small(month string, revision int) (extract.Manifest, [][]byte) {
	m := soundManifest(extract.Aggregate)
	m.Month, m.Revision = panel.MustMonth(month), revision
	m.Files = []extract.File{{Name: "universe.csv", Table: extract.TableUniverse, Rows: 1}}
	return m, [][]byte{[]byte("分类,月份,月独立设备数(亿台)\n全网," + month + ",13.9\n")}
}

func write(t *testing.T, dir, month string, revision int) {
	t.Helper()
	m, contents := small(month, revision)
	if err := extract.WriteDelivery(dir, m, contents); err != nil {
		t.Fatal(err)
	}
}

// A manifest is read into memory, so it must not be of any length.
func TestManifestTooLong(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{extract.ManifestName, extract.SuccessName} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(filepath.Join(dir, extract.ManifestName), 1<<30); err != nil {
		t.Fatal(err)
	}
	_, _, err := extract.Find("test", dir)
	if err == nil || !strings.Contains(err.Error(), "is longer than 16777216 bytes") {
		t.Errorf("got %v", err)
	}
}

func TestFindInOrder(t *testing.T) {
	dir := t.TempDir()
	for folder, d := range map[string]struct {
		month    string
		revision int
	}{
		"a/b/c": {"2023-12", 1}, "2023-11": {"2023-11", 2}, "x/r1": {"2023-11", 1}, "old": {"2022-01", 1},
		"a/b/c/d": {"2020-01", 1}, "1/2/3/4": {"2020-01", 1}, ".hidden": {"2020-01", 1},
	} {
		write(t, filepath.Join(dir, folder), d.month, d.revision)
	}
	if err := os.Remove(filepath.Join(dir, "old", extract.SuccessName)); err != nil {
		t.Fatal(err)
	}
	found, unfinished, err := extract.Find("vendor", dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range found {
		got = append(got, d.Source+" "+d.Manifest.Month.String()+" "+strings.TrimPrefix(d.Dir, dir))
	}
	want := []string{"vendor 2023-11 /x/r1", "vendor 2023-11 /2023-11", "vendor 2023-12 /a/b/c"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found: want -, got +:\n%s", diff)
	}
	if diff := cmp.Diff([]string{filepath.Join(dir, "old")}, unfinished); diff != "" {
		t.Errorf("unfinished: want -, got +:\n%s", diff)
	}
}

func TestFindLeavesOutFaults(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "good"), "2023-12", 1)
	write(t, filepath.Join(dir, "bad"), "2023-12", 2)
	manifest := filepath.Join(dir, "bad", extract.ManifestName)
	if err := os.WriteFile(manifest, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	found, _, err := extract.Find("vendor", dir)
	var fault *extract.DataError
	if len(found) != 1 || !errors.As(err, &fault) || fault.File != "bad/manifest.json" {
		t.Errorf("got %d deliveries and %v, want 1 and a fault in bad/manifest.json", len(found), err)
	}
}

func TestFindNoFolder(t *testing.T) {
	_, _, err := extract.Find("vendor", filepath.Join(t.TempDir(), "none"))
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want that the folder does not exist", err)
	}
}

func TestIdentityIsTheContent(t *testing.T) {
	identity := func(month string, revision int, name string) string {
		dir := filepath.Join(t.TempDir(), name)
		write(t, dir, month, revision)
		found, _, err := extract.Find("vendor", dir)
		if err != nil || len(found) != 1 {
			t.Fatal(len(found), err)
		}
		return found[0].Identity
	}
	one := identity("2023-12", 1, "a")
	if again := identity("2023-12", 1, "b"); again != one {
		t.Error("another folder makes another identity")
	}
	if identity("2023-12", 2, "a") == one || identity("2023-11", 1, "a") == one {
		t.Error("another month or revision has the same identity")
	}
}

// Two revisions have one content when they say the same, whatever they are
// called and whenever they came.
func TestContentIsWhatIsSaid(t *testing.T) {
	content := func(change func(*extract.Manifest)) string {
		dir := t.TempDir()
		m := extract.Manifest{
			Vendor: "v", Product: "p", Kind: extract.Aggregate, Month: panel.MustMonth("2023-12"), Revision: 1,
			DeliveredAt: time.Date(2024, 1, 9, 0, 0, 0, 0, time.UTC), UniverseWan: 1, TierListYear: 2023, TGIBase: "b", DefinitionsVersion: "1",
			Files: []extract.File{{Name: "a.csv", Table: extract.TableUniverse, Rows: 1}, {Name: "b.csv", Table: extract.TableUniverse, Rows: 1}},
		}
		texts := [][]byte{[]byte("one"), []byte("two")}
		change(&m)
		if m.Files[0].Name == "b.csv" {
			texts[0], texts[1] = texts[1], texts[0]
		}
		if err := extract.WriteDelivery(dir, m, texts); err != nil {
			t.Fatal(err)
		}
		d, err := extract.Open("vendor", dir)
		if err != nil {
			t.Fatal(err)
		}
		return d.Content
	}
	one := content(func(*extract.Manifest) {})
	for name, c := range map[string]struct {
		change func(*extract.Manifest)
		same   bool
	}{
		"revision": {func(m *extract.Manifest) { m.Revision, m.Supersedes = 2, 1 }, true},
		"time":     {func(m *extract.Manifest) { m.DeliveredAt = m.DeliveredAt.Add(time.Hour) }, true},
		"names":    {func(m *extract.Manifest) { m.Files[0].Name = "c.csv" }, true},
		"order":    {func(m *extract.Manifest) { m.Files[0], m.Files[1] = m.Files[1], m.Files[0] }, true},
		"month":    {func(m *extract.Manifest) { m.Month++ }, false},
		"universe": {func(m *extract.Manifest) { m.UniverseWan = 2 }, false},
		"terms":    {func(m *extract.Manifest) { m.DefinitionsVersion = "2" }, false},
		"table":    {func(m *extract.Manifest) { m.Files[0].Table = extract.TableAppMonth }, false},
	} {
		if got := content(c.change) == one; got != c.same {
			t.Errorf("another %s: same content %t, want %t", name, got, c.same)
		}
	}
}

func TestVerify(t *testing.T) {
	path := func(d extract.Delivery) string { return filepath.Join(d.Dir, "universe.csv") }
	for name, c := range map[string]struct {
		damage func(extract.Delivery) error
		want   string
	}{
		"untouched": {func(extract.Delivery) error { return nil }, ""},
		"missing":   {func(d extract.Delivery) error { return os.Remove(path(d)) }, "is named in manifest.json but missing"},
		"shorter":   {func(d extract.Delivery) error { return os.Truncate(path(d), 10) }, "has 10 bytes, manifest.json says 61"},
		"changed": {func(d extract.Delivery) error {
			return os.WriteFile(path(d), []byte(strings.Repeat("x", 61)), 0o644)
		}, "has sha256 "},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "2023-12", 1)
			found, _, err := extract.Find("vendor", dir)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.damage(found[0]); err != nil {
				t.Fatal(err)
			}
			err = found[0].Verify(t.Context())
			var fault *extract.DataError
			switch {
			case c.want == "" && err != nil:
				t.Errorf("got %v", err)
			case c.want != "" && (!errors.As(err, &fault) || !strings.HasPrefix(fault.Msg, c.want)):
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "2023-12", 1)
	found, _, err := extract.Find("vendor", dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := found[0].Verify(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("verify: got %v", err)
	}
	if _, err := extract.ReadAggregate(ctx, found[0], shipped, extract.Options{Contracts: datasets}); !errors.Is(err, context.Canceled) {
		t.Errorf("read: got %v", err)
	}
}

func TestKindsAreNotMixedUp(t *testing.T) {
	m, _ := small("2023-12", 1)
	d := extract.Delivery{Manifest: m}
	if _, err := extract.ReadPanel(t.Context(), d, shipped, extract.Options{Contracts: datasets}); err == nil {
		t.Error("an aggregate extract was read as microdata")
	}
	d.Manifest.Kind = extract.Microdata
	if _, err := extract.ReadAggregate(t.Context(), d, shipped, extract.Options{Contracts: datasets}); err == nil {
		t.Error("microdata were read as an aggregate extract")
	}
}

func TestWriteDeliverySameBytes(t *testing.T) {
	var texts []string
	for range 2 {
		dir := t.TempDir()
		write(t, dir, "2023-12", 1)
		text, err := os.ReadFile(filepath.Join(dir, extract.ManifestName))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if texts[0] != texts[1] || !strings.HasSuffix(texts[0], "}\n") {
		t.Errorf("got %q and %q", texts[0], texts[1])
	}
	m, _ := small("2023-12", 1)
	if err := extract.WriteDelivery(t.TempDir(), m, nil); err == nil {
		t.Error("a file without content was written")
	}
}
