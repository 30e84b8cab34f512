package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// asBytes turns the text of a section into what is delivered: format, then
// encoding, line ends, single bytes, compression, and what is cut off.
func asBytes(t *testing.T, text []byte, o options) []byte {
	t.Helper()
	text = bytes.Clone(text)
	switch {
	case o.has("xlsx"):
		text = workbook(t, text, o)
	case o.has("jsonl"):
		text = jsonLines(t, text)
	case o.has("parquet"):
		text = parquetFile(t, text)
	}
	text = encoded(t, text, o)
	text = compressed(t, text, o)
	if o.has("flip") { // a bit of a byte near the end
		text[len(text)-o.number(t, "flip", 1)] ^= 1
	}
	return text[:len(text)-o.number(t, "cut", 0)]
}

var oneByte = regexp.MustCompile(`\\x([0-9A-F]{2})`)

func encoded(t *testing.T, text []byte, o options) []byte {
	t.Helper()
	if o.has("gb18030") {
		var err error
		text, err = simplifiedchinese.GB18030.NewEncoder().Bytes(text)
		check(t, err)
	}
	if o.has("bom") {
		text = append([]byte("\ufeff"), text...)
	}
	switch {
	case o.has("crlf"):
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	case o.has("cr"):
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r"))
	}
	if !o.has("bytes") {
		return text
	}
	return oneByte.ReplaceAllFunc(text, func(m []byte) []byte {
		b, err := strconv.ParseUint(string(m[2:]), 16, 8)
		check(t, err)
		return []byte{byte(b)}
	})
}

func compressed(t *testing.T, text []byte, o options) []byte {
	t.Helper()
	var out bytes.Buffer
	switch {
	case o.has("gzip"):
		w := gzip.NewWriter(&out)
		_, err := w.Write(text)
		check(t, err)
		check(t, w.Close())
	case o.has("zstd"):
		w, err := zstd.NewWriter(&out)
		check(t, err)
		_, err = w.Write(text)
		check(t, err)
		check(t, w.Close())
	case o.has("zip"): // zip=name of the entry
		w := zip.NewWriter(&out)
		entry, err := w.Create(o["zip"])
		check(t, err)
		_, err = entry.Write(text)
		check(t, err)
		check(t, w.Close())
	default:
		return text
	}
	return out.Bytes()
}

// jsonLines makes an object of every row of CSV. Plain numbers are numbers.
func jsonLines(t *testing.T, text []byte) []byte {
	t.Helper()
	rows := records(t, text)
	var out bytes.Buffer
	for _, r := range rows[1:] {
		out.WriteByte('{')
		for i, cell := range r {
			if i > 0 {
				out.WriteByte(',')
			}
			for _, v := range []any{rows[0][i], typed(cell)} {
				text, err := json.Marshal(v)
				check(t, err)
				out.Write(text)
				out.WriteByte(':')
			}
			out.Truncate(out.Len() - 1)
		}
		out.WriteString("}\n")
	}
	return out.Bytes()
}

// parquetFile makes a column of text of every column of CSV; an empty cell is
// null.
func parquetFile(t *testing.T, text []byte) []byte {
	t.Helper()
	rows := records(t, text)
	fields := parquet.Group{}
	for _, name := range rows[0] {
		fields[name] = parquet.Optional(parquet.String())
	}
	schema := parquet.NewSchema("rows", fields)
	var out bytes.Buffer
	w := parquet.NewWriter(&out, schema)
	for _, cells := range rows[1:] {
		var row parquet.Row
		for i, path := range schema.Columns() { // sorted by name
			v, defined := parquet.NullValue(), 0
			if cell := cells[slices.Index(rows[0], path[0])]; cell != "" {
				v, defined = parquet.ByteArrayValue([]byte(cell)), 1
			}
			row = append(row, v.Level(0, defined, i))
		}
		_, err := w.WriteRows([]parquet.Row{row})
		check(t, err)
	}
	check(t, w.Close())
	return out.Bytes()
}

func typed(cell string) any {
	if v, err := strconv.ParseFloat(cell, 64); err == nil {
		return v
	}
	return cell
}

func records(t *testing.T, text []byte) [][]string {
	t.Helper()
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord = -1
	rows, err := in.ReadAll()
	check(t, err)
	return rows
}

// workbook makes a sheet of CSV. sheet names it, text keeps numbers as text,
// merge=A1:C1+A2:A3 merges cells, hidden=NAME adds a hidden sheet in front.
func workbook(t *testing.T, text []byte, o options) []byte {
	t.Helper()
	book := excelize.NewFile()
	sheet := "Sheet1"
	if o.has("sheet") {
		check(t, book.SetSheetName(sheet, o["sheet"]))
		sheet = o["sheet"]
	}
	for y, r := range records(t, text) {
		for x, cell := range r {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			check(t, err)
			if o.has("text") {
				check(t, book.SetCellStr(sheet, at, cell))
			} else {
				check(t, book.SetCellValue(sheet, at, typed(cell)))
			}
		}
	}
	for _, merged := range strings.Split(o["merge"], "+") {
		if from, to, ok := strings.Cut(merged, ":"); ok {
			check(t, book.MergeCell(sheet, from, to))
		}
	}
	if o.has("hidden") {
		_, err := book.NewSheet(o["hidden"])
		check(t, err)
		check(t, book.SetCellStr(o["hidden"], "A1", "内部计算，请勿使用"))
		check(t, book.SetSheetVisible(o["hidden"], false))
	}
	out, err := book.WriteToBuffer()
	check(t, err)
	check(t, book.Close())
	return out.Bytes()
}
