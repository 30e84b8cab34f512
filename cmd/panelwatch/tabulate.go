package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"panelwatch/configs"
	"panelwatch/etl/extract"
	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate"
)

type tabulateCommand struct {
	Paths      []string `arg:"" help:"Folder of one microdata delivery (with manifest.json); with --merge, the parts." type:"existingpath"`
	Replicates bool     `help:"All 81 replicates instead of the full sample alone."`
	Table      string   `help:"estimates, daily or overlap." enum:"estimates,daily,overlap" default:"estimates"`
	Format     string   `help:"csv, or json: one object a line." enum:"csv,json" default:"csv"`

	Memory  size   `help:"Memory to keep to, such as 512MiB; rows beyond it go to disk. Default: four fifths of the container's limit." placeholder:"SIZE"`
	TempDir string `help:"Folder for rows beyond the memory; default: the system's." type:"existingdir" placeholder:"DIR"`
	Shard   shard  `help:"Tabulate part I of N of the devices, and write its sums to stdout for --merge." placeholder:"I/N"`
	Shards  int    `help:"Into how many parts an Indexed Job divides the devices; --index says which is this pod's." placeholder:"N"`
	Index   *int   `help:"Index of a pod of an Indexed Job, from 0: the same as --shard INDEX+1/SHARDS." placeholder:"I"`
	Merge   bool   `help:"Add up the parts that --shard wrote."`
	Output  string `help:"Write to this file instead of stdout; it appears when it is complete." type:"path" placeholder:"FILE"`
}

// Run streams the estimates of one delivery as CSV: a contract of README,
// extended by new columns only.
func (c *tabulateCommand) Run(w *world) error {
	if err := c.indexed(); err != nil {
		return err
	}
	if c.Output == "" {
		return c.print(w, w.stdout)
	}
	return writeWhole(c.Output, func(out io.Writer) error { return c.print(w, out) })
}

// indexed reads the shard of a pod of an Indexed Job, which are numbered from 0.
func (c *tabulateCommand) indexed() error {
	if c.Index == nil && c.Shards == 0 {
		return nil
	}
	if c.Index == nil || c.Shards == 0 || c.Shard.Of > 0 {
		return usageError{errors.New("--index and --shards go together, and without --shard")}
	}
	if err := c.Shard.UnmarshalText(fmt.Appendf(nil, "%d/%d", *c.Index+1, c.Shards)); err != nil {
		return usageError{fmt.Errorf("--index %d --shards %d: %w", *c.Index, c.Shards, err)}
	}
	return nil
}

func (c *tabulateCommand) print(w *world, out io.Writer) error {
	if c.Merge {
		return c.merge(out)
	}
	d, err := c.delivery(w)
	if err != nil {
		return err
	}
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	o, clear := c.options(w, config, d)
	defer clear()
	if c.Shard.Of > 0 {
		return tabulate.WritePart(w.ctx, d, config.Catalogue, o, out)
	}
	t, err := tabulate.Extract(w.ctx, d, config.Catalogue, o)
	if err != nil {
		return err
	}
	clear()
	return c.write(out, t)
}

// delivery finds and verifies the one delivery named.
func (c *tabulateCommand) delivery(w *world) (d extract.Delivery, err error) {
	if len(c.Paths) != 1 {
		return d, usageError{fmt.Errorf("%d folders: want that of one delivery", len(c.Paths))}
	}
	deliveries, _, err := extract.Find("", c.Paths[0])
	if err != nil {
		return d, err
	}
	if len(deliveries) != 1 {
		return d, usageError{fmt.Errorf("%s holds %d finished deliveries, want one", c.Paths[0], len(deliveries))}
	}
	d = deliveries[0]
	if d.Manifest.Kind != extract.Microdata {
		return d, usageError{fmt.Errorf("%s is an %s delivery: only microdata are tabulated", c.Paths[0], d.Manifest.Kind)}
	}
	return d, d.Verify(w.ctx)
}

// options of the tabulation; clear ends its progress line.
func (c *tabulateCommand) options(w *world, config *configs.Config, d extract.Delivery) (o tabulate.Options, clear func()) {
	o = tabulate.Options{
		Dimensions: config.Tabulate.Dimensions, MaxRejects: config.Quality.KeepRejects, Contracts: config.Datasets, Limits: config.Quality.Reading.Limits(),
		Memory: int64(c.Memory), TempDir: c.TempDir, Shard: tabulate.Shard(c.Shard),
	}
	for _, p := range config.Tabulate.Pairs {
		o.Pairs = append(o.Pairs, panel.Pair{A: p[0], B: p[1]})
	}
	if o.Memory == 0 {
		o.Memory = containerMemory(os.ReadFile) / 5 * 4
	}
	keepTo(o.Memory)
	if !w.terminal() {
		return o, func() {}
	}
	p := &progress{w: w.stderr, now: time.Now}
	o.Progress = func(rows int) { p.tell("tabulate", rows, d.Rows()) }
	return o, p.clear
}

// keepTo has the runtime keep to so many bytes, if they are limited at all.
func keepTo(bytes int64) {
	if bytes > 0 {
		debug.SetMemoryLimit(bytes / 16 * 15) // the runtime's own comes on top
	}
}

func (c *tabulateCommand) merge(out io.Writer) error {
	if c.Shard.Of > 0 {
		return usageError{errors.New("--shard writes a part, --merge adds parts up: not both")}
	}
	var parts []io.Reader
	for _, path := range c.Paths {
		in, err := os.Open(path)
		if err != nil {
			return err
		}
		defer in.Close()
		parts = append(parts, in)
	}
	t, err := tabulate.Merge(c.Paths, parts)
	if err != nil {
		return &extract.DataError{File: c.Paths[0], Msg: err.Error()}
	}
	return c.write(out, t)
}
