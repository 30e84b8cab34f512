package extract

import (
	"cmp"
	"fmt"
	"io"
	"os"
)

// Limits bound what a delivery may cost to read, so that a hostile or damaged
// file ends in an error and not in a full memory or disk. A zero is the
// default.
type Limits struct {
	// Inflated is how many bytes a compressed file, or a part of a workbook,
	// may inflate to: 64 GiB for microdata, 1 GiB for aggregate tables.
	Inflated int64
	// Ratio is how many bytes each byte of a compressed file may inflate to,
	// once there are more than 64 MiB: 250.
	Ratio int64
	// Scratch is how many bytes a compressed workbook or Parquet file may
	// take in the folder for temporary files: 4 GiB.
	Scratch int64
	// Text is how many bytes of text a workbook may share between its cells,
	// which are kept in memory: 64 MiB.
	Text int64
	// Columns is how many columns a table may have: 4096.
	Columns int
}

// belowRatio is what any file may inflate to: a small table of equal rows may
// well be compressed a thousandfold.
const belowRatio = 64 << 20

// longestCell and longestRow are how many bytes a cell and all cells of a row
// may have.
const longestCell, longestRow = 1 << 20, 1 << 24

// orDefaults fills in what is not set.
func (l Limits) orDefaults(kind string) Limits {
	inflated := int64(1 << 30)
	if kind == Microdata {
		inflated = 64 << 30
	}
	return Limits{
		Inflated: cmp.Or(l.Inflated, inflated),
		Ratio:    cmp.Or(l.Ratio, 250),
		Scratch:  cmp.Or(l.Scratch, 4<<30),
		Text:     cmp.Or(l.Text, 64<<20),
		Columns:  cmp.Or(l.Columns, 4096),
	}
}

// inflating bounds what a file of so many bytes inflates to.
func (l Limits) inflating(in io.Reader, packed int64) *gauge {
	most := min(l.Inflated, max(belowRatio, packed*l.Ratio))
	return &gauge{in: in, left: &most, tooMuch: &DataError{Msg: fmt.Sprintf(
		"inflates to more than %d bytes, %d times what was delivered: is it a decompression bomb? If not, deliver it in several files or raise quality.reading (inflated_mib, ratio)",
		most, most/max(packed, 1))}}
}

// A gauge reads so many bytes and no more. Gauges of the parts of one file
// share what is left.
type gauge struct {
	in      io.Reader
	left    *int64
	tooMuch error
}

func (g *gauge) Read(p []byte) (int, error) {
	if *g.left < 0 {
		return 0, g.tooMuch
	}
	n, err := g.in.Read(p)
	if *g.left -= int64(n); *g.left < 0 {
		return 0, g.tooMuch
	}
	return n, err
}

// longestManifest is how many bytes a manifest may have.
const longestManifest = 16 << 20

// readManifest reads a manifest, which is kept in memory, if it is not too
// long.
func readManifest(path string) ([]byte, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, longestManifest+1))
	if err == nil && len(text) > longestManifest {
		err = &DataError{File: path, Msg: fmt.Sprintf("is longer than %d bytes; is it a manifest?", longestManifest)}
	}
	return text, err
}

// tooManyColumns refuses a table that is too wide.
func (l Limits) tooManyColumns(n int) error {
	if n <= l.Columns {
		return nil
	}
	return &DataError{Msg: fmt.Sprintf("has %d columns, at most %d are read; is the file the right one?", n, l.Columns)}
}
