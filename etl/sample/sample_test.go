package sample_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/encoding/simplifiedchinese"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
)

// catalogue is the shipped one, read as the configuration reads it.
func catalogue(t *testing.T) *panel.Catalogue {
	t.Helper()
	text, err := os.ReadFile("../../configs/apps.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c panel.Catalogue
	if err := yaml.UnmarshalWithOptions(text, &c, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if err := c.Index(); err != nil {
		t.Fatal(err)
	}
	return &c
}

var root string // the sample that most tests read

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "sample")
	if err != nil {
		panic(err)
	}
	root = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var writeOnce sync.Once

// written is a folder with the whole sample, written once.
func written(t *testing.T) string {
	t.Helper()
	writeOnce.Do(func() {
		if err := sample.Write(root, catalogue(t), sample.Options{Seed: 1}); err != nil {
			t.Fatal(err)
		}
	})
	return root
}

func manifest(t *testing.T, dir string) (m extract.Manifest) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, extract.ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// records reads a file of a delivery as any reader would: by the manifest's
// encoding, gzip by its name. Rows are maps from header to cell.
func records(t *testing.T, dir string, m extract.Manifest, f extract.File) []map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, f.Name))
	if err != nil {
		t.Fatal(err)
	}
	var in io.Reader = bytes.NewReader(raw)
	if strings.HasSuffix(f.Name, ".gz") {
		if in, err = gzip.NewReader(in); err != nil {
			t.Fatal(err)
		}
	}
	if f.Encoding == "gb18030" || f.Encoding == "" && m.Encoding == "gb18030" {
		in = simplifiedchinese.GB18030.NewDecoder().Reader(in)
	}
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	if len(rows)-1 != f.Rows {
		t.Errorf("%s %s: %d rows, the manifest says %d", m.Month, f.Name, len(rows)-1, f.Rows)
	}
	out := make([]map[string]string, len(rows)-1)
	for i, r := range rows[1:] {
		out[i] = map[string]string{}
		for j, cell := range r {
			out[i][rows[0][j]] = cell
		}
	}
	return out
}

// number reads a printed number, a percent sign apart.
func number(t *testing.T, cell string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSuffix(cell, "%"), 64)
	if err != nil {
		t.Helper()
		t.Fatalf("%q is not a number", cell)
	}
	return v
}
