// Command duckdb tabulates a delivery with DuckDB and writes the tables, or
// writes a delivery of CSV again as Parquet.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"

	"panelwatch/etl/tabulate/peers/duck"
	"panelwatch/etl/tabulate/peers/month"
)

func main() {
	o := duck.Options{}
	flag.IntVar(&o.Threads, "threads", runtime.NumCPU(), "threads of DuckDB")
	flag.BoolVar(&o.Replicates, "replicates", false, "all replicates, not the full sample alone")
	flag.BoolVar(&o.Checks, "checks", false, "drop the rows that must not count")
	convert := flag.Bool("convert", false, "write the delivery as Parquet instead")
	version := flag.Bool("version", false, "print DuckDB's version")
	flag.Parse()
	if *version {
		fmt.Println(duck.Version(context.Background()))
		return
	}
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "duckdb: want two arguments: the delivery and the folder to write")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Arg(1), *convert, o); err != nil {
		fmt.Fprintln(os.Stderr, "duckdb:", err)
		os.Exit(1)
	}
}

func run(dir, out string, convert bool, o duck.Options) error {
	d, cat, err := month.Open(dir)
	if err != nil {
		return err
	}
	if convert {
		return duck.Convert(context.Background(), d, out)
	}
	return duck.Tabulate(context.Background(), d, cat, out, o)
}
