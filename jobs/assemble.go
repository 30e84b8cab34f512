package jobs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// assemble makes deliveries of the files that came without a manifest, from
// one folder into another. Mirrored files are finished; others are once they
// have been left alone for a while.
func (r *run) assemble(ctx context.Context, c configs.Source, from, to string, mirrored bool, issues []warehouse.Issue) error {
	newest := map[panel.Month]int{}
	for _, i := range issues {
		newest[i.Month()] = i.Revision
	}
	before := r.Now().Add(-c.Loose.Settle)
	a, err := extract.Assemble(ctx, from, to, extract.Loose{
		Source: c.Name, Vendor: c.Loose.Vendor, Product: c.Loose.Product, Encoding: c.Loose.Encoding,
		UniverseWan: c.Loose.UniverseWan, PanelSize: c.Loose.PanelSize, Deff: c.Loose.Deff,
		TierListYear: c.Loose.TierListYear, TGIBase: c.Loose.TGIBase, DefinitionsVersion: c.Loose.DefinitionsVersion,
		Contracts: r.Config.Datasets,
		Settled:   func(f fs.FileInfo) bool { return mirrored || !f.ModTime().After(before) },
		Newest:    func(m panel.Month) int { return newest[m] },
	})
	r.tellAssembled(c.Name, a)
	var data *extract.DataError
	if errors.As(err, &data) {
		r.faults = append(r.faults, fmt.Errorf("%s: %w", c.Name, err))
		return nil
	}
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("%w: %w", ErrSource, err)
	}
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
