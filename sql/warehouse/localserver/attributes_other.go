//go:build unix && !linux

package localserver

import "syscall"

// attributes give the server a process group of its own, so that a Ctrl-C in
// the terminal reaches us alone and we stop it in order.
func attributes(bool) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
