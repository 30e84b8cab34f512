package localserver

import "syscall"

// attributes give the server a process group of its own, so that a Ctrl-C in
// the terminal reaches us alone and we stop it in order. Unless it is to
// outlive us, the kernel stops it when we end, be it by kill -9.
func attributes(outlive bool) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true}
	if !outlive {
		a.Pdeathsig = syscall.SIGTERM
	}
	return a
}
