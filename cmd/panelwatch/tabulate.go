package main

import (
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

type tabulateCommand struct {
	Extract    string `arg:"" help:"Folder of one microdata delivery (with manifest.json)." type:"existingdir"`
	Replicates bool   `help:"All 81 replicates instead of the full sample alone."`
	Table      string `help:"estimates, daily or overlap." enum:"estimates,daily,overlap" default:"estimates"`
}

// Run streams the estimates of one delivery as CSV: a contract of README,
// extended by new columns only.
func (c *tabulateCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	deliveries, _, err := extract.Find("", c.Extract)
	if err != nil {
		return err
	}
	if len(deliveries) != 1 {
		return usageError{fmt.Errorf("%s holds %d finished deliveries, want one", c.Extract, len(deliveries))}
	}
	d := deliveries[0]
	if d.Manifest.Kind != extract.Microdata {
		return usageError{fmt.Errorf("%s is an %s delivery: only microdata are tabulated", c.Extract, d.Manifest.Kind)}
	}
	if err := d.Verify(w.ctx); err != nil {
		return err
	}
	o := tabulate.Options{Dimensions: config.Tabulate.Dimensions, MaxRejects: config.Quality.KeepRejects}
	if w.terminal() {
		p := &progress{w: w.stderr, now: time.Now}
		o.Progress = func(rows int) { p.tell("tabulate", rows, d.Rows()) }
		defer p.clear()
	}
	t, err := tabulate.Extract(w.ctx, d, config.Catalogue, o)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w.stdout)
	if err := c.write(out, t); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

func (c *tabulateCommand) write(out *csv.Writer, t *tabulate.Tables) error {
	switch c.Table {
	case "daily":
		return writeDaily(out, t)
	case "overlap":
		return writeOverlaps(out, t)
	}
	return c.writeEstimates(out, t)
}

func (c *tabulateCommand) writeEstimates(out *csv.Writer, t *tabulate.Tables) error {
	head := []string{"month", "app", "dimension", "member", "replicate", "devices", "device_days", "uses", "seconds", "n_devices"}
	if err := out.Write(head); err != nil {
		return err
	}
	last := 0
	if c.Replicates {
		last = panel.Groups
	}
	for _, k := range slices.SortedFunc(maps.Keys(t.Cells), panel.Key.Compare) {
		cell := t.Cells[k]
		for g := range last + 1 {
			err := out.Write([]string{
				t.Month.String(), string(k.App), k.Segment.Dimension, k.Segment.Member, strconv.Itoa(g),
				decimal(cell.Devices[g]), decimal(cell.DeviceDays[g]), decimal(cell.Uses[g]), decimal(cell.Seconds[g]),
				strconv.Itoa(cell.N),
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func writeDaily(out *csv.Writer, t *tabulate.Tables) error {
	if err := out.Write([]string{"month", "app", "day", "devices", "n_devices"}); err != nil {
		return err
	}
	for _, d := range t.Daily {
		day := t.Month.Start().AddDate(0, 0, d.Day-1).Format(time.DateOnly)
		err := out.Write([]string{t.Month.String(), string(d.App), day, decimal(d.Devices[0]), strconv.Itoa(d.N)})
		if err != nil {
			return err
		}
	}
	return nil
}

func writeOverlaps(out *csv.Writer, t *tabulate.Tables) error {
	if err := out.Write([]string{"month", "app_a", "app_b", "devices", "n_devices"}); err != nil {
		return err
	}
	overlaps := slices.SortedFunc(slices.Values(t.Overlaps), func(a, b tabulate.Overlap) int { return a.Compare(b.Pair) })
	for _, o := range overlaps {
		err := out.Write([]string{t.Month.String(), string(o.A), string(o.B), decimal(o.Devices[0]), strconv.Itoa(o.N)})
		if err != nil {
			return err
		}
	}
	return nil
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
