// Command generate writes a synthetic panel month as a delivery, with the
// catalogue of its apps beside the data.
package main

import (
	"flag"
	"fmt"
	"os"

	"panelwatch/etl/panel"
	"panelwatch/etl/tabulate/peers/month"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() (err error) {
	s, form := month.Reference, month.Form{}
	flag.Uint64Var(&s.Seed, "seed", s.Seed, "seed of everything drawn")
	flag.IntVar(&s.Devices, "devices", s.Devices, "devices in the panel, some 40 rows each")
	flag.IntVar(&s.Apps, "apps", s.Apps, "apps in the catalogue")
	flag.BoolVar(&s.Faults, "faults", false, "add rows that must not count")
	flag.BoolVar(&form.Shuffled, "shuffled", false, "rows in random order (16 bytes of memory a row)")
	flag.BoolVar(&form.ByDay, "by-day", false, "one file of usage a day")
	flag.StringVar(&form.Compression, "compression", month.Plain, ".gz or .zst")
	m := flag.String("month", s.Month.String(), "month")
	flag.Parse()
	if flag.NArg() != 1 {
		return fmt.Errorf("want one argument: the folder to write")
	}
	if s.Month, err = panel.ParseMonth(*m); err != nil {
		return err
	}
	rows, err := month.Write(flag.Arg(0), s, form)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d devices, %d rows of usage\n", flag.Arg(0), s.Devices, rows)
	return nil
}
