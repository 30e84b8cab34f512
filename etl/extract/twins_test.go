package extract_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"panelwatch/etl/extract"
)

// A twin writes the rows of a table, its header first, in another format, and
// tells how many lines further up they are than in CSV.
type twin struct {
	name  string
	write func(t *testing.T, rows [][]string) []byte
	up    int
}

var twins = []twin{
	{"csv", asCSV, 0},
	{"csv in gb18030", func(t *testing.T, rows [][]string) []byte {
		return must(simplifiedchinese.GB18030.NewEncoder().Bytes(asCSV(t, rows)))
	}, 0},
	{"csv in zip", func(t *testing.T, rows [][]string) []byte { return zipOf("表.csv", asCSV(t, rows)) }, 0},
	{"csv in gzip", func(t *testing.T, rows [][]string) []byte { return zipped(asCSV(t, rows)) }, 0},
	{"csv in zstd", func(t *testing.T, rows [][]string) []byte { return zstdOf(asCSV(t, rows)) }, 0},
	{"xlsx", asXLSX(false), 0},
	{"xlsx with numbers", asXLSX(true), 0},
	{"xlsx in zip", func(t *testing.T, rows [][]string) []byte { return zipOf("a.xlsx", asXLSX(true)(t, rows)) }, 0},
	{"xlsx in zstd", func(t *testing.T, rows [][]string) []byte { return zstdOf(asXLSX(true)(t, rows)) }, 0},
	{"jsonl", asJSONL, 1},
	{"jsonl in gb18030", func(t *testing.T, rows [][]string) []byte {
		return must(simplifiedchinese.GB18030.NewEncoder().Bytes(asJSONL(t, rows)))
	}, 1},
	{"jsonl in gzip", func(t *testing.T, rows [][]string) []byte { return zipped(asJSONL(t, rows)) }, 1},
	{"jsonl in zip", func(t *testing.T, rows [][]string) []byte { return zipOf("x/a.jsonl", asJSONL(t, rows)) }, 1},
	{"parquet", asParquet, 1},
	{"parquet in gzip", func(t *testing.T, rows [][]string) []byte { return zipped(asParquet(t, rows)) }, 1},
	{"parquet in zip", func(t *testing.T, rows [][]string) []byte { return zipOf("a.parquet", asParquet(t, rows)) }, 1},
}

// TestTwins writes every plain delivery of testdata/deliveries in every
// format: the same numbers, rejects and ledgers come out, each at its place.
func TestTwins(t *testing.T) {
	paths := must(filepath.Glob("testdata/deliveries/*.txtar"))
	covered := map[string]bool{}
	for _, path := range paths {
		archive := must(txtar.ParseFile(path))
		m, _ := manifestAndContents(t, archive)
		tables, plain := tablesIn(t, archive, m)
		if !plain {
			continue
		}
		for _, f := range m.Files {
			covered[f.Table] = true
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { testTwins(t, m, tables) })
	}
	for _, table := range []string{
		extract.TableDevices, extract.TableUsage, extract.TableAppMonth, extract.TableProfile,
		extract.TableTopList, extract.TableOverlap, extract.TableHourly, extract.TableUniverse,
	} {
		if !covered[table] {
			t.Errorf("no twin of %s", table)
		}
	}
}

func testTwins(t *testing.T, m extract.Manifest, tables [][][]string) {
	want := ""
	for _, w := range twins {
		var contents [][]byte
		for i, rows := range tables {
			contents = append(contents, w.write(t, rows))
			m.Files[i].Rows, m.Files[i].Encoding = len(rows)-1, ""
		}
		m.Encoding = ""
		got := movedUp(m, describeDelivery(t, m, contents), -w.up)
		if want == "" {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: csv -, twin +:\n%s", w.name, diff)
		}
	}
}

// describeDelivery writes, reads and describes a delivery.
func describeDelivery(t *testing.T, m extract.Manifest, contents [][]byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := extract.WriteDelivery(dir, m, contents); err != nil {
		t.Fatal(err)
	}
	d := extract.Delivery{Dir: dir, Manifest: m}
	describe := describeFigures
	if m.Kind == extract.Microdata {
		describe = describePanel
	}
	text, err := describe(t.Context(), d, shipped)
	if err != nil {
		return describeError(t, err)
	}
	return text
}

// movedUp changes the line numbers of all files of a description.
func movedUp(m extract.Manifest, text string, n int) string {
	for _, f := range m.Files {
		line := regexp.MustCompile(regexp.QuoteMeta(f.Name) + `(:| line )(\d+)`)
		text = line.ReplaceAllStringFunc(text, func(s string) string {
			parts := line.FindStringSubmatch(s)
			return f.Name + parts[1] + strconv.Itoa(must(strconv.Atoi(parts[2]))-n)
		})
	}
	return text
}

// tablesIn are the rows of a delivery that is nothing but tables: sound CSV
// with the header first, and read without an error.
func tablesIn(t *testing.T, archive *txtar.Archive, m extract.Manifest) (tables [][][]string, plain bool) {
	for _, f := range archive.Files {
		if f.Name == "want" && strings.HasPrefix(string(f.Data), "error") {
			return nil, false
		}
	}
	for _, f := range m.Files {
		c := contentOf(t, archive, f.Name)
		rows, err := csv.NewReader(strings.NewReader(c.text)).ReadAll()
		if err != nil || strings.Contains(strings.Join(c.words, " "), "bytes") || strings.Contains(c.text, "\n\n") || len(rows) != strings.Count(c.text, "\n") {
			return nil, false
		}
		for _, name := range rows[0] {
			if name == "" || len(rows) < 2 {
				return nil, false
			}
		}
		tables = append(tables, rows)
	}
	return tables, true
}

func asCSV(_ *testing.T, rows [][]string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.WriteAll(rows)
	return out.Bytes()
}

// aNumber is text that may as well be a number.
var aNumber = regexp.MustCompile(`^-?(0|[1-9]\d{0,11})(\.\d{0,3}[1-9])?$`)

func asXLSX(typed bool) func(*testing.T, [][]string) []byte {
	return func(t *testing.T, rows [][]string) []byte {
		return workbook(t, func(f *excelize.File) {
			for i, row := range rows {
				for j, cell := range row {
					if v, err := strconv.ParseFloat(cell, 64); typed && err == nil && aNumber.MatchString(cell) {
						set(t, f, "Sheet1", at(j, i), v)
					} else if cell != "" {
						set(t, f, "Sheet1", at(j, i), cell)
					}
				}
			}
		})
	}
}

// at is the name of a cell, from 0.
func at(column, row int) string { return must(excelize.CoordinatesToCellName(column+1, row+1)) }

func set(t *testing.T, f *excelize.File, sheet, cell string, value any) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
}

// workbook is an XLSX file with one sheet, Sheet1, and what is done to it.
func workbook(t *testing.T, do func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	do(f)
	return must(f.WriteToBuffer()).Bytes()
}

func asJSONL(_ *testing.T, rows [][]string) []byte {
	var out bytes.Buffer
	for i, row := range rows[1:] {
		var pairs []string
		for j, cell := range row {
			value := string(must(json.Marshal(cell)))
			switch {
			case cell == "" && i%2 == 1 && i > 1:
				continue
			case cell == "":
				value = "null"
			case aNumber.MatchString(cell):
				value = cell
			}
			pairs = append(pairs, fmt.Sprintf("%s: %s", must(json.Marshal(rows[0][j])), value))
		}
		fmt.Fprintf(&out, "{%s}\n", strings.Join(pairs, ", "))
	}
	return out.Bytes()
}

func asParquet(t *testing.T, rows [][]string) []byte {
	t.Helper()
	schema := parquet.NewSchema("rows", inOrder{parquet.Group{}, rows[0]})
	var out bytes.Buffer
	w := parquet.NewWriter(&out, schema, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(3))
	for _, cells := range rows[1:] {
		var row parquet.Row
		for i, cell := range cells {
			v := parquet.ByteArrayValue([]byte(cell)).Level(0, 1, i)
			if cell == "" {
				v = parquet.NullValue().Level(0, 0, i)
			}
			row = append(row, v)
		}
		must(w.WriteRows([]parquet.Row{row}))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// inOrder is a group of optional texts in the order of the table, which a
// parquet.Group would sort.
type inOrder struct {
	parquet.Group
	names []string
}

// Fields are the columns.
func (o inOrder) Fields() (fields []parquet.Field) {
	for _, name := range o.names {
		g := parquet.Group{name: parquet.Optional(parquet.String())}
		fields = append(fields, g.Fields()[0])
	}
	return fields
}

func zipOf(name string, content []byte) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	must(must(w.Create(name)).Write(content))
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func zstdOf(content []byte) []byte {
	return must(zstd.NewWriter(nil)).EncodeAll(content, nil)
}
