// Command compare holds two folders of tables against each other and prints
// what it compared, a line of JSON a table.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"panelwatch/etl/tabulate/peers/tables"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "compare: want two folders of tables")
		os.Exit(2)
	}
	all, err := tables.Compare(os.Args[1], os.Args[2])
	out := json.NewEncoder(os.Stdout)
	for _, c := range all {
		if printed := out.Encode(c); err == nil {
			err = printed
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}
