// Command limited runs a program in a memory cgroup of its own, which kills it
// above the limit, and reports what it took. Linux; writing to
// /sys/fs/cgroup/memory or a cgroup2 mount is needed.
//
//	limited -memory 2147483648 program arguments...
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	limit := flag.Int64("memory", 2<<30, "bytes")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "limited: want a program")
		os.Exit(2)
	}
	if err := run(*limit, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "limited:", err)
		os.Exit(1)
	}
}

// A cgroup is a folder of the kernel's; version 1 and 2 name its files
// differently.
type cgroup struct{ dir, limit, peak string }

func newCgroup(bytes int64) (g cgroup, err error) {
	name := "peers-" + strconv.Itoa(os.Getpid())
	for _, g := range []cgroup{
		{"/sys/fs/cgroup/memory/" + name, "memory.limit_in_bytes", "memory.max_usage_in_bytes"},
		{"/sys/fs/cgroup/" + name, "memory.max", "memory.peak"},
	} {
		if _, err = os.Stat(filepath.Dir(g.dir)); err != nil {
			continue
		}
		if err = os.Mkdir(g.dir, 0o755); err != nil {
			continue
		}
		if err = os.WriteFile(filepath.Join(g.dir, g.limit), []byte(strconv.FormatInt(bytes, 10)), 0o644); err == nil {
			return g, nil
		}
		_ = os.Remove(g.dir)
	}
	return cgroup{}, fmt.Errorf("no memory cgroup can be made here: %w", err)
}

// run starts the program inside the group: a shell enters it and becomes the
// program.
func run(limit int64, args []string) error {
	g, err := newCgroup(limit)
	if err != nil {
		return err
	}
	defer os.Remove(g.dir)
	script := `echo $$ > "$0" && exec "$@"`
	cmd := exec.Command("sh", append([]string{"-c", script, filepath.Join(g.dir, "cgroup.procs")}, args...)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	start := time.Now()
	err = cmd.Run()
	if cmd.ProcessState == nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "limit %d MiB: wall %s, user %s, system %s, peak %d MiB resident, %s MiB in the group with its page cache\n",
		limit>>20, time.Since(start).Round(time.Millisecond), cmd.ProcessState.UserTime().Round(time.Millisecond),
		cmd.ProcessState.SystemTime().Round(time.Millisecond), resident(cmd.ProcessState)>>20, g.used())
	return err
}

func resident(s *os.ProcessState) int64 {
	usage, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss * 1024 // Linux counts in KiB
}

// used is the group's own peak.
func (g cgroup) used() string {
	text, err := os.ReadFile(filepath.Join(g.dir, g.peak))
	if err != nil {
		return "unknown"
	}
	bytes, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return "unknown"
	}
	return strconv.FormatInt(bytes>>20, 10)
}
