package configs

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// Datasets reads the contracts of all tables from the folder datasets in fsys,
// or the shipped ones when fsys is nil. Every fault is named with its place.
func Datasets(fsys fs.FS) (extract.Contracts, error) {
	if fsys == nil {
		fsys = shipped
	}
	contracts := extract.Contracts{}
	faults := []error{strayDatasets(fsys)}
	for _, table := range extract.TableNames() {
		c, err := dataset(fsys, table)
		faults = append(faults, err)
		contracts[table] = c
	}
	return contracts, errors.Join(faults...)
}

func datasetFiles() (names []string) {
	for _, table := range extract.TableNames() {
		names = append(names, datasetFile(table))
	}
	return names
}

func datasetFile(table string) string { return path.Join("datasets", table+".yaml") }

func dataset(fsys fs.FS, table string) (c extract.Contract, err error) {
	name := datasetFile(table)
	if err := decode(fsys, name, &c); err != nil {
		return c, err
	}
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return c, err
	}
	if c.Table != table {
		return c, at(name, text, "$.table", fmt.Sprintf("table is %q, the file's name says %q", c.Table, table))
	}
	var faults []error
	for _, f := range c.Check() {
		faults = append(faults, at(name, text, f.Path, f.Msg))
	}
	return c, errors.Join(faults...)
}

// strayDatasets refuses files that no table would ever read.
func strayDatasets(fsys fs.FS) error {
	entries, err := fs.ReadDir(fsys, "datasets")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		table, isYAML := strings.CutSuffix(e.Name(), ".yaml")
		if isYAML && !slices.Contains(extract.TableNames(), table) {
			return fmt.Errorf("datasets/%s: no table %q%s", e.Name(), table, panel.DidYouMean(table, extract.TableNames()))
		}
	}
	return nil
}
