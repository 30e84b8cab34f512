package localserver

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const nobody = 65534

// child is what this binary does when a test runs it as another process: it
// starts a server, says so, and waits to be killed.
func child(dir string) int {
	_, err := Start(context.Background(), dir, Options{Database: "panelwatch", Outlive: os.Getenv("OUTLIVE") != ""})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Printf("ready uid=%d\n", os.Geteuid())
	select {}
}

// runChild starts the child, as user uid, and returns what it said first.
func runChild(t *testing.T, dir string, uid int, env ...string) (cmd *exec.Cmd, said string) {
	t.Helper()
	cmd = exec.Command(copyOfMyself(t, filepath.Dir(dir)))
	cmd.Env = append(os.Environ(), append(env, "LOCALSERVER_TEST_CHILD="+dir, "PATH=/usr/bin:/bin", "HOME=/nonexistent")...)
	cmd.Dir = "/"
	if uid != os.Geteuid() {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	first := make([]byte, 4096)
	n, err := out.Read(first)
	if err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return cmd, string(bytes.TrimSpace(first[:n]))
}

// copyOfMyself lies where another user can run it.
func copyOfMyself(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "localserver.test")
	if err := os.WriteFile(name, text, 0o755); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestOrdinaryUser runs as nobody when root runs the tests; else the whole
// file is a test of an ordinary user.
func TestOrdinaryUser(t *testing.T) {
	uid := os.Geteuid()
	dir := folder(t)
	if uid == 0 {
		uid = nobody
		if err := os.Chown(filepath.Dir(dir), nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	cmd, said := runChild(t, dir, uid)
	if want := fmt.Sprintf("ready uid=%d", uid); said != want {
		t.Fatalf("child said %q, want %q", said, want)
	}
	s, err := Find(t.Context(), dir)
	if err != nil || s == nil {
		t.Fatalf("Find = %v, %v", s, err)
	}
	if got := query(t, s, "SELECT DATABASE()"); got != "panelwatch" {
		t.Errorf("database %q", got)
	}
	kill(t, cmd)
	waitGone(t, dir)
}

// TestDiesWithParent shows that a server ends, in good order, with a parent
// that was killed, and one that is to outlive it does not.
func TestDiesWithParent(t *testing.T) {
	dir := folder(t)
	cmd, said := runChild(t, dir, os.Geteuid())
	if !strings.HasPrefix(said, "ready") {
		t.Fatal(said)
	}
	kill(t, cmd)
	waitGone(t, dir)
	if log := tail(dir); !strings.Contains(log, "Shutdown complete") {
		t.Errorf("the server did not shut down in order%s", log)
	}

	cmd, said = runChild(t, dir, os.Geteuid(), "OUTLIVE=1")
	if !strings.HasPrefix(said, "ready") {
		t.Fatal(said)
	}
	kill(t, cmd)
	s, err := Find(t.Context(), dir)
	if err != nil || s == nil {
		t.Fatalf("Find = %v, %v; want the server that outlived its parent", s, err)
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	waitGone(t, dir)
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
}

func waitGone(t *testing.T, dir string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(pollInterval) {
		s, err := Find(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if s == nil {
			return
		}
	}
	t.Fatalf("the server of %s runs on", dir)
}
