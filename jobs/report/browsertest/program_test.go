package browsertest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// reportPath and slackPath are the pages that the tests look at: the month's
// report, and the channel to which the demo posted.
var reportPath, slackPath string

func TestMain(m *testing.M) {
	code, err := withReport(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, "make the report:", err)
		code = 1
	}
	os.Exit(code)
}

// withReport makes the report of the sample's last month, by the program
// itself, from a warehouse on a private MariaDB. Then the tests are run.
func withReport(tests func() int) (code int, err error) {
	program, err := binary()
	if err != nil {
		return 1, err
	}
	dir, err := os.MkdirTemp("", "panelwatch-browser")
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := panelwatch(program, "demo", "--dir", dir); err != nil {
		return 1, err
	}
	end, err := serve(program, dir)
	if err != nil {
		return 1, err
	}
	dsn := "root@unix(" + filepath.Join(dir, "mariadb", "sock") + ")/panelwatch"
	err = panelwatch(program, "--dsn", dsn, "report", "--month", "2023-12", "--to", dir)
	if err = errors.Join(err, end()); err != nil {
		return 1, err
	}
	reportPath = filepath.Join(dir, "report-2023-12.html")
	slackPath = filepath.Join(dir, "slack", "index.html")
	return tests(), nil
}

// binary is the program as `make build` leaves it; PANELWATCH_BINARY names
// another.
func binary() (string, error) {
	path := os.Getenv("PANELWATCH_BINARY")
	if path == "" {
		path = filepath.Join("..", "..", "..", "bin", "panelwatch")
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("the program is not built (make test-browser builds it): %w", err)
	}
	return filepath.Abs(path)
}

func panelwatch(program string, args ...string) error {
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("panelwatch %v: %w\n%s", args, err, out)
	}
	return nil
}

// serve runs the demo's MariaDB until it is told to end.
func serve(program, dir string) (end func() error, err error) {
	server := exec.Command(program, "warehouse", "--dir", dir)
	if err := server.Start(); err != nil {
		return nil, err
	}
	return func() error {
		if err := server.Process.Signal(syscall.SIGTERM); err != nil {
			return err
		}
		done := make(chan error, 1)
		go func() { done <- server.Wait() }()
		select {
		case err := <-done:
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				return nil // it says that it was stopped
			}
			return err
		case <-time.After(30 * time.Second):
			return errors.Join(errors.New("the warehouse does not end"), server.Process.Kill())
		}
	}, nil
}
