// Command write writes the JSON schemas of the configuration files. It runs in
// the folder configs, by go generate.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"panelwatch/configs/schema"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "write schemas:", err)
		os.Exit(1)
	}
}

func write() error {
	files, err := schema.Files(os.DirFS(".."))
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join("schema", name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
