package sample

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

const (
	utf8     = "utf-8"
	gb18030  = "gb18030"
	tierYear = 2023
	tgiBase  = "全网"
)

// china is the zone in which vendors sign their deliveries.
var china = time.FixedZone("CST", 8*3600)

// A delivery is a manifest with the contents of its files, in their order.
type delivery struct {
	manifest extract.Manifest
	contents [][]byte
}

// add appends one file.
func (d *delivery) add(f extract.File, content []byte) {
	d.manifest.Files = append(d.manifest.Files, f)
	d.contents = append(d.contents, content)
}

// deliveredAt is the morning of the 10th of the month after m, in China.
func deliveredAt(m panel.Month) time.Time {
	next := m + 1
	return time.Date(next.Year(), next.OfYear(), 10, 9, 0, 0, 0, china)
}

// A sheet is a table before it becomes bytes.
type sheet struct {
	header []string
	rows   [][]string
}

// add appends a row; numbers are rendered as the report prints them.
func (s *sheet) add(cells ...string) { s.rows = append(s.rows, cells) }

// csv renders the sheet with LF, or with CRLF as Chinese Windows tools do
// when the encoding is theirs.
func (s *sheet) csv(encoding string) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = encoding == gb18030
	if err := w.Write(s.header); err != nil {
		return nil, err
	}
	if err := w.WriteAll(s.rows); err != nil {
		return nil, err
	}
	return encode(out.Bytes(), encoding)
}

// encode turns UTF-8 text into the encoding.
func encode(text []byte, encoding string) ([]byte, error) {
	if encoding != gb18030 {
		return text, nil
	}
	out, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
	if err != nil {
		return nil, fmt.Errorf("encode as %s: %w", gb18030, err)
	}
	return out, nil
}

// compress is gzip without a name or a time, so that equal text gives equal
// bytes.
func compress(text []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(text); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return out.Bytes(), nil
}

// fixed prints v with n decimals.
func fixed(v float64, n int) string {
	return strconv.FormatFloat(round(v, n), 'f', n, 64)
}

// round rounds half away from zero at n decimals.
func round(v float64, n int) float64 {
	p := math.Pow10(n)
	return math.Round(v*p) / p
}
