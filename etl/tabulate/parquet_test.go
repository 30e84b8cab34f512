package tabulate_test

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"panelwatch/etl/extract"
	"panelwatch/etl/tabulate"
)

// asParquet writes a table as Parquet. Empty cells are nulls. A column whose
// cells are all numbers, or days, may have that type; text may have a
// dictionary. Few rows make a row group or page.
func asParquet(t *rapid.T, x table) []byte {
	fields := parquet.Group{}
	convert := make([]func(string) parquet.Value, len(x.columns))
	for i, name := range x.columns {
		var cells []string
		for _, row := range x.rows {
			cells = append(cells, row[i])
		}
		node, cellOf := drawType(t, name, cells)
		convert[i] = cellOf
		if rapid.Bool().Draw(t, name+" dictionary") {
			node = parquet.Encoded(node, &parquet.RLEDictionary)
		}
		if slices.Contains(cells, "") || rapid.Bool().Draw(t, name+" optional") {
			node = parquet.Optional(node)
		}
		fields[name] = node
	}
	schema := parquet.NewSchema("rows", fields)
	var out bytes.Buffer
	w := parquet.NewWriter(&out, schema, parquet.PageBufferSize(rapid.SampledFrom([]int{64, 1 << 16}).Draw(t, "page")),
		parquet.MaxRowsPerRowGroup(rapid.SampledFrom([]int64{7, 1 << 20}).Draw(t, "row group")))
	for _, row := range x.rows {
		if _, err := w.WriteRows([]parquet.Row{parquetRow(schema, x.columns, row, convert)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// drawType is a type that all cells have.
func drawType(t *rapid.T, name string, cells []string) (parquet.Node, func(string) parquet.Value) {
	all := func(is func(string) bool) bool {
		return !slices.ContainsFunc(cells, func(c string) bool { return !is(c) })
	}
	isInt := func(c string) bool {
		n, err := strconv.ParseInt(c, 10, 64)
		return err == nil && strconv.FormatInt(n, 10) == c
	}
	isDay := func(c string) bool { _, err := time.Parse(time.DateOnly, c); return err == nil }
	day := func(c string) int64 { at, _ := time.Parse(time.DateOnly, c); return at.Unix() / 86400 }
	integer := func(c string) int64 { n, _ := strconv.ParseInt(c, 10, 64); return n }
	switch {
	case !rapid.Bool().Draw(t, name+" typed"):
	case all(isDay) && rapid.Bool().Draw(t, name+" timestamp"):
		return parquet.Timestamp(parquet.Millisecond), func(c string) parquet.Value { return parquet.Int64Value(day(c) * 86400_000) }
	case all(isDay):
		return parquet.Date(), func(c string) parquet.Value { return parquet.Int32Value(int32(day(c))) }
	case all(isInt) && name != "device_id":
		return parquet.Int(64), func(c string) parquet.Value { return parquet.Int64Value(integer(c)) }
	case name == "weight" && all(func(c string) bool { _, err := strconv.ParseFloat(c, 64); return err == nil }):
		return parquet.Leaf(parquet.DoubleType), func(c string) parquet.Value { v, _ := strconv.ParseFloat(c, 64); return parquet.DoubleValue(v) }
	}
	return parquet.String(), func(c string) parquet.Value { return parquet.ByteArrayValue([]byte(c)) }
}

// parquetRow is a row in the order of the schema, which sorts its columns.
func parquetRow(schema *parquet.Schema, columns, cells []string, convert []func(string) parquet.Value) (row parquet.Row) {
	for i, path := range schema.Columns() {
		leaf, _ := schema.Lookup(path...)
		at := slices.Index(columns, path[0])
		switch optional := leaf.Node.Optional(); {
		case optional && cells[at] == "":
			row = append(row, parquet.NullValue().Level(0, 0, i))
		case optional:
			row = append(row, convert[at](cells[at]).Level(0, 1, i))
		default:
			row = append(row, convert[at](cells[at]).Level(0, 0, i))
		}
	}
	return row
}

// The same rows as Parquet and as CSV give the same, and the same rejects.
func TestParquetAgreesWithReference(t *testing.T) {
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
		contents := [][]byte{asParquet(t, m.devices), asParquet(t, m.usage)}
		m.manifest.Files = []extract.File{
			{Name: "devices.parquet", Table: extract.TableDevices, Rows: len(m.devices.rows)},
			{Name: "usage.parquet", Table: extract.TableUsage, Rows: len(m.usage.rows)},
		}
		if err := extract.WriteDelivery(dir, m.manifest, contents); err != nil {
			t.Fatal(err)
		}
		got, err := tabulate.Extract(t.Context(), extract.Delivery{Dir: dir, Manifest: m.manifest}, catalogue, o)
		if err != nil {
			t.Fatal(err)
		}
		sameRejects(t, want.Rejects, got.Rejects, 0)
		want.Rejects, got.Rejects, want.Notes, got.Notes = nil, nil, nil, nil
		if diff := differences(want, got); diff != "" {
			t.Fatalf("CSV by reference -, Parquet by engine +:\n%s", diff)
		}
	})
}

// sameRejects compares what does not tell of the format: some begin below a
// header.
func sameRejects(t *rapid.T, csv, other []extract.Reject, header int) {
	describe := func(rejects []extract.Reject, header int) (out []string) {
		for _, r := range rejects {
			out = append(out, fmt.Sprint(r.File, " ", r.Line-header, " ", r.Column, " ", r.Rule))
		}
		return out
	}
	if want, got := describe(csv, 1), describe(other, header); cmp.Compare(fmt.Sprint(want), fmt.Sprint(got)) != 0 {
		t.Fatalf("rejects of CSV %q\nof the other format %q", want, got)
	}
}
