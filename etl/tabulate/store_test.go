package tabulate

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
)

// A full disk is an error that names the folder and what can be done.
func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	s := newStore(2, 1, 1, "/scratch")
	s.spill = full
	defer s.Close()
	err = s.put(1, append(s.empty(), 42))
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "/scratch") {
		t.Errorf("got %v", err)
	}
}
