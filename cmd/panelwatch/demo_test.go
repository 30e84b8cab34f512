package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/source"
)

// The demo's newest month does not lie in the inbox: it comes from the demo's
// own servers, with the secrets that the demo made.
func TestDemoPlaces(t *testing.T) {
	c := demoCommand{Dir: t.TempDir()}
	var out bytes.Buffer
	w := &world{ctx: t.Context(), stdout: &out}
	config, err := configs.Load("", c.environment(func(string) string { return "" }))
	must(t, err)
	must(t, c.writeSample(w, config))
	remote, err := c.startPlaces(w, config)
	must(t, err)
	t.Cleanup(func() { must(t, remote.close()) })
	getenv := remote.secret(func(string) string { return "" })
	var got []string
	for _, s := range config.Sources {
		before, _, err := extract.Find(s.Name, s.Spool)
		must(t, err)
		place, err := source.Connect(source.Settings{
			Kind: s.Kind, Endpoint: s.Endpoint, Bucket: s.Bucket, Host: s.Host, KnownHosts: s.KnownHosts, User: s.User,
			SecretKey: getenv(s.Secret("SECRET_KEY")), Password: getenv(s.Secret("PASSWORD")),
		})
		must(t, err)
		report, err := source.Mirror(t.Context(), place, s.Spool, source.Options{})
		must(t, errors.Join(err, place.Close()))
		after, _, err := extract.Find(s.Name, s.Spool)
		must(t, err)
		for _, folder := range report.Fetched {
			got = append(got, s.Kind+" "+folder)
		}
		if len(after) != len(before)+1 || after[len(before)].Manifest.Month.String() != demoLast {
			t.Errorf("%s: %d deliveries before, %d after, want the newest month more", s.Name, len(before), len(after))
		}
	}
	if diff := cmp.Diff([]string{"s3 2023-12/r1", "sftp 2023-12/r1"}, got); diff != "" {
		t.Errorf("fetched, want -, got +:\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(c.Dir, "inbox", "vendor", demoLast, "r1", extract.SuccessName)); err != nil {
		t.Error(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
