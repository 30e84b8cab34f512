package archive_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"panelwatch/etl/archive"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

const bucket = "panelwatch"

// server is an S3-compatible store on loopback that knows one key.
func server(t *testing.T) *httptest.Server {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket(bucket); err != nil {
		t.Fatal(err)
	}
	store := gofakes3.New(backend).Server()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Authorization"), "Credential=reader/") {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `<?xml version="1.0"?><Error><Code>InvalidAccessKeyId</Code><Message>no such key</Message></Error>`)
			return
		}
		store.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func inBucket(t *testing.T, endpoint, key string) archive.Place {
	t.Helper()
	b, err := archive.NewBucket(archive.BucketOptions{
		Endpoint: strings.TrimPrefix(endpoint, "http://"), Bucket: bucket, Prefix: "kept/here", Plain: true,
		AccessKey: key, SecretKey: "not-to-be-told",
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// everywhere runs a test in each kind of place.
func everywhere(t *testing.T, test func(t *testing.T, p archive.Place)) {
	t.Run("folder", func(t *testing.T) { test(t, archive.Folder{Dir: filepath.Join(t.TempDir(), "archive")}) })
	t.Run("s3", func(t *testing.T) { test(t, inBucket(t, server(t).URL, "reader")) })
}

// deliver writes a delivery of one table and returns it.
func deliver(t *testing.T, revision int, content string) extract.Delivery {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "delivery")
	m := extract.Manifest{
		Vendor: "示例", Product: "test", Kind: extract.Aggregate, Month: panel.MustMonth("2023-12"), Revision: revision,
		DeliveredAt: time.Date(2024, 1, 10, 0, 0, 0, 0, time.UTC), UniverseWan: 1, TierListYear: 2023, TGIBase: "全网", DefinitionsVersion: "1",
		Files: []extract.File{{Name: "全网.csv", Table: extract.TableUniverse, Rows: 1}},
	}
	if err := extract.WriteDelivery(dir, m, [][]byte{[]byte(content)}); err != nil {
		t.Fatal(err)
	}
	d, err := extract.Open("卖方/一", dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const table = "分类,月份,月独立设备数(万台)\n全网,2023-12,1\n"

func TestADeliveryComesBackAsItCame(t *testing.T) {
	everywhere(t, func(t *testing.T, p archive.Place) {
		a, ctx := archive.New(p), t.Context()
		d := deliver(t, 1, table)
		kept, err := a.Keep(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := a.Keep(ctx, d); err != nil || !cmp.Equal(kept, again) {
			t.Errorf("kept again: %v\n%s", err, cmp.Diff(kept, again))
		}
		if later, err := a.Keep(ctx, deliver(t, 2, table+"支付,2023-12,1\n")); err != nil || later.Arrival != 2 {
			t.Errorf("the second delivery is number %d, %v", later.Arrival, err)
		}
		records, err := a.Records(ctx, d.Source, d.Manifest.Month)
		if err != nil || len(records) != 2 || !cmp.Equal(records[0], kept) {
			t.Fatalf("%d records, %v", len(records), err)
		}
		if all, err := a.Records(ctx, "", 0); err != nil || len(all) != 2 {
			t.Errorf("%d records in all, %v", len(all), err)
		}
		if none, err := a.Records(ctx, "卖方", 0); err != nil || len(none) != 0 {
			t.Errorf("%d records of another source, %v", len(none), err)
		}
		dir := filepath.Join(t.TempDir(), "restored")
		if err := a.Restore(ctx, records[0], dir); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(contents(t, d.Dir), contents(t, dir)); diff != "" {
			t.Errorf("delivered (-), restored (+):\n%s", diff)
		}
		if err := a.Restore(ctx, records[0], dir); !errors.Is(err, os.ErrExist) {
			t.Errorf("restored over itself: %v", err)
		}
	})
}

// What does not fit its manifest is kept as it is: a missing file is left out.
func TestADamagedDeliveryIsKeptAsItIs(t *testing.T) {
	everywhere(t, func(t *testing.T, p archive.Place) {
		a, d := archive.New(p), deliver(t, 1, table)
		path := filepath.Join(d.Dir, "全网.csv")
		for i, spoil := range []func() error{
			func() error { return nil },
			func() error { return os.WriteFile(path, []byte("not what was signed"), 0o644) },
			func() error { return os.Remove(path) },
		} {
			if err := spoil(); err != nil {
				t.Fatal(err)
			}
			r, err := a.Keep(t.Context(), d)
			if err != nil || r.Arrival != i+1 || r.Identity != d.Identity {
				t.Fatalf("record %+v, %v; want arrival %d", r, err, i+1)
			}
			dir := filepath.Join(t.TempDir(), "restored")
			if err := a.Restore(t.Context(), r, dir); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(contents(t, d.Dir), contents(t, dir)); diff != "" {
				t.Errorf("delivered (-), restored (+):\n%s", diff)
			}
		}
	})
}

// Bytes that went bad in the archive are not handed out as if they were good.
func TestBadBytesAreNoticed(t *testing.T) {
	everywhere(t, func(t *testing.T, p archive.Place) {
		a, ctx := archive.New(p), t.Context()
		r, err := a.Keep(ctx, deliver(t, 1, table))
		if err != nil {
			t.Fatal(err)
		}
		sum := r.Files[0].SHA256
		key := "objects/" + sum[:2] + "/" + sum[2:4] + "/" + sum
		bad := bytes.Replace([]byte(table), []byte("全"), []byte("金"), 1)
		if err := p.Put(ctx, key, bytes.NewReader(bad), int64(len(bad))); err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "restored")
		if err := a.Restore(ctx, r, dir); !errors.Is(err, archive.ErrDamaged) || !strings.Contains(err.Error(), "全网.csv") {
			t.Errorf("restored: %v, want ErrDamaged that names the file", err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Error("something was left of the restored folder")
		}
		r.Files[0].SHA256 = strings.Repeat("0", 64)
		if err := a.Restore(ctx, r, dir); !errors.Is(err, archive.ErrDamaged) {
			t.Errorf("an object that is gone: %v, want ErrDamaged", err)
		}
		r.Files[0].Name = "../全网.csv"
		if err := a.Restore(ctx, r, dir); !errors.Is(err, archive.ErrDamaged) {
			t.Errorf("a name that leads out: %v, want ErrDamaged", err)
		}
	})
}

// A Put that fails leaves nothing under the name, and what is left of it goes
// with Clean.
func TestPutIsAllOrNothing(t *testing.T) {
	everywhere(t, func(t *testing.T, p archive.Place) {
		broken := io.MultiReader(strings.NewReader("half"), failing{})
		if err := p.Put(t.Context(), "objects/aa/bb/x", broken, 8); err == nil {
			t.Error("no error")
		}
		if _, there, err := p.Size(t.Context(), "objects/aa/bb/x"); there || err != nil {
			t.Errorf("there: %t, %v", there, err)
		}
		if err := p.Clean(t.Context()); err != nil {
			t.Error(err)
		}
		if names, err := p.Names(t.Context(), "objects/"); err != nil || len(names) != 0 {
			t.Errorf("names %q, %v", names, err)
		}
	})
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the cable was pulled") }

func TestAFolderLeavesNothingBehind(t *testing.T) {
	place := archive.Folder{Dir: t.TempDir()}
	half := filepath.Join(place.Dir, "unfinished", "x.part")
	if err := errors.Join(os.MkdirAll(filepath.Dir(half), 0o755), os.WriteFile(half, []byte("ha"), 0o644)); err != nil {
		t.Fatal(err)
	}
	if err := place.Clean(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := contents(t, place.Dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	s := server(t)
	denied := inBucket(t, s.URL, "stranger")
	if _, err := denied.Get(t.Context(), "x"); !errors.Is(err, archive.ErrDenied) || strings.Contains(err.Error(), "not-to-be-told") {
		t.Errorf("a wrong key: %v, want ErrDenied without the secret", err)
	}
	if _, err := inBucket(t, s.URL, "reader").Get(t.Context(), "x"); !errors.Is(err, archive.ErrAbsent) {
		t.Errorf("no such object: %v, want ErrAbsent", err)
	}
	gone := inBucket(t, s.URL, "reader")
	s.Close()
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	if err := gone.Put(ctx, "x", strings.NewReader("x"), 1); !errors.Is(err, archive.ErrUnavailable) {
		t.Errorf("nobody listens: %v, want ErrUnavailable", err)
	}
	if _, err := (archive.Folder{Dir: t.TempDir()}).Get(t.Context(), "x"); !errors.Is(err, archive.ErrAbsent) {
		t.Errorf("no such file: %v, want ErrAbsent", err)
	}
}

// contents are the files of a folder by name.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(text)
	}
	return out
}
