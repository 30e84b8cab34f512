package source_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"panelwatch/etl/source"
)

// changes are the ways in which a file becomes another of the same length
// while it is read: in one transfer, or between two.
func changes(replace func()) map[string]event {
	return map[string]event{
		"in one transfer": {after: 600_000, call: replace},
		"between two":     {after: 600_000, call: replace, drop: true},
	}
}

// wantOneOf wants a file, if it is there, to be one of two versions.
func wantOneOf(t *testing.T, path string, one, other []byte) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err == nil && !bytes.Equal(got, one) && !bytes.Equal(got, other) {
		t.Error("a mixture of two versions")
	}
}

// A delivery replaced while it is read never comes as a mixture: the next poll
// has the new one, whole.
func TestChangesWhileItIsRead(t *testing.T) {
	one, other := noise(1, 1_000_000), noise(2, 1_000_000)
	eachKind(t, func(t *testing.T, l *landing) {
		for name, e := range changes(func() { l.deliver(t, "2023-12", "2023-12", 2, other) }) {
			t.Run(name, func(t *testing.T) {
				l.deliver(t, "2023-12", "2023-12", 1, one)
				l.line.expect(e)
				spool := t.TempDir()
				l.mustMirror(t, spool, source.Options{})
				wantOneOf(t, filepath.Join(spool, "2023-12", dataName), one, other)
				l.mustMirror(t, spool, source.Options{})
				wantFolder(t, spool, "2023-12", files(t, "2023-12", 2, other))
				wantNoLeftovers(t, spool)
			})
		}
	})
}

// Without a manifest nobody promises a checksum: a loose file is one version
// or the other, never parts of both.
func TestLooseFileChangesWhileItIsRead(t *testing.T) {
	one, other := noise(1, 1_000_000), noise(2, 1_000_000)
	eachKind(t, func(t *testing.T, l *landing) {
		l.put(t, "in/_SUCCESS", nil)
		for name, e := range changes(func() { l.put(t, "in/"+dataName, other) }) {
			t.Run(name, func(t *testing.T) {
				l.put(t, "in/"+dataName, one)
				l.line.expect(e)
				spool := t.TempDir()
				l.mustMirror(t, spool, source.Options{})
				wantOneOf(t, filepath.Join(spool, source.LooseFolder, "in", dataName), one, other)
				l.mustMirror(t, spool, source.Options{})
				wantFolder(t, spool, source.LooseFolder, map[string][]byte{"in/" + dataName: other})
				wantNoLeftovers(t, spool)
			})
		}
	})
}

// What a killed run left of another version is of no use, however long it is;
// nor is a delivery that it was replacing.
func TestLeftByAKilledRun(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		l.put(t, "in/_SUCCESS", nil)
		l.put(t, "in/"+dataName, noise(1, 1000))
		l.deliver(t, "2023-12", "2023-12", 2, noise(2, 1000))
		spool := t.TempDir()
		for name, content := range files(t, "2023-12", 1, noise(3, 1000)) {
			writeFile(t, filepath.Join(spool, "2023-12", name), content)
			writeFile(t, filepath.Join(spool, ".part/old", name), content)
			writeFile(t, filepath.Join(spool, ".part/new/2023-12", name), content)
		}
		for _, n := range []int{500, 1000, 1500} {
			writeFile(t, filepath.Join(spool, ".part/loose/in/."+dataName+".part"), noise(4, n))
			writeFile(t, filepath.Join(spool, ".part/loose/in/."+dataName+".version"), []byte(`"another"`))
			l.mustMirror(t, spool, source.Options{})
			wantFolder(t, spool, source.LooseFolder, map[string][]byte{"in/" + dataName: noise(1, 1000)})
			wantFolder(t, spool, "2023-12", files(t, "2023-12", 2, noise(2, 1000)))
			wantNoLeftovers(t, spool)
			must(t, os.RemoveAll(filepath.Join(spool, source.LooseFolder)))
		}
	})
}
