package extract

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"panelwatch/etl/panel"
)

// fileOf writes a file that is the only one of a delivery, and returns the
// book to read it by.
func fileOf(t *testing.T, dir, table string, content []byte) *book {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "x"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	m := Manifest{Kind: Aggregate, Month: panel.MustMonth("2023-12"), Files: []File{{Name: "x", Table: table, Rows: 5}}}
	return newBook(Delivery{Dir: dir, Manifest: m}, Options{Contracts: shippedContracts(), Limits: Limits{Inflated: 1 << 20, Text: 1 << 16}})
}

// drain reads a file to its end; all that may go wrong is a fault of the data.
func drain(t *testing.T, b *book) (rows []row) {
	t.Helper()
	s, err := b.open(t.Context(), 0)
	if err != nil {
		if !isDataError(err) {
			t.Fatalf("no fault of the data: %v", err)
		}
		return nil
	}
	defer s.close()
	for {
		r, f, err := s.next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			if !isDataError(err) {
				t.Fatalf("no fault of the data: %v", err)
			}
			return rows
		}
		if f == nil && !r.footer && len(r.cells) != len(r.columns) {
			t.Fatalf("%d cells under %d columns", len(r.cells), len(r.columns))
		}
		if f == nil && strings.Contains(strings.Join(r.cells, ""), string(lost)) {
			t.Fatalf("a lost character is let through in %q", r.cells)
		}
		r.cells = slices.Clone(r.cells)
		rows = append(rows, r)
	}
}

// FuzzJSONLine compares the reading of a line with that of encoding/json.
func FuzzJSONLine(f *testing.F) {
	for _, line := range []string{`{"a": 1, "b": "x", "c": null}`, `{"a": {}}`, `{"a": [1,2]}`, `{"a":1,"a":2}`, `{"a": 1e5}`, `{"\u0061": true} `, `{"a":"\ud83d\ude00"}`, `{`, `{"a":1}}`} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		got := map[string]string{}
		var refused *fault
		twice := false
		err := eachPair(line, func(key []byte, value jsonValue) error {
			cell, f := value.cell(string(key))
			_, has := got[string(key)]
			twice = twice || has
			if got[string(key)] = cell; f != nil {
				refused = f
				return errStop
			}
			return nil
		})
		if err != nil || refused != nil || twice || !utf8.Valid(line) {
			return
		}
		want := map[string]any{}
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.UseNumber()
		if err := dec.Decode(&want); err != nil {
			t.Fatalf("%q was read, but it is broken: %v", line, err)
		}
		if len(want) != len(got) {
			t.Fatalf("%q: read %q, want %q", line, got, want)
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			same := want[key] == nil && got[key] == "" || want[key] == got[key]
			if n, is := want[key].(json.Number); is {
				plain, ok := plainDecimal(n.String())
				same = ok && plain == got[key] && !strings.ContainsAny(plain, "eE")
			}
			if !same {
				t.Fatalf("%q: %q is %q, want %v", line, key, got[key], want[key])
			}
		}
	})
}

// inMemory hands out records of text: rows in lines, cells between tabs.
type inMemory struct {
	lines []string
	at    int
}

func (m *inMemory) names() []string { return nil }
func (m *inMemory) close()          {}

func (m *inMemory) next() (record, error) {
	if m.at == len(m.lines) {
		return record{}, io.EOF
	}
	m.at++
	return record{line: m.at, cells: strings.Split(m.lines[m.at-1], "\t")}, nil
}

// FuzzHeader looks for headers of one and two rows in any text.
func FuzzHeader(f *testing.F) {
	for _, text := range []string{
		"应用名称\t月份\t月独立设备数\n闽政通\t202312\t5",
		"2023年12月\n应用名称\t月份\t\t2023年12月\n\t\t\t月独立设备数（万台）\n闽政通\t202312\t\t5",
		"应用名称\t月独立设备数\t\n\t2023-11\t202312\n闽政通\t4\t5",
		"序号\tAPP名称\t2023年11月\t2023年12月\n\t\t独立设备数\t独立设备数\n1\t闽政通\t4\t5",
	} {
		for table := range len(tablesOf[Aggregate]) {
			f.Add(text, byte(table), true)
		}
	}
	contracts := shippedContracts()
	f.Fuzz(func(t *testing.T, text string, table byte, grid bool) {
		m := Manifest{Kind: Aggregate, Month: panel.MustMonth("2023-12"), Files: []File{{Name: "x"}}}
		m.Files[0].Table = tablesOf[Aggregate][int(table)%len(tablesOf[Aggregate])]
		lines := strings.Split(text, "\n")
		s := &sheet{book: newBook(Delivery{Manifest: m}, Options{Contracts: contracts}), in: &inMemory{lines: lines}, grid: grid}
		if err := s.readHeader(); err != nil {
			if !isDataError(err) {
				t.Fatalf("no fault of the data: %v", err)
			}
			return
		}
		if err := s.header.complete(); err != nil {
			t.Fatalf("%q: taken for a header, but %v", text, err)
		}
		seen := map[string]bool{}
		for i, c := range s.header.columns {
			at := s.layout.cell(i)
			if at >= s.layout.width || at < ofMonth || at == ofMonth && c.name != "month" {
				t.Fatalf("%q: column %d is cell %d of %d", text, i, at, s.layout.width)
			}
			if key := c.name; key != "" && key != hourColumn && seen[key] {
				t.Fatalf("%q: two columns %s", text, key)
			}
			seen[c.name] = true
		}
		for _, o := range s.layout.others {
			if o.Month == m.Month {
				t.Fatalf("%q: a column of the delivery's month is left out", text)
			}
		}
		for range lines {
			if _, _, err := s.next(); err != nil {
				return
			}
		}
	})
}

// FuzzZip opens archives: nothing in one that is let through leads out of it.
func FuzzZip(f *testing.F) {
	for _, name := range []string{"a.csv", "../a.csv", "/a", `a\b`, "x/", "C:x", "\xb1\xed\xb5\x5c.csv"} {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		e, err := w.Create(name)
		if err == nil && !strings.HasSuffix(name, "/") {
			_, err = e.Write([]byte("a,b\n"))
		}
		if err := errors.Join(err, w.Close()); err != nil {
			f.Fatal(err)
		}
		f.Add(out.Bytes())
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if z, err := openZip(bytes.NewReader(content), int64(len(content))); err == nil {
			for _, e := range z.File {
				if name := strings.TrimSuffix(e.Name, "/"); !filepath.IsLocal(name) {
					t.Fatalf("%q is let through", e.Name)
				}
			}
		} else if !isDataError(err) {
			t.Fatalf("no fault of the data: %v", err)
		}
		if bytes.HasPrefix(content, zipMagic) {
			drain(t, fileOf(t, t.TempDir(), TableAppMonth, content))
		}
	})
}

// FuzzSheet reads any XML as the sheet of a workbook.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>应用名称</t></is></c><c r="B1" t="s"><v>0</v></c><c r="D1" t="str"><f>"a"</f><v>月独立设备数</v></c></row><row><c s="1"><v>45261</v></c><c r="D2"><f>A1</f></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:D1"/></mergeCells></worksheet>`,
		`<sst><si><t>月份</t></si><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>`,
		`<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`)
	f.Fuzz(func(t *testing.T, sheet, texts, styles string) {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, part := range [][2]string{
			{"xl/workbook.xml", `<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`},
			{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
			{"xl/worksheets/sheet1.xml", sheet},
			{"xl/sharedStrings.xml", texts},
			{"xl/styles.xml", styles},
		} {
			e, err := w.Create(part[0])
			if err == nil {
				_, err = io.WriteString(e, part[1])
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		for i, r := range drain(t, fileOf(t, t.TempDir(), TableAppMonth, out.Bytes())) {
			if r.line <= i || r.line > lastRow {
				t.Fatalf("row %d is the %dth", r.line, i+1)
			}
		}
	})
}

// FuzzEncoding holds the rule by which the encoding is found, and that no
// character is lost in a row that is let through.
func FuzzEncoding(f *testing.F) {
	for _, text := range []string{"应用名称,月份,月独立设备数\n闽政通,202312,1\n", "app,month,devices\n\xc3\xf6\xd5\xfe\xcd\xa8,202312,1\n", `{"app": "x"}`, "a\xff,b\n", "\ufeffapp,month,devices\n", "\x81\x39\xef\x34\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		b := fileOf(t, t.TempDir(), TableAppMonth, content)
		format, err := b.format(t.Context(), 0)
		if err != nil || format.Packing != "" || format.Name == XLSX || format.Name == Parquet || refuseForeign(content) != nil {
			return
		}
		drain(t, b)
		text, err := b.openText(t.Context(), 0)
		if err != nil {
			return // a line too long
		}
		defer text.in.Close()
		whole := bytes.ReplaceAll(content, []byte("\r"), []byte("\n"))
		_, badGB := decodeGB18030(whole)
		_, badUTF8 := decodeUTF8(whole)
		want := inUTF8.name
		if badUTF8 >= 0 && badGB < 0 && !bytes.HasPrefix(content, utf8BOM) {
			want = inGB18030.name
		}
		if mixed := badUTF8 >= 0 && badGB >= 0; !mixed && text.enc.name != want {
			t.Fatalf("%q is read as %s, want %s", content, text.enc.name, want)
		}
	})
}
