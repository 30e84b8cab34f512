package extract_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"panelwatch/etl/extract"
)

const sound = "应用名称,月份,月独立设备数\n闽政通,202312,1\n"

// archive is a ZIP archive of entries.
func archive(entries ...*zip.FileHeader) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		f := must(w.CreateHeader(e))
		if !e.Mode().IsDir() {
			must(io.WriteString(f, sound))
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func entry(name string) *zip.FileHeader { return &zip.FileHeader{Name: name, Method: zip.Deflate} }

func link(name string) *zip.FileHeader {
	e := entry(name)
	e.SetMode(fs.ModeSymlink | 0o777)
	return e
}

// encrypted sets the flag of encryption in the local and the central header.
func encrypted(b []byte) []byte {
	for _, header := range []struct {
		magic string
		flags int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		b[bytes.Index(b, []byte(header.magic))+header.flags] |= 1
	}
	return b
}

// TestArchives holds what of a ZIP archive is read, and what is refused.
func TestArchives(t *testing.T) {
	damaged := zipOf("a.csv", []byte(strings.Repeat(sound, 9)))
	damaged[45] ^= 0x55
	for _, c := range []struct {
		name    string
		content []byte
		want    string // in what is read, or in the error
	}{
		{"one file", archive(entry("a.csv")), "devices minzhengtong"},
		{"in a folder, with what a Mac adds", archive(entry("x/"), entry("x/a.csv"), entry("__MACOSX/x/._a.csv"), entry("x/.DS_Store")), "devices minzhengtong"},
		{"a name in GBK", archive(&zip.FileHeader{Name: "\xb1\xed\xb5\x5c.csv", NonUTF8: true}), "devices minzhengtong"},
		{"upwards", archive(entry("../a.csv")), "leads out of it"},
		{"upwards, within", archive(entry("x/../../a.csv")), "leads out of it"},
		{"absolute", archive(entry("/etc/passwd")), "leads out of it"},
		{"backslashes", archive(entry(`..\a.csv`)), "leads out of it"},
		{"drive", archive(entry("C:a.csv")), "leads out of it"},
		{"upwards, beside the data", archive(entry("a.csv"), entry("../../b")), "leads out of it"},
		{"link", archive(link("a.csv")), "is a symbolic link"},
		{"two files", archive(entry("a.csv"), entry("b.csv")), `is a ZIP archive of 2 files "a.csv", "b.csv"`},
		{"no file", archive(), "is a ZIP archive of 0 files"},
		{"encrypted", encrypted(archive(entry("a.csv"))), "is encrypted"},
		{"another method", bytes.ReplaceAll(archive(entry("a.csv")), []byte("\x08\x00\x08\x00"), []byte("\x08\x00\x0c\x00")), "method 12"},
		{"zip in zip", zipOf("a.zip", zipOf("a.csv", []byte(sound))), "is a ZIP archive within another file"},
		{"zip in gzip", zipped(zipOf("a.csv", []byte(sound))), "is a ZIP archive within another file"},
		{"gzip in zip", zipOf("a.gz", zipped([]byte(sound))), "is compressed twice"},
		{"gzip in gzip", zipped(zipped([]byte(sound))), "is compressed twice"},
		{"damaged", damaged, "is damaged"},
		{"cut", zipOf("a.csv", []byte(sound))[:80], "is a damaged ZIP archive"},
		{"workbook, cut", asXLSX(false)(t, [][]string{{"a"}})[:900], "is a damaged ZIP archive"},
		{"old workbook", []byte("\xd0\xcf\x11\xe0 and so on"), "an old or encrypted Excel workbook"},
		{"error page", []byte("<html><body>404"), "is HTML or XML"},
	} {
		m := soundManifest(extract.Aggregate)
		m.Files = []extract.File{{Name: "x", Table: "app_month", Rows: 1}}
		if got := describeDelivery(t, m, [][]byte{c.content}); !strings.Contains(got, c.want) {
			t.Errorf("%s: want %q, got %s", c.name, c.want, got)
		}
	}
}

// TestLinksOutOfTheDelivery holds that files of a delivery are in its folder.
func TestLinksOutOfTheDelivery(t *testing.T) {
	for _, c := range []struct{ name, target, want string }{
		{"out", "../secret.csv", "leads out of the delivery's folder"},
		{"absolute", "/etc/passwd", "leads out of the delivery's folder"},
		{"inside", "..data", "has 2 bytes"},
		{"a folder", ".", "is no regular file"},
		{"nowhere", "gone", "missing"},
	} {
		dir := filepath.Join(t.TempDir(), "r1")
		m := soundManifest(extract.Aggregate)
		m.Files = []extract.File{{Name: "x.csv", Table: "app_month", Rows: 1}}
		if err := extract.WriteDelivery(dir, m, [][]byte{[]byte(sound)}); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "x.csv")
		err := os.Remove(path)
		for name, content := range map[string]string{"../secret.csv": sound, "..data": "a\n"} {
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600)
			}
		}
		if err == nil {
			err = os.Symlink(c.target, path)
		}
		if err != nil {
			t.Fatal(err)
		}
		found, _, err := extract.Find("test", dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := found[0].Verify(t.Context()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q, got %v", c.name, c.want, err)
		}
	}
}

// A bomb is a file that would take far more memory than it has bytes.
type bomb struct {
	name   string
	write  func(w io.Writer) error
	sparse int64 // length that the file is stretched to with zeros
	want   string
}

var bombs = []bomb{
	{"a field of 1 GB", text(sound + "闽政通"), 1 << 30, "is longer than 1048576 bytes"},
	{"a quote that never closes", zippedLines(sound+"\"", strings.Repeat("a", 1000)+"\n", 60_000), 0, "a quote opens here"},
	{"a header of 10 million columns", text(strings.Repeat("a,", 1e7)), 0, "is longer than 1048576 bytes"},
	{"a header of half a million columns", text(strings.Repeat("a,", 5e5) + "\n" + sound), 0, "has 500001 columns, at most 4096"},
	{"gzip", zippedLines(sound, strings.Repeat(",", 999)+"\n", 200_000), 0, "inflates to more than"},
	{"gzip of a field", zippedLines(sound, strings.Repeat("a", 1000), 200_000), 0, "is longer than 1048576 bytes"},
	{"JSON of one line", text(`{"app": "`), 1 << 30, "is longer than 1048576 bytes"},
	{"JSON of many keys", manyKeys, 0, "has 4097 columns, at most 4096"},
	{"JSON of long keys", longKeys, 0, "has a key of 1000003 bytes"},
	{"Parquet", parquetBomb, 0, "inflates to more than"},
	{"XLSX of a text of 48 MB", sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>`, "aaaaaaaaaaaaaaaa", 3e6, `</t></is></c></row>`), 0, "a text longer than any cell"},
	{"XLSX of an attribute of 48 MB", sheetOf(`<row r="`, "1111111111111111", 3e6, `"></row>`), 0, "a text longer than any cell"},
	{"XLSX of many pieces of text", sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is>`, "<t>aaaaaaaaaaaaaaaa</t>", 2e6, `</is></c></row>`), 0, "a text longer than any cell"},
	{"XLSX of many cells", sheetOf(`<row r="1">`, `<c t="inlineStr"><is><t>a</t></is></c>`, 1e6, `</row>`), 0, "is beyond the 4096 columns"},
	{"XLSX of long cells", sheetOf(`<row r="1">`, `<c t="inlineStr"><is><t>`+strings.Repeat("a", 1<<19)+`</t></is></c>`, 100, `</row>`), 0, "is longer than 16777216 bytes"},
	{"XLSX of empty texts", shared(`<si/>`, 5_000_000), 0, "the cells share more than 67108864 bytes of text"},
	{"XLSX of long texts", shared(`<si><t>`+strings.Repeat("a", 1<<19)+`</t></si>`, 140), 0, "inflates to more than"},
	{"XLSX without end", sheetOf(``, `<row></row>`, 2e6, ``), 0, "comes after row 1048576"},
	{"XLSX of many merged cells", sheetOf(`</sheetData><mergeCells>`, `<mergeCell ref="A1:A1048576"/>`, 1e6, ``), 0, "too many merged cells"},
	{"ZIP of many entries", manyEntries, 0, "list of contents is longer than"},
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func repeat(w io.Writer, s string, n int) (err error) {
	chunk := strings.Repeat(s, 1+(1<<16)/len(s))
	per := len(chunk) / len(s)
	for ; n > 0 && err == nil; n -= per {
		_, err = io.WriteString(w, chunk[:min(n, per)*len(s)])
	}
	return err
}

func zippedLines(start, line string, n int) func(io.Writer) error {
	return func(w io.Writer) error {
		z := must(gzip.NewWriterLevel(w, gzip.BestSpeed))
		must(io.WriteString(z, start))
		if err := repeat(z, line, n); err != nil {
			return err
		}
		return z.Close()
	}
}

func manyKeys(w io.Writer) error {
	for i := range 100_000 {
		if _, err := fmt.Fprintf(w, "{\"key%d\": 1}\n", i); err != nil {
			return err
		}
	}
	return nil
}

func longKeys(w io.Writer) error {
	for i := range 300 {
		if _, err := fmt.Fprintf(w, "{\"%03d%s\": 1}\n", i, strings.Repeat("a", 1e6)); err != nil {
			return err
		}
	}
	return nil
}

func parquetBomb(w io.Writer) error {
	type row struct {
		App string `parquet:"app,plain,zstd"`
	}
	p := parquet.NewGenericWriter[row](w, parquet.PageBufferSize(1<<26))
	rows := slices.Repeat([]row{{strings.Repeat("a", 1000)}}, 1000)
	for range 150 {
		if _, err := p.Write(rows); err != nil {
			return err
		}
	}
	return p.Close()
}

func manyEntries(w io.Writer) error {
	z := zip.NewWriter(w)
	for i := range 120_000 {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d/%s", i, strings.Repeat("a", 60))}); err != nil {
			return err
		}
	}
	return z.Close()
}

// sheetOf is a workbook whose sheet has a text n times.
func sheetOf(start, again string, n int, end string) func(io.Writer) error {
	return workbookOf("xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+start, again, n, end+`</sheetData></worksheet>`)
}

// shared is a workbook whose cells share a text n times.
func shared(again string, n int) func(io.Writer) error {
	return workbookOf("xl/sharedStrings.xml", `<sst>`, again, n, `</sst>`)
}

// workbookOf is a workbook with another part in the place of one.
func workbookOf(part, start, again string, n int, end string) func(io.Writer) error {
	return func(w io.Writer) error {
		f := excelize.NewFile()
		defer f.Close()
		if err := f.SetCellStr("Sheet1", "A1", "a"); err != nil {
			return err
		}
		plain := must(f.WriteToBuffer()).Bytes()
		z := zip.NewWriter(w)
		for _, e := range must(zip.NewReader(bytes.NewReader(plain), int64(len(plain)))).File {
			to := must(z.Create(e.Name))
			if e.Name != part {
				must(io.Copy(to, must(e.Open())))
				continue
			}
			must(io.WriteString(to, start))
			if err := repeat(to, again, n); err != nil {
				return err
			}
			must(io.WriteString(to, end))
		}
		return z.Close()
	}
}

// TestBombs holds that a hostile file ends in an error about it, and takes
// little memory on the way.
func TestBombs(t *testing.T) {
	const most = 256 << 20
	for _, b := range bombs {
		t.Run(b.name, func(t *testing.T) {
			d := b.delivery(t)
			var err error
			peak := peakOf(func() {
				_, err = extract.ReadAggregate(t.Context(), d, shipped, extract.Options{Contracts: datasets})
			})
			if got := describeError(t, err); !strings.Contains(got, b.want) {
				t.Errorf("want %q, got %.500s", b.want, got)
			}
			if peak > most {
				t.Errorf("took %d MiB, want at most %d", peak>>20, uint64(most)>>20)
			}
		})
	}
}

// delivery is the bomb in a folder.
func (b bomb) delivery(t *testing.T) extract.Delivery {
	t.Helper()
	dir := t.TempDir()
	f := must(os.Create(filepath.Join(dir, "x")))
	defer f.Close()
	err := b.write(f)
	if err == nil && b.sparse > 0 {
		err = f.Truncate(b.sparse)
	}
	if err != nil {
		t.Fatal(err)
	}
	m := soundManifest(extract.Aggregate)
	m.Files = []extract.File{{Name: "x", Table: "app_month", Rows: 1 << 20}}
	return extract.Delivery{Dir: dir, Manifest: m}
}

// peakOf is the most memory that objects had while do ran, beyond what they
// had before. It collects garbage early: what waits to be collected says how
// busy the machine is, not what a file takes.
func peakOf(do func()) (most uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	end, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-end:
				return
			case <-tick.C:
			}
		}
	}()
	do()
	close(end)
	<-done
	return most - min(before, most)
}

// TestLimits holds that every limit can be set.
func TestLimits(t *testing.T) {
	rows := [][]string{{"应用名称", "月份", "月独立设备数"}, {"闽政通", "202312", "1"}}
	for _, c := range []struct {
		name    string
		limits  extract.Limits
		content []byte
		want    string
	}{
		{"inflated gzip", extract.Limits{Inflated: 40}, zipped([]byte(sound)), "inflates to more than 40 bytes"},
		{"inflated zstd", extract.Limits{Inflated: 40}, zstdOf([]byte(sound)), "inflates to more than 40 bytes"},
		{"inflated zip", extract.Limits{Inflated: 40}, zipOf("a.csv", []byte(sound)), "inflates to more than 40 bytes"},
		{"inflated workbook", extract.Limits{Inflated: 400}, asXLSX(false)(t, rows), "inflates to more than 400 bytes"},
		{"scratch", extract.Limits{Scratch: 4000}, zipped(asXLSX(false)(t, rows)), "inflates to more than 4000 bytes"},
		{"text", extract.Limits{Text: 70}, asXLSX(false)(t, rows), "share more than 70 bytes"},
		{"columns of CSV", extract.Limits{Columns: 2}, []byte(sound), "has 3 columns, at most 2"},
		{"columns of XLSX", extract.Limits{Columns: 2}, asXLSX(false)(t, rows), "cell C1: is beyond the 2 columns"},
		{"columns of JSON", extract.Limits{Columns: 2}, asJSONL(t, rows), "has 3 columns, at most 2"},
		{"columns of Parquet", extract.Limits{Columns: 2}, asParquet(t, rows), "has 3 columns, at most 2"},
	} {
		dir := t.TempDir()
		m := soundManifest(extract.Aggregate)
		m.Files = []extract.File{{Name: "x", Table: "app_month", Rows: 1}}
		if err := extract.WriteDelivery(dir, m, [][]byte{c.content}); err != nil {
			t.Fatal(err)
		}
		d := extract.Delivery{Dir: dir, Manifest: m}
		_, err := extract.ReadAggregate(t.Context(), d, shipped, extract.Options{Contracts: datasets, Limits: c.limits, TempDir: t.TempDir()})
		if got := describeError(t, err); !strings.Contains(got, c.want) {
			t.Errorf("%s: want %q, got %s", c.name, c.want, got)
		}
		if _, err := extract.ReadAggregate(t.Context(), d, shipped, extract.Options{Contracts: datasets}); err != nil {
			t.Errorf("%s, without the limit: %v", c.name, err)
		}
	}
}
