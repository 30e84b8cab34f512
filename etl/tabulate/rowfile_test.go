package tabulate_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

// zipOf is an archive of one file.
func zipOf(content []byte) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, _ := w.Create("folder/data")
	_, _ = f.Write(content)
	_ = w.Close()
	return out.Bytes()
}

// aNumber is text that may as well be delivered as a number.
var aNumber = regexp.MustCompile(`^-?(0|[1-9]\d{0,11})(\.\d{1,3})?$`)

// asXLSX writes a table as a workbook. Numbers may be numbers or text.
func asXLSX(t *rapid.T, x table) []byte {
	f := excelize.NewFile()
	defer f.Close()
	typed := rapid.Bool().Draw(t, "typed")
	set := func(line int, cells []string) {
		for i, c := range cells {
			at, _ := excelize.CoordinatesToCellName(i+1, line)
			var err error
			if v, bad := strconv.ParseFloat(c, 64); typed && bad == nil && aNumber.MatchString(c) {
				err = f.SetCellFloat("Sheet1", at, v, -1, 64)
			} else if c != "" {
				err = f.SetCellStr("Sheet1", at, c)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	set(1, x.columns)
	for i, row := range x.rows {
		set(i+2, row)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// asJSONL writes a table as JSON Lines. Empty cells are empty text, null, or
// left out.
func asJSONL(t *rapid.T, x table) []byte {
	var out bytes.Buffer
	typed, gb := rapid.Bool().Draw(t, "typed"), rapid.Bool().Draw(t, "gb18030")
	empty := rapid.IntRange(0, 2).Draw(t, "empty")
	for i, row := range x.rows {
		object := map[string]any{}
		for j, c := range row {
			switch {
			case c == "" && empty == 1 || c == "" && empty == 2 && i == 0:
				object[x.columns[j]] = nil
			case c == "" && empty == 2:
			case typed && aNumber.MatchString(c):
				object[x.columns[j]] = json.Number(c)
			default:
				object[x.columns[j]] = c
			}
		}
		line, _ := json.Marshal(object)
		out.Write(append(line, '\n'))
	}
	if gb {
		text, _ := simplifiedchinese.GB18030.NewEncoder().Bytes(out.Bytes())
		return text
	}
	return out.Bytes()
}

// The same rows in a format without blocks and as CSV give the same, and the
// same rejects; so they do in every packing.
func TestRowFormatsAgreeWithReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "month")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := drawMonth(t)
		m.withUniverse(t, dir)
		m.usage = m.usage.shuffled(t, true)
		o := tabulate.Options{Dimensions: everything, Workers: rapid.IntRange(1, 3).Draw(t, "workers")}
		want, err := reference(m.deliver(t, dir, form{}, 1), o)
		if err != nil {
			t.Fatal(err)
		}
		header := 1
		var contents [][]byte
		format := rapid.SampledFrom([]string{"xlsx", "jsonl", "parquet"}).Draw(t, "format")
		switch format {
		case "xlsx":
			contents = [][]byte{asXLSX(t, m.devices), asXLSX(t, m.usage)}
		case "jsonl":
			contents, header = [][]byte{asJSONL(t, m.devices), asJSONL(t, m.usage)}, 0
		case "parquet":
			contents, header = [][]byte{asParquet(t, m.devices), asParquet(t, m.usage)}, 0
		}
		for i := range contents {
			contents[i] = pack(contents[i], rapid.SampledFrom([]string{"", "gzip", "zstd", "zip"}).Draw(t, "packing"))
		}
		m.manifest.Files = []extract.File{
			{Name: "devices", Table: extract.TableDevices, Rows: len(m.devices.rows)},
			{Name: "usage", Table: extract.TableUsage, Rows: len(m.usage.rows)},
		}
		if err := extract.WriteDelivery(dir, m.manifest, contents); err != nil {
			t.Fatal(err)
		}
		got, err := tabulate.Extract(t.Context(), extract.Delivery{Dir: dir, Manifest: m.manifest}, catalogue, o)
		if err != nil {
			t.Fatal(err)
		}
		sameRejects(t, want.Rejects, got.Rejects, header)
		for _, r := range got.Rejects {
			if named := format == "xlsx" && r.Column != ""; named != (r.Cell != "") {
				t.Fatalf("%s: the cell of line %d, column %q is %q", format, r.Line, r.Column, r.Cell)
			}
		}
		want.Rejects, got.Rejects, want.Notes, got.Notes = nil, nil, nil, nil
		if diff := differences(want, got); diff != "" {
			t.Fatalf("CSV by reference -, the other format by engine +:\n%s", diff)
		}
	})
}

// Limits hold for the engine's own readers too.
func TestLimitsOfTheEngine(t *testing.T) {
	usage := table{columns: []string{"device_id", "app_id", "active_days", "uses", "seconds"}}
	for range 50 {
		usage.rows = append(usage.rows, []string{"solid", "geshui", "2", "5", "70"})
	}
	devices := table{columns: []string{"device_id", "weight"}, rows: [][]string{{"solid", "1"}}}
	m := extract.Manifest{
		Kind: extract.Microdata, Month: panel.MustMonth("2023-12"), UsageGrain: "month", UniverseWan: 1e-4,
		Files: []extract.File{
			{Name: "devices", Table: extract.TableDevices, Rows: 1},
			{Name: "usage", Table: extract.TableUsage, Rows: 50},
		},
	}
	for _, packing := range []string{"gzip", "zstd", "zip"} {
		dir := t.TempDir()
		contents := [][]byte{form{}.bytes(devices), form{packing: packing}.bytes(usage)}
		if err := extract.WriteDelivery(dir, m, contents); err != nil {
			t.Fatal(err)
		}
		d := extract.Delivery{Dir: dir, Manifest: m}
		if _, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{}); err != nil {
			t.Errorf("%s: %v", packing, err)
		}
		_, err := tabulate.Extract(t.Context(), d, catalogue, tabulate.Options{Limits: extract.Limits{Inflated: 1000}})
		var fault *extract.DataError
		if !errors.As(err, &fault) || fault.File != "usage" || !strings.Contains(fault.Msg, "inflates to more than 1000 bytes") {
			t.Errorf("%s: got %v", packing, err)
		}
	}
}
