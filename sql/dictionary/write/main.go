// Command write writes VIEWS.md, the dictionary of the views. It runs in the
// folder of the package dictionary, by go generate.
package main

import (
	"bytes"
	"fmt"
	"os"

	"panelwatch/sql/dictionary"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "write the dictionary of views:", err)
		os.Exit(1)
	}
}

func write() error {
	var b bytes.Buffer
	if err := dictionary.Markdown(&b, dictionary.All()); err != nil {
		return err
	}
	return os.WriteFile("VIEWS.md", b.Bytes(), 0o644)
}
