package source_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/source"
)

// A delivery is taken when _SUCCESS is there, and not before.
func TestHalfUploaded(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		all := files(t, "2023-12", 1, noise(1, 1000))
		l.put(t, "2023-12/manifest.json", all["manifest.json"])
		l.put(t, "2023-12/"+dataName, all[dataName][:500])
		spool := t.TempDir()
		report := l.mustMirror(t, spool, source.Options{})
		if diff := cmp.Diff([]string{"2023-12: no _SUCCESS"}, report.Unfinished); diff != "" {
			t.Errorf("unfinished: want -, got +:\n%s", diff)
		}
		l.put(t, "2023-12/"+dataName, all[dataName])
		l.put(t, "2023-12/_SUCCESS", nil)
		l.mustMirror(t, spool, source.Options{})
		wantFolder(t, spool, "2023-12", all)
	})
}

// Where nobody writes _SUCCESS, two polls that see the same are the mark.
func TestStableOverTwoPolls(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		all := files(t, "2023-12", 1, noise(1, 1000))
		stable := source.Options{Stable: true}
		spool := t.TempDir()
		poll := func(fetched int, why string) {
			t.Helper()
			report := l.mustMirror(t, spool, stable)
			if len(report.Fetched) != fetched || strings.Join(report.Unfinished, ",") != why {
				t.Errorf("fetched %v, unfinished %q; want %d, %q", report.Fetched, report.Unfinished, fetched, why)
			}
		}
		l.put(t, "2023-12/manifest.json", all["manifest.json"])
		poll(0, "2023-12: new or changed since the last poll")
		poll(0, "2023-12: universe.csv is not there yet")
		l.put(t, "2023-12/"+dataName, all[dataName][:500])
		poll(0, "2023-12: new or changed since the last poll")
		poll(0, "2023-12: universe.csv does not fit the manifest yet")
		l.put(t, "2023-12/"+dataName, noise(2, 1000))
		poll(0, "2023-12: new or changed since the last poll")
		report, err := l.mirror(t, spool, stable)
		must(t, err)
		wantFaults(t, report.Faults, 1) // as long as it should be, and another
		l.put(t, "2023-12/"+dataName, all[dataName])
		poll(0, "2023-12: new or changed since the last poll")
		poll(1, "")
		poll(0, "")
		wantFolder(t, spool, "2023-12", all)
		wantNoLeftovers(t, spool)
	})
}

// Files that lie in no delivery come along, under the same rule, and again
// when they change.
func TestLooseFiles(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		l.put(t, "export 2023-12.xlsx", noise(1, 2000))
		l.put(t, "export.xlsx.part", noise(1, 2000))
		l.put(t, "done/a.csv", noise(2, 2000))
		l.put(t, "done/_SUCCESS", nil)
		spool := t.TempDir()
		report := l.mustMirror(t, spool, source.Options{})
		if diff := cmp.Diff([]string{"done/a.csv"}, report.Loose); diff != "" {
			t.Errorf("loose: want -, got +:\n%s", diff)
		}
		if diff := cmp.Diff([]string{"export 2023-12.xlsx: no _SUCCESS beside it"}, report.Unfinished); diff != "" {
			t.Errorf("unfinished: want -, got +:\n%s", diff)
		}
		stable := source.Options{Stable: true}
		l.mustMirror(t, spool, stable)
		l.mustMirror(t, spool, stable)
		report = l.mustMirror(t, spool, stable)
		if len(report.Loose) > 0 {
			t.Errorf("fetched again: %v", report.Loose)
		}
		l.put(t, "done/a.csv", noise(3, 2001))
		l.mustMirror(t, spool, stable)
		wantFolder(t, spool, source.LooseFolder, map[string][]byte{"export 2023-12.xlsx": noise(1, 2000), "done/a.csv": noise(3, 2001)})
		wantNoLeftovers(t, spool)
	})
}

// glob keeps to a part of the place.
func TestGlob(t *testing.T) {
	l := newLanding(t, source.Folder)
	l.deliver(t, "old/2022-12", "2022-12", 1, nil)
	l.deliver(t, "new/2023-12", "2023-12", 1, nil)
	l.put(t, "new/deep/x.csv", nil)
	l.put(t, "new/deep/_SUCCESS", nil)
	for glob, want := range map[string][]string{
		"":           {"new/2023-12", "old/2022-12", "new/deep/x.csv"},
		"new":        {"new/2023-12", "new/deep/x.csv"},
		"*/2023-*":   {"new/2023-12"},
		"**/*.csv":   {"new/2023-12/universe.csv", "new/deep/x.csv", "old/2022-12/universe.csv"},
		"**/deep/*":  {"new/deep/x.csv"},
		"**/20*-12":  {"new/2023-12", "old/2022-12"},
		"new/*/**/q": nil,
	} {
		report := l.mustMirror(t, t.TempDir(), source.Options{Glob: glob})
		if diff := cmp.Diff(want, append(report.Fetched, report.Loose...)); diff != "" {
			t.Errorf("glob %q: want -, got +:\n%s", glob, diff)
		}
	}
}
