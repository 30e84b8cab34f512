package source_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/source"
	"panelwatch/etl/source/localplaces"
)

const (
	login    = "reader"
	password = "open sesame"
	vendors  = "vendor-bucket"
)

var kinds = []string{source.Folder, source.HTTPS, source.S3, source.SFTP}

// A landing is a real place of one kind, with a server on loopback, that shows
// the files of a folder.
type landing struct {
	dir      string
	settings source.Settings
	line     *line // what the bytes go through
	puts     int
	put      func(t testing.TB, name string, content []byte)
	remove   func(t testing.TB, name string)
}

func newLanding(t testing.TB, kind string) *landing {
	t.Helper()
	l := &landing{dir: t.TempDir(), line: &line{}}
	l.settings = source.Settings{Kind: kind, User: login, Password: password}
	l.put = func(t testing.TB, name string, content []byte) {
		writeFile(t, filepath.Join(l.dir, name), content)
		l.puts++ // SFTP tells times in seconds: no two files shall have the same
		at := time.Date(2024, 1, 10, 9, 0, l.puts, 0, time.UTC)
		must(t, os.Chtimes(filepath.Join(l.dir, name), at, at))
	}
	l.remove = func(t testing.TB, name string) { must(t, os.RemoveAll(filepath.Join(l.dir, name))) }
	switch kind {
	case source.Folder:
		l.settings.Folder = l.dir
	case source.HTTPS:
		l.settings.URL = l.serve(t, basic(tagged(l.dir))) + "/"
	case source.S3:
		l.store(t)
	case source.SFTP:
		l.sftp(t)
	}
	return l
}

// serve starts a TLS server whose answers go through the line.
func (l *landing) serve(t testing.TB, h http.Handler) string {
	server := httptest.NewUnstartedServer(l.line.around(h))
	server.Config.ErrorLog = quiet
	server.StartTLS()
	t.Cleanup(server.Close)
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	l.settings.CAFile = filepath.Join(t.TempDir(), "ca.pem")
	writeFile(t, l.settings.CAFile, text)
	return server.URL
}

// basic asks for user and password.
func basic(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, pass, _ := r.BasicAuth(); user != login || pass != password {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// tagged serves a folder, with ETags.
func tagged(dir string) http.Handler {
	files := http.FileServer(http.Dir(dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if content, err := os.ReadFile(filepath.Join(dir, r.URL.Path)); err == nil {
			w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(content)))
		}
		files.ServeHTTP(w, r)
	})
}

func (l *landing) store(t testing.TB) {
	store := localplaces.NewStore(login)
	must(t, store.Put(vendors, "elsewhere/file", nil))
	l.settings.Endpoint = l.serve(t, store)
	l.settings.Bucket, l.settings.Prefix, l.settings.SecretKey = vendors, "in", password
	l.put = func(t testing.TB, name string, content []byte) { must(t, store.Put(vendors, "in/"+name, content)) }
	l.remove = func(t testing.TB, name string) { must(t, store.Delete(vendors, "in/"+name)) }
}

func (l *landing) sftp(t testing.TB) {
	server := localplaces.Server{Folder: l.dir, User: login, Password: password, HostKey: hostKey(1), Wrap: l.line.wrap}
	running, known, err := server.Start()
	must(t, err)
	t.Cleanup(func() { _ = running.Close() })
	l.settings.Host, l.settings.KnownHosts = running.Address, filepath.Join(t.TempDir(), "known_hosts")
	writeFile(t, l.settings.KnownHosts, []byte(known+"\n"))
}

func hostKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

// hurried tries as often as usual, but does not wait long.
var hurried = source.Patience{First: time.Millisecond, Most: 2 * time.Millisecond, Idle: 10 * time.Second}

// connect is the landing as a Place.
func (l *landing) connect(t testing.TB) source.Place {
	t.Helper()
	place, err := source.Connect(l.settings)
	must(t, err)
	t.Cleanup(func() { must(t, place.Close()) })
	if l.settings.Kind == source.Folder {
		return lined{place, l.line}
	}
	return place
}

// mirror runs Mirror once.
func (l *landing) mirror(t testing.TB, spool string, o source.Options) (source.Report, error) {
	t.Helper()
	if o.Patience == (source.Patience{}) {
		o.Patience = hurried
	}
	return source.Mirror(t.Context(), l.connect(t), spool, o)
}

func (l *landing) mustMirror(t testing.TB, spool string, o source.Options) source.Report {
	t.Helper()
	report, err := l.mirror(t, spool, o)
	must(t, err)
	for _, fault := range report.Faults {
		t.Error(fault)
	}
	return report
}

// deliver puts a delivery of one file into a folder of the place.
func (l *landing) deliver(t testing.TB, folder, month string, revision int, content []byte) {
	t.Helper()
	for name, content := range files(t, month, revision, content) {
		l.put(t, folder+"/"+name, content)
	}
}

const dataName = "universe.csv"

// files are those of a delivery, by name.
func files(t testing.TB, month string, revision int, content []byte) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	must(t, extract.WriteDelivery(dir, extract.Manifest{
		Vendor: "vendor", Product: "panel", Kind: extract.Aggregate, Month: panel.MustMonth(month), Revision: revision,
		DeliveredAt: time.Date(2024, 1, 10, 9, 0, 0, 0, time.UTC), UniverseWan: 1000,
		TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1",
		Files: []extract.File{{Name: dataName, Table: extract.TableUniverse, Rows: 1}},
	}, [][]byte{content}))
	return tree(t, dir)
}

// noise is n bytes that do not repeat.
func noise(seed uint64, n int) []byte {
	random := rand.New(rand.NewPCG(seed, 0))
	content := make([]byte, n)
	for i := range content {
		content[i] = byte(random.Uint32())
	}
	return content
}

// tree reads all files below a folder, by name.
func tree(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		all[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	}))
	return all
}

// wantFolder wants the files of a delivery in a folder of the spool.
func wantFolder(t testing.TB, spool, folder string, want map[string][]byte) {
	t.Helper()
	got := tree(t, filepath.Join(spool, folder))
	if len(got) != len(want) {
		t.Errorf("%s has %d files, want %d", folder, len(got), len(want))
	}
	for name, content := range want {
		if !bytes.Equal(got[name], content) {
			t.Errorf("%s/%s differs: %d bytes, want %d", folder, name, len(got[name]), len(content))
		}
	}
}

// wantNoLeftovers wants nothing in the spool that a reader does not know.
func wantNoLeftovers(t testing.TB, spool string) {
	t.Helper()
	for name := range tree(t, spool) {
		if strings.Contains(name, ".part") {
			t.Errorf("%s is left over", name)
		}
	}
	if _, err := os.Stat(filepath.Join(spool, ".part")); err == nil {
		t.Error("the folder .part is left over")
	}
}

func writeFile(t testing.TB, path string, content []byte) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(t, os.WriteFile(path+".new", content, 0o644))
	must(t, os.Rename(path+".new", path))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
