package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"

	"github.com/rogpeppe/go-internal/testscript"

	"panelwatch/etl/source/localplaces"
)

// Who reads from the servers of place.
const (
	placeUser     = "panelwatch"
	placePassword = "open sesame"
)

// readme writes a configuration of which the sources are those that README
// shows: what README says is what the story tries.
func readme(ts *testscript.TestScript, neg bool, args []string) {
	text, err := os.ReadFile("../../configs/README.md")
	ts.Check(err)
	example := regexp.MustCompile("(?s)```yaml\n(sources:\n.*?)```").FindSubmatch(text)
	if example == nil {
		ts.Fatalf("configs/README.md has no example of sources")
	}
	shipped, err := os.ReadFile("../../configs/panelwatch.yaml")
	ts.Check(err)
	own := regexp.MustCompile(`(?s)sources:\n.*?\n\n`).ReplaceAllLiteral(shipped, append(example[1], '\n'))
	file := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
	ts.Check(os.WriteFile(file, own, 0o644))
}

// place KIND DIR shows a folder as the server that README's source of that
// kind begins at.
func place(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[1])
	ts.Setenv("PANELWATCH_ETC", ts.Getenv("WORK"))
	switch args[0] {
	case "sftp":
		key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
		server, known, err := localplaces.Server{Folder: dir, User: placeUser, Password: placePassword, HostKey: key}.Start()
		ts.Check(err)
		ts.Defer(func() { _ = server.Close() })
		ts.Check(os.WriteFile(ts.MkAbs("known_hosts"), []byte(known+"\n"), 0o644))
		ts.Setenv("VENDOR_SFTP", server.Address)
		ts.Setenv("PANELWATCH_SOURCE_VENDOR_PASSWORD", placePassword)
	case "s3":
		store := localplaces.NewStore(placeUser)
		ts.Check(store.PutFolder("panel-extracts", os.DirFS(dir)))
		server, err := store.Start()
		ts.Check(err)
		ts.Defer(func() { _ = server.Close() })
		ts.Setenv("PANEL_S3", "http://"+server.Address)
		ts.Setenv("PANEL_KEY_ID", placeUser)
		ts.Check(os.WriteFile(ts.MkAbs("secret"), []byte(placePassword+"\n"), 0o600))
		ts.Setenv("PANELWATCH_SOURCE_PANEL_SECRET_KEY_FILE", ts.MkAbs("secret"))
	case "https":
		server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if user, password, _ := r.BasicAuth(); user != placeUser || password != placePassword {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			http.FileServer(http.Dir(dir)).ServeHTTP(w, r)
		}))
		ts.Defer(server.Close)
		certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
		ts.Check(os.WriteFile(ts.MkAbs("ca.pem"), certificate, 0o644))
		ts.Setenv("REPORT_URL", server.URL+"/")
		ts.Setenv("PANELWATCH_SOURCE_REPORT_PASSWORD", placePassword)
	default:
		ts.Fatalf("place %s: want sftp, s3 or https", args[0])
	}
}
