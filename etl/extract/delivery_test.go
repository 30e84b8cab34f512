package extract_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding/simplifiedchinese"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata")

// TestDeliveries reads every delivery in testdata/deliveries. Each file holds
// what differs from a sound manifest, the files of the delivery, and what is
// wanted of them. Words behind a file's name say how its text becomes bytes.
func TestDeliveries(t *testing.T) {
	paths, err := filepath.Glob("testdata/deliveries/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no deliveries: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { testDelivery(t, path) })
	}
}

func testDelivery(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, archive)
	for i, f := range archive.Files {
		if f.Name != "want" {
			continue
		}
		if *update {
			archive.Files[i].Data = []byte(got)
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		if diff := cmp.Diff(string(f.Data), got); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		return
	}
	t.Fatalf("%s has no want; got:\n%s", path, got)
}

// read writes the delivery of an archive to a folder, reads it as the job
// does and describes what came out.
func read(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	m, contents := manifestAndContents(t, archive)
	if err := extract.WriteDelivery(dir, m, contents); err != nil {
		t.Fatal(err)
	}
	found, _, err := extract.Find("test", dir)
	if err != nil {
		return describeError(t, err)
	}
	ctx, d := t.Context(), found[0]
	if err := d.Verify(ctx); err != nil {
		return describeError(t, err)
	}
	var text string
	if m.Kind == extract.Microdata {
		text, err = describePanel(ctx, d, shipped)
	} else {
		text, err = describeFigures(ctx, d, shipped)
	}
	if err != nil {
		return describeError(t, err)
	}
	return text
}

// soundManifest is a manifest without fault, of the kind given.
func soundManifest(kind string) extract.Manifest {
	m := extract.Manifest{
		Vendor: "test", Product: "test", Kind: kind, Month: panel.MustMonth("2023-12"), Revision: 1,
		DeliveredAt: time.Date(2024, 1, 12, 9, 30, 0, 0, time.UTC), UniverseWan: 139_000,
		TierListYear: 2023, TGIBase: "all_network", DefinitionsVersion: "2023",
		Synthetic: "figures of tests, invented unless origin says published",
	}
	if kind == extract.Microdata {
		m.UsageGrain, m.UniverseWan = "month", 1
	}
	return m
}

func manifestAndContents(t *testing.T, archive *txtar.Archive) (extract.Manifest, [][]byte) {
	t.Helper()
	var kind struct{ Kind string }
	overlay := archive.Files[0].Data
	if archive.Files[0].Name != "manifest" || json.Unmarshal(overlay, &kind) != nil {
		t.Fatal("the first file must be the manifest")
	}
	m := soundManifest(kind.Kind)
	if err := json.Unmarshal(overlay, &m); err != nil {
		t.Fatal(err)
	}
	var contents [][]byte
	for i, f := range m.Files {
		text := contentOf(t, archive, f.Name)
		if f.Rows == 0 {
			m.Files[i].Rows = max(strings.Count(text.text, "\n")-1, 0)
		}
		contents = append(contents, text.bytes(t))
	}
	return m, contents
}

// A content is the text of a file and the words that say how to encode it.
type content struct {
	text  string
	words []string
}

func contentOf(t *testing.T, archive *txtar.Archive, name string) content {
	t.Helper()
	for _, f := range archive.Files {
		if words := strings.Fields(f.Name); words[0] == name {
			return content{string(f.Data), words[1:]}
		}
	}
	t.Fatalf("no content for %s", name)
	return content{}
}

var escaped = regexp.MustCompile(`\\x([0-9A-F]{2})`)

func (c content) bytes(t *testing.T) []byte {
	t.Helper()
	b := []byte(c.text)
	for _, word := range c.words {
		switch word {
		case "gb18030":
			b = must(simplifiedchinese.GB18030.NewEncoder().Bytes(b))
		case "bom":
			b = append([]byte("\xef\xbb\xbf"), b...)
		case "crlf":
			b = bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
		case "cr":
			b = bytes.ReplaceAll(b, []byte("\n"), []byte("\r"))
		case "bytes": // \x80 in the text is that byte
			b = escaped.ReplaceAllFunc(b, func(e []byte) []byte {
				return []byte{byte(must(strconv.ParseUint(string(e[2:]), 16, 8)))}
			})
		case "gzip":
			b = zipped(b)
		case "truncated":
			b = b[:len(b)-9]
		default:
			t.Fatalf("unknown word %q", word)
		}
	}
	return b
}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	must(w.Write(b))
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func describeError(t *testing.T, err error) string {
	t.Helper()
	var fault *extract.DataError
	if !errors.As(err, &fault) {
		t.Errorf("want a *DataError, got %v", err)
	}
	return "error " + err.Error() + "\n"
}

func describeFigures(ctx context.Context, d extract.Delivery, cat *panel.Catalogue) (string, error) {
	got, err := extract.ReadAggregate(ctx, d, cat, extract.Options{Contracts: datasets})
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, v := range got.Values {
		fmt.Fprintf(&b, "%s:%d %s %s", d.Manifest.Files[v.File].Name, v.Line, v.Measure, v.App)
		for _, word := range []string{string(v.Other), v.List, v.Network} {
			if word != "" {
				b.WriteString(" " + word)
			}
		}
		fmt.Fprintf(&b, " %s/%s %s\n", v.Segment.Dimension, v.Segment.Member, strconv.FormatFloat(v.Value, 'f', -1, 64))
	}
	describeAccount(&b, d, got.Ledgers, got.Rejects)
	return b.String(), nil
}

func describePanel(ctx context.Context, d extract.Delivery, cat *panel.Catalogue) (string, error) {
	p, err := extract.ReadPanel(ctx, d, cat, extract.Options{Contracts: datasets})
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, d := range p.Devices {
		fmt.Fprintf(&b, "device %s %v group %d", d.ID, d.Weight, d.Group)
		if s := p.Strata[d.Stratum]; s != "" {
			b.WriteString(" stratum " + s)
		}
		for _, s := range d.Segments {
			if p.Segments[s].Member != panel.Unknown {
				b.WriteString(" " + p.Segments[s].Member)
			}
		}
		b.WriteString("\n")
	}
	for _, u := range p.Usage {
		fmt.Fprintf(&b, "usage %s %s day %d, %d days, %d uses, %d s\n",
			p.Devices[u.Device].ID, p.Apps[u.App], u.Day, u.ActiveDays, u.Uses, u.Seconds)
	}
	describeAccount(&b, d, p.Ledgers, p.Rejects)
	return b.String(), nil
}

func describeAccount(b *strings.Builder, d extract.Delivery, ledgers []extract.Ledger, rejects []extract.Reject) {
	for _, r := range rejects {
		fmt.Fprintf(b, "reject %s:%d %s %s %q: %s\n", d.Manifest.Files[r.File].Name, r.Line, r.Rule, r.Column, r.Raw, r.Hint)
	}
	for i, l := range ledgers {
		fmt.Fprintf(b, "%s read %d, loaded %d, rejected %d, ignored %d\n",
			d.Manifest.Files[i].Name, l.Read, l.Loaded, l.Rejected, l.Ignored)
	}
}
