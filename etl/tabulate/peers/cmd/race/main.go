// Command race holds panelwatch against DuckDB: first every table for
// equality, then the clock. With -maria it compares, but does not time, the
// warehouse's own SQL.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"time"

	"panelwatch/etl/tabulate/peers/race"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "race:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	c := race.Course{}
	flag.StringVar(&c.Bin, "bin", "bin/peers", "folder of the programs")
	flag.StringVar(&c.Work, "work", "", "folder for deliveries and results; they are kept")
	flag.IntVar(&c.Devices, "devices", 500_000, "devices, some 40 rows each")
	flag.IntVar(&c.Threads, "threads", runtime.NumCPU(), "threads of either side")
	repetitions := flag.Int("repetitions", 5, "timed runs of each, 0 to compare only")
	names := flag.String("variants", "goals", "names separated by commas, goals or all")
	maria := flag.Bool("maria", false, "compare with MariaDB instead; no timing")
	report := flag.String("report", "", "file for the table, else stdout")
	flag.Parse()
	variants, err := race.Named(*names)
	if err != nil {
		return err
	}
	if err := compare(ctx, c, variants, *maria); err != nil || *maria || *repetitions == 0 {
		return err
	}
	var laps []race.Lap
	for _, v := range variants {
		lap, err := c.Time(ctx, v, *repetitions)
		if err != nil {
			return err
		}
		fmt.Fprintln(os.Stderr, "timed", v.Name)
		laps = append(laps, lap)
	}
	return write(*report, func(w io.Writer) {
		fmt.Fprintf(w, "%d devices, %d runs each in turn, medians (range); %d threads, %s/%s, %s; DuckDB %s without replicates, panelwatch with 80.\n\n",
			c.Devices, *repetitions, c.Threads, runtime.GOOS, runtime.GOARCH, runtime.Version(), c.Version(ctx))
		race.WriteTimes(w, laps)
	})
}

// compare ends the race where any number differs.
func compare(ctx context.Context, c race.Course, variants []race.Variant, maria bool) error {
	for _, v := range variants {
		start := time.Now()
		if err := c.Prepare(ctx, v); err != nil {
			return err
		}
		all, err := c.Equal(ctx, v, maria)
		if err != nil {
			return fmt.Errorf("%s: %w", v.Name, err)
		}
		race.WriteEqual(os.Stderr, v, all, time.Since(start))
	}
	return nil
}

func write(path string, to func(io.Writer)) error {
	if path == "" {
		to(os.Stdout)
		return nil
	}
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	to(out)
	return out.Close()
}
