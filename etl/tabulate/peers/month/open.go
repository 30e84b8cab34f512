package month

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// Open reads the manifest and the catalogue of a delivery that Write made.
func Open(dir string) (d extract.Delivery, cat *panel.Catalogue, err error) {
	text, err := os.ReadFile(filepath.Join(dir, extract.ManifestName))
	if err != nil {
		return d, nil, err
	}
	m, err := extract.ParseManifest(extract.ManifestName, text)
	if err != nil {
		return d, nil, err
	}
	cat, err = configs.Catalogue(os.DirFS(dir))
	return extract.Delivery{Dir: dir, Manifest: m}, cat, err
}

// Drain reads a file to its end, decompressing it where its name says so, and
// keeps nothing.
func Drain(path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	var from io.Reader = in
	switch filepath.Ext(path) {
	case Gzip:
		if from, err = gzip.NewReader(in); err != nil {
			return err
		}
	case Zstd:
		r, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return err
		}
		defer r.Close()
		from = r
	}
	buffer := make([]byte, 1<<20)
	for err == nil {
		_, err = from.Read(buffer)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
