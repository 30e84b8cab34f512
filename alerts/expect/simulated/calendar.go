package simulated

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"testing/fstest"
)

//go:embed calendar/*.csv
var early embed.FS

// Calendar is a folder of calendar tables with the years before 2019 added to
// days_off.csv and lunar.csv: series of 60 months reach back to 2017.
func Calendar(shipped fs.FS) (fs.FS, error) {
	names, err := fs.Glob(shipped, "*.csv")
	if err != nil {
		return nil, fmt.Errorf("calendar tables: %w", err)
	}
	out := fstest.MapFS{}
	for _, name := range names {
		rows, err := fs.ReadFile(shipped, name)
		if err != nil {
			return nil, fmt.Errorf("calendar tables: %w", err)
		}
		if before, err := early.ReadFile("calendar/" + name); err == nil {
			header := slices.Index(rows, '\n') + 1
			rows = slices.Concat(rows[:header], before, rows[header:])
		}
		out[name] = &fstest.MapFile{Data: rows}
	}
	return out, nil
}
