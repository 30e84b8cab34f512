package month

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"panelwatch/etl/extract"
)

// Compressions of a file, as its last suffix.
const (
	Plain = ""
	Gzip  = ".gz"
	Zstd  = ".zst"
)

// A file of a delivery that is being written; rows, bytes and digest are
// counted on the way.
type file struct {
	extract.File
	out    *os.File
	digest hash.Hash
	pack   io.WriteCloser // nil where not compressed
	*bufio.Writer
}

func createFile(dir, name, table, compression string) (*file, error) {
	f := &file{File: extract.File{Name: name + ".csv" + compression, Table: table}, digest: sha256.New()}
	var err error
	if f.out, err = os.Create(filepath.Join(dir, f.Name)); err != nil {
		return nil, err
	}
	var to io.Writer = io.MultiWriter(f.out, f.digest)
	switch compression {
	case Plain:
	case Gzip:
		f.pack = gzip.NewWriter(to)
	case Zstd:
		f.pack, err = zstd.NewWriter(to, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1))
	default:
		err = fmt.Errorf("compression %q: want none, %s or %s", compression, Gzip, Zstd)
	}
	if f.pack != nil {
		to = f.pack
	}
	f.Writer = bufio.NewWriterSize(to, 1<<18)
	return f, err
}

// close finishes the file and its entry of the manifest.
func (f *file) close() error {
	err := f.Flush()
	if f.pack != nil {
		err = errors.Join(err, f.pack.Close())
	}
	info, statErr := f.out.Stat()
	if err = errors.Join(err, statErr, f.out.Close()); err != nil {
		return fmt.Errorf("write %s: %w", f.Name, err)
	}
	f.Bytes, f.SHA256 = info.Size(), hex.EncodeToString(f.digest.Sum(nil))
	return nil
}
