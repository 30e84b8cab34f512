package localserver

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// launch starts a new server on dir and waits until it answers.
func launch(ctx context.Context, dir string, opt Options) (*Server, error) {
	bin, err := findBinaries(ctx, searchPath())
	if err != nil {
		return nil, err
	}
	if err := initialise(ctx, bin, dir, opt.Cache); err != nil {
		return nil, err
	}
	s, err := newEndpoint(dir, opt.Port)
	if err != nil {
		return nil, err
	}
	if err := s.spawn(bin.server, opt); err != nil {
		return nil, fmt.Errorf("start %s: %w", bin.server, err)
	}
	if err := s.waitReady(ctx); err != nil {
		return nil, errors.Join(err, s.Kill())
	}
	return s, nil
}

// running returns the server that its pid file names, once it answers, or nil
// when that process is gone.
func running(ctx context.Context, dir string) (*Server, error) {
	pid, err := readPID(dir)
	if err != nil || pid == 0 || !owns(pid, dir) {
		return nil, err
	}
	s, err := readEndpoint(dir)
	if err != nil {
		return nil, err
	}
	s.PID, s.Found = pid, true
	err = s.waitReady(ctx)
	if errors.Is(err, errExited) {
		return nil, nil // it was on its way out
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// arguments of mariadbd. --no-defaults must come first.
func (s *Server) arguments(opt Options) []string {
	args := []string{"--no-defaults"}
	args = append(args, asRoot()...)
	args = append(args,
		"--datadir="+filepath.Join(s.Dir, "data"), "--tmpdir="+filepath.Join(s.Dir, "tmp"),
		"--pid-file="+filepath.Join(s.Dir, "pid"), "--init-file="+filepath.Join(s.Dir, "accounts.sql"),
		"--skip-name-resolve", "--default-time-zone=+00:00", "--local-infile=1",
		"--character-set-server=utf8mb4", "--collation-server=utf8mb4_bin",
		"--innodb-buffer-pool-size=256M", logFileSize, "--max-allowed-packet=64M")
	if s.Port != 0 {
		args = append(args, "--bind-address=127.0.0.1", "--port="+strconv.Itoa(s.Port))
	} else {
		args = append(args, "--skip-networking")
	}
	return append(append(args, "--socket="+s.socketArgument()), opt.Args...)
}

// asRoot is the option without which a server refuses to run as root.
func asRoot() []string {
	if os.Geteuid() == 0 {
		return []string{"--user=root"}
	}
	return nil
}

// spawn starts the process. One goroutine, tied to its thread, starts it and
// waits for it: the kernel ends the server when that thread ends, and so not
// before this process does.
func (s *Server) spawn(program string, opt Options) error {
	log, err := os.Create(filepath.Join(s.Dir, "err.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(program, s.arguments(opt)...)
	cmd.Stdout, cmd.Stderr, cmd.Dir = log, log, s.Dir
	cmd.SysProcAttr = attributes(opt.Outlive)
	s.exited = make(chan struct{})
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // the log says why it ended
			close(s.exited)
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	s.PID = cmd.Process.Pid
	return nil
}

// Close stops the server if this Server started it, and leaves a found one
// to whoever did.
func (s *Server) Close() error {
	if s.Found {
		return nil
	}
	return s.Stop()
}

// Stop ends the server in good order, started or found, and waits for it. One
// that has not ended after 30 seconds is killed. A stopped server is no error.
func (s *Server) Stop() error {
	if err := s.signal(syscall.SIGTERM); err != nil {
		return err
	}
	if s.waitExit(stopTimeout) {
		return nil
	}
	return s.Kill()
}

// Kill ends the server at once, as a crash would: for tests of recovery, and
// for servers whose data nobody needs.
func (s *Server) Kill() error {
	if err := s.signal(syscall.SIGKILL); err != nil {
		return err
	}
	if !s.waitExit(stopTimeout) {
		return fmt.Errorf("MariaDB, process %d, does not end", s.PID)
	}
	return nil
}

func (s *Server) signal(sig syscall.Signal) error {
	if s.gone() {
		return nil
	}
	err := syscall.Kill(s.PID, sig)
	if err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("end MariaDB, process %d: %w", s.PID, err)
	}
	return nil
}

func (s *Server) waitExit(limit time.Duration) bool {
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(pollInterval / 5) {
		if s.gone() {
			return true
		}
	}
	return s.gone()
}

// gone tells whether the process has ended.
func (s *Server) gone() bool {
	if s.exited == nil {
		return !owns(s.PID, s.Dir)
	}
	select {
	case <-s.exited:
		return true
	default:
		return false
	}
}

// readPID returns 0 when there is no pid file.
func readPID(dir string) (int, error) {
	name := filepath.Join(dir, "pid")
	text, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid <= 0 {
		return 0, nil // cut off by a crash: nobody is there
	}
	return pid, nil
}

// owns tells whether process pid is alive and a server of dir: after a crash
// the number in the pid file may be another program's.
func owns(pid int, dir string) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	line, err := commandLine(pid)
	return err == nil && strings.Contains(line, "--datadir="+filepath.Join(dir, "data")+" ")
}

// commandLine of a process, its arguments separated by blanks; empty for one
// that has ended and is not yet collected.
func commandLine(pid int) (string, error) {
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		line, err := exec.Command("ps", "-ww", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
		return string(line), err
	}
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return strings.ReplaceAll(string(line), "\x00", " "), err
}
