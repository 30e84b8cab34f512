package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"panelwatch/configs"
	"panelwatch/etl/source/localplaces"
)

// place makes what lies in the inbox of a source the landing place of a kind,
// and returns the source's configuration. What is fetched from it belongs to
// the output of a run.
func (c *chaos) place(t *testing.T, kind, source string) string {
	t.Helper()
	folder := filepath.Join(c.dir, "inbox", source)
	spool := fmt.Sprintf("kind: %s, spool: %q", kind, filepath.Join(c.dir, "out", "spool", source))
	secret := func(what string) {
		c.secrets = append(c.secrets, "PANELWATCH_SOURCE_"+strings.ToUpper(source)+"_"+what+"=word")
	}
	switch kind {
	case configs.KindHTTPS:
		server := httptest.NewTLSServer(http.FileServer(http.Dir(folder)))
		t.Cleanup(server.Close)
		certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
		return fmt.Sprintf("%s, url: %q, ca_file: %q", spool, server.URL+"/", c.write(t, source+".pem", certificate))
	case configs.KindS3:
		store := localplaces.NewStore("me")
		check(t, store.PutFolder(source, os.DirFS(folder)))
		server, err := store.Start()
		check(t, err)
		t.Cleanup(func() { _ = server.Close() })
		secret("SECRET_KEY")
		return fmt.Sprintf("%s, endpoint: %q, bucket: %s, user: me", spool, "http://"+server.Address, source)
	case configs.KindSFTP:
		key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
		server, known, err := localplaces.Server{Folder: folder, User: "me", Password: "word", HostKey: key}.Start()
		check(t, err)
		t.Cleanup(func() { _ = server.Close() })
		secret("PASSWORD")
		return fmt.Sprintf("%s, host: %q, user: me, known_hosts: %q", spool, server.Address, c.write(t, source+".hosts", []byte(known+"\n")))
	}
	return fmt.Sprintf("folder: %q", folder)
}

func (c *chaos) write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(c.dir, name)
	check(t, os.WriteFile(path, content, 0o644))
	return path
}
