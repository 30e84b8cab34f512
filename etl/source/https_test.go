package source_test

import (
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"panelwatch/etl/extract"
	"panelwatch/etl/source"
)

func TestBearerToken(t *testing.T) {
	l := newLanding(t, source.HTTPS)
	l.settings.URL = l.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+password {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		tagged(l.dir).ServeHTTP(w, r)
	}))
	l.settings.User, l.settings.Token = "", password
	l.deliver(t, "2023-12", "2023-12", 1, noise(1, 100))
	spool := t.TempDir()
	l.mustMirror(t, spool, source.Options{})
	wantFolder(t, spool, "2023-12", files(t, "2023-12", 1, noise(1, 100)))
	l.settings.Token = "another"
	if _, err := l.mirror(t, spool, source.Options{}); !errors.Is(err, source.ErrDenied) || strings.Contains(err.Error(), "another") {
		t.Errorf("error %v, want not permitted, without the token", err)
	}
}

// Credentials go to the host they are for and nowhere else; TLS is not left.
func TestRedirects(t *testing.T) {
	var asked atomic.Int32
	elsewhere := newLanding(t, source.HTTPS)
	elsewhere.deliver(t, "2023-12", "2023-12", 1, noise(1, 100))
	other := elsewhere.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		tagged(elsewhere.dir).ServeHTTP(w, r)
	}))
	plain := httptest.NewServer(tagged(elsewhere.dir))
	t.Cleanup(plain.Close)
	for _, c := range []struct {
		name, to string
		user     string
		denied   bool
	}{
		{"another host, with credentials", other, login, true},
		{"without TLS", plain.URL, "", true},
		{"another host, without credentials", other, "", false},
	} {
		l := newLanding(t, source.HTTPS)
		asked.Store(0)
		l.settings.URL = l.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, c.to+r.URL.Path, http.StatusFound)
		}))
		l.settings.User, l.settings.CAFile = c.user, elsewhere.settings.CAFile // one certificate for all
		l.settings.Index = "2023-12/"
		_, err := l.mirror(t, t.TempDir(), source.Options{})
		if errors.Is(err, source.ErrDenied) != c.denied || c.denied && asked.Load() > 0 {
			t.Errorf("%s: error %v, other host asked %d times", c.name, err, asked.Load())
		}
	}
}

// The query of an address may be a key: it is not told.
func TestRedirectIsNotTold(t *testing.T) {
	l := newLanding(t, source.HTTPS)
	l.settings.User = ""
	l.settings.URL = l.serve(t, http.RedirectHandler("https://127.0.0.1:1/?signature=sesame", http.StatusFound))
	if _, err := l.mirror(t, t.TempDir(), source.Options{}); !errors.Is(err, source.ErrUnavailable) || strings.Contains(err.Error(), "sesame") {
		t.Errorf("error %v, want unavailable, without the query", err)
	}
}

// Not every server knows HEAD.
func TestWithoutHead(t *testing.T) {
	l := newLanding(t, source.HTTPS)
	l.settings.URL = l.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusNotImplemented)
			return
		}
		tagged(l.dir).ServeHTTP(w, r)
	}))
	l.put(t, "a.csv", noise(1, 1000))
	spool := t.TempDir()
	l.mustMirror(t, spool, source.Options{Stable: true})
	l.mustMirror(t, spool, source.Options{Stable: true})
	wantFolder(t, spool, source.LooseFolder, map[string][]byte{"a.csv": noise(1, 1000)})
}

// A certificate that nobody vouches for is not trusted, and not tried again.
func TestUntrustedCertificate(t *testing.T) {
	l := newLanding(t, source.HTTPS)
	l.settings.CAFile = ""
	if _, err := l.mirror(t, t.TempDir(), source.Options{}); !errors.Is(err, source.ErrDenied) {
		t.Errorf("error %v, want not permitted", err)
	}
}

// Only what a server can tell apart is gone on with; all else is read from the
// beginning.
func TestServersThatResumeOrNot(t *testing.T) {
	plain := func(dir string) http.Handler { return http.FileServer(http.Dir(dir)) }
	for name, c := range map[string]struct {
		serve    func(dir string) http.Handler
		changed  time.Time
		received int64
	}{
		"by the time of change":        {plain, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), 1_000_000},
		"changed just now":             {plain, time.Now().Add(10 * time.Second), 1_600_000},
		"no versions":                  {func(dir string) http.Handler { return http.FileServer(undated{http.Dir(dir)}) }, time.Now(), 1_600_000},
		"no ranges":                    {func(dir string) http.Handler { return ranged("", tagged(dir)) }, time.Now(), 1_600_000},
		"another range than asked for": {func(dir string) http.Handler { return ranged("bytes=7-", tagged(dir)) }, time.Now(), 1_600_000},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLanding(t, source.HTTPS)
			l.settings.URL = l.serve(t, c.serve(l.dir))
			l.deliver(t, "2023-12", "2023-12", 1, noise(1, 1_000_000))
			must(t, os.Chtimes(filepath.Join(l.dir, "2023-12", dataName), c.changed, c.changed))
			l.line.expect(event{after: 600_000, drop: true})
			spool := t.TempDir()
			report := l.mustMirror(t, spool, source.Options{})
			if report.Bytes != c.received {
				t.Errorf("%d bytes received, want %d", report.Bytes, c.received)
			}
			wantFolder(t, spool, "2023-12", files(t, "2023-12", 1, noise(1, 1_000_000)))
		})
	}
}

// ranged asks for another range than the client did, "" being all.
func ranged(another string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Range") != "" {
			r.Header.Set("Range", another)
		}
		h.ServeHTTP(w, r)
	})
}

// undated hides when files were changed.
type undated struct{ http.FileSystem }

func (u undated) Open(name string) (http.File, error) {
	f, err := u.FileSystem.Open(name)
	return undatedFile{f}, err
}

type undatedFile struct{ http.File }

func (f undatedFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return undatedInfo{info}, err
}

type undatedInfo struct{ fs.FileInfo }

func (undatedInfo) ModTime() time.Time { return time.Time{} }

// A server that breaks off for ever is given up, even if each answer brings
// bytes.
func TestNeverGetsThrough(t *testing.T) {
	l := newLanding(t, source.HTTPS)
	l.settings.URL = l.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Range")
		tagged(l.dir).ServeHTTP(w, r)
	}))
	l.deliver(t, "2023-12", "2023-12", 1, noise(1, 1_000_000))
	drop := event{after: 600_000, drop: true}
	l.line.expect(drop, drop, drop, drop, drop, drop, drop, drop)
	if _, err := l.mirror(t, t.TempDir(), source.Options{}); !errors.Is(err, source.ErrUnavailable) {
		t.Errorf("error %v, want unavailable", err)
	}
}

// Retry-After is obeyed up to the longest wait.
func TestRetryAfter(t *testing.T) {
	l := newLanding(t, source.HTTPS)
	busy := true
	l.settings.URL = l.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if busy {
			busy = false
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		tagged(l.dir).ServeHTTP(w, r)
	}))
	patience := hurried
	patience.Most = 50 * time.Millisecond
	began := time.Now()
	l.mustMirror(t, t.TempDir(), source.Options{Patience: patience})
	if waited := time.Since(began); waited < patience.Most || waited > 10*time.Second {
		t.Errorf("waited %s, want %s", waited, patience.Most)
	}
}

// Settings that cannot work are told before anything is asked, and without
// what may be a secret.
func TestBadSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	writeFile(t, file, []byte("nothing of use"))
	for want, s := range map[string]source.Settings{
		`kind "ftp"`:             {Kind: "ftp"},
		"folder is missing":      {Kind: source.Folder},
		"without user":           {Kind: source.HTTPS, URL: "https://me:sesame@host/"},
		"want https":             {Kind: source.HTTPS, URL: "http://example.com/"},
		"index":                  {Kind: source.HTTPS, URL: "https://example.com/", Index: "https://example.org/list"},
		"no certificate":         {Kind: source.HTTPS, URL: "https://example.com/", CAFile: file},
		"ca_file: open":          {Kind: source.S3, Endpoint: "https://example.com", Bucket: "b", CAFile: file + "x"},
		"endpoint":               {Kind: source.S3, Endpoint: "example.com", Bucket: "b"},
		"bucket is missing":      {Kind: source.S3, Endpoint: "https://example.com"},
		"go together":            {Kind: source.S3, Endpoint: "https://example.com", Bucket: "b", User: "id"},
		"host or user":           {Kind: source.SFTP, Host: "h"},
		"known_hosts is missing": {Kind: source.SFTP, Host: "h", User: "u", Password: "sesame"},
		"known_hosts: stat":      {Kind: source.SFTP, Host: "h", User: "u", KnownHosts: file + "x"},
		"illegal":                {Kind: source.SFTP, Host: "h", User: "u", KnownHosts: file, Password: "sesame"},
	} {
		_, err := source.Connect(s)
		if !errors.Is(err, source.ErrSettings) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "sesame") {
			t.Errorf("error %v, want settings and %q", err, want)
		}
	}
}

// The index of a web server: pages of links, with the pages below them.
func TestAutoindex(t *testing.T) {
	l := newLanding(t, source.HTTPS)
	pages := map[string]string{
		"/in/": `<html><h1>Index of /in/</h1><pre><a href="?C=N;O=D">Name</a> <a href="../">Parent</a>
			<a href="/in/2023-12/">2023-12/</a> <a href='a%20b.csv'>a b.csv</a> <A HREF="plus+sign.csv">
			<a href="..%2f..%2fup.csv">x</a> <a href="https://example.org/in/foreign.csv"> <a href="#top"> <a name="x">`,
		"/in/2023-12/":    `<a href="../">up</a><a href="./">here</a><a href="月.csv">月.csv</a><a href="/in/2023-12/r1/">r1</a><a href="/in/2023-12/gone/">gone</a><a href="/etc/passwd">`,
		"/in/2023-12/r1/": `<a href="/in/">top</a><a href="manifest.json">`,
	}
	l.settings.URL = l.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if pages[r.URL.Path] == "" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = w.Write([]byte(pages[r.URL.Path]))
	})) + "/in"
	listed, err := l.connect(t).List(t.Context())
	must(t, err)
	var got []string
	for _, e := range listed {
		got = append(got, e.Name)
	}
	want := []string{"a b.csv", "plus+sign.csv", "../../up.csv", "2023-12/月.csv", "2023-12/r1/manifest.json"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names, want -, got +:\n%s", diff)
	}
}

// An index may be a JSON array or lines; what is neither is a fault.
func TestIndexForms(t *testing.T) {
	all := files(t, "2023-12", 1, noise(1, 100))
	for index, good := range map[string]bool{
		`["2023-12/manifest.json", "2023-12/_SUCCESS"]`: true,
		"2023-12/manifest.json\n2023-12/_SUCCESS":       true,
		`{"files": []}`:                       true, // a line, of a file that is not there
		`["2023-12/manifest.json"`:            false,
		`[{"name": "2023-12/manifest.json"}]`: false,
	} {
		l := newLanding(t, source.HTTPS)
		l.settings.Index = "files.txt"
		for name, content := range all {
			l.put(t, "2023-12/"+name, content)
		}
		l.put(t, "files.txt", []byte(index))
		report, err := l.mirror(t, t.TempDir(), source.Options{})
		if (err == nil) != good || good && strings.Contains(index, "2023-12") && len(report.Fetched) != 1 {
			t.Errorf("index %s: fetched %v, error %v", index, report.Fetched, err)
		}
	}
}

// FuzzIndex: whatever a server answers, a mirror writes nothing outside its
// spool and does not panic.
func FuzzIndex(f *testing.F) {
	f.Add([]byte(`["a/manifest.json", "../b"]`))
	f.Add([]byte("a/manifest.json\n./a/_SUCCESS\r\n"))
	f.Add([]byte(`<a href="..%2fx/manifest.json"><a href="sub/">`))
	var index atomic.Pointer[[]byte]
	manifest := []byte(`{"files": [{"name": "../up.csv"}]}`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/in/" {
			_, _ = w.Write(*index.Load())
			return
		}
		_, _ = w.Write(manifest)
	}))
	f.Cleanup(server.Close)
	f.Fuzz(func(t *testing.T, text []byte) {
		index.Store(&text)
		place, err := source.Connect(source.Settings{Kind: source.HTTPS, URL: server.URL + "/in/"})
		must(t, err)
		defer place.Close()
		top := t.TempDir()
		report, err := source.Mirror(t.Context(), place, filepath.Join(top, "spool"), source.Options{Patience: source.Patience{Tries: 1}})
		var data *extract.DataError
		for _, fault := range report.Faults {
			if !errors.As(fault, &data) {
				t.Errorf("fault %v is none of the data", fault)
			}
		}
		for name := range tree(t, top) {
			if !strings.HasPrefix(name, "spool/") {
				t.Errorf("%s was written (error %v)", name, err)
			}
		}
	})
}
