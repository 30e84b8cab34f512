// Package configs holds the configuration that ships with panelwatch and reads
// the user's own. It holds no logic of the trade.
package configs

import (
	"embed"
	"io/fs"

	"github.com/goccy/go-yaml"

	"panelwatch/etl/panel"
)

//go:generate go run ./schema/write

//go:embed panelwatch.yaml apps.yaml rules.yaml calendar datasets
var shipped embed.FS

//go:embed schema/*.json
var schemas embed.FS

// Schema is the JSON schema of one kind of file: panelwatch, apps, rules or
// dataset.
func Schema(name string) ([]byte, error) { return schemas.ReadFile("schema/" + name + ".json") }

// Catalogue reads the catalogue of apps from apps.yaml in fsys, or the
// shipped one when fsys is nil.
func Catalogue(fsys fs.FS) (*panel.Catalogue, error) {
	if fsys == nil {
		fsys = shipped
	}
	var c panel.Catalogue
	if err := decode(fsys, "apps.yaml", &c); err != nil {
		return nil, err
	}
	if err := c.Index(); err != nil {
		return nil, placed(fsys, "apps.yaml", err)
	}
	return &c, nil
}

// decode reads one YAML file strictly: an unknown key is an error with its
// line and column.
func decode(fsys fs.FS, name string, into any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		return located(name, data, err, into)
	}
	return nil
}
