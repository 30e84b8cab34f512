package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The other verbs reach the demo's warehouse by what the verb warehouse prints,
// as long as it runs.
func TestWarehouseSaysHowToReachIt(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, to := io.Pipe()
	dir, err := os.MkdirTemp("", "pw") // short: a socket's path has 107 bytes
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	ended := make(chan error, 1)
	go func() {
		ended <- (&warehouseCommand{Dir: dir}).Run(&world{ctx: ctx, stdout: to})
		_ = to.Close()
	}()
	environment := map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan() && !strings.HasPrefix(lines.Text(), "Ctrl-C"); {
		for _, set := range regexp.MustCompile(`(PANELWATCH_\w+)='([^']+)'`).FindAllStringSubmatch(lines.Text(), -1) {
			environment[set[1]] = set[2]
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	w := &world{ctx: t.Context(), stderr: io.Discard, getenv: func(name string) string { return environment[name] }}
	house, err := w.openWarehouse()
	must(t, err)
	must(t, house.Close())
	stop()
	must(t, <-ended)
}
