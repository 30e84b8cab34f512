// Command write writes DICTIONARY.md from the definitions. It runs in their
// folder, by go generate.
package main

import (
	"bytes"
	"fmt"
	"os"

	"panelwatch/etl/indicator/definitions"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "write the dictionary:", err)
		os.Exit(1)
	}
}

func write() error {
	var b bytes.Buffer
	if err := definitions.Markdown(&b, definitions.All()); err != nil {
		return err
	}
	return os.WriteFile("DICTIONARY.md", b.Bytes(), 0o644)
}
