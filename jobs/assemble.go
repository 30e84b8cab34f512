package jobs

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	places "panelwatch/etl/source"
	"panelwatch/sql/warehouse"
)

// assemble makes deliveries of the files that came without a manifest: in the
// folder of the source, or from the spool's loose files into the spool. What
// was mirrored is finished; other files are once they have been left alone for
// a while.
func (r *run) assemble(ctx context.Context, c configs.Source, issues []warehouse.Issue) error {
	newest := map[panel.Month]int{}
	for _, i := range issues {
		newest[i.Month()] = i.Revision
	}
	from, mirrored := c.Folder, c.Spool != ""
	if mirrored {
		from = filepath.Join(c.Spool, places.LooseFolder)
		if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	before := r.Now().Add(-c.Loose.Settle)
	a, err := extract.Assemble(ctx, from, c.Landing(), extract.Loose{
		Source: c.Name, Vendor: c.Loose.Vendor, Product: c.Loose.Product, Encoding: c.Loose.Encoding,
		UniverseWan: c.Loose.UniverseWan, PanelSize: c.Loose.PanelSize, Deff: c.Loose.Deff,
		TierListYear: c.Loose.TierListYear, TGIBase: c.Loose.TGIBase, DefinitionsVersion: c.Loose.DefinitionsVersion,
		Contracts: r.Config.Datasets,
		Settled:   func(f fs.FileInfo) bool { return mirrored || !f.ModTime().After(before) },
		Newest:    func(m panel.Month) int { return newest[m] },
	})
	r.tellAssembled(c.Name, a)
	return err
}

func (r *run) tellAssembled(source string, a extract.Assembly) {
	for _, d := range a.Made {
		r.Log.Info("assembled", "source", source, "month", d.Manifest.Month, "revision", d.Manifest.Revision,
			"files", len(d.Manifest.Files), "folder", d.Dir)
	}
	for _, file := range a.Unsettled {
		r.Log.Warn("file was written to just now: left for the next run", "source", source, "file", file)
	}
	for _, file := range a.Others {
		r.Log.Warn("no contract knows the name of this file (files in datasets/*.yaml)", "source", source, "file", file)
	}
}
