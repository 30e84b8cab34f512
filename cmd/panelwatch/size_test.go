package main

import (
	"io/fs"
	"testing"
)

func TestSizes(t *testing.T) {
	for text, want := range map[string]size{"512MiB": 512 << 20, "2G": 2 << 30, "1.5GiB": 3 << 29, "100": 100, "-1M": 0, "MiB": 0, "1TiB": 0} {
		var got size
		if err := got.UnmarshalText([]byte(text)); got != want || (err == nil) != (want > 0) {
			t.Errorf("%s: got %d, %v, want %d", text, got, err, want)
		}
	}
}

func TestContainerMemory(t *testing.T) {
	for name, c := range map[string]struct {
		path, text string
		want       int64
	}{
		"version 2":           {"/sys/fs/cgroup/memory.max", "536870912\n", 512 << 20},
		"version 2, no limit": {"/sys/fs/cgroup/memory.max", "max\n", 0},
		"version 1":           {"/sys/fs/cgroup/memory/memory.limit_in_bytes", "1073741824\n", 1 << 30},
		"version 1, no limit": {"/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n", 0},
		"no control groups":   {"", "", 0},
	} {
		got := containerMemory(func(path string) ([]byte, error) {
			if path != c.path {
				return nil, fs.ErrNotExist
			}
			return []byte(c.text), nil
		})
		if got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}
