package source_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/source"
)

// outside are files that no mirror may make: the spool lies two folders deep.
func outside(t *testing.T) (spool string, check func()) {
	t.Helper()
	top := t.TempDir()
	spool = filepath.Join(top, "a", "spool")
	return spool, func() {
		for name := range tree(t, top) {
			if !strings.HasPrefix(name, "a/spool/") {
				t.Errorf("%s was written outside the spool", name)
			}
		}
	}
}

// Names that lead out of the spool, or cannot be files of it, are refused and
// named; what is good comes all the same.
func TestHostileNames(t *testing.T) {
	hostile := []string{
		"../up.csv", "/etc/passwd", "a/../../up.csv", "a//b.csv", `a\..\b.csv`, "a/./b.csv",
		strings.Repeat("x", 201) + "/manifest.json", strings.Repeat("d/", 16) + "manifest.json", "1/2/3/4/manifest.json",
	}
	inJSON, err := json.Marshal(append(hostile, "new\nline.csv", "good/manifest.json", "./good/_SUCCESS", "good/universe.csv"))
	must(t, err)
	inLines := strings.Join(append(hostile, "\xff.csv", "good/manifest.json", "./good/_SUCCESS", "good/universe.csv"), "\r\n")
	for format, index := range map[string][]byte{"json": inJSON, "lines": []byte(inLines)} {
		t.Run(format, func(t *testing.T) {
			l := newLanding(t, source.HTTPS)
			l.deliver(t, "good", "2023-12", 1, noise(1, 100))
			l.settings.Index = "index"
			l.put(t, "index", index)
			spool, check := outside(t)
			report, err := l.mirror(t, spool, source.Options{})
			must(t, err)
			check()
			wantFolder(t, spool, "good", files(t, "2023-12", 1, noise(1, 100)))
			wantFaults(t, report.Faults, len(hostile)+1)
		})
	}
}

// wantFaults wants n faults of the data, each with its name.
func wantFaults(t *testing.T, faults []error, n int) {
	t.Helper()
	for _, fault := range faults {
		var data *extract.DataError
		if !errors.As(fault, &data) || data.File == "" {
			t.Errorf("fault %v, want a *extract.DataError with a name", fault)
		}
	}
	if len(faults) != n {
		t.Errorf("%d faults, want %d: %v", len(faults), n, errors.Join(faults...))
	}
}

// Keys of a store may be anything.
func TestHostileKeys(t *testing.T) {
	l := newLanding(t, source.S3)
	l.deliver(t, "good", "2023-12", 1, noise(1, 100))
	hostile := []string{"../../up.csv", "a//b", "x\ty", "both"}
	for _, key := range append(hostile, "both/inside.csv") {
		l.put(t, key, noise(2, 10))
	}
	spool, check := outside(t)
	report, err := l.mirror(t, spool, source.Options{})
	must(t, err)
	check()
	wantFolder(t, spool, "good", files(t, "2023-12", 1, noise(1, 100)))
	wantFaults(t, report.Faults, len(hostile))
}

// A file system allows more in names than we do.
func TestHostileFileNames(t *testing.T) {
	for _, kind := range []string{source.Folder, source.SFTP} {
		t.Run(kind, func(t *testing.T) {
			l := newLanding(t, kind)
			l.deliver(t, "good", "2023-12", 1, noise(1, 100))
			hostile := []string{`..\up.csv`, "line\nbreak.csv", "\xff.csv", strings.Repeat("n", 210), `good/..\x.csv`}
			for _, name := range hostile {
				l.put(t, name, noise(2, 10))
			}
			spool, check := outside(t)
			report, err := l.mirror(t, spool, source.Options{})
			must(t, err)
			check()
			wantFolder(t, spool, "good", files(t, "2023-12", 1, noise(1, 100)))
			wantFaults(t, report.Faults, len(hostile))
		})
	}
}

// Links are not followed, whether to files, folders, or out of the place.
func TestSymbolicLinks(t *testing.T) {
	for _, kind := range []string{source.Folder, source.SFTP} {
		t.Run(kind, func(t *testing.T) {
			l := newLanding(t, kind)
			secret := t.TempDir()
			writeFile(t, filepath.Join(secret, "secret.csv"), []byte("secret"))
			l.deliver(t, "good", "2023-12", 1, noise(1, 100))
			must(t, os.Symlink(filepath.Join(secret, "secret.csv"), filepath.Join(l.dir, "good", "link.csv")))
			must(t, os.Symlink(secret, filepath.Join(l.dir, "folder")))
			must(t, os.Symlink("good", filepath.Join(l.dir, "latest")))
			spool, check := outside(t)
			report := l.mustMirror(t, spool, source.Options{Stable: true})
			check()
			if len(report.Skipped) != 3 {
				t.Errorf("skipped %v, want the three links", report.Skipped)
			}
			for name, content := range tree(t, spool) {
				if string(content) == "secret" {
					t.Errorf("%s came through a link", name)
				}
			}
		})
	}
}

// A link in the spool leads nobody out of it.
func TestLinkInTheSpool(t *testing.T) {
	l := newLanding(t, source.Folder)
	l.deliver(t, "2023/12", "2023-12", 1, noise(1, 100))
	spool, elsewhere := t.TempDir(), t.TempDir()
	must(t, os.Symlink(elsewhere, filepath.Join(spool, "2023")))
	if _, err := l.mirror(t, spool, source.Options{}); err == nil {
		t.Error("no error, want one of the link")
	}
	if got := tree(t, elsewhere); len(got) > 0 {
		t.Errorf("written through the link: %d files", len(got))
	}
}

// What does not fit its manifest is refused and named; it does not reach the
// spool, and the rest does.
func TestDefects(t *testing.T) {
	sound := files(t, "2023-12", 1, noise(1, 5000))
	for _, c := range []struct {
		name, want string
		spoil      func(map[string][]byte)
	}{
		{"another byte", "bad/universe.csv: has sha256", func(f map[string][]byte) { f[dataName][77]++ }},
		{"too short", "bad/universe.csv: has 4999 bytes, the manifest says 5000", func(f map[string][]byte) { f[dataName] = f[dataName][1:] }},
		{"too long", "bad/universe.csv: has 5001 bytes, the manifest says 5000", func(f map[string][]byte) { f[dataName] = append(f[dataName], 0) }},
		{"missing", "bad/universe.csv: is named in manifest.json but missing", func(f map[string][]byte) { delete(f, dataName) }},
		{"hidden name", "bad/.universe.csv: the name is hidden", func(f map[string][]byte) {
			f["manifest.json"] = []byte(strings.ReplaceAll(string(f["manifest.json"]), dataName, "."+dataName))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			eachKind(t, func(t *testing.T, l *landing) {
				bad := map[string][]byte{}
				for name, content := range sound {
					bad[name] = slices.Clone(content)
				}
				c.spoil(bad)
				for name, content := range bad {
					l.put(t, "bad/"+name, content)
				}
				l.deliver(t, "good", "2023-11", 1, nil)
				spool := t.TempDir()
				report, err := l.mirror(t, spool, source.Options{})
				must(t, err)
				wantFaults(t, report.Faults, 1)
				if len(report.Faults) > 0 && !strings.HasPrefix(report.Faults[0].Error(), c.want) {
					t.Errorf("fault %v, want it to begin with %q", report.Faults[0], c.want)
				}
				if _, err := os.Stat(filepath.Join(spool, "bad")); err == nil {
					t.Error("the bad delivery is in the spool")
				}
				wantFolder(t, spool, "good", files(t, "2023-11", 1, nil))
			})
		})
	}
}

// A manifest that cannot be read comes alone, so that the reader of the spool
// says what is wrong with it.
func TestFaultyManifest(t *testing.T) {
	l := newLanding(t, source.Folder)
	text := strings.Replace(string(files(t, "2023-12", 1, nil)["manifest.json"]), dataName, "../../up.csv", 1)
	l.put(t, "bad/manifest.json", []byte(text))
	l.put(t, "bad/_SUCCESS", nil)
	spool, check := outside(t)
	l.mustMirror(t, spool, source.Options{})
	check()
	_, _, err := extract.Find("vendor", spool)
	if err == nil || !strings.Contains(err.Error(), `name "../../up.csv": want a file name without a path`) {
		t.Errorf("error %v, want one of the name", err)
	}
}

// A delivery replaced in its folder is replaced in the spool; one that the
// place no longer has stays; parts of one that vanished go.
func TestReplacedAndVanished(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		l.deliver(t, "2023-11", "2023-11", 1, noise(1, 1000))
		l.deliver(t, "2023-12", "2023-12", 1, noise(2, 1000))
		spool := t.TempDir()
		l.mustMirror(t, spool, source.Options{})

		l.deliver(t, "2023-12", "2023-12", 2, noise(3, 1_000_000))
		l.remove(t, "2023-11/manifest.json")
		l.remove(t, "2023-11/_SUCCESS")
		once := hurried
		once.Tries = 1
		l.line.expect(event{after: 600_000, drop: true})
		if _, err := l.mirror(t, spool, source.Options{Patience: once}); err == nil {
			t.Fatal("no error, want the dropped connection")
		}
		wantFolder(t, spool, "2023-12", files(t, "2023-12", 1, noise(2, 1000)))

		for name := range files(t, "2023-12", 2, nil) {
			l.remove(t, "2023-12/"+name)
		}
		l.mustMirror(t, spool, source.Options{})
		wantNoLeftovers(t, spool)
		wantFolder(t, spool, "2023-12", files(t, "2023-12", 1, noise(2, 1000)))
		wantFolder(t, spool, "2023-11", files(t, "2023-11", 1, noise(1, 1000)))

		l.deliver(t, "2023-12", "2023-12", 3, noise(4, 100))
		l.mustMirror(t, spool, source.Options{})
		wantFolder(t, spool, "2023-12", files(t, "2023-12", 3, noise(4, 100)))
	})
}

// A delivery must not hide another one of the spool.
func TestDeliveryAboveAnother(t *testing.T) {
	spool := t.TempDir()
	l := newLanding(t, source.Folder)
	l.deliver(t, "2023/12", "2023-12", 1, nil)
	l.deliver(t, "2022", "2022-12", 1, nil)
	l.mustMirror(t, spool, source.Options{})
	other := newLanding(t, source.Folder)
	other.deliver(t, "2023", "2023-11", 1, nil)
	other.deliver(t, "2022/11", "2022-11", 1, nil)
	report, err := other.mirror(t, spool, source.Options{})
	must(t, err)
	wantFaults(t, report.Faults, 2)
	found, _, err := extract.Find("vendor", spool)
	must(t, err)
	var got []string
	for _, d := range found {
		got = append(got, fmt.Sprintf("%s in %s", d.Manifest.Month, strings.TrimPrefix(d.Dir, spool)))
	}
	if diff := cmp.Diff([]string{"2022-12 in /2022", "2023-12 in /2023/12"}, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// A place that is a delivery itself has a folder in the spool too.
func TestPlaceIsADelivery(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		for name, content := range files(t, "2023-12", 1, noise(1, 100)) {
			l.put(t, name, content)
		}
		spool := t.TempDir()
		l.mustMirror(t, spool, source.Options{})
		if found, _, err := extract.Find("vendor", spool); err != nil || len(found) != 1 {
			t.Errorf("found %v, %v; want one delivery", found, err)
		}
		if report := l.mustMirror(t, spool, source.Options{}); len(report.Kept) != 1 {
			t.Errorf("report %+v, want it kept", report)
		}
		wantNoLeftovers(t, spool)
	})
}
