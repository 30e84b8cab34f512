package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// A run keeps its bytes in a bucket, and they come back from there; a key that
// is refused and a bucket that does not answer publish nothing.
func TestArchiveInABucket(t *testing.T) {
	backend := s3mem.New()
	check(t, backend.CreateBucket("kept"))
	store := gofakes3.New(backend).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Authorization"), "Credential=good/") {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `<?xml version="1.0"?><Error><Code>InvalidAccessKeyId</Code></Error>`)
			return
		}
		store.ServeHTTP(w, r)
	}))
	defer server.Close()

	s := &stage{hall: newHall(t), dir: t.TempDir(), source: "vendor", parcels: map[string]*parcel{}}
	s.configure(t, "")
	config := filepath.Join(s.dir, "config", "panelwatch.yaml")
	text, err := os.ReadFile(config)
	check(t, err)
	bucket := fmt.Sprintf("archive: {kind: s3, s3: {endpoint: %q, bucket: kept, prefix: of/tests, plain: true}}\n", strings.TrimPrefix(server.URL, "http://"))
	check(t, os.WriteFile(config, append(text, bucket...), 0o600))
	table := []byte("应用名称,月份,月独立设备数(万台)\n云闪付,2023-12,1796.8\n")
	s.pack(t, []string{"r1/app_month.csv"}, table)
	s.deliver(t)

	panelwatch := func(key string, args ...string) (int, string) {
		var out bytes.Buffer
		env := map[string]string{"PANELWATCH_DSN": s.dsn, "PANELWATCH_ARCHIVE_ACCESS_KEY": key, "PANELWATCH_ARCHIVE_SECRET_KEY": "hidden"}
		code := run(append([]string{"--config", filepath.Dir(config)}, args...), func(name string) string { return env[name] }, &out, &out)
		return code, out.String()
	}
	if code, said := panelwatch("bad", "run"); code != exitDenied || strings.Contains(said, "hidden") || len(s.facts(t)) > 0 {
		t.Errorf("a wrong key: exit code %d, want %d and nothing published:\n%s", code, exitDenied, said)
	}
	if code, said := panelwatch("good", "run"); code != exitDone || len(s.facts(t)) != 1 {
		t.Errorf("exit code %d:\n%s", code, said)
	}
	to := filepath.Join(s.dir, "restored")
	if code, said := panelwatch("good", "archive", "restore", "--to", to); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, said)
	}
	back, err := os.ReadFile(filepath.Join(to, "vendor", "2023-12", "001-r1", "app_month.csv"))
	if err != nil || !bytes.Equal(back, table) {
		t.Errorf("restored %q, %v", back, err)
	}
	server.Close()
	s.pack(t, []string{"r2/manifest"}, []byte("revision: 2"))
	s.pack(t, []string{"r2/app_month.csv"}, bytes.Replace(table, []byte("1796"), []byte("1800"), 1))
	s.deliver(t)
	if code, said := panelwatch("good", "run"); code != exitUnavailable || s.facts(t)[0] != "fact 2023-12 yunshanfu devices 17968000" {
		t.Errorf("a bucket that is gone: exit code %d, want %d and revision 1 in force:\n%s", code, exitUnavailable, said)
	}
}
