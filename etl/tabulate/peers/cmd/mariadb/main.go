// Command mariadb tabulates a delivery with a private MariaDB and writes the
// tables.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"panelwatch/etl/extract"
	"panelwatch/etl/tabulate/peers/maria"
	"panelwatch/etl/tabulate/peers/month"
	"panelwatch/etl/tabulate/peers/tables"
)

func main() {
	replicates := flag.Bool("replicates", false, "write all replicates, not the full sample alone")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "mariadb: want two arguments: the delivery and the folder for the tables")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Arg(1), *replicates); err != nil {
		fmt.Fprintln(os.Stderr, "mariadb:", err)
		os.Exit(1)
	}
}

func run(dir, out string, replicates bool) error {
	d, cat, err := month.Open(dir)
	if err != nil {
		return err
	}
	t, err := maria.Tabulate(context.Background(), d, cat)
	if err != nil {
		return err
	}
	books := []extract.File{{Table: extract.TableDevices}, {Table: extract.TableUsage}} // as the ledgers of Landed
	return tables.Write(out, t, books, replicates)
}
