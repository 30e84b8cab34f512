package sample_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/sample"
)

// tree is the SHA-256 of every file below dir, by its path.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		sum := sha256.Sum256(data)
		name, _ := filepath.Rel(dir, path)
		out[name] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSameSeedSameBytes(t *testing.T) {
	again := t.TempDir()
	if err := sample.Write(again, catalogue(t), sample.Options{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	first := tree(t, written(t))
	if diff := cmp.Diff(first, tree(t, again)); diff != "" {
		t.Errorf("first run (-), second run (+):\n%s", diff)
	}
	if want := 48 + 3; countSuffix(first, extract.SuccessName) != want {
		t.Errorf("%d deliveries, want %d", countSuffix(first, extract.SuccessName), want)
	}
}

func countSuffix(tree map[string]string, suffix string) (n int) {
	for name := range tree {
		if strings.HasSuffix(name, suffix) {
			n++
		}
	}
	return n
}

func TestAnotherSeedWritesOtherNumbers(t *testing.T) {
	other := t.TempDir()
	if err := sample.Write(other, catalogue(t), sample.Options{Seed: 2}); err != nil {
		t.Fatal(err)
	}
	a, b := tree(t, written(t)), tree(t, other)
	for name := range a {
		invented := strings.HasSuffix(name, "app_month.csv") || strings.Contains(name, "usage.csv")
		if same := a[name] == b[name]; same && invented {
			t.Errorf("%s is the same with both seeds", name)
		}
	}
}

// A month's vendor tables are the same whichever months are written with it.
func TestMonthsDoNotDependOnTheRange(t *testing.T) {
	part := t.TempDir()
	opts := sample.Options{Seed: 1, From: panel.MustMonth("2021-11"), To: panel.MustMonth("2022-02"), MicroMonths: -1}
	if err := sample.Write(part, catalogue(t), opts); err != nil {
		t.Fatal(err)
	}
	whole := tree(t, written(t))
	for name, sum := range tree(t, part) {
		if whole[name] != sum {
			t.Errorf("%s differs from that of the whole sample", name)
		}
	}
	if n := countSuffix(tree(t, part), extract.SuccessName); n != 4 {
		t.Errorf("%d deliveries, want 4", n)
	}
}

func TestPublishedTablesAreDeliveredAsPrinted(t *testing.T) {
	dir := filepath.Join(written(t), "vendor", december, "r1")
	m, published := manifest(t, dir), 0
	for _, f := range m.Files {
		if f.Origin != "published" {
			continue
		}
		published++
		want, err := os.ReadFile(filepath.Join("published", f.Name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		if f.Encoding == "gb18030" {
			if got, err = simplifiedchinese.GB18030.NewDecoder().Bytes(got); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(got, want) || f.Source == "" {
			t.Errorf("%s (source %q) is not as published", f.Name, f.Source)
		}
	}
	if published != 3 {
		t.Errorf("%d published tables, want 3", published)
	}
}

func TestManifestsSayWhatIsInvented(t *testing.T) {
	dir := t.TempDir()
	opts := sample.Options{From: panel.MustMonth("2021-12"), To: panel.MustMonth("2022-01"), MicroMonths: 1, RevisionNote: "Second attempt."}
	if err := sample.Write(dir, catalogue(t), opts); err != nil {
		t.Fatal(err)
	}
	encodings := map[string]string{}
	for _, month := range []string{"vendor/2021-12", "vendor/2022-01", "panel/2022-01"} {
		m := manifest(t, filepath.Join(dir, month, "r1"))
		encodings[month] = m.Encoding
		if !strings.HasPrefix(m.Synthetic, "合成样本") || !strings.HasSuffix(m.Synthetic, opts.RevisionNote) {
			t.Errorf("%s: synthetic says %q", month, m.Synthetic)
		}
		if slices.ContainsFunc(m.Files, func(f extract.File) bool { return f.Origin != "synthetic" || f.Source == "" }) {
			t.Errorf("%s: a file does not say that it is invented", month)
		}
		if want := (m.Month + 1).Start().AddDate(0, 0, 9).Add(time.Hour); !m.DeliveredAt.Equal(want) {
			t.Errorf("%s: delivered at %s, want %s", month, m.DeliveredAt, want)
		}
	}
	want := map[string]string{"vendor/2021-12": "gb18030", "vendor/2022-01": "utf-8", "panel/2022-01": "utf-8"}
	if diff := cmp.Diff(want, encodings); diff != "" {
		t.Error(diff)
	}
}

func TestEveryAppOfTheCatalogueIsInTheSample(t *testing.T) {
	v := readVendor(t, written(t))
	for _, a := range catalogue(t).Apps {
		if v.devices[a.Name][december] == 0 {
			t.Errorf("%s is not in %s", a.Name, december)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	empty := &panel.Catalogue{}
	if err := empty.Index(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		cat  *panel.Catalogue
		opts sample.Options
		want string
	}{
		"months before the history": {catalogue(t), sample.Options{From: panel.MustMonth("2019-12")}, "2020-01 to 2023-12"},
		"months in wrong order":     {catalogue(t), sample.Options{From: panel.MustMonth("2022-02"), To: panel.MustMonth("2022-01")}, "2022-02 to 2022-01"},
		"a panel too small":         {catalogue(t), sample.Options{Devices: 10}, "want at least"},
		"a catalogue without apps":  {empty, sample.Options{}, "no app"},
	} {
		err := sample.Write(t.TempDir(), c.cat, c.opts)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
}
