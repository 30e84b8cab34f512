package source_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/source"
)

// eachKind runs a test on a landing of every kind.
func eachKind(t *testing.T, test func(t *testing.T, l *landing)) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) { test(t, newLanding(t, kind)) })
	}
}

// A finished delivery comes into the spool as it is; the second time nothing
// is fetched.
func TestFetchesOnce(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		l.deliver(t, "2023-11", "2023-11", 1, noise(1, 1000))
		l.deliver(t, "月/2023 12 #1", "2023-12", 1, noise(2, 300_000))
		spool := filepath.Join(t.TempDir(), "spool")
		report := l.mustMirror(t, spool, source.Options{})
		if diff := cmp.Diff([]string{"2023-11", "月/2023 12 #1"}, report.Fetched); diff != "" {
			t.Errorf("fetched: want -, got +:\n%s", diff)
		}
		wantFolder(t, spool, "月/2023 12 #1", files(t, "2023-12", 1, noise(2, 300_000)))
		found, unfinished, err := extract.Find("vendor", spool)
		if err != nil || len(found) != 2 || len(unfinished) != 0 {
			t.Errorf("found %d deliveries, unfinished %v, error %v; want 2", len(found), unfinished, err)
		}
		l.line.expect()
		report = l.mustMirror(t, spool, source.Options{})
		if len(report.Kept) != 2 || len(report.Fetched) != 0 || l.line.bytes() > 50_000 {
			t.Errorf("second time: report %+v, %d bytes of data served; want all kept", report, l.line.bytes())
		}
		wantNoLeftovers(t, spool)
	})
}

// What broke off is gone on with: together the transfers are hardly longer
// than the file.
func TestResumesAfterADroppedConnection(t *testing.T) {
	const size = 2_000_000
	eachKind(t, func(t *testing.T, l *landing) {
		l.deliver(t, "2023-12", "2023-12", 1, noise(1, size))
		l.line.expect(event{after: 1_500_000, drop: true}, event{after: 300_000, drop: true})
		spool := t.TempDir()
		report := l.mustMirror(t, spool, source.Options{})
		wantFolder(t, spool, "2023-12", files(t, "2023-12", 1, noise(1, size)))
		// SFTP asks ahead and puts its own bytes around; from the beginning it
		// would be 3.5 million bytes or more.
		if served := l.line.bytes(); served < size || served > size+600_000 {
			t.Errorf("%d bytes served for a file of %d", served, size)
		}
		if report.Bytes != size {
			t.Errorf("%d bytes received, want each once: %d", report.Bytes, size)
		}
		wantNoLeftovers(t, spool)
	})
}

// A run that is given up leaves its part to the next one.
func TestNextRunGoesOnWithAPart(t *testing.T) {
	const size = 2_000_000
	eachKind(t, func(t *testing.T, l *landing) {
		l.deliver(t, "2023-12", "2023-12", 1, noise(1, size))
		l.line.expect(event{after: 1_500_000, drop: true})
		spool := t.TempDir()
		once := hurried
		once.Tries = 1
		_, err := l.mirror(t, spool, source.Options{Patience: once})
		if !errors.Is(err, source.ErrUnavailable) {
			t.Fatalf("error %v, want unavailable", err)
		}
		if found, _, err := extract.Find("vendor", spool); len(found) > 0 || err != nil {
			t.Errorf("the half is found: %v, %v", found, err)
		}
		report := l.mustMirror(t, spool, source.Options{})
		if report.Bytes == 0 || report.Bytes > 1_100_000 {
			t.Errorf("%d bytes received, want the rest only", report.Bytes)
		}
		wantFolder(t, spool, "2023-12", files(t, "2023-12", 1, noise(1, size)))
		wantNoLeftovers(t, spool)
	})
}

// A server in trouble is asked again, and given up after some attempts.
func TestServerErrors(t *testing.T) {
	trouble := event{status: http.StatusServiceUnavailable, drop: true}
	eachKind(t, func(t *testing.T, l *landing) {
		l.deliver(t, "2023-12", "2023-12", 1, noise(1, 1000))
		l.line.expect(trouble, trouble, trouble)
		spool := t.TempDir()
		l.mustMirror(t, spool, source.Options{})
		wantFolder(t, spool, "2023-12", files(t, "2023-12", 1, noise(1, 1000)))

		l.line.expect(slices.Repeat([]event{trouble}, 20)...)
		_, err := l.mirror(t, t.TempDir(), source.Options{})
		if !errors.Is(err, source.ErrUnavailable) {
			t.Errorf("error %v, want unavailable", err)
		}
	})
}

// One file that cannot be had does not keep those behind it.
func TestOneBadFileDoesNotStopTheOthers(t *testing.T) {
	l := newLanding(t, source.HTTPS)
	l.deliver(t, "2023-11", "2023-11", 1, noise(1, 1000))
	l.deliver(t, "2023-12", "2023-12", 1, noise(2, 1000))
	l.line.expect(slices.Repeat([]event{{status: http.StatusInternalServerError}}, 5)...)
	report, err := l.mirror(t, t.TempDir(), source.Options{})
	if !errors.Is(err, source.ErrUnavailable) || !slices.Equal(report.Fetched, []string{"2023-12"}) {
		t.Errorf("fetched %v, error %v; want 2023-12, and an error of 2023-11", report.Fetched, err)
	}
}

// Nor does one that we may not read.
func TestOneForbiddenFile(t *testing.T) {
	for _, kind := range []string{source.HTTPS, source.S3} {
		l := newLanding(t, kind)
		l.deliver(t, "2023-11", "2023-11", 1, noise(1, 1000))
		l.deliver(t, "2023-12", "2023-12", 1, noise(2, 1000))
		l.line.expect(event{status: http.StatusForbidden})
		report, err := l.mirror(t, t.TempDir(), source.Options{})
		if !errors.Is(err, source.ErrDenied) || !slices.Equal(report.Fetched, []string{"2023-12"}) {
			t.Errorf("%s: fetched %v, error %v; want 2023-12, and an error of 2023-11", kind, report.Fetched, err)
		}
	}
}

// A body that stalls is broken off and gone on with.
func TestSlowBody(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		l.deliver(t, "2023-12", "2023-12", 1, noise(1, 1_000_000))
		l.line.expect(event{after: 600_000, stall: true})
		impatient := hurried
		impatient.Idle = 200 * time.Millisecond
		spool := t.TempDir()
		report := l.mustMirror(t, spool, source.Options{Patience: impatient})
		wantFolder(t, spool, "2023-12", files(t, "2023-12", 1, noise(1, 1_000_000)))
		if report.Bytes != 1_000_000 {
			t.Errorf("%d bytes received, want each once", report.Bytes)
		}
	})
}

// A list or a manifest that never comes is asked for again, and given up.
func TestNoAnswer(t *testing.T) {
	for _, silent := range []string{"/", "/2023-12/manifest.json"} {
		l := newLanding(t, source.HTTPS)
		l.deliver(t, "2023-12", "2023-12", 1, nil)
		var asked atomic.Int32
		l.settings.URL = l.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == silent {
				asked.Add(1)
				w.WriteHeader(http.StatusOK)
				_ = http.NewResponseController(w).Flush()
				<-r.Context().Done()
				return
			}
			tagged(l.dir).ServeHTTP(w, r)
		}))
		impatient := source.Patience{Tries: 2, First: time.Millisecond, Answer: 100 * time.Millisecond}
		_, err := l.mirror(t, t.TempDir(), source.Options{Patience: impatient})
		if !errors.Is(err, source.ErrUnavailable) || asked.Load() != 2 {
			t.Errorf("%s: error %v after %d attempts, want unavailable after 2", silent, err, asked.Load())
		}
	}
}

// The same of an SFTP server, which says nothing more after it let us in.
func TestSilentServer(t *testing.T) {
	l := newLanding(t, source.SFTP)
	for i := range 40 {
		l.deliver(t, fmt.Sprint("2023-12/r", i), "2023-12", 1, nil)
	}
	silent := event{after: 4000, stall: true}
	l.line.expect(silent, silent)
	impatient := source.Patience{Tries: 2, First: time.Millisecond, Answer: 200 * time.Millisecond}
	if _, err := l.mirror(t, t.TempDir(), source.Options{Patience: impatient}); !errors.Is(err, source.ErrUnavailable) {
		t.Errorf("error %v, want unavailable", err)
	}
}

// Whoever stops a run is not kept waiting by a server that says nothing.
func TestStopsWhenTold(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		l.deliver(t, "2023-12", "2023-12", 1, noise(1, 1_000_000))
		l.line.expect(event{after: 600_000, stall: true})
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		_, err := source.Mirror(ctx, l.connect(t), t.TempDir(), source.Options{Patience: hurried})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want the deadline", err)
		}
	})
}

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

// Credentials that are not accepted are not tried again.
func TestWrongCredentials(t *testing.T) {
	for _, kind := range kinds[1:] {
		t.Run(kind, func(t *testing.T) {
			l := newLanding(t, kind)
			l.deliver(t, "2023-12", "2023-12", 1, noise(1, 10))
			l.settings.User, l.settings.SecretKey, l.settings.Password = "stranger", "wrong", "wrong"
			l.line.expect()
			_, err := l.mirror(t, t.TempDir(), source.Options{})
			if !errors.Is(err, source.ErrDenied) || strings.Contains(err.Error(), "wrong") {
				t.Errorf("error %v, want not permitted, and no secret in it", err)
			}
			if len(l.line.asked) > 1 {
				t.Errorf("asked %v, want one question", l.line.asked)
			}
		})
	}
}

func TestFolderThatMayNotBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		// root may read everything; the meaning of the error is what counts
		if err := source.FileError(os.ErrPermission); !errors.Is(err, source.ErrDenied) {
			t.Errorf("error %v, want not permitted", err)
		}
		return
	}
	l := newLanding(t, source.Folder)
	must(t, os.Chmod(l.dir, 0))
	if _, err := l.mirror(t, t.TempDir(), source.Options{}); !errors.Is(err, source.ErrDenied) {
		t.Errorf("error %v, want not permitted", err)
	}
}

// Nobody there is no fault of the data.
func TestNobodyThere(t *testing.T) {
	eachKind(t, func(t *testing.T, l *landing) {
		l.settings.Folder = filepath.Join(l.dir, "none")
		l.settings.URL = "https://127.0.0.1:1/"
		l.settings.Endpoint = "https://127.0.0.1:1"
		l.settings.Host = "127.0.0.1:1"
		_, err := l.mirror(t, t.TempDir(), source.Options{})
		if !errors.Is(err, source.ErrUnavailable) {
			t.Errorf("error %v, want unavailable", err)
		}
	})
}

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
