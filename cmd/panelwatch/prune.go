package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"panelwatch/jobs"
)

type pruneCommand struct {
	DryRun bool   `help:"Say what would go, and write nothing."`
	Format string `help:"text or json." enum:"text,json" default:"text"`
}

// Run prunes by the section retention of panelwatch.yaml.
func (c *pruneCommand) Run(w *world) error {
	config, err := w.loadConfig()
	if err != nil {
		return err
	}
	house, err := w.readyWarehouse()
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	kept, err := w.openArchive(config)
	if err != nil {
		return err
	}
	j := jobs.Job{Config: config, Warehouse: house, Archive: kept, Now: time.Now, Owner: owner("prune")}
	p, err := j.Prune(w.ctx, c.DryRun)
	if c.Format == "json" {
		out := json.NewEncoder(w.stdout)
		out.SetIndent("", "  ")
		return firstOf(err, out.Encode(p))
	}
	return firstOf(err, w.printPruned(p))
}

func (w *world) printPruned(p jobs.Pruned) error {
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "TABLE\tROWS\tBYTES\t")
	var rows, bytes int64
	for _, s := range p.Tables {
		fmt.Fprintf(t, "%s\t%d\t%d\t\n", s.Table, s.Rows, s.Bytes)
		rows, bytes = rows+s.Rows, bytes+s.Bytes
	}
	fmt.Fprintf(t, "archive\t%d\t%d\t\n", p.Archive.Objects, p.Archive.Bytes)
	if err := t.Flush(); err != nil {
		return err
	}
	word := "pruned"
	if p.DryRun {
		word = "would prune"
	}
	_, err := fmt.Fprintf(w.stdout, "%s %d rows (%d bytes) and %d deliveries of the archive (%d files, %d bytes)\n",
		word, rows, bytes, p.Archive.Records, p.Archive.Objects, p.Archive.Bytes)
	return err
}
