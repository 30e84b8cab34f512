// Command race compares the tables of two peers, or holds panelwatch against
// DuckDB: first every table for equality, then the clock.
package main

import (
	"fmt"
	"os"

	"panelwatch/etl/tabulate/peers/tables"
)

func main() {
	all, err := tables.Compare(os.Args[1], os.Args[2])
	for _, c := range all {
		fmt.Printf("%+v\n", c)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
