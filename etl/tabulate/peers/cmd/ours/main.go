// Command ours tabulates a delivery with panelwatch's own engine and writes
// the tables: our side of the race.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"panelwatch/etl/tabulate"
	"panelwatch/etl/tabulate/peers/month"
	"panelwatch/etl/tabulate/peers/tables"
)

func main() {
	replicates := flag.Bool("replicates", false, "write all replicates, not the full sample alone; computed they are always")
	floor := flag.Bool("floor", false, "only read and decompress the files: what no program can do without")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "ours: want two arguments: the delivery and the folder for the tables")
		os.Exit(2)
	}
	do := run
	if *floor {
		do = readOnly
	}
	if err := do(flag.Arg(0), flag.Arg(1), *replicates); err != nil {
		fmt.Fprintln(os.Stderr, "ours:", err)
		os.Exit(1)
	}
}

func run(dir, out string, replicates bool) error {
	d, cat, err := month.Open(dir)
	if err != nil {
		return err
	}
	t, err := tabulate.Extract(context.Background(), d, cat, tabulate.Options{Dimensions: month.Dimensions})
	if err != nil {
		return err
	}
	return tables.Write(out, t, d.Manifest.Files, replicates)
}

// readOnly is the floor.
func readOnly(dir, _ string, _ bool) error {
	d, _, err := month.Open(dir)
	if err != nil {
		return err
	}
	for _, f := range d.Manifest.Files {
		if err := month.Drain(filepath.Join(dir, f.Name)); err != nil {
			return err
		}
	}
	return nil
}
