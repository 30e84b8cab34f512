// Command ours tabulates a delivery with panelwatch's own engine and writes
// the tables: our side of the race.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"

	"panelwatch/etl/tabulate"
	"panelwatch/etl/tabulate/peers/month"
	"panelwatch/etl/tabulate/peers/tables"
)

func main() {
	replicates := flag.Bool("replicates", false, "write all replicates, not the full sample alone; computed they are always")
	floor := flag.Bool("floor", false, "only read and decompress the files: what no program can do without")
	profile := flag.String("cpuprofile", "", "file for a profile of where the time goes")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "ours: want two arguments: the delivery and the folder for the tables")
		os.Exit(2)
	}
	do := run
	if *floor {
		do = readOnly
	}
	if *profile != "" {
		stop, err := profileTo(*profile)
		if err != nil {
			fmt.Fprintln(os.Stderr, "ours:", err)
			os.Exit(1)
		}
		defer stop()
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

// profileTo writes where the time goes to a file, until stop is called.
func profileTo(path string) (stop func(), err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}
