// Package sample writes a synthetic history of the apps in the report: the
// deliveries of an invented vendor (tables per app) and of an invented panel
// (devices and their usage). The history passes through every figure that the
// report prints, and every file says what is published and what is invented.
//
// It knows no clock and no network: a seed decides every byte. It may import
// etl/panel and etl/extract, and must not import what reads deliveries into
// results (etl/tabulate, etl/indicator) nor anything above them.
package sample

import (
	"fmt"
	"path/filepath"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
)

// The months of which the sample knows a history.
var (
	first = panel.MustMonth("2020-01")
	last  = panel.MustMonth("2023-12")
)

// Options choose a sample. The zero value stands for the whole history with
// seed 0.
type Options struct {
	Seed     uint64
	From, To panel.Month // months to write; 0 stands for 2020-01 and 2023-12

	// Devices is the size of the panel, 0 stands for 20 000.
	Devices int
	// MicroMonths is how many months, counted back from To, the panel
	// delivers: 0 stands for 3, a negative number for none.
	MicroMonths int
	// RevisionNote is added to the sentence by which every manifest says that
	// its numbers are invented.
	RevisionNote string
}

// withDefaults fills in what was left open and refuses what cannot be written.
func (o Options) withDefaults() (Options, error) {
	if o.From == 0 {
		o.From = first
	}
	if o.To == 0 {
		o.To = last
	}
	if o.From < first || o.To > last || o.From > o.To {
		return o, fmt.Errorf("months %s to %s: the sample has %s to %s", o.From, o.To, first, last)
	}
	if o.Devices == 0 {
		o.Devices = 20_000
	}
	if o.Devices < minDevices {
		return o, fmt.Errorf("%d devices: want at least %d, so that every province has some", o.Devices, minDevices)
	}
	if o.MicroMonths == 0 {
		o.MicroMonths = 3
	}
	o.MicroMonths = max(0, min(o.MicroMonths, int(o.To-o.From)+1))
	return o, nil
}

// Write writes the sample below dir: vendor/YYYY-MM/r1 for every month and
// panel/YYYY-MM/r1 for the last opts.MicroMonths of them. The same catalogue
// and options give the same bytes, and a month's vendor tables do not depend
// on which other months are written. Every app of the sample must be in cat.
func Write(dir string, cat *panel.Catalogue, opts Options) error {
	opts, err := opts.withDefaults()
	if err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	h, err := newHistory(cat, opts.Seed)
	if err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	for m := opts.From; m <= opts.To; m++ {
		if err := write(dir, "vendor", m, opts, h.vendorMonth); err != nil {
			return err
		}
	}
	p, err := newPanel(h, opts)
	if err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	for m := p.opened; m <= opts.To; m++ {
		if err := write(dir, "panel", m, opts, p.month); err != nil {
			return err
		}
	}
	return nil
}

// write makes one delivery and puts it in its folder.
func write(dir, source string, m panel.Month, opts Options, month func(panel.Month) (delivery, error)) error {
	d, err := month(m)
	if err != nil {
		return fmt.Errorf("sample: %s %s: %w", source, m, err)
	}
	if opts.RevisionNote != "" {
		d.manifest.Synthetic += " " + opts.RevisionNote
	}
	folder := filepath.Join(dir, source, m.String(), "r1")
	if err := extract.WriteDelivery(folder, d.manifest, d.contents); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	return nil
}
