package jobs_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	places "panelwatch/etl/source"
	"panelwatch/etl/source/localplaces"
	"panelwatch/jobs"
)

const (
	remoteUser = "panelwatch"
	remoteWord = "open sesame"
)

// remote lets the vendor's source begin at an SFTP server that shows what the
// inbox held; the folder of the inbox becomes its spool.
func (s *site) remote(t *testing.T) (folder string, stop func()) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "vendor")
	must(t, os.Rename(filepath.Join(s.inbox, "vendor"), folder))
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
	server, known, err := localplaces.Server{Folder: folder, User: remoteUser, Password: remoteWord, HostKey: key}.Start()
	must(t, err)
	t.Cleanup(func() { _ = server.Close() })
	hosts := filepath.Join(t.TempDir(), "known_hosts")
	must(t, os.WriteFile(hosts, []byte(known+"\n"), 0o644))
	s.config.Sources[0] = configs.Source{
		Name: "vendor", Kind: configs.KindSFTP, Spool: filepath.Join(s.inbox, "vendor"), Complete: configs.CompleteMarker,
		Host: server.Address, User: remoteUser, KnownHosts: hosts,
	}
	s.secrets = map[string]string{"PANELWATCH_SOURCE_VENDOR_PASSWORD": remoteWord}
	return folder, func() { must(t, server.Close()) }
}

func steps(s jobs.Summary) (all []string) {
	for _, step := range s.Steps {
		all = append(all, fmt.Sprintf("%s %s %s", step.Source, step.Month, step.Action))
	}
	return all
}

// What lands at a server is fetched and published like what lands in a folder;
// a delivery that cannot be taken is named, and the others go on.
func TestFetch(t *testing.T) {
	w := newSite(t)
	w.write(t, "2023-01", "2023-04")
	landing, _ := w.remote(t)
	must(t, os.Remove(filepath.Join(landing, "2023-03", "r1", extract.SuccessName)))
	must(t, os.WriteFile(filepath.Join(landing, "2023-02", "r1", "universe.csv"), []byte("spoilt"), 0o644))
	summary, err := w.run(t)
	var data *extract.DataError
	if !errors.As(err, &data) || data.File != "2023-02/r1/universe.csv" {
		t.Errorf("error %v, want a *extract.DataError on 2023-02/r1/universe.csv", err)
	}
	if diff := cmp.Diff([]string{"vendor 2023-01 published", "vendor 2023-04 published"}, steps(summary)); diff != "" {
		t.Errorf("steps, want -, got +:\n%s", diff)
	}
	if log := w.log.String(); !strings.Contains(log, `what="2023-03/r1: no _SUCCESS"`) {
		t.Errorf("the log does not name the unfinished delivery:\n%s", log)
	}
	must(t, os.WriteFile(filepath.Join(landing, "2023-03", "r1", extract.SuccessName), nil, 0o644))
	summary, _ = w.run(t)
	if diff := cmp.Diff([]string{"vendor 2023-03 published", "vendor 2023-04 recomputed"}, steps(summary)); diff != "" {
		t.Errorf("steps of the second run, want -, got +:\n%s", diff)
	}
}

// A source that is down, does not accept us or is set up wrongly decides the
// exit code, and stops neither the other source nor what its spool has.
func TestOneSourceDown(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(s *site, stop func())
		want  error
	}{
		{"down", func(_ *site, stop func()) { stop() }, jobs.ErrSource},
		{"wrong password", func(s *site, _ func()) { s.secrets["PANELWATCH_SOURCE_VENDOR_PASSWORD"] = "wrong" }, places.ErrDenied},
		{"no password", func(s *site, _ func()) { s.secrets = nil }, places.ErrSettings},
		{"no such folder", func(s *site, _ func()) { s.config.Sources[0] = configs.Source{Name: "vendor", Folder: "/nonexistent"} }, jobs.ErrSource},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newSite(t)
			w.write(t, "2023-01", "2023-01")
			must(t, os.CopyFS(filepath.Join(w.inbox, "panel"), os.DirFS(filepath.Join(w.inbox, "vendor"))))
			_, stop := w.remote(t)
			c.spoil(w, stop)
			summary, err := w.run(t)
			if !errors.Is(err, c.want) || strings.Contains(err.Error(), "wrong") {
				t.Errorf("error %v, want %v and no secret", err, c.want)
			}
			if diff := cmp.Diff([]string{"panel 2023-01 published"}, steps(summary)); diff != "" {
				t.Errorf("steps, want -, got +:\n%s", diff)
			}
		})
	}
}
