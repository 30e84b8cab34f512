package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"panelwatch/etl/tabulate"
)

// A size is a number of bytes as flags give it: 512MiB, 2GiB.
type size int64

// UnmarshalText reads a size.
func (s *size) UnmarshalText(text []byte) error {
	units := []struct {
		suffix string
		bytes  float64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10}, {"", 1}}
	for _, u := range units {
		digits, has := strings.CutSuffix(string(text), u.suffix)
		if !has {
			continue
		}
		v, err := strconv.ParseFloat(digits, 64)
		if err != nil || v <= 0 || v*u.bytes > math.MaxInt64/2 {
			break
		}
		*s = size(v * u.bytes)
		return nil
	}
	return fmt.Errorf("size %q: want a number with KiB, MiB or GiB, such as 512MiB", text)
}

// A shard is written 2/8.
type shard tabulate.Shard

// UnmarshalText reads a shard.
func (s *shard) UnmarshalText(text []byte) error {
	index, of, found := strings.Cut(string(text), "/")
	i, err := strconv.Atoi(index)
	n, err2 := strconv.Atoi(of)
	if !found || err != nil || err2 != nil || i < 1 || i > n || n > 80 {
		return fmt.Errorf("shard %q: want I/N, such as 2/8, N up to 80", text)
	}
	s.Index, s.Of = i, n
	return nil
}

// containerMemory is the limit of the process's control group in bytes, 0 if
// there is none.
func containerMemory(read func(path string) ([]byte, error)) int64 {
	for _, path := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := read(path)
		if err != nil {
			continue
		}
		limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
		if err == nil && limit < 1<<50 { // no limit is "max", or nearly 2^63
			return limit
		}
	}
	return 0
}
