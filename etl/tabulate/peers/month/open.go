package month

import (
	"os"
	"path/filepath"

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
