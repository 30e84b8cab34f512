// Package race holds peers against each other: it has a month generated in
// every form, compares all their tables, and then runs them in turn, each run
// a process of its own.
package race

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"panelwatch/etl/extract"
)

// A Variant is one form of the month.
type Variant struct {
	Name        string // also the folder
	Shuffled    bool
	Faults      bool
	Compression string // of CSV
	ParquetOf   string // the CSV variant it is converted from
}

// Variants of the month. The first four are the ones that goals are set for.
var Variants = []Variant{
	{Name: "sorted-csv"},
	{Name: "sorted-parquet", ParquetOf: "sorted-csv"},
	{Name: "shuffled-csv", Shuffled: true},
	{Name: "shuffled-parquet", ParquetOf: "shuffled-csv"},
	{Name: "sorted-csv-gz", Compression: ".gz"},
	{Name: "sorted-csv-zst", Compression: ".zst"},
	{Name: "faults-sorted-csv", Faults: true},
	{Name: "faults-shuffled-csv", Faults: true, Shuffled: true},
	{Name: "faults-shuffled-parquet", Faults: true, ParquetOf: "faults-shuffled-csv"},
}

// Named are the variants of a list of names, "goals" for the first four, "all"
// for all.
func Named(list string) (chosen []Variant, err error) {
	switch list {
	case "goals":
		return Variants[:4], nil
	case "all":
		return Variants, nil
	}
	for _, name := range strings.Split(list, ",") {
		v, known := variant(name)
		if !known {
			return nil, fmt.Errorf("no variant %q", name)
		}
		chosen = append(chosen, v)
	}
	return chosen, nil
}

func variant(name string) (Variant, bool) {
	for _, v := range Variants {
		if v.Name == name {
			return v, true
		}
	}
	return Variant{}, false
}

// A Course is where a race is run.
type Course struct {
	Bin     string // folder of the programs generate, ours, duckdb, mariadb
	Work    string // folder for deliveries and results
	Devices int
	Threads int // of either side
}

func (c Course) delivery(v Variant) string {
	return filepath.Join(c.Work, strconv.Itoa(c.Devices), v.Name)
}

func (c Course) results(peer string, v Variant) string {
	return filepath.Join(c.Work, strconv.Itoa(c.Devices), "results", peer+"-"+v.Name)
}

// Prepare has the delivery of a variant made, unless it is there.
func (c Course) Prepare(ctx context.Context, v Variant) error {
	dir := c.delivery(v)
	if _, err := os.Stat(filepath.Join(dir, extract.SuccessName)); err == nil {
		return nil
	}
	if v.ParquetOf != "" {
		from, _ := variant(v.ParquetOf)
		if err := c.Prepare(ctx, from); err != nil {
			return err
		}
		_, err := c.process(ctx, "duckdb", "-convert", c.delivery(from), dir)
		return err
	}
	args := []string{"-devices", strconv.Itoa(c.Devices), "-compression", v.Compression}
	if v.Shuffled {
		args = append(args, "-shuffled")
	}
	if v.Faults {
		args = append(args, "-faults")
	}
	_, err := c.process(ctx, "generate", append(args, dir)...)
	return err
}
