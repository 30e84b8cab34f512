package race

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"panelwatch/etl/tabulate/peers/tables"
)

// A Cost is what one run of a process took.
type Cost struct {
	Wall, CPU time.Duration // CPU: user and system
	Peak      int64         // resident memory, bytes
}

// process runs one of the programs to its end.
func (c Course) process(ctx context.Context, program string, args ...string) (Cost, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(c.Bin, program), args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(c.Threads))
	start := time.Now()
	text, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		return Cost{}, fmt.Errorf("%s %s: %w: %s", program, strings.Join(args, " "), err, text)
	}
	state := cmd.ProcessState
	cost := Cost{Wall: wall, CPU: state.UserTime() + state.SystemTime()}
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		cost.Peak = usage.Maxrss * 1024 // Linux counts in KiB
	}
	return cost, nil
}

// A peer is one of those who race.
type peer struct {
	name, program string
	args          func(c Course, v Variant) []string
}

var (
	panelwatch = peer{"panelwatch", "ours", func(Course, Variant) []string { return nil }}
	floor      = peer{"floor", "ours", func(Course, Variant) []string { return []string{"-floor"} }}
	duckDB     = peer{"DuckDB", "duckdb", func(c Course, v Variant) []string {
		args := []string{"-threads", strconv.Itoa(c.Threads)}
		if v.Faults {
			args = append(args, "-checks")
		}
		return args
	}}
	mariaDB = peer{"MariaDB", "mariadb", func(Course, Variant) []string { return nil }}
)

// run has a peer tabulate a variant into its folder of results.
func (c Course) run(ctx context.Context, p peer, v Variant, more ...string) (Cost, error) {
	args := append(append(p.args(c, v), more...), c.delivery(v), c.results(p.name, v))
	return c.process(ctx, p.program, args...)
}

// Equal compares all tables, with all replicates, of panelwatch and a peer.
func (c Course) Equal(ctx context.Context, v Variant, maria bool) ([]tables.Comparison, error) {
	other := duckDB
	if maria {
		other = mariaDB
	}
	for _, p := range []peer{panelwatch, other} {
		if _, err := c.run(ctx, p, v, "-replicates"); err != nil {
			return nil, err
		}
	}
	return c.compare(ctx, c.results(other.name, v), c.results(panelwatch.name, v))
}

// compare is a process too: on Linux the peak memory of a process counts from
// that of the one that started it, so this one has to stay small.
func (c Course) compare(ctx context.Context, want, got string) (all []tables.Comparison, err error) {
	cmd := exec.CommandContext(ctx, filepath.Join(c.Bin, "compare"), want, got)
	var lines, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &lines, &complaint
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, complaint.String())
	}
	in := json.NewDecoder(&lines)
	for in.More() {
		var one tables.Comparison
		if err := in.Decode(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// A Lap is what every run of the peers took on one variant.
type Lap struct {
	Variant             Variant
	Ours, Theirs, Floor []Cost
}

// Time runs the peers in turn, every other time in reverse order. They have
// been found equal before; each writes its full sample alone, as an analyst
// would ask for it, but panelwatch computes its replicates all the same.
func (c Course) Time(ctx context.Context, v Variant, repetitions int) (lap Lap, err error) {
	lap.Variant = v
	order := []peer{panelwatch, duckDB, floor}
	costs := map[string][]Cost{}
	for range repetitions {
		for _, p := range order {
			cost, err := c.run(ctx, p, v)
			if err != nil {
				return lap, err
			}
			costs[p.name] = append(costs[p.name], cost)
		}
		slices.Reverse(order)
	}
	lap.Ours, lap.Theirs, lap.Floor = costs[panelwatch.name], costs[duckDB.name], costs[floor.name]
	return lap, nil
}

// Version is DuckDB's.
func (c Course) Version(ctx context.Context) string {
	text, err := exec.CommandContext(ctx, filepath.Join(c.Bin, "duckdb"), "-version").Output()
	if err != nil {
		return "of unknown version"
	}
	return strings.TrimSpace(string(text))
}
