package source_test

import (
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
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			test(t, newLanding(t, kind))
		})
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
